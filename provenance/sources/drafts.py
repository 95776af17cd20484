"""JSON lines, one draft a line: a bad line is a value among the others, so that the others stand."""

from __future__ import annotations

import gzip
import io
import json
import re
import zlib
from collections.abc import Iterator, Mapping
from dataclasses import replace
from pathlib import Path
from typing import Any, BinaryIO

from provenance.engine import text
from provenance.errors import DraftError, SourceError
from provenance.model import Draft, Status
from provenance.sources import files, received, times
from provenance.sources.documents import READERS
from provenance.sources.options import DOCUMENT, Options
from provenance.sources.reading import draft, upstream

KNOWN = frozenset(
    re.findall(
        r"\S+",
        """
    url publisher headline body file format byline language published_at modified_at observed_at notice copy_of
    status extra
    """,
    )
)
SURROGATES = "surrogates-replaced"
_MOST_PACKED = 200  # times; JSON of articles packs to a third, a list of the same one to a hundredth
_CHUNK = 1 << 16
_DEEPEST = 50
_AS_WRITTEN = frozenset({"body", "headline", "file", "url", "copy_of"})
_TEXTS = ("url", "publisher", "headline", "body", "file", "format", "byline", "language", "copy_of", "status")


def stream(file: BinaryIO, options: Options, origin: str, folder: Path | None) -> Iterator[Draft | SourceError]:
    """Read draft lines as they come, one at a time; blank lines are skipped.

    `folder` is where a `file` of a line may be, None where there is none. An error names its line (`batch.jsonl:7`).
    """
    count = 0
    for number, line in enumerate(_lines(file), 1):
        if not line.strip():
            continue
        count += 1
        place = f"{origin}:{number}"
        try:
            yield of_line(line, options, place, folder)
        except SourceError as error:
            yield located(error, place)
    if not count:
        yield SourceError(f"empty document: {origin}", hint="one draft a line")


def of_line(line: bytes, options: Options, place: str, folder: Path | None) -> Draft:
    """Read one draft line.

    Raises SourceError where the line or the document that it names cannot be read, DraftError where it cannot be
    stored.
    """
    if len(line) > DOCUMENT:
        raise received.too_large(place, DOCUMENT)
    try:
        row = json.loads(line, parse_constant=_no_constant)
    except (ValueError, RecursionError) as error:
        raise SourceError("is not JSON", hint="one draft a line, as a JSON object") from error
    if not isinstance(row, dict):
        raise SourceError("is not a JSON object", hint='one draft a line: {"url": …, "body": …}')
    return of_row(row, options, place, folder)


def of_row(row: Mapping[str, Any], options: Options, place: str, folder: Path | None) -> Draft:
    """Make a draft of the values of one line; see DESIGN, drafts in."""
    values = {name: _string(row, name) for name in _TEXTS}
    values["headline"] = _fitting(values["headline"])
    body, flags = _body(values, folder)
    name = values["format"] or options.format or "text"
    if name not in READERS:
        raise DraftError(f"unknown format {name[:40]!r}", hint=f"one of {', '.join(READERS)}")
    found = READERS[name](body, headline=values["headline"])
    reading = replace(
        found,
        url=values["url"] or found.url,
        publisher=values["publisher"] or found.publisher,
        byline=values["byline"] or found.byline,
        language=values["language"] or found.language,
        published=_time(row, "published_at") or found.published,
        modified=_time(row, "modified_at") or found.modified,
        observed=_time(row, "observed_at"),
        status=_status(values["status"]) or found.status,
        notices=_notices(row) or found.notices,
        copy_of=values["copy_of"] or found.copy_of,
        extra={**found.extra, **_extra(row)},
        flags=(*flags, *found.flags),
    )
    upstream(values["copy_of"])
    made = draft(reading, options, body, place)
    return replace(made, source=b"") if made.source and _is_all(made, values, body) else made


def located(error: SourceError, place: str) -> SourceError:
    """Give the error with its place in front, unless it says it already."""
    message = str(error)
    return error if place in message else type(error)(f"{place}: {message}", hint=error.hint)


def _is_all(made: Draft, values: Mapping[str, str], body: bytes) -> bool:
    """Tell whether the text is the headline and the body as they came, so that the body is no evidence besides."""
    if values["file"] or not made.reader.startswith("text"):
        return False
    whole, head = made.text.encode(), f"{values['headline']}\n\n".encode() if values["headline"] else b""
    return whole in {head + body, head + body + b"\n"}


def _body(values: Mapping[str, str], folder: Path | None) -> tuple[bytes, tuple[str, ...]]:
    if values["file"] and values["body"]:
        raise DraftError("has both `body` and `file`", hint="leave one of them out")
    if values["file"]:
        if folder is None:
            raise DraftError("names a `file`, but is not in a folder", hint="put the text into `body`")
        return received.take(files.inside(folder, values["file"])), ()
    if not values["body"] and not values["headline"]:
        raise DraftError("has no text", hint="put the article's text into `body`, or name a `file`")
    try:
        return values["body"].encode(), ()
    except UnicodeEncodeError:
        return _fitting(values["body"]).encode(), (SURROGATES,)


