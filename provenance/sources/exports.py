"""Articles in JSON: what content systems export, JSON Feed and draft lines, by whatever keys they happen to have.

Nothing is stored of it: a check only needs the text and what the member says of where it comes from.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from dataclasses import replace
from typing import Any

from provenance.errors import SourceError
from provenance.sources import documents, received
from provenance.sources.reading import Reading

SUFFIXES = frozenset((".json", ".jsonl", ".ndjson"))
_BODIES = (
    ("body", ""),
    ("content_html", "html"),
    ("html", "html"),
    ("content_text", "text"),
    ("markdown", "markdown"),
    ("content", ""),
    ("text", "text"),
)
"""Keys under which the text of an article is found, and its format where the key tells; the first that is there."""
_TITLES = ("headline", "title", "name")
BODIES, TITLES = tuple(name for name, _ in _BODIES), _TITLES
"""The same for whoever looks for the place of what was read."""
_URLS = ("url", "link", "permalink")
_LISTS = ("articles", "items", "posts", "entries", "docs", "data", "db", "results", "pages")
_DEEPEST = 6


def read(content: bytes, *, lines: bool) -> Iterator[tuple[str, Reading | SourceError]]:
    """Give each article of a JSON document, or of JSON lines, with its number from 1; nothing where it holds none.

    A document with a single article gives it without a number.
    """
    if lines:
        yield from _of_lines(content)
        return
    try:
        found = list(_members(_parsed(content), 0))
    except SourceError as error:
        yield "", error
        return
    for number, row in enumerate(found, 1):
        yield "" if len(found) == 1 else str(number), _reading(row)


def _of_lines(content: bytes) -> Iterator[tuple[str, Reading | SourceError]]:
    for number, line in enumerate(content.split(b"\n"), 1):
        if not line.strip():
            continue
        try:
            row = _parsed(line)
        except SourceError as error:
            yield str(number), error
            continue
        for member in _members(row, 0):
            yield str(number), _reading(member)


def _parsed(content: bytes) -> Any:  # noqa: ANN401 - whatever the JSON holds
    text, _ = received.decode(content)
    try:
        return json.loads(text.removeprefix("\ufeff"))
    except (ValueError, RecursionError) as error:
        raise SourceError("is not JSON", hint="export it again") from error


def _members(node: Any, depth: int) -> Iterator[Mapping[str, Any]]:  # noqa: ANN401 - any part of the JSON
    """Give the objects that are articles, wherever a content system puts its list of them."""
    if isinstance(node, list):
        for member in node if depth <= _DEEPEST else ():
            yield from _members(member, depth + 1)
    elif isinstance(node, dict):
        if _body(node)[0]:
            yield node
            return
        for name in _LISTS:
            if depth <= _DEEPEST:
                yield from _members(node.get(name), depth + 1)


def _body(row: Mapping[str, Any]) -> tuple[str, str]:
    """Give the text of an article and its format, "" where there is none."""
    for name, form in _BODIES:
        value = row.get(name)
        rendered = value.get("rendered") if isinstance(value, dict) else None
        text = rendered or value
        if isinstance(text, str) and text.strip():
            said = row.get("format")
            return text, said if said in documents.READERS else "html" if rendered else form or _format(text)
    return "", ""


def _format(body: str) -> str:
    return "html" if "</" in body or "<p" in body else "text"


def _reading(row: Mapping[str, Any]) -> Reading | SourceError:
    body, form = _body(row)
    title = _said(row, _TITLES)
    try:
        found = documents.READERS[form](body.encode("utf-8", "replace"), headline=title)
    except SourceError as error:
        return error
    copy_of = row.get("copy_of")
    return replace(
        found,
        url=_said(row, ("canonical_url", *_URLS)) or found.url,
        publisher=_said(row, ("publisher",)) or found.publisher,
        copy_of=copy_of if isinstance(copy_of, str) else found.copy_of,
        extra={**found.extra, **row},
    )


def _said(row: Mapping[str, Any], names: tuple[str, ...]) -> str:
    """Give the first text that stands under one of the names."""
    for name in names:
        value = row.get(name)
        if isinstance(value, dict):
            value = value.get("rendered") or value.get("name")
        if isinstance(value, str) and value.strip():
            return value.strip()
    return ""
