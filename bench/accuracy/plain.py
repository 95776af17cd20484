"""The plain method: the old or the new words, with three words on each side, are looked for in the copy.

A text is a copy of the article that has the greatest share of its runs of five words.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache

from accuracy.methods import Article, sides
from accuracy.words import Hunk, Words, runs, stands

RUN = 5


@dataclass(frozen=True)
class Plain:
    """Looks for words, and knows nothing else."""

    least: float = 0.05

    def closeness(self, revision: Words, copy: Words) -> float:
        """Give the share of the copy's runs of five words that stand in the revision."""
        mine = _runs(copy.words)
        return len(mine & _runs(revision.words)) / len(mine) if mine else 0.0

    def state(self, article: Article, change: tuple[int, Hunk], copy: Words, nearest: int) -> str:
        """Say which side of a change stands in the copy, to the word."""
        del nearest
        old, new = (stands(side, copy.words) for side in sides(article, change))
        if old and new:
            return "diverged"
        return "carried" if new else "missing" if old else "not_applicable"


@lru_cache(maxsize=4096)
def _runs(words: tuple[str, ...]) -> set[tuple[str, ...]]:
    return runs(words, RUN)
