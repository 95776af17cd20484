"""Words from outside made safe to show: controls, direction marks and lone surrogates as their escapes."""

from __future__ import annotations

import re

_NAMED = {"\n": "\\n", "\t": "\\t"}
# controls, direction marks, line and paragraph separators, lone surrogates, what is no character
_UNSAFE = re.compile(
    "[\x00-\x1f\x7f-\x9f\u061c\u200e\u200f\u2028-\u202e\u2066-\u2069\ud800-\udfff\ufdd0-\ufdef\ufffe\uffff]"
)
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
