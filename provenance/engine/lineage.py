"""Lineage: where a passage of one revision stands in another, and whether a later revision changed it again."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterator, Sequence
from functools import lru_cache

from provenance.engine.aspects import sentence_at
from provenance.engine.script import Step, bag, likeness, script
from provenance.engine.words import words
from provenance.model import Aspect, Edit, Kind, Op, Span, Update

HALF = 0.5
_LETTERS = frozenset({Aspect.SPELLING, Aspect.LAYOUT})
SAME_PASSAGE = 0.6
Way = tuple[Span, Span, bool]
"""One step of a script: where it leads from, where to, and whether the text is kept."""


class Lineage:
    """The texts of an article's revisions, oldest first, and the ways from one to the next."""

    def __init__(self, texts: Sequence[str]) -> None:
        self.texts = tuple(texts)

    def steps(self, n: int) -> tuple[Step, ...]:
        """Give the steps from revision n to the next."""
        return _steps(self.texts[n], self.texts[n + 1])

    def carry(self, span: Span, n: int, m: int) -> Span:
        """Find the place in revision *m* of a span of revision *n*."""
        *_, there = self.path(span, n, m)
        return there

    def path(self, span: Span, n: int, m: int) -> Iterator[Span]:
        """Give the place of a span of revision *n* there and in each revision on the way to *m*, later or earlier."""
        yield span
        while n < m:
            span = _forth(self.texts[n], self.texts[n + 1], span)
            n += 1
            yield span
        while n > m:
            span = _back(self.texts[n - 1], self.texts[n], span)
            n -= 1
            yield span

    def sentence(self, span: Span, n: int, m: int) -> str:
        """Give the sentence of revision *m* in which a span of revision *n* stands, "" where it is gone."""
        there = self.carry(span, n, m)
        if there[0] == there[1] and span[0] != span[1]:
            return ""
        return self.texts[m][slice(*sentence_at(self.texts[m], there))]


@lru_cache(maxsize=256)
def _steps(before: str, after: str) -> tuple[Step, ...]:
    return tuple(script(before, after))


@lru_cache(maxsize=1 << 14)  # every edit is followed over the same steps for every copy
def _forth(before: str, after: str, span: Span) -> Span:
    return _moved(_ways(before, after)[0], span)


@lru_cache(maxsize=1 << 14)
def _back(before: str, after: str, span: Span) -> Span:
    return _moved(_ways(before, after)[1], span)


@lru_cache(maxsize=1 << 10)
def _ways(before: str, after: str) -> tuple[Sequence[Way], Sequence[Way]]:
    """Give the steps from one text to the next, and the same backwards."""
    steps = _steps(before, after)
    return [(s.before, s.after, s.kept) for s in steps], [(s.after, s.before, s.kept) for s in steps]


def _moved(steps: Sequence[Way], span: Span) -> Span:
    """Carry a span over one script: kept text moves along, changed text maps to all that took its place."""
    start: int | None = None
    end = 0
    for at in range(bisect_left(steps, span[0], key=_end), len(steps)):
        here, there, kept = steps[at]
        if here[0] > span[1]:
            break
        touches = (here[0] < span[1] and span[0] < here[1]) or (span[0] == span[1] and here[0] <= span[0] <= here[1])
        if not touches:
            continue
        left = there[0] + max(0, span[0] - here[0]) if kept else there[0]
        right = there[0] + min(here[1], span[1]) - here[0] if kept else there[1]
        start = left if start is None else min(start, left)
        end = max(end, right)
    return (start, max(start, end)) if start is not None else (0, 0)


def _end(way: Way) -> int:
    return way[0][1]


def superseded(edit: Edit, update: Update, updates: Sequence[Update], lineage: Lineage) -> bool:
    """Tell whether a later revision changed the same words again, or took the edit back.

    What a later revision only spells or sets anew leaves a weightier update as it is.
    """
    revision = update.revision
    later = [u for u in updates if u.revision > revision]
    letters = update.kind is Kind.REFILE
    if edit.field:
        return any(e.field == edit.field for u in later for e in u.edits)
    if not edit.after:
        return any(_restores(e, edit) for u in later for e in u.edits)
    if edit.after_span is None:
        return False
    last = max((other.revision for other in later), default=revision + 1) - 1
    places = list(lineage.path(edit.after_span, revision, last))
    for other in later:
        span = places[other.revision - 1 - revision]
        length = max(1, span[1] - span[0])
        hit = sum(
            _shared(span, e.before_span)
            for e in other.edits
            if e.before_span is not None
            and e.before_span[0] < span[1]
            and span[0] < e.before_span[1]
            and e.op is not Op.INSERT
            and (letters or not _LETTERS.issuperset(e.aspects))
        )
        if hit / length >= HALF or (hit and length <= len(edit.after) and not _passage(edit)):
            return True
    return False


def _passage(edit: Edit) -> bool:
    return len(edit.after) > 80  # noqa: PLR2004 - a sentence or more: a word changed in it leaves the rest standing


def _shared(x: Span, y: Span) -> int:
    return max(0, min(x[1], y[1]) - max(x[0], y[0]))


def _restores(later: Edit, edit: Edit) -> bool:
    """Tell whether an edit puts back what another had taken out."""
    if not later.after or not words(edit.before):
        return False
    return likeness(bag(later.after), bag(edit.before)) >= SAME_PASSAGE
