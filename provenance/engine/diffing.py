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

PART = 1_000
"""So many runs are cleaned at a time."""

HUGE = 400_000_000
"""The product past which the exact comparison would take gigabytes."""

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
        diffs = list(_dissolved(diffs))
    return [(op, len(data) if op <= 0 else 0, len(data) if op >= 0 else 0) for op, data in diffs]


def _dissolved(diffs: list[tuple[int, str]]) -> Iterator[tuple[int, str]]:
    """Dissolve small islands of equality, part by part where there are many: the library shifts all that follows."""
    start = 0
    while start < len(diffs):
        end = start + PART
        while end < len(diffs) and diffs[end][0]:  # an island is no end of a part, or it would stay
            end += 1
        part = diffs[start:end]
        differ().diff_cleanupSemantic(part)
        yield from part
        start = end


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
    if x == y:
        yield 0, len(x)
        return
    if len(x) * len(y) > HUGE:
        for left, right in _halves(x, y):
            yield from _compared(left, right)
        return
    from rapidfuzz.distance import Indel

    for code in Indel.opcodes(x, y):
        if code.tag == "equal":
            yield 0, code.src_end - code.src_start
        else:
            yield -1, code.src_end - code.src_start
            yield 1, code.dest_end - code.dest_start


def _halves(x: str, y: str) -> Iterator[tuple[str, str]]:
    """Cut two long strings in the middle, what both begin and end with apart: no best diff, but a true one."""
    most = min(len(x), len(y))
    head = next((at for at in range(most) if x[at] != y[at]), most)
    tail = next((at for at in range(most - head) if x[-1 - at] != y[-1 - at]), most - head)
    if head + tail:
        yield x[:head], y[:head]
        yield x[head : len(x) - tail], y[head : len(y) - tail]
        yield x[len(x) - tail :], y[len(y) - tail :]
    else:
        yield x[: len(x) // 2], y[: len(y) // 2]
        yield x[len(x) // 2 :], y[len(y) // 2 :]


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
