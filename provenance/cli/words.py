"""Words from outside made safe to print: controls and direction marks shown, columns counted, lines wrapped."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator

_MORE = "..."
_NAMED = {"\n": "\\n", "\t": "\\t"}
# controls, direction marks, line and paragraph separators, lone surrogates
_UNSAFE = re.compile("[\x00-\x1f\x7f-\x9f\u061c\u200e\u200f\u2028-\u202e\u2066-\u2069\ud800-\udfff]")
_BYTES = range(0xDC80, 0xDD00)
"""Lone surrogates that stand for the bytes 80 to FF of a file name that is not UTF-8: shown as those bytes."""


def one_line(text: str) -> str:
    """Show a text on one line: every control, direction mark and lone surrogate as its escape."""
    return text if text.isascii() and text.isprintable() else _UNSAFE.sub(_escape, text)


def visible(text: str) -> str:
    r"""Show a text of many lines, its controls other than \n and \t, direction marks and lone surrogates escaped."""
    return _UNSAFE.sub(lambda found: found[0] if found[0] in "\n\t" else _escape(found), text)


def _escape(found: re.Match[str]) -> str:
    if found[0] in _NAMED:
        return _NAMED[found[0]]
    code = ord(found[0])
    code -= 0xDC00 if code in _BYTES else 0
    return f"\\x{code:02x}" if code.bit_length() <= 8 else f"\\u{code:04x}"  # noqa: PLR2004 - two hex digits


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
