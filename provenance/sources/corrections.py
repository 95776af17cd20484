"""A corrections file as a partner gets it: looked through once, and then read article by article.

`prov export corrections` writes one article a line, so only the places of the lines are kept; a file that another tool
has laid out anew is read as a whole, up to a limit.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from hashlib import sha256
from pathlib import Path
from typing import Any, BinaryIO

from provenance.errors import GateError, SourceError
from provenance.model import Article, ArticleId, Extent, History
from provenance.sources import corrected
from provenance.sources.received import regular, shown

SCHEMA = "prov-corrections/1"
LINE = 64 * 1024 * 1024
"""Bytes of one article at most, and of a file that is not laid out one article a line."""
_HEAD = 1 << 16
_AGAIN = "get the file again"
_VERSION = re.compile(r"prov-corrections/(\d+)")
_ARTICLES, _COPIES, _END = b'"articles": [\n', b'], "copies": [\n', b"]}\n"
_BEGINS = re.compile(rb'\{"id": "([0-9a-f]{16})", ')

_UNSOUND = (ValueError, TypeError, KeyError, AttributeError, RecursionError)

Place = tuple[int, int]


@dataclass(frozen=True, slots=True)
class CorrectionsFile:
    """What a corrections file holds: how far it reaches, the articles in it, and the addresses of their copies.

    `digest` is the sha256 of the file. An article is read where it stands when it is asked for.
    """

    path: Path
    extent: Extent
    digest: str
    places: Mapping[ArticleId, Place] = field(repr=False)
    copies: Mapping[ArticleId, Article] = field(repr=False)
    whole: Mapping[ArticleId, Any] = field(default_factory=dict, repr=False)

    def __contains__(self, article: ArticleId) -> bool:
        return article in self.places or article in self.whole

    def __iter__(self) -> Iterator[ArticleId]:
        return iter(sorted({*self.places, *self.whole}))

    def article(self, article: ArticleId) -> Article:
        """Give what an article is, without its texts. Raises GateError for one that makes no sense."""
        row = self._row(article)
        try:
            return _own(article, corrected.article(row))
        except _UNSOUND as error:
            raise self._damaged(article, error) from error

    def history(self, article: ArticleId) -> History:
        """Give an article with its updates and all of its texts, each held against its digest. Raises GateError."""
        row = self._row(article)
        try:
            found = corrected.history(row)
            _own(article, found.article)
        except _UNSOUND as error:
            raise self._damaged(article, error) from error
        return found

    def _row(self, article: ArticleId) -> Any:  # noqa: ANN401 - whatever the JSON holds
        if article in self.whole:
            return self.whole[article]
        start, length = self.places[article]
        with _opened(self.path) as file:
            file.seek(start)
            line = file.read(length)
        try:
            return json.loads(line)
        except _UNSOUND as error:
            raise self._damaged(article, error) from error

    def _damaged(self, article: ArticleId, error: Exception) -> GateError:
        return _damaged(self.path, f"article {article}: {_why(error)}")


def _own(name: ArticleId, article: Article) -> Article:
    if article.id != name:
        raise ValueError("it calls itself another one")
    return article


def read(path: Path) -> CorrectionsFile:
    """Look through a corrections file. Raises GateError for one that is cut off, damaged, too new, or none at all."""
    with _opened(path) as file:
        first = file.readline(_HEAD)
        if first.endswith(_ARTICLES):
            return _lines(path, file, first)
        return _whole(path, file, first)


def _opened(path: Path) -> BinaryIO:
    try:
        return regular(path)
    except SourceError as error:
        raise GateError(str(error), hint=error.hint or "name the file that your publisher gave you") from error


def _lines(path: Path, file: BinaryIO, first: bytes) -> CorrectionsFile:
    """Find the articles of a file that has one a line, without reading what is in them."""
    extent = _extent(path, _parsed(path, first + b"]}"))
    seen = sha256(first)
    places: dict[ArticleId, Place] = {}
    at = len(first)
    while (line := _line(path, file, seen)) != _COPIES:
        begins = _BEGINS.match(line)
        if begins is None:
            raise _damaged(path, f"no article begins at byte {at:,}")
        name = ArticleId(begins[1].decode())
        if name in places:
            raise _damaged(path, f"article {name} stands there twice")
        places[name] = (at, len(line.rstrip(b",\n")))
        at += len(line)
    copies: list[Any] = []
    while (line := _line(path, file, seen)) != _END:
        copies.append(_parsed(path, line.rstrip(b",\n")))
    if file.read(1):
        raise _damaged(path, "something stands after its end")
    return CorrectionsFile(path, extent, seen.hexdigest(), places, _copies(path, copies))


def _line(path: Path, file: BinaryIO, seen: Any) -> bytes:  # noqa: ANN401 - a hash
    line = file.readline(LINE)
    if not line.endswith(b"\n"):
        if len(line) == LINE:
            raise _damaged(path, f"a line is longer than {LINE // 1_048_576} MiB")
        raise GateError(f"{shown(path)} is cut off", hint=_AGAIN)
    seen.update(line)
    return line


def _whole(path: Path, file: BinaryIO, first: bytes) -> CorrectionsFile:
    content = first + file.read(LINE + 1 - len(first))
    if len(content) > LINE:
        raise GateError(
            f"{shown(path)} is larger than {LINE // 1_048_576} MiB, and not laid out one article a line",
            hint="use the file as `prov export corrections` wrote it",
        )
    values = _parsed(path, content)
    extent = _extent(path, values)
    rows, copies = values.get("articles"), values.get("copies")
    if not isinstance(rows, list) or not isinstance(copies, list):
        raise _damaged(path, "it lists no articles")
    found: dict[ArticleId, Any] = {}
    for row in rows:
        name = row.get("id") if isinstance(row, dict) else None
        if not isinstance(name, str) or name in found:
            raise _damaged(path, "an article has no id, or that of another")
        found[ArticleId(name)] = row
    return CorrectionsFile(path, extent, sha256(content).hexdigest(), {}, _copies(path, copies), found)


def _parsed(path: Path, content: bytes) -> Any:  # noqa: ANN401 - whatever the JSON holds
    try:
        return json.loads(content)
    except (ValueError, RecursionError) as error:
        if isinstance(error, json.JSONDecodeError) and content.startswith(b'{"schema": "prov-corrections'):
            raise GateError(f"{shown(path)} is cut off or damaged: {_why(error)}", hint=_AGAIN) from error
        raise GateError(f"{shown(path)} is not JSON: {_why(error)}", hint=_AGAIN) from error


def _extent(path: Path, values: Any) -> Extent:  # noqa: ANN401 - whatever the JSON holds
    schema = values.get("schema") if isinstance(values, dict) else None
    if not isinstance(schema, str) or not (version := _VERSION.fullmatch(schema)):
        raise GateError(f"{shown(path)} is no corrections file", hint="`prov export corrections` writes one")
    if schema != SCHEMA:
        newer = "use a newer prov" if int(version[1][:9]) > 1 else _AGAIN
        raise GateError(f"{shown(path)} has the schema {shown(schema)}, this prov knows {SCHEMA}", hint=newer)
    try:
        return corrected.extent(values)
    except _UNSOUND as error:
        raise _damaged(path, _why(error)) from error


def _copies(path: Path, rows: list[Any]) -> dict[ArticleId, Article]:
    try:
        return {each.id: each for each in map(corrected.copy, rows)}
    except _UNSOUND as error:
        raise _damaged(path, f"a copy: {_why(error)}") from error


def _damaged(path: Path, why: str) -> GateError:
    return GateError(f"{shown(path)} is damaged: {why}", hint=_AGAIN)


def _why(error: Exception) -> str:
    if isinstance(error, KeyError):
        return f"{error.args[0]} is missing"
    return "nested too deep" if isinstance(error, RecursionError) else str(error)
