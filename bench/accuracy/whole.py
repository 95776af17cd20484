"""Whole texts by difflib: the words of revision and copy as two sequences; the revision with the best ratio wins.

A change is read off the runs of words that both have (`aligned`). Letting the best revision alone decide (what came
with it is carried, what came later is missing) gets 0.64 and 0.38 of the labels of `cases` and `harder` right, and
nearly half of what is carried or absent is held against the copy.
"""

from __future__ import annotations

from dataclasses import dataclass
from difflib import SequenceMatcher
from functools import lru_cache

from accuracy.aligned import Block, shown
from accuracy.methods import Article
from accuracy.words import Hunk, Words


@dataclass(frozen=True)
class Whole:
    """Compares whole texts."""

    least: float = 0.2

    def closeness(self, revision: Words, copy: Words) -> float:
        """Give difflib's ratio; 0 where an upper bound of it is too low to count."""
        return _ratio(revision.words, copy.words, self.least)

    def state(self, article: Article, change: tuple[int, Hunk], copy: Words, nearest: int) -> str:
        """Say which side of a change stands in the blocks that the texts have in common."""
        del nearest
        return shown(blocks, article, change, copy)


def blocks(revision: Words, copy: Words) -> tuple[Block, ...]:
    """Give the longest runs of words that two texts have in common, in order."""
    return _blocks(revision.words, copy.words)


@lru_cache(maxsize=4096)
def _blocks(revision: tuple[str, ...], copy: tuple[str, ...]) -> tuple[Block, ...]:
    return tuple(Block(*each) for each in _matcher(revision, copy).get_matching_blocks() if each.size)


def _ratio(revision: tuple[str, ...], copy: tuple[str, ...], least: float) -> float:
    matcher = _matcher(revision, copy)
    return matcher.ratio() if matcher.quick_ratio() >= least else 0.0


def _matcher(revision: tuple[str, ...], copy: tuple[str, ...]) -> SequenceMatcher[str]:
    return SequenceMatcher(None, revision, copy, autojunk=False)
