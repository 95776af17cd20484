"""The plain parts of rows: times, spans, canonical JSON, lists of columns."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Sequence
from datetime import UTC, datetime
from itertools import islice
from typing import Any, TypeVar

from provenance.model import Span

T = TypeVar("T")

Row = dict[str, Any]
"""What goes in: a value by column."""

Out = Sequence[Any]
"""What comes out: values in the order of the columns asked for."""


_CANONICAL = json.JSONEncoder(ensure_ascii=False, sort_keys=True, separators=(",", ":"), allow_nan=False)


def time_text(moment: datetime) -> str:
    """Write an aware time in UTC as 27 characters that sort as times do. Raises ValueError for a naive time."""
    if moment.tzinfo is None:
        raise ValueError(f"a naive time: {moment.isoformat()}")
    if moment.tzinfo is not UTC:
        moment = moment.astimezone(UTC)
    return moment.replace(tzinfo=None).isoformat(timespec="microseconds") + "Z"


def time_of(value: str | datetime | None) -> datetime | None:
    """Read a time as a column gives it: text from SQLite, a datetime from elsewhere."""
    if value is None:
        return None
    return datetime.fromisoformat(value) if isinstance(value, str) else value.astimezone(UTC)


def canonical_json(value: object) -> str:
    """Write JSON in the one form that equal values share: sorted keys, no spaces, no escapes that are not needed."""
    if value in ((), {}, []):
        return "{}" if value == {} else "[]"
    return _CANONICAL.encode(value)


def strings_of(text: str) -> tuple[str, ...]:
    """Read a JSON list of strings."""
    return () if text == "[]" else tuple(json.loads(text))


def span_of(start: int | None, end: int | None) -> Span | None:
    """Read a span out of its two columns."""
    return None if start is None or end is None else (start, end)


def columns(names: Iterable[str], table: str = "") -> str:
    """Write a list of columns for a SELECT, each with its table's name where one is given."""
    return ", ".join(f"{table}.{name}" if table else name for name in names)


def among(name: str, values: Sequence[Any]) -> tuple[str, Row]:
    """Write a list for `IN`, and the parameters that belong to it."""
    params = {f"{name}_{i}": value for i, value in enumerate(values)}
    return "(" + ", ".join(f":{key}" for key in params) + ")", params


def chunks(values: Iterable[T], size: int = 500) -> Iterator[list[T]]:
    """Cut values into lists that one statement can take."""
    rest = iter(values)
    while chunk := list(islice(rest, size)):
        yield chunk
