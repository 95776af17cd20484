"""Words from outside as a terminal takes them: made safe to print, columns counted, lines wrapped."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator

from provenance.report.words import one_line, visible

__all__ = ["cut", "one_line", "pieces_of", "visible", "width", "wrap"]

_MORE = "..."


def width(text: str) -> int:
    """Count the columns that a text takes at a terminal."""
    if text.isascii():
        return len(text)
    return sum(map(_columns, text))


def _columns(character: str) -> int:
    if unicodedata.combining(character) or unicodedata.category(character) in {"Mn", "Me", "Cf"}:
        return 0
    return 2 if unicodedata.east_asian_width(character) in "WF" else 1


def cut(text: str, columns: int) -> str:
    """Shorten a text to so many columns, with `...` where something was left out."""
    if width(text) <= columns:
        return text
    head, room = "", columns - len(_MORE)
    for character in text:
        room -= _columns(character)
        if room < 0:
            break
        head += character
    return head.rstrip() + _MORE[: max(columns, 0)]


def wrap(text: str, columns: int) -> Iterator[str]:
    """Break a text into lines of at most so many columns, between words where it can."""
    line = ""
    for word in text.split():
        joined = f"{line} {word}" if line else word
        if width(joined) <= columns:
            line = joined
            continue
        if line:
            yield line
        *whole, line = pieces_of(word, columns)
        yield from whole
    if line or not text.split():
        yield line


def pieces_of(text: str, columns: int) -> Iterator[str]:
    """Cut a text wherever so many columns are full."""
    start = taken = 0
    for place, character in enumerate(text):
        room = _columns(character)
        if taken + room > columns and place > start:
            yield text[start:place]
            start, taken = place, 0
        taken += room
    yield text[start:]
