"""Derivation: whether a text is a copy of an article at all, of how much of it, and of which revision.

What counts is the share of the text that follows the article's sentences, and how much of it runs on in the article's
own words; a quotation in a text about something else, a shared footer or the same event told by somebody else is no
copy.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from enum import StrEnum
from itertools import accumulate
from operator import or_

from provenance.engine.comparison import Comparison
from provenance.engine.shares import content, coverage, facts, verbatim
from provenance.model import Derivation, Metadata, State

REPUBLISHED = 0.5


class Tie(StrEnum):
    """What a text says of its relation to an article, apart from what it shares with it."""

    CREDITED = "credited"
    SAME_PUBLISHER = "same publisher"
    NONE = "none"


MOSTLY_VERBATIM = {Tie.CREDITED: 0.42, Tie.NONE: 0.42, Tie.SAME_PUBLISHER: 0.5}
"""Part of a text in the article's own words that makes it a copy."""
RETOLD = {Tie.CREDITED: 0.26, Tie.NONE: 0.305, Tie.SAME_PUBLISHER: 0.5}
"""Part of the article's telling words in a text that makes it a retelling."""
FACTS = {Tie.CREDITED: 0.33, Tie.NONE: 0.44, Tie.SAME_PUBLISHER: 9.0}
"""How far the facts of a text are an article's when it retells it in words of its own."""
PASSED_ON = 0.15
"""Part of a page in the article's own words that makes it a copy, where it has a fifth of the article."""
FIFTH = 0.2
_EQUAL = 1e-9
DOUBTFUL = 0.4
"""Part of the article's telling words up to which a retelling must share facts with it as well, or credit it."""
LATE = 2.0
"""What must speak for a revision that came out after the copy's own date: so much as two edits in their place."""


def tie(article: Metadata, copy: Metadata, text: str) -> Tie:
    """Read the tie of a text to an article: one publisher's stories share much, and a credit line tells much."""
    publisher = _name(article.publisher)
    if publisher and publisher == _name(copy.publisher):
        return Tie.SAME_PUBLISHER
    folded = text.casefold()
    address = article.url.casefold().partition("://")[2]
    return Tie.CREDITED if (publisher and publisher in folded) or address in folded else Tie.NONE


def _name(publisher: str) -> str:
    return publisher.casefold().removeprefix("the ").strip()


def is_copy(comparison: Comparison, tied: Tie = Tie.NONE) -> bool:
    """Tell whether a text is a copy: most of it is the article's, or much of the article is retold in it."""
    copied = verbatim(comparison)
    shared = facts(comparison)
    if copied >= MOSTLY_VERBATIM[tied] or shared >= FACTS[tied]:
        return True
    told = content(comparison)
    if told >= RETOLD[tied] and (shared or tied is Tie.CREDITED or told >= DOUBTFUL):
        return True
    return tied is not Tie.SAME_PUBLISHER and copied >= PASSED_ON and coverage(comparison) >= FIFTH


def derivation(covered: float) -> Derivation:
    """Tell a republication from an excerpt by the share of the article that the copy has."""
    return Derivation.REPUBLISHED if covered >= REPUBLISHED else Derivation.EXCERPTED


Vote = tuple[int, State, float]
"""For one edit: its revision, whether the copy has its new side (carried) or its old one (missing), how surely."""


def made_from(
    votes: Sequence[Vote], published: Sequence[datetime | None], made: datetime | None
) -> tuple[int, tuple[int, int]]:
    """Choose the revision that agrees with most edits; where several agree as well, the last one published by then.

    One published later must have more in its favour; the range is of those that agree as well, whatever their times.

    `published` are the times of the revisions, `made` the time that the copy gives for itself.
    """
    scores = [
        sum(sure if (state is State.CARRIED) == (n >= revision) else -sure for revision, state, sure in votes)
        for n in range(len(published))
    ]
    # no revision came out before the one under it, whether it says when or not
    late = list(accumulate((made is not None and at is not None and at > made for at in published), or_))
    ranks = [score - LATE * is_late for score, is_late in zip(scores, late, strict=True)]
    best = [n for n, rank in enumerate(ranks) if rank >= max(ranks) - _EQUAL]
    chosen = best[0] if made is None or late[best[-1]] else best[-1]
    fit = [n for n, score in enumerate(scores) if score >= scores[chosen] - _EQUAL]
    return chosen, (fit[0], fit[-1])
