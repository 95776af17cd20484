"""Quotations by Quid, a published method of text reuse: the passages that a text takes over, inexact and with gaps.

Frederik Arnold and Robert Jäschke: Lotte and Annette: A Framework for Finding and Exploring Key Passages in Literary
Works. NLP4DH 2021, pages 55-63 (https://aclanthology.org/2021.nlp4dh-1.7); `pip install Quid`, defaults throughout.
Quid says which passages of two texts belong together, in any order; difflib tells inside each pair which words are
equal, and a change is read off those (`aligned`). Quid compares two texts and does not search among many: it is asked
only where a text has two runs of four words of a revision (every copy in `cases` does).
"""

from __future__ import annotations

import logging
from bisect import bisect_left
from dataclasses import dataclass
from difflib import SequenceMatcher
from functools import cache, lru_cache
from importlib.util import find_spec
from itertools import accumulate
from typing import TYPE_CHECKING, Protocol

from accuracy.aligned import Block, shown
from accuracy.methods import Article
from accuracy.words import Hunk, Words, runs

if TYPE_CHECKING:
    from quid.core.Quid import Quid

INSTALLED = find_spec("quid") is not None
RUN, ASKED = 4, 2
"""The words in a run, and the number of runs, that two texts must share to be compared."""


class _Span(Protocol):
    """Offsets, as Quid gives them."""

    start: int
    end: int


@dataclass(frozen=True)
class Quotations:
    """Finds passages that were taken over."""

    least: float = 0.15

    def closeness(self, revision: Words, copy: Words) -> float:
        """Give the share of the copy's words that stand in passages of the revision."""
        covered = {at for each in blocks(revision, copy) for at in range(each.copy, each.copy + each.size)}
        return len(covered) / len(copy) if len(copy) else 0.0

    def state(self, article: Article, change: tuple[int, Hunk], copy: Words, nearest: int) -> str:
        """Say which side of a change stands in the passages."""
        del nearest
        return shown(blocks, article, change, copy)


def blocks(revision: Words, copy: Words) -> tuple[Block, ...]:
    """Give the runs of equal words inside the passages that a copy takes from a revision."""
    if len(runs(revision.words, RUN) & runs(copy.words, RUN)) < ASKED:
        return ()
    return _blocks(revision.words, copy.words)


@lru_cache(maxsize=8192)
def _blocks(revision: tuple[str, ...], copy: tuple[str, ...]) -> tuple[Block, ...]:
    found: list[Block] = []
    # words parted by spaces: Quid knows no other words, and some scripts have no spaces
    for match in _quid().compare(" ".join(revision), " ".join(copy)):
        i, j = _words(revision, match.source_span)
        k, m = _words(copy, match.target_span)
        equal = SequenceMatcher(None, revision[i:j], copy[k:m], autojunk=False).get_matching_blocks()
        found += [Block(i + each.a, k + each.b, each.size) for each in equal if each.size]
    return tuple(found)


def _words(words: tuple[str, ...], span: _Span) -> tuple[int, int]:
    """Turn offsets into the joined words into places among them."""
    starts = list(accumulate((len(word) + 1 for word in words), initial=0))
    return bisect_left(starts, span.start), bisect_left(starts, span.end)


@cache
def _quid() -> Quid:
    from quid.core.Quid import Quid  # slow to load, and not always there

    logging.getLogger("quid").setLevel(logging.ERROR)
    return Quid(include_text_in_result=False)
