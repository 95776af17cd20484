"""How the share of mended copies grows, as a drawing: steps and their interval over a line of time that widens."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import timedelta
from math import log

from provenance.model.audits import Curve, Quantiles, Step
from provenance.report.audit.timeline import Tick

WIDTH, HEIGHT = 1000, 100
"""The drawing's own units; it is stretched to the width of the page."""
_HOUR = timedelta(hours=1)
_MARKS = (
    (timedelta(hours=1), "1 h"),
    (timedelta(days=1), "1 day"),
    (timedelta(days=7), "7 days"),
    (timedelta(days=30), "30 days"),
    (timedelta(days=365), "1 year"),
)
_NAMED = tuple(after for after, _ in _MARKS[:3])
"""The times after which a curve says what share is mended."""
_END = 94
"""Past so many percent a label stands left of its mark."""


@dataclass(frozen=True, slots=True)
class Drawing:
    """A curve as two paths in WIDTH by HEIGHT units, and the marks on its time axis in percent."""

    line: str
    band: str
    ticks: tuple[Tick, ...]


@dataclass(frozen=True, slots=True)
class Spread:
    """Quantiles as places in percent of the width: from least to most, the quarters, and the median."""

    found: Quantiles
    least: float
    lower: float
    median: float
    upper: float
    most: float


def drawing(curve: Curve) -> Drawing | None:
    """Draw a curve; None for one without steps."""
    steps = _to_the_end(_from_zero(curve.steps), curve.at)
    if len(steps) < 2:  # noqa: PLR2004 - a curve has two ends
        return None
    longest = max(steps[-1].after * 1.2, timedelta(days=8))
    scale = _Scale(longest)
    line = _path((scale.x(each.after), each.share) for each in steps)
    high = list(_corners([(scale.x(each.after), each.high) for each in steps]))
    low = list(_corners([(scale.x(each.after), each.low) for each in steps]))
    band = "M" + "L".join(f"{x:g} {y:g}" for x, y in [*high, *reversed(low)]) + "Z"
    return Drawing(line, band, scale.ticks())


def spreads(found: Sequence[Quantiles]) -> tuple[tuple[Spread, ...], tuple[Tick, ...]]:
    """Lay quantiles out on one line of time, with its marks."""
    if not found:
        return (), ()
    scale = _Scale(max(timedelta(days=1), *(each.most for each in found)) * 1.2)

    def place(after: timedelta) -> float:
        return round(scale.x(after) / WIDTH * 100, 2)

    made = (
        Spread(each, place(each.least), place(each.lower), place(each.median), place(each.upper), place(each.most))
        for each in found
    )
    return tuple(made), scale.ticks()


class _Scale:
    """Lengths of time to units of the drawing: an hour, a day and a week all stay in sight."""

    def __init__(self, longest: timedelta) -> None:
        self._longest = longest
        self._all = log(1 + longest / _HOUR)

    def x(self, after: timedelta) -> float:
        return round(WIDTH * log(1 + max(after / _HOUR, 0)) / self._all, 1)

    def ticks(self) -> tuple[Tick, ...]:
        marks = [(self.x(each) / WIDTH * 100, text) for each, text in _MARKS if each <= self._longest]
        return tuple(Tick(round(x, 2), text, "end" if x > _END else "middle") for x, text in marks)


def _from_zero(steps: tuple[Step, ...]) -> list[Step]:
    zero = timedelta(0)
    return list(steps) if not steps or steps[0].after <= zero else [Step(zero, 0, 0, 0, steps[0].at_risk), *steps]


def _to_the_end(steps: list[Step], at: Sequence[Step | None]) -> list[Step]:
    """Carry the last step on to the last of the named times at which anything was still observed."""
    ends = [after for after, step in zip(_NAMED, at, strict=False) if step]
    if not steps or not ends or ends[-1] <= steps[-1].after:
        return steps
    return [*steps, replace(steps[-1], after=ends[-1])]


def _path(points: Iterable[tuple[float, float]]) -> str:
    return "M" + "L".join(f"{x:g} {y:g}" for x, y in _corners(list(points)))


def _corners(points: Sequence[tuple[float, float]]) -> Iterable[tuple[float, float]]:
    """Turn shares at moments into the corners of a stair, with 0 at the bottom."""
    before: float | None = None
    for x, share in points:
        y = round(HEIGHT * (1 - share), 1)
        if before is not None:
            yield x, before
        yield x, y
        before = y
