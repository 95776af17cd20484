"""Words from outside made safe to print: controls and direction marks shown, columns counted, lines wrapped."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator

_DIRECTION = "\u061c\u200e\u200f\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069"
_MORE = "..."
_LINE_ENDS = "\u2028\u2029"


_BYTES = range(0xDC80, 0xDD00)
"""Lone surrogates that stand for the bytes 80 to FF of a file name that is not UTF-8: shown as those bytes."""


def _shown(code: int) -> str:
    code -= 0xDC00 if code in _BYTES else 0
    return f"\\x{code:02x}" if code.bit_length() <= 8 else f"\\u{code:04x}"  # noqa: PLR2004 - two hex digits


_CODES = [*range(0x20), *range(0x7F, 0xA0), *map(ord, _DIRECTION + _LINE_ENDS), *range(0xD800, 0xE000)]
_TEXT = {code: _shown(code) for code in _CODES}
_LINE = _TEXT | {ord("\n"): "\\n", ord("\t"): "\\t"}
_TEXT = {code: shown for code, shown in _TEXT.items() if chr(code) not in "\n\t"}


def one_line(text: str) -> str:
    """Show a text on one line: every control, direction mark and lone surrogate as its escape."""
    return text.translate(_LINE)


def visible(text: str) -> str:
    r"""Show a text of many lines, its controls other than \n and \t, direction marks and lone surrogates escaped."""
    return text.translate(_TEXT)


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
        rest = word
        while width(rest) > columns:
            head, rest = _split(rest, columns)
            yield head
        line = rest
    if line or not text.split():
        yield line


def _split(text: str, columns: int) -> tuple[str, str]:
    taken = 0
    for place, character in enumerate(text):
        taken += _columns(character)
        if taken > columns and place:
            return text[:place], text[place:]
    return text, ""
