"""Retold: whether a text that shares few of an article's words tells it after all, sentence by sentence.

Likeness in meaning alone never makes a copy: an independent report of the same event and the next day's story mean
much the same. What is asked for besides is the article's order, and its figures or dates; and the less the text says of
where it comes from, the more of the article's own words.
"""

from __future__ import annotations

from itertools import combinations

from provenance.engine.alike import Alike
from provenance.engine.derivation import Tie
from provenance.engine.shares import content

CLEARLY = 0.86
"""Likeness from which two sentences that are closest to each other are one sentence, retold."""
OF_TEXT = 0.4
"""Share of a text's sentences that must be retold from the article."""
OF_ARTICLE = 0.2
"""Share of the article's sentences that must be retold in the text."""
IN_ORDER = 0.65
"""Share of pairs of retold sentences that must stand in the article's order."""
TRANSLATED = 0.8
"""The same likeness for a text in another language, where sentences are never as alike."""
ENOUGH = {Tie.NONE: ((3, 0.26),), Tie.CREDITED: ((3, 0.26), (5, 0.15))}
"""Figures and dates that both have, and the part of the article's telling words that stands in the text all the same,
by the text's tie to the article: one of the pairs must be reached. Stories of one publisher share too much to tell."""


def is_retold(alike: Alike, tied: Tie) -> bool:
    """Tell whether a text is the article in other words: by its words and facts first, as they cost nothing."""
    facts, words = _facts(alike), 1.0 if alike.spoken else content(alike.comparison)
    if not any(facts >= least and words >= part for least, part in ENOUGH.get(tied, ())):
        return False
    pairs = _pairs(alike, TRANSLATED if alike.spoken else CLEARLY)
    order = [where for _, where in pairs]
    steps = [x < y for x, y in combinations(order, 2)]
    return (
        len(pairs) >= OF_TEXT * len(alike.told)
        and len(pairs) >= OF_ARTICLE * len(alike.comparison.revisions[-1])
        and sum(steps) >= IN_ORDER * len(steps)
        and bool(steps)
    )


def _facts(alike: Alike) -> int:
    """Count the figures and dates that stand both in the article, in whatever revision, and in the text.

    A single digit is no fact.
    """
    there = {value.key for s in alike.comparison.inventory for value in s.values}
    here = {value.key for s in alike.told for value in s.values}
    return sum(len(key) > 1 for key in here & there)


def _pairs(alike: Alike, clearly: float) -> list[tuple[int, int]]:
    """Give the places, in the text and in the article, of sentences that are closest to each other."""
    article = [sentence.keys for sentence in alike.comparison.revisions[-1]]
    rows = [[row[keys] for keys in article] for row in alike.rows(alike.told)]
    if not rows:
        return []
    forth = [max(range(len(article)), key=row.__getitem__) for row in rows]
    back = [max(range(len(rows)), key=lambda at: rows[at][where]) for where in range(len(article))]
    return [(at, where) for at, where in enumerate(forth) if back[where] == at and rows[at][where] >= clearly]
