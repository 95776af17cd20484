"""Aligned: what runs of equal words between a revision and a copy show of a change.

The same rule for every method that aligns texts, so that it is the alignment that is compared. Half of the changed
words, or of the three words on each side of them, count as there.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import NamedTuple

from accuracy.methods import CONTEXT, Article
from accuracy.words import Hunk, Words

HALF = 0.5


class Block(NamedTuple):
    """A run of equal words: where it begins in the revision and in the copy, and how many words it has."""

    revision: int
    copy: int
    size: int


Align = Callable[[Words, Words], Sequence[Block]]
"""Finds the runs of words that a copy has in common with a revision."""


def shown(align: Align, article: Article, change: tuple[int, Hunk], copy: Words) -> str:
    """Say which side of a change the aligned words of the copy show."""
    n, hunk = change
    old = _there(align(article.revisions[n - 1], copy), hunk.before)
    new = _there(align(article.revisions[n], copy), hunk.after)
    around = max(old[1], new[1]) >= HALF
    if old[0] is None or new[0] is None:  # an insertion or a deletion: one side has no words
        here, there, absent = (new[0], "carried", "missing") if old[0] is None else (old[0], "missing", "carried")
        return there if (here or 0) >= HALF else absent if around else "not_applicable"
    if max(old[0], new[0]) >= HALF and old[0] != new[0]:
        return "carried" if new[0] > old[0] else "missing"
    return "diverged" if around else "not_applicable"


def _there(blocks: Sequence[Block], place: tuple[int, int]) -> tuple[float | None, float]:
    """Give the share of the words of a place that the blocks have, None without words, and that of those around it."""
    i, j = place
    around = (_inside(blocks, max(0, i - CONTEXT), i) + _inside(blocks, j, j + CONTEXT)) / (2 * CONTEXT)
    return _inside(blocks, i, j) / (j - i) if i < j else None, around


def _inside(blocks: Sequence[Block], start: int, end: int) -> int:
    return sum(max(0, min(end, each.revision + each.size) - max(start, each.revision)) for each in blocks)
