"""JSON in readable characters that is safe to look at: what a terminal would act on is written as JSON's own escapes.

The data is the same to a program. JSON itself escapes only the first 32 controls.
"""

from __future__ import annotations

import json
import re

# DEL and the second set of controls, direction marks, line and paragraph separators, lone surrogates of file names
_UNSAFE = re.compile("[\x7f-\x9f\u061c\u200e\u200f\u2028-\u202e\u2066-\u2069\ud800-\udfff]")


def dumped(value: object, *, indent: int | None = None) -> str:
    """Write a value as JSON, without a line end."""
    text = json.dumps(value, ensure_ascii=False, indent=indent)
    return text if text.isascii() and "\x7f" not in text else _UNSAFE.sub(_escape, text)


def _escape(found: re.Match[str]) -> str:
    return f"\\u{ord(found[0]):04x}"
