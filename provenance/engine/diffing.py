"""Diff two lists of tokens with diff-match-patch, one character a token and no clock.

The library's own time limit is wall time, so that a busy machine gives another diff; its cost without one grows with
the square of what differs. Both are met by the size of what goes in: tokens that only one side has are set aside
before the comparison, and lists past a fixed size go to an exact comparison in C (rapidfuzz). Paragraphs are compared
first, then sentences, then words: see `script`.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import lru_cache
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from diff_match_patch import diff_match_patch

SURROGATES = 0xD800
LARGEST = 40_000
"""The product of both lengths past which the library would take too long."""

Run = tuple[int, int, int]
"""A run of a diff: -1, 0 or 1, then how many tokens of the old list and of the new list it takes."""


@lru_cache(maxsize=1)
def differ() -> diff_match_patch:
    """Give the library's object with its clock switched off."""
    from diff_match_patch import diff_match_patch

    made = diff_match_patch()
    made.Diff_Timeout = 0.0
    return made


def diff(old: Sequence[str], new: Sequence[str], *, semantic: bool) -> list[Run]:
    """Diff two lists of tokens; with `semantic`, small islands of equality between edits are dissolved."""
    x, y = _letters(old, new)
    diffs = list(_spelled(x, y, _pairs(x, y)))
    if semantic:
        differ().diff_cleanupSemantic(diffs)
    return [(op, len(data) if op <= 0 else 0, len(data) if op >= 0 else 0) for op, data in diffs]


def _letters(old: Sequence[str], new: Sequence[str]) -> tuple[str, str]:
    """Spell both lists with one character for each distinct token, surrogates skipped."""
    alphabet: dict[str, str] = {}
    for item in (*old, *new):
        if item not in alphabet:
            place = len(alphabet) + 1
            alphabet[item] = chr(place if place < SURROGATES else place + 0x800)
    return "".join(map(alphabet.__getitem__, old)), "".join(map(alphabet.__getitem__, new))


def _pairs(x: str, y: str) -> Iterator[tuple[int, int]]:
    """Give the places in both strings of the letters that stay, in order."""
    common = set(x) & set(y)
    left = [at for at, letter in enumerate(x) if letter in common]
    right = [at for at, letter in enumerate(y) if letter in common]
    i = j = 0
    for op, length in _compared("".join(x[at] for at in left), "".join(y[at] for at in right)):
        if op == 0:
            yield from zip(left[i : i + length], right[j : j + length], strict=True)
        i += length if op <= 0 else 0
        j += length if op >= 0 else 0


def _compared(x: str, y: str) -> Iterator[tuple[int, int]]:
    """Give the runs between two strings: by the library, or past its size by an exact comparison in C."""
    if len(x) * len(y) <= LARGEST:
        for op, data in differ().diff_main(x, y, False):  # noqa: FBT003 - the library's signature
            yield op, len(data)
        return
    from rapidfuzz.distance import Indel

    for code in Indel.opcodes(x, y):
        if code.tag == "equal":
            yield 0, code.src_end - code.src_start
        else:
            yield -1, code.src_end - code.src_start
            yield 1, code.dest_end - code.dest_start


def _spelled(x: str, y: str, pairs: Iterator[tuple[int, int]]) -> Iterator[tuple[int, str]]:
    """Write what stays, goes and comes as the library's list of diffs."""
    i = j = 0
    kept: list[str] = []
    for a, b in [*pairs, (len(x), len(y))]:
        if a > i or b > j:
            if kept:
                yield 0, "".join(kept)
                kept = []
            yield from ((op, data) for op, data in ((-1, x[i:a]), (1, y[j:b])) if data)
        if a < len(x):
            kept.append(x[a])
        i, j = a + 1, b + 1
    if kept:
        yield 0, "".join(kept)
