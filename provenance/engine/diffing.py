"""Diff two lists of tokens with diff-match-patch, one character a token and no clock.

The library's own time limit is wall time, so that a busy machine gives another diff; cost is bounded by the size of
what goes in instead (paragraphs first, then sentences, then words: see `script`).
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from diff_match_patch import diff_match_patch

SURROGATES = 0xD800

Run = tuple[int, int, int]
"""A run of a diff: -1, 0 or 1, then how many tokens of the old list and of the new list it takes."""


@lru_cache(maxsize=1)
def differ() -> diff_match_patch:
    """Give the library's object with its clock switched off."""
    from diff_match_patch import diff_match_patch

    made = diff_match_patch()
    made.Diff_Timeout = 0.0
    return made


def _letters(old: Sequence[str], new: Sequence[str]) -> tuple[str, str]:
    """Spell both lists with one character for each distinct token, surrogates skipped."""
    alphabet: dict[str, str] = {}

    def spell(items: Sequence[str]) -> str:
        out = []
        for item in items:
            letter = alphabet.get(item)
            if letter is None:
                place = len(alphabet) + 1
                letter = alphabet[item] = chr(place if place < SURROGATES else place + 0x800)
            out.append(letter)
        return "".join(out)

    return spell(old), spell(new)


def diff(old: Sequence[str], new: Sequence[str], *, semantic: bool) -> list[Run]:
    """Diff two lists of tokens; with `semantic`, small islands of equality between edits are dissolved."""
    library = differ()
    diffs = library.diff_main(*_letters(old, new), False)  # noqa: FBT003 - the library's signature
    if semantic:
        library.diff_cleanupSemantic(diffs)
    return [(op, len(data) if op <= 0 else 0, len(data) if op >= 0 else 0) for op, data in diffs]
