"""Where the articles of a JSON file stand in it: the strings that hold each one's headline and body, as spans.

It walks the signs of the JSON and not its values, so that every string keeps its place. What counts as a body or a
headline is told by `exports`, which reads the same file.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import lru_cache

from provenance.model import Span
from provenance.sources.exports import BODIES, TITLES

_JSON = re.compile(r"\A\ufeff?\s*(?:\[\s*)?\{\s*\"")
_SIGN = re.compile(r"\"((?:[^\"\\\n]++|\\.)*+)\"?|[{}\[\],:]|[^\s{}\[\],:\"]++")
_NESTED = ("rendered", "name")
"""Keys under which an object holds what stands for it: `"title": {"rendered": "…"}`."""


@dataclass(frozen=True, slots=True)
class Member:
    """An article of a JSON file: where its object begins, and the spans inside its strings' quotes."""

    start: int
    body: Span
    headline: Span | None = None


@dataclass(slots=True, frozen=True)
class _Frame:
    """An object or a list that is still open; its strings, and those of objects in it, by their keys."""

    start: int
    is_object: bool
    strings: dict[str, Span] = field(default_factory=dict)
    nested: dict[str, dict[str, Span]] = field(default_factory=dict)
    found: list[Member] = field(default_factory=list)
    keys: list[str] = field(default_factory=list)


def is_json(source: str) -> bool:
    """Tell whether a file is JSON, or JSON lines, that can hold an article."""
    return _JSON.match(source) is not None


def of(source: str, item: str = "") -> tuple[Member, ...]:
    """Give the articles of a file, or only the one that `item` names: by its line, or by its number."""
    found, lines = _members(source)
    if not item.isdecimal():
        return found
    if lines:
        return tuple(each for each, line in zip(found, lines, strict=True) if line == int(item))
    return found[int(item) - 1 : int(item)]


@lru_cache(maxsize=1)  # asked once for each article of a file
def _members(source: str) -> tuple[tuple[Member, ...], tuple[int, ...]]:
    """Give the articles of a file, and where it is JSON lines, of several values, the line of each, from 1."""
    top = _Frame(0, is_object=False)
    stack = [top]
    values = 0
    for sign in _SIGN.finditer(source):
        mark, frame = sign[0], stack[-1]
        if mark in "{[":
            values += frame is top
            stack.append(_Frame(sign.start(), mark == "{"))
        elif mark in "}]" and len(stack) > 1:
            _closed(stack.pop(), stack[-1])
        elif sign[1] is not None and frame.is_object:
            _string(frame, sign, is_key=source[sign.end() : sign.end() + 20].lstrip()[:1] == ":")
    breaks = [found.start() for found in re.finditer("\n", source)] if values > 1 else []
    return tuple(top.found), tuple(bisect_left(breaks, each.start) + 1 for each in top.found if values > 1)


def _string(frame: _Frame, sign: re.Match[str], *, is_key: bool) -> None:
    if is_key:
        frame.keys.append(sign[1])
    elif frame.keys and sign[1].strip():
        frame.strings[frame.keys[-1]] = sign.span(1)


def _closed(frame: _Frame, outer: _Frame) -> None:
    """Hand what a closed object or list holds to what it stands in: itself, if it is an article."""
    bodies = (frame.strings.get(key) or frame.nested.get(key, {}).get("rendered") for key in BODIES)
    body = next(filter(None, bodies), None)
    if body is None:
        outer.found.extend(frame.found)
        if frame.is_object and outer.is_object and outer.keys:
            outer.nested[outer.keys[-1]] = frame.strings
        return
    headline = next(filter(None, _headlines(frame)), None)
    outer.found.append(Member(frame.start, body, headline))


def _headlines(frame: _Frame) -> Iterator[Span | None]:
    for key in TITLES:
        yield frame.strings.get(key)
        for inner in _NESTED:
            yield frame.nested.get(key, {}).get(inner)
