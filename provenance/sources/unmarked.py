"""The words of a source file with its markup taken off and its escapes decoded, each traced to where it stands.

This is no reader: it knows no format, only the marks of all of them, so that the words of any reader's text can be
found again. What it takes for markup and was none is missing among the words, and then has no place; no harm else.
"""

from __future__ import annotations

import html
import json
import re
import sys
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from enum import IntEnum

from provenance.model import Span
from provenance.sources import members
from provenance.sources.traced import Piece, Traced, alike

WALL = "\x00"
"""Stands between two parts of a file: no passage reaches across it."""


class Part(IntEnum):
    """Which part of a file words stand in, the likeliest to hold a headline first."""

    HEADING = 0
    BODY = 1
    ASIDE = 2
    """Front matter and `<title>`."""


@dataclass(frozen=True, slots=True)
class Unmarked:
    """The words of a file, traced, and the spans of its parts, in order and without a gap."""

    words: Traced
    parts: tuple[tuple[Span, Part], ...]


_HIDING = frozenset("script style template noscript svg select object iframe del s strike".split())
_BREAKING = frozenset(
    re.findall(
        r"\S+",
        """
    address article aside blockquote body br caption center dd details dialog dir div dl dt fieldset figcaption figure
    footer form h1 h2 h3 h4 h5 h6 head header hgroup hr html li link main menu meta nav ol option p pre section
    summary table tbody td tfoot th thead title tr ul
    """,
    )
)
_ATTRIBUTES = r"(?:[^<>\"']++|\"[^<\"]*\"|'[^<']*')*+"  # without "<": so no attempt reads past the next tag
_MARK = re.compile(
    r"(?P<comment><!--)"
    rf"|</?(?P<tag>[a-zA-Z][a-zA-Z0-9:-]*)(?=[\s/>]){_ATTRIBUTES}>"
    r"|&(?P<entity>#\d{1,7}|#[xX][0-9a-fA-F]{1,6}|[A-Za-z][A-Za-z0-9]{1,31});"
    r"|\\(?P<escaped>[!-/:-@\[-`{-~])"
    r"|(?P<target>\]\((?:<[^<>\n]*>|[^()\s<>]*(?:\([^()\s]*\)[^()\s<>]*)?)(?:\s+(?:\"[^\"\n]*\"|'[^'\n]*'))?\s*\)"
    r"|\]\[[^\]\[\n]{0,200}\])"
    r"|(?P<struck>~~(?=[^\s~])[^~\n]{1,2000}~~)"
    r"|^(?P<line>[ \t]*(?:[-=|+:*_][ \t]*){3,}|[ ]{0,3}\[[^\]\[\n]{1,200}\]:[^\n]*)$",
    re.MULTILINE,
)
_FRONT = re.compile(
    r"\A\ufeff?\s*(?P<fence>---|\+\+\+)[ \t]*\r?\n(?P<matter>.*?)^(?P=fence)[ \t]*\r?$", re.MULTILINE | re.DOTALL
)
_TITLE = re.compile(r"<title\b[^<>]*>([^<]*)</title", re.IGNORECASE)
_HEADING = re.compile(r"<h1\b[^<>]*>[\s\S]{0,2000}?</h1\s*>|^\# [^\n]*$", re.IGNORECASE | re.MULTILINE)
_QUOTED = re.compile(r"\\(?:u[0-9a-fA-F]{4}|U[0-9a-fA-F]{8}|x[0-9a-fA-F]{2}|[\"\\/nrt])|''")
_ESCAPE = re.compile(r"\\u[dD][89abAB][0-9a-fA-F]{2}\\u[dD][c-fC-F][0-9a-fA-F]{2}|\\u[0-9a-fA-F]{4}|\\.")


