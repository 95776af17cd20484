"""Facts as bytes and back: the canonical JSON of `articles/…/<id>.json` and of the lines of a run.

Canonical means: keys in code-point order, UTF-8, no spaces between tokens, one newline at the end. The same value
gives the same bytes on every machine, and nothing in them depends on when somebody looked, except in a run.
"""

from __future__ import annotations

import json
import math
import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime
from typing import Any

from provenance.errors import DamageError, DraftError
from provenance.model import ArticleId, Event, Metadata, Observation, Status, Waiver

ARTICLE = "prov-article/1"
"""The name of the schema, in every `<id>.json`."""

_encode = json.JSONEncoder(
    ensure_ascii=False, allow_nan=False, sort_keys=True, separators=(",", ":"), default=str
).encode
_SURROGATE = re.compile("[\ud800-\udfff]")


@dataclass(frozen=True, slots=True)
class Record:
    """The content of one `<id>.json`: what is declared about a revision, and what it was read from.

    `text` and `source` are sha256 digests in hex, `source` empty where the received bytes are the text itself.
    """

    metadata: Metadata
    n: int
    text: str
    source: str = ""
    reader: str = "text"
    flags: tuple[str, ...] = ()


def canonical(value: Mapping[str, Any]) -> bytes:
    """Give an object as one line of canonical JSON.

    Lone surrogates become U+FFFD and numbers that JSON has no word for become null; what JSON cannot hold at all is
    refused with DraftError.
    """
    try:
        return (_encode(value) + "\n").encode()
    except (ValueError, UnicodeEncodeError):
        pass
    except RecursionError as error:
        raise DraftError("metadata is nested too deep", hint="leave the nested part out") from error
    try:
        return (_encode(_plain(value)) + "\n").encode()
    except (ValueError, RecursionError) as error:
        raise DraftError(f"metadata cannot be kept as JSON: {error}", hint="leave that value out") from error


def _plain(value: object) -> object:
    """Replace what UTF-8 and JSON have no word for."""
    if isinstance(value, str):
        return _SURROGATE.sub("\ufffd", value)
    if isinstance(value, float) and not math.isfinite(value):
        return None
    if isinstance(value, Mapping):
        return {_plain(str(key)): _plain(each) for key, each in value.items()}
    if isinstance(value, list | tuple):
        return [_plain(each) for each in value]
    return value


def write_record(record: Record) -> bytes:
    """Give the bytes of an `<id>.json`."""
    metadata = record.metadata
    return canonical(
        {
            "byline": metadata.byline,
            "copy_of": metadata.copy_of,
            "extra": metadata.extra,
            "flags": record.flags,
            "headline": metadata.headline,
            "id": metadata.article,
            "language": metadata.language,
            "modified_at": moment(metadata.modified_at),
            "n": record.n,
            "notices": metadata.notices,
            "published_at": moment(metadata.published_at),
            "publisher": metadata.publisher,
            "reader": record.reader,
            "schema": ARTICLE,
            "source_sha256": record.source,
            "status": metadata.status,
            "text_sha256": record.text,
            "url": metadata.url,
        }
    )


def read_record(data: bytes) -> Record:
    """Read the bytes of an `<id>.json`; raise DamageError where they are none."""
    try:
        found = json.loads(data)
        if found["schema"] != ARTICLE:
            raise DamageError(f"an article of the unknown schema {found['schema']!r}", hint=_UNKNOWN)
        metadata = Metadata(
            url=found["url"],
            publisher=found["publisher"],
            headline=found["headline"],
            byline=found["byline"],
            language=found["language"],
            published_at=instant(found["published_at"]),
            modified_at=instant(found["modified_at"]),
            status=Status(found["status"]),
            notices=tuple(found["notices"]),
            copy_of=found["copy_of"],
            extra=found["extra"],
        )
        return Record(
            metadata=metadata,
            n=int(found["n"]),
            text=found["text_sha256"],
            source=found["source_sha256"],
            reader=found["reader"],
            flags=tuple(found["flags"]),
        )
    except (ValueError, TypeError, KeyError, RecursionError) as error:
        raise DamageError(f"not the record of an article: {error!r}", hint=_FSCK) from error


_FSCK = "`prov fsck --deep` says what else is damaged"
_UNKNOWN = "a newer prov wrote it; use that one"


def write_observation(seen: Observation) -> bytes:
    """Give one line of a run."""
    return canonical(
        {
            "article": seen.article,
            "event": seen.event,
            "n": seen.n,
            "observed_at": moment(seen.observed_at),
            "origin": seen.origin,
            "received": seen.received,
        }
    )


def read_observation(line: bytes) -> Observation:
    """Read one line of a run; raise DamageError where it is none."""
    try:
        found = json.loads(line)
        return Observation(
            article=ArticleId(found["article"]),
            n=int(found["n"]),
            observed_at=datetime.fromisoformat(found["observed_at"]),
            event=Event(found["event"]),
            received=found["received"],
            origin=found["origin"],
        )
    except (ValueError, TypeError, KeyError, RecursionError) as error:
        raise DamageError(f"not a line of a run: {error!r}", hint=_FSCK) from error


def write_waiver(waiver: Waiver) -> bytes:
    """Give one line of the waivers of an article."""
    return canonical(
        {
            "by": waiver.by,
            "finding": waiver.finding,
            "made": waiver.made.isoformat() if waiver.made else None,
            "reason": waiver.reason,
            "until": waiver.until.isoformat(),
        }
    )


def read_waiver(line: bytes) -> Waiver:
    """Read one line of the waivers of an article; raise DamageError where it is none."""
    try:
        found = json.loads(line)
        made = date.fromisoformat(found["made"]) if found["made"] else None
        finding, reason, by = (found[key] for key in ("finding", "reason", "by"))
        until = date.fromisoformat(found["until"])
    except (ValueError, TypeError, KeyError, RecursionError) as error:
        raise DamageError(f"not a waiver: {error!r}", hint=_FSCK) from error
    if not all(isinstance(each, str) and each.strip() for each in (finding, reason, by)):
        raise DamageError("a waiver of nothing, without a reason or by nobody", hint=_FSCK)
    return Waiver(finding, reason, by, until, made)


def moment(at: datetime | None) -> str | None:
    """Write an aware time as ISO 8601 in UTC (`2026-11-22T05:28:00Z`), None as None."""
    if at is None:
        return None
    if at.tzinfo is not UTC:
        if at.utcoffset() is None:
            raise DraftError(f"the time {at.isoformat()} has no zone", hint="give it an offset, or Z")
        try:
            at = at.astimezone(UTC)
        except OverflowError as error:
            raise DraftError(f"the time {at.isoformat()} does not exist in UTC", hint="mend it") from error
    return at.isoformat()[:-6] + "Z"


def instant(written: str | None) -> datetime | None:
    """Read a time that `moment` wrote."""
    return None if written is None else datetime.fromisoformat(written)
