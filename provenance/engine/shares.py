"""Shares: how much of an article a text has, and how much of a text is the article's, from 0 to 1."""

from __future__ import annotations

from functools import lru_cache
from math import log

from provenance.engine.comparison import Comparison
from provenance.engine.original import RUN

PARTLY_VERBATIM = 0.25
"""Part of a text in the article's own words below which it is no plain copy of passages."""
QUARTER = 0.25
"""Part of the article at which a copy is expected to have what was added to it."""
RETOLD = 0.27
"""Part of the article's telling words that a retelling in other words has when it tells a quarter of it."""
FACTS = 5
"""Values that an article and a text must share for them to tell of a derivation."""
FOLLOWS = 0.6
"""Both shares of a match together from which a sentence follows one of the article."""


def verbatim(comparison: Comparison) -> float:
    """Give the part of the text that stands in runs of five words of the article."""
    known = comparison.original.runs
    words = taken = 0
    for sentence in comparison.body:
        hit = [False] * len(sentence.keys)
        for at in range(len(sentence.keys) - RUN + 1):
            if sentence.keys[at : at + RUN] in known:
                hit[at : at + RUN] = [True] * RUN
        words += len(hit)
        taken += sum(hit)
    return taken / words if words else 0.0


def content(comparison: Comparison) -> float:
    """Give the share of the article's telling words, of all revisions, that stand anywhere in the copy."""
    weights = comparison.weights
    here = frozenset(f for s in comparison.body for f in s.features)
    there = frozenset(f for s in comparison.inventory for f in s.features)
    return weights.of(here & there) / (weights.of(there) or 1.0)


@lru_cache(maxsize=2)  # every edit that a copy lacks asks again
def coverage(comparison: Comparison) -> float:
    """Give the share of the article's content that the copy has, in the revision that it has most of."""
    weights = comparison.weights
    has: dict[tuple[str, ...], float] = {}
    for sentence, match in zip(comparison.body, comparison.matches, strict=True):
        if match[2] is not None and match[0] + match[1] >= FOLLOWS:
            common = weights.of(sentence.features & match[2].features)
            has[match[2].keys] = max(has.get(match[2].keys, 0.0), common)
    best = 0.0
    for sentences in comparison.revisions:
        total = sum(weights.whole(s.features) for s in sentences)
        have = sum(has.get(s.keys, 0.0) for s in sentences)
        best = max(best, have / total if total else 0.0)
    return best


def facts(comparison: Comparison) -> float:
    """Say how far the values of a text are an article's: the share of each side's that both have, and how many.

    Who retells an article takes its figures and dates and has few of their own; who reports the same event has some in
    common. The two shares are multiplied with each other and with the logarithm of the number that is shared: the more
    there are, the less is chance. 0 where too few are shared to tell.
    """
    here = {f for s in comparison.body for f in s.features if f[0] == "#"}
    there = {f for s in comparison.inventory for f in s.features if f[0] == "#"}
    both = len(here & there)
    return both / len(here) * (both / len(there)) * log(both) if both >= FACTS else 0.0


def retells(comparison: Comparison) -> bool:
    """Tell whether a text in other words tells a quarter of the article."""
    return content(comparison) >= RETOLD and verbatim(comparison) < PARTLY_VERBATIM