def _fitting(value: str) -> str:
    """Give a string that UTF-8 can hold: a lone surrogate becomes U+FFFD."""
    if value.isascii():
        return value
    return value.encode("utf-16", "surrogatepass").decode("utf-16", "replace")


def _string(row: Mapping[str, Any], name: str) -> str:
    value = row.get(name)
    if value is None:
        return ""
    if not isinstance(value, str):
        raise DraftError(f"`{name}` is not a string", hint="put it in quotes")
    return value if name in _AS_WRITTEN else " ".join(text.clean(value).split())


def _time(row: Mapping[str, Any], name: str) -> Any:  # noqa: ANN401 - datetime or None
    value = row.get(name)
    return None if value is None or value == "" else times.declared(value, name)


def _status(value: str) -> Status | None:
    try:
        return Status(value) if value else None
    except ValueError as error:
        raise DraftError(f"unknown status {value[:40]!r}", hint=f"one of {', '.join(Status)}") from error


def _notices(row: Mapping[str, Any]) -> tuple[str, ...]:
    value = row.get("notice") or []
    notes = [value] if isinstance(value, str) else value
    if not isinstance(notes, list) or not all(isinstance(note, str) for note in notes):
        raise DraftError("`notice` is not a string", hint="the publisher's note, in its own words")
    return tuple(cleaned for note in notes if (cleaned := text.clean(note).strip()))


def _extra(row: Mapping[str, Any]) -> dict[str, Any]:
    """Give what the contract does not know, and the `extra` that a line may bring along, made fit for UTF-8."""
    given = row.get("extra")
    inner = given if isinstance(given, dict) else {} if given is None else {"extra": given}
    rest = {name: value for name, value in row.items() if name not in KNOWN}
    if not inner and not rest:
        return {}
    found = {**inner, **rest}
    if _is_deep(found):
        raise DraftError(f"`extra` has more than {_DEEPEST} lists and objects inside each other", hint="flatten it")
    packed = json.dumps(found, ensure_ascii=False)
    return found if packed.isascii() else dict(json.loads(_fitting(packed)))


def _is_deep(value: Any) -> bool:  # noqa: ANN401 - any JSON
    """Tell, without recursion, whether a value is nested so deep that some reader of it could not follow."""
    level = [value]
    for _ in range(_DEEPEST):
        inside = (each.values() if isinstance(each, dict) else each for each in level)
        level = [part for parts in inside for part in parts if isinstance(part, (dict, list))]
    return bool(level)


def _lines(file: BinaryIO) -> Iterator[bytes]:
    """Give the lines of a file; of one that is over the limit, only enough to tell."""
    while line := file.readline(DOCUMENT + 1):
        yield line
        while len(line) > DOCUMENT and not line.endswith(b"\n"):
            line = file.readline(DOCUMENT + 1)


def _no_constant(name: str) -> float:
    raise ValueError(name)


def of_file(path: Path, options: Options) -> Iterator[Draft | SourceError]:
    """Read the draft lines of a file, unpacked as it is read where its name ends in `.gz`."""
    name = received.shown(path)
    try:
        with received.regular(path) as packed:
            zipped = path.name.lower().endswith(".gz")
            file = io.BufferedReader(_Unpacked(packed, name), _CHUNK) if zipped else packed
            yield from stream(file, options, name, path.parent)
    except (gzip.BadGzipFile, EOFError, zlib.error) as error:
        raise SourceError(
            f"{name} is not a whole gzip file", hint="what was read before it broke off stands"
        ) from error


class _Unpacked(io.RawIOBase):
    """The bytes of a gzip file, given up where they are far more than any text packs: a few kB can hold gigabytes."""

    def __init__(self, packed: BinaryIO, name: str) -> None:
        super().__init__()
        self._packed, self._name, self._given = packed, name, 0
        self._file = gzip.GzipFile(fileobj=packed)

    def readable(self) -> bool:
        """Say that it can be read."""
        return True

    def readinto(self, buffer: Any, /) -> int:  # noqa: ANN401 - whatever can be written into
        """Unpack into a buffer. Raises SourceError where too much came of too little."""
        content = self._file.read(len(buffer))
        self._given += len(content)
        if self._given > DOCUMENT and self._given > _MOST_PACKED * self._packed.tell():
            raise SourceError(
                f"{self._name} unpacks to more than {_MOST_PACKED} times its size",
                hint="no text does: is it an archive?",
            )
        buffer[: len(content)] = content
        return len(content)
