"""An article's revisions and its copies on one line of time: where each mark stands, in percent of the width."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from itertools import islice
from math import log

from provenance.model import Copy, Kind, Standing, State, Update
from provenance.model.audits import Chapter, Exhibit
from provenance.report.audit.passages import OUT_OF_DATE

LANES = 30
"""So many copies have a line of their own, worst first; the table has them all."""
ROWS = 400
"""So many rows has the table behind the drawing."""
TOP, LANE, BOTTOM = 46, 34, 30
"""The height in pixels of what stands above the lines, of a line, and of what stands below."""
_LEFT, _RIGHT = 1.5, 97.0
_HOUR = timedelta(hours=1)
_CROWDED = 0.12
"""Where half of all moments lie in so small a part of the time, its beginning is widened."""
_NEAR = 11.0
"""Two marks that are nearer than so many percent share a label."""


@dataclass(frozen=True, slots=True)
class Tick:
    """A mark on the line: where, what it says, and which side of it the words stand (`start`, `middle`, `end`)."""

    x: float
    text: str
    anchor: str
    grave: bool = False


@dataclass(frozen=True, slots=True)
class Point:
    """A moment of a copy: `seen`, `caught` (it was seen to have caught up) or `behind` (it was seen still behind)."""

    x: float
    sort: str


@dataclass(frozen=True, slots=True)
class Lane:
    """A copy, first seen to last seen; `wrong` runs from an update to when the copy was last seen without it."""

    exhibit: Exhibit
    y: int
    start: float
    end: float
    points: tuple[Point, ...]
    wrong: tuple[float, float] | None = None


@dataclass(frozen=True, slots=True)
class Timeline:
    """Where all of it stands; `lines` are the places of the revisions, `more` copies have no line of their own.

    `widened` where most happened early, and early hours are drawn wider than later ones.
    """

    height: int
    lines: tuple[tuple[float, bool], ...]
    revisions: tuple[Tick, ...]
    lanes: tuple[Lane, ...]
    first: datetime
    last: datetime
    more: int
    widened: bool


@dataclass(frozen=True, slots=True)
class Turn:
    """What is known in time of a copy and an update: how it stands, and the copy's own standing with its moments."""

    exhibit: Exhibit
    update: Update
    standing: Standing


def timeline(chapter: Chapter) -> Timeline | None:
    """Lay an article out in time; None where fewer than two moments are known."""
    moments = [at for at in chapter.out.values() if at]
    moments += [at for each in chapter.exhibits for at in _moments(each)]
    if len(set(moments)) < 2:  # noqa: PLR2004 - a line has two ends
        return None
    first, last = min(moments), max(moments)
    scale = _Scale(moments)
    grave = {each.revision for each in chapter.history.updates if each.kind.rank >= Kind.CLARIFICATION.rank}
    marks = [(scale.x(at), n) for n, at in sorted(chapter.out.items()) if at]
    lanes = tuple(_lane(each, y, scale, chapter) for y, each in enumerate(chapter.exhibits[:LANES]))
    lines = tuple((x, n in grave) for x, n in marks)
    height = TOP + LANE * len(lanes) + BOTTOM
    more = len(chapter.exhibits) - len(lanes)
    return Timeline(height, lines, tuple(_labels(marks, grave)), lanes, first, last, more, scale.widened)


def turns(chapter: Chapter) -> tuple[list[Turn], int]:
    """Give what is known of each copy and each update that it had to take over, and how much more there is."""
    found = _turns_of(chapter)
    shown = list(islice(found, ROWS))
    return shown, sum(1 for _ in found)


def _turns_of(chapter: Chapter) -> Iterator[Turn]:
    updates = {each.id: each for each in chapter.history.updates}
    skipped = {State.NOT_APPLICABLE, State.SUPERSEDED}
    for each in chapter.exhibits:
        for standing in each.copy.standings:
            update = updates.get(standing.update)
            if update and update.kind is not Kind.REFILE and standing.state not in skipped:
                yield Turn(each, update, standing)


class _Scale:
    """Moments to percent of the width."""

    def __init__(self, moments: Sequence[datetime]) -> None:
        self._first = min(moments)
        self._length = max(max(moments) - self._first, timedelta(seconds=1))
        middle = sorted(moments)[len(moments) // 2]
        self.widened = self._length > _HOUR and (middle - self._first) / self._length < _CROWDED

    def x(self, at: datetime) -> float:
        part = (at - self._first) / self._length
        if self.widened:
            part = log(1 + (at - self._first) / _HOUR) / log(1 + self._length / _HOUR)
        return round(_LEFT + (_RIGHT - _LEFT) * part, 2)


def _moments(exhibit: Exhibit) -> list[datetime]:
    found = [each.at for each in exhibit.seen if each.at]
    return found + ([exhibit.copy.observed_at] if exhibit.copy.observed_at else [])


def _lane(exhibit: Exhibit, place: int, scale: _Scale, chapter: Chapter) -> Lane:
    moments = _moments(exhibit)
    points = {scale.x(each.at): "seen" for each in exhibit.seen if each.at}
    for sort in ("caught", "behind"):  # where a copy was seen with one update and without another, it is behind
        points |= {scale.x(at): sort for at, what in _turns(exhibit.copy) if what == sort}
    shown = tuple(Point(x, sort) for x, sort in sorted(points.items()))
    start, end = (scale.x(min(moments)), scale.x(max(moments))) if moments else (_LEFT, _LEFT)
    since = _since(exhibit, chapter)
    wrong = (min(scale.x(since), end), end) if since else None
    return Lane(exhibit, TOP + LANE * place, start, end, shown, wrong)


def _since(exhibit: Exhibit, chapter: Chapter) -> datetime | None:
    """Say when the first update came out that a copy misses, wording aside."""
    missed = {each.update for each in exhibit.copy.standings if each.state in OUT_OF_DATE}
    updates = (each for each in chapter.history.updates if each.id in missed and each.kind is not Kind.REFILE)
    return min((at for each in updates if (at := chapter.out.get(each.revision))), default=None)


def _turns(copy: Copy) -> Iterable[tuple[datetime, str]]:
    for each in copy.standings:
        if each.first_seen:
            yield each.first_seen, "caught"
        if each.last_missing:
            yield each.last_missing, "behind"
    if copy.observed_at and any(each.state in OUT_OF_DATE for each in copy.standings):
        yield copy.observed_at, "behind"


def _labels(marks: Iterable[tuple[float, int]], grave: set[int]) -> Iterable[Tick]:
    """Name the revisions, those that stand close together in one label."""
    groups: list[list[tuple[float, int]]] = []
    for x, n in marks:
        if groups and x - groups[-1][0][0] < _NEAR:
            groups[-1].append((x, n))
        else:
            groups.append([(x, n)])
    for group in groups:
        (x, first), (_, last) = group[0], group[-1]
        anchor = "end" if x > 100 - _NEAR else "middle" if x > _NEAR else "start"
        text = f"rev. {first}" if first == last else f"rev. {first}–{last}"
        yield Tick(x, text, anchor, any(n in grave for _, n in group))
