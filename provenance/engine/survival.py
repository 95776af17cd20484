"""How long something takes when not all have done it yet: Kaplan-Meier curves with intervals, and plain quantiles.

Whoever had not when last looked at is censored: it counts for as long as it was looked at, and is not dropped.
"""

from __future__ import annotations

from bisect import bisect_left
from collections import Counter
from collections.abc import Iterator, Sequence
from datetime import timedelta
from math import exp, log, sqrt
from typing import NamedTuple

from provenance.model.audits import Curve, Quantiles, Step

MARKS = (timedelta(hours=1), timedelta(days=1), timedelta(days=7))
"""After how long the share is given."""
STEPS = 100
"""So many steps of a curve are kept at most, spread evenly over it."""
HALF = 0.5 + 1e-9
"""One half, and what rounding may add to it."""
_TAIL = 0.025
_NORMAL = 1.959963984540054
"""What 97.5 % of a normal distribution lie below, in standard deviations."""


class _Left(NamedTuple):
    """The share that has not done it, after so many seconds, with its interval; how many still could just before."""

    after: float
    share: float
    low: float
    high: float
    at_risk: int


def curve(name: str, done: Sequence[float], censored: Sequence[float], unseen: int = 0) -> Curve:
    """Give the curve of those that had done it after some seconds and of those that had not, when last looked at.

    The estimate is the product limit of Kaplan and Meier (J. Am. Stat. Assoc. 53, 1958, 457-481) with Greenwood's
    variance; the 95 % interval is taken on the scale of log(-log S), which keeps it within 0 and 1 (Kalbfleisch and
    Prentice, The Statistical Analysis of Failure Time Data, 2002, section 1.4). Where all or none have done it there is
    no such variance: the bound is then the exact one of the binomial distribution, and never falls behind the bound of
    the step before. Of ties those done come before those censored.
    """
    steps = list(_steps(done, censored))
    times = sorted((*done, *censored))
    return Curve(
        name=name,
        pairs=len(times),
        mended=len(done),
        steps=tuple(map(_step, _thinned(steps))),
        at=tuple(_at(mark.total_seconds(), steps, times) for mark in MARKS),
        median=next((timedelta(seconds=each.after) for each in steps if each.share <= HALF), None),
        unseen=unseen,
    )


def _steps(done: Sequence[float], censored: Sequence[float]) -> Iterator[_Left]:
    times = sorted((*done, *censored))
    share, variance, low, high = 1.0, 0.0, 0.0, 1.0
    for after, count in sorted(Counter(done).items()):
        at_risk = len(times) - bisect_left(times, after)
        share *= (at_risk - count) / at_risk
        if at_risk == count:
            yield _Left(after, 0.0, 0.0, min(high, 1 - _TAIL ** (1 / at_risk)), at_risk)
            return
        variance += count / (at_risk * (at_risk - count))
        spread = _NORMAL * sqrt(variance) / log(share)  # of log(-log S); negative, as log S is
        low, high = share ** exp(-spread), share ** exp(spread)
        yield _Left(after, share, low, high, at_risk)


def _at(after: float, steps: Sequence[_Left], times: Sequence[float]) -> Step | None:
    """Give the share at a time; None past the last observation, unless all have done it by then."""
    at_risk = len(times) - bisect_left(times, after)
    found = next((each for each in reversed(steps) if each.after <= after), None)
    if not at_risk and not (found and found.share == 0.0):
        return None
    if found is None:
        return _step(_Left(after, 1.0, _TAIL ** (1 / at_risk), 1.0, at_risk))
    return _step(found._replace(after=after, at_risk=at_risk))


def _step(left: _Left) -> Step:
    return Step(timedelta(seconds=left.after), 1 - left.share, 1 - left.high, 1 - left.low, left.at_risk)


def _thinned(steps: Sequence[_Left]) -> Sequence[_Left]:
    """Leave out steps that a drawing could not show: never the first and the last."""
    if len(steps) <= STEPS:
        return steps
    last = len(steps) - 1
    return [steps[round(n * last / (STEPS - 1))] for n in range(STEPS)]


def quantiles(name: str, lengths: Sequence[float]) -> Quantiles:
    """Give the least, the quarters and the most of some seconds, at least one, by linear interpolation."""
    ordered = sorted(lengths)

    def at(part: float) -> timedelta:
        place = part * (len(ordered) - 1)
        below = int(place)
        above = min(below + 1, len(ordered) - 1)
        return timedelta(seconds=ordered[below] + (place - below) * (ordered[above] - ordered[below]))

    return Quantiles(name, len(ordered), at(0), at(0.25), at(0.5), at(0.75), at(1))
