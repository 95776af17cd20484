"""How long something takes when not all have done it yet, against published figures and by its properties."""

from __future__ import annotations

from datetime import timedelta
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from provenance.engine.survival import STEPS, curve, quantiles

# weeks of remission under 6-MP: Freireich et al., Blood 21, 1963, 699-716; the usual example of the textbooks
RELAPSED = [6.0, 6, 6, 7, 10, 13, 16, 22, 23]
CENSORED = [6.0, 9, 10, 11, 17, 19, 20, 25, 32, 32, 34, 35]
# t, S(t), and its 95 % interval on the scale of log(-log S)
PUBLISHED = [
    (6, 0.8571, 0.6197, 0.9516),
    (7, 0.8067, 0.5631, 0.9228),
    (10, 0.7529, 0.5032, 0.8894),
    (13, 0.6902, 0.4316, 0.8491),
    (16, 0.6275, 0.3675, 0.8049),
    (22, 0.5378, 0.2678, 0.7468),
    (23, 0.4482, 0.1881, 0.6801),
]
HOUR, DAY, WEEK = 3600.0, 86_400.0, 7 * 86_400.0

seconds = st.integers(0, 2_000_000).map(float)
some = st.lists(seconds, max_size=30)


def test_the_textbook_example_comes_out_to_four_places() -> None:
    """Shares and intervals are those published for the 21 patients, with their numbers at risk and the median."""
    found = curve("6-MP", RELAPSED, CENSORED)

    left = [
        (each.after.total_seconds(), round(1 - each.share, 4), round(1 - each.high, 4), round(1 - each.low, 4))
        for each in found.steps
    ]
    assert PUBLISHED == left
    assert [21, 17, 15, 12, 11, 7, 6] == [each.at_risk for each in found.steps]
    assert (21, 9, timedelta(seconds=23)) == (found.pairs, found.mended, found.median)


def test_the_share_is_given_after_an_hour_a_day_and_a_week() -> None:
    """Past the last observation nothing is known, and nothing is said."""
    found = curve("all", [HOUR / 2, HOUR, 2 * DAY], [3 * DAY])

    hour, day, week = found.at
    assert hour is not None
    assert day is not None
    assert [0.5, 0.5, None] == [hour.share, day.share, week]
    assert [3, 2] == [hour.at_risk, day.at_risk]


def test_when_all_are_mended_it_stays_so() -> None:
    """A week later all are mended still, though nobody is left to look at."""
    found = curve("all", [60.0, 120.0], [])

    assert [1.0, 1.0, 1.0] == [each.share for each in found.at if each]
    assert all(each.low < 1 for each in found.at if each)


def test_before_anything_has_happened_the_share_is_none_and_the_interval_wide() -> None:
    """One that was looked at for a week and did nothing says little."""
    [_, _, week] = curve("all", [], [WEEK]).at

    assert week is not None
    assert (0.0, 0.0, 0.975) == (week.share, week.low, pytest.approx(week.high))


def test_a_long_curve_is_thinned_and_keeps_its_ends() -> None:
    """What no drawing could show is left out; the shares at the marks are those of the whole curve."""
    done = [float(n) for n in range(1, 5001)]

    found = curve("all", done, [])

    assert STEPS == len(found.steps)
    assert (1.0, 5000.0) == (found.steps[0].after.total_seconds(), found.steps[-1].after.total_seconds())
    assert timedelta(seconds=2500) == found.median
    assert found.at[0] is not None
    assert pytest.approx(0.72) == found.at[0].share


@given(st.lists(seconds, min_size=1, max_size=30))
def test_with_nobody_censored_it_is_the_share_itself(done: list[float]) -> None:
    """After every step the curve gives what counting gives."""
    for step in curve("all", done, []).steps:
        counted = sum(each <= step.after.total_seconds() for each in done) / len(done)
        assert pytest.approx(counted) == step.share


@given(some, some)
def test_a_curve_never_falls_and_keeps_within_its_bounds(done: list[float], censored: list[float]) -> None:
    """Shares grow; each lies in its interval, and that between 0 and 1."""
    steps = curve("all", done, censored).steps

    assert all(one.share < two.share for one, two in pairwise(steps))
    assert all(one.after < two.after for one, two in pairwise(steps))
    assert all(0 <= step.low <= step.share <= step.high <= 1 for step in steps)


@given(some, some, st.randoms(use_true_random=False))
def test_the_order_of_what_was_seen_is_of_no_account(done: list[float], censored: list[float], chance: object) -> None:
    """The same observations in another order give the same curve."""
    mixed, others = list(done), list(censored)
    chance.shuffle(mixed)  # type: ignore[attr-defined]
    chance.shuffle(others)  # type: ignore[attr-defined]

    assert curve("all", done, censored) == curve("all", mixed, others)


@given(some, some)
def test_a_share_is_never_less_than_if_nobody_censored_had_been_mended(
    done: list[float], censored: list[float]
) -> None:
    """To drop the censored would flatter; to take them as never mended would wrong them: the curve lies between."""
    steps = curve("all", done, censored).steps
    if steps:
        last = steps[-1]
        assert len(done) / (len(done) + len(censored)) <= last.share + 1e-9


def test_quantiles_are_interpolated() -> None:
    """Least, quarters and most, as spreadsheets have them."""
    found = quantiles("all", [4.0, 1.0, 3.0, 2.0])

    assert [1, 1.75, 2.5, 3.25, 4] == [
        each.total_seconds() for each in (found.least, found.lower, found.median, found.upper, found.most)
    ]
    assert 4 == found.count