def unmarked(source: str, item: str = "") -> Unmarked:
    """Take the markup off a file's text; of a file that holds several articles, `item` names the one that is meant."""
    parts = _members(source, item) if members.is_json(source) else _regions(source)
    pieces: list[Piece] = []
    spans: list[tuple[Span, Part]] = []
    size = 0
    for kind, words in parts:
        shown = alike(words)
        spans.append(((size, size + len(shown.text) + 1), kind))
        pieces += shown.cut((0, len(shown.text)))
        pieces.append((WALL, len(source), len(source)))
        size += len(shown.text) + 1
    return Unmarked(Traced.of(pieces), tuple(spans))


def _regions(text: str) -> Iterator[tuple[Part, Traced]]:
    """Give front matter, titles and what is between them, in order."""
    front = _FRONT.match(text)
    at = 0
    if front:
        yield Part.ASIDE, Traced.whole(front["matter"], front.start("matter")).put(_unquoted(front["matter"]))
        at = front.end()
    asides = [(found.span(1), Part.ASIDE) for found in _TITLE.finditer(text, at)]
    headings = [(found.span(), Part.HEADING) for found in _HEADING.finditer(text, at)]
    for (start, end), kind in sorted([*asides, *headings]):
        if start < at:
            continue
        yield Part.BODY, _plain(Traced.whole(text[at:start], at))
        yield kind, _plain(Traced.whole(text[start:end], start))
        at = end
    yield Part.BODY, _plain(Traced.whole(text[at:], at))


def _members(source: str, item: str) -> Iterator[tuple[Part, Traced]]:
    """Give the headline and the body of articles in a JSON file, decoded twice: as JSON, and of their own marks."""
    for member in members.of(source, item):
        for span, kind in ((member.headline, Part.HEADING), (member.body, Part.BODY)):
            if span is not None:
                inner = source[slice(*span)]
                yield kind, _plain(Traced.whole(inner, span[0]).put(_unescaped(inner)))


def _plain(found: Traced) -> Traced:
    return found.put(_shown(found.text))


def _shown(text: str) -> Iterator[Piece]:
    """Say what a reader sees of a marked text, stretch by stretch."""
    at = 0
    unclosed: set[str] = set()
    for found in _MARK.finditer(text):
        if found.start() < at:
            continue
        yield text[at : found.start()], at, found.start()
        at = found.end()
        tag = (found["tag"] or "").lower()
        if found["comment"]:
            at = _after(text, "-->", at)
        elif tag in _HIDING - unclosed and text[found.start() + 1] != "/":
            close = re.compile(rf"</{tag}", re.IGNORECASE).search(text, at)
            at = close.start() if close else at
            unclosed |= set() if close else {tag}
        yield _words(found, tag), found.start(), at
    yield text[at:], at, len(text)


def _words(found: re.Match[str], tag: str) -> str:
    if found["entity"]:
        return html.unescape(found[0])
    if found["escaped"]:
        return found["escaped"]
    return "\n" if tag in _BREAKING or found["line"] is not None else ""


def _after(text: str, mark: str, at: int) -> int:
    found = text.find(mark, at)
    return found + len(mark) if found >= 0 else at


def _unquoted(text: str) -> Iterator[Piece]:
    """Decode what YAML and TOML escape within quotes."""
    return _replaced(_QUOTED, text, lambda mark: "'" if mark == "''" else _character(mark))


def _unescaped(text: str) -> Iterator[Piece]:
    return _replaced(_ESCAPE, text, _character)


def _replaced(pattern: re.Pattern[str], text: str, meant: Callable[[str], str]) -> Iterator[Piece]:
    at = 0
    for found in pattern.finditer(text):
        yield text[at : found.start()], at, found.start()
        yield meant(found[0]), found.start(), found.end()
        at = found.end()
    yield text[at:], at, len(text)


def _character(escape: str) -> str:
    """Give the character that a backslash and what follows it stand for."""
    digits = escape[2:]
    if escape[1] in "uUx" and digits:
        if len(digits) > len("0010ffff"):  # two halves of one character
            return str(json.loads(f'"{escape}"'))
        return chr(min(int(digits, 16), sys.maxunicode))
    return {"n": "\n", "r": "\r", "t": "\t", "b": "\b", "f": "\f"}.get(escape[1], escape[1])
