"""Letters: which side of an edit a copy has when the edit changes no word, only a capital, a hyphen or a comma.

The signs in their place decide. Kinds of quotation marks, dashes and spaces are a house's own and tell nothing.
"""

from __future__ import annotations

import re

from provenance.engine.tells import Side
from provenance.model import State

AROUND = 12
"""Code points on each side of the changed signs that must agree."""

_HOUSE = {
    **dict.fromkeys(map(ord, "\u2018\u2019\u201a\u02bc`\u00b4"), "'"),
    **dict.fromkeys(map(ord, "\u201c\u201d\u201e\u00ab\u00bb"), '"'),
    **dict.fromkeys(map(ord, "\u2010\u2011\u2012\u2013\u2014\u2212"), "-"),
}
_SPACE = re.compile(r"\s+|(?<=-)|(?=-)")


def shown(old: Side, new: Side, sentence: str) -> State | None:
    """Tell which side's signs stand in a sentence in their place; None where neither do, or both sides are one."""
    here, before, after = _plain(sentence), _around(old), _around(new)
    has = (before in here, after in here)
    if before == after or has[0] == has[1]:
        return None
    return State.MISSING if has[0] else State.CARRIED


def _around(side: Side) -> str:
    """Give the changed signs with whole words on both sides of them."""
    left, right = side.place
    start, end = max(0, left - AROUND), min(len(side.text), right + AROUND)
    while start > 0 and side.text[start - 1].isalnum() and side.text[start].isalnum():
        start -= 1
    while end < len(side.text) and side.text[end - 1].isalnum() and side.text[end].isalnum():
        end += 1
    return _plain(side.text[start:end])


def _plain(text: str) -> str:
    return " ".join(filter(None, _SPACE.split(text.translate(_HOUSE))))
