"""Drawings: where a moment, a revision and a share stand, and that none of them stands where nothing was seen."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from itertools import pairwise

from everything import made

from provenance.model.audits import Chapter, Curve, Step
from provenance.report.audit.curves import drawing, spreads
from provenance.report.audit.folded import folded
from provenance.report.audit.matrix import COLUMNS, ROWS, matrix
from provenance.report.audit.timeline import LANES, timeline

HOUR = timedelta(hours=1)


def chapter(copies: int = 0) -> Chapter:
    """Give the first chapter of an audit with everything in it, or with so many copies."""
    return next(iter(made(copies).chapters()))


def curve(*steps: tuple[float, float], seen: int = 3) -> Curve:
    """Give a curve by its steps (hours, share), observed for the first `seen` of an hour, a day and a week."""
    made_ = tuple(Step(hours * HOUR, share, share / 2, min(share * 1.5, 1), 9) for hours, share in steps)
    at = tuple(made_[-1] if n < seen else None for n in range(3))
    return Curve("all", 9, len(steps), made_, at)


def points(path: str) -> list[tuple[float, float]]:
    """Give the corners of a path."""
    return [(float(x), float(y)) for x, y in (each.split() for each in path.strip("MZ").split("L"))]


def test_a_curve_climbs_in_steps_and_never_falls() -> None:
    """Each corner is right of the one before it or above it, never both at once."""
    drawn = drawing(curve((2, 0.2), (30, 0.5)))

    assert drawn
    corners = points(drawn.line)
    assert all((b[0] == a[0] or b[1] == a[1]) and b[0] >= a[0] and b[1] <= a[1] for a, b in pairwise(corners))


def test_a_curve_goes_on_as_long_as_anything_was_observed() -> None:
    """The last share holds until the last named time with an observation, and not beyond."""
    week, day = drawing(curve((2, 0.2))), drawing(curve((2, 0.2), seen=2))

    assert week
    assert day
    assert points(week.line)[-1][0] > points(day.line)[-1][0] > points(day.line)[2][0]


def test_a_curve_without_steps_is_not_drawn() -> None:
    """Nothing was seen to be mended, and nothing is drawn of it."""
    assert drawing(Curve("none", 1, 0, (), (None, None, None))) is None


def test_a_spread_stands_in_order() -> None:
    """Least, quarters and most follow each other, all on the page."""
    laid, ticks = spreads(made().measures.corrected)

    [one] = laid
    assert 0 <= one.least <= one.lower <= one.median <= one.upper <= one.most <= 100
    assert ticks


def test_revisions_that_came_out_together_share_a_label() -> None:
    """Labels never stand on each other: they are some way apart."""
    found = timeline(chapter())

    assert found
    assert all(b.x - a.x > 10 for a, b in pairwise(found.revisions))


def test_a_lane_stays_between_the_first_and_the_last_moment() -> None:
    """No copy is drawn where nobody looked."""
    found = timeline(chapter())

    assert found
    assert all(0 <= lane.start <= lane.end <= 100 for lane in found.lanes)
    assert all(
        lane.start <= point.x <= lane.end for lane in found.lanes for point in lane.points if point.sort == "seen"
    )


def test_without_two_moments_there_is_no_line_of_time() -> None:
    """One moment, or none, needs no drawing."""
    bare = replace(chapter(), out={}, exhibits=())

    assert timeline(bare) is None


def test_many_copies_are_counted_where_they_are_not_shown() -> None:
    """A drawing has 30 lines, a table 200 rows and 16 columns; what is left out is told by its number."""
    many = chapter(250)
    line, table = timeline(many), matrix(many)

    assert line
    assert (LANES, 250 - LANES) == (len(line.lanes), line.more)
    assert (ROWS, 250 - ROWS) == (len(table.rows), table.more_copies)
    update = many.history.updates[0]
    updates = tuple(replace(update, id=f"{n}", revision=n) for n in range(500))
    wide = matrix(replace(many, history=replace(many.history, updates=updates)))
    assert (COLUMNS, 500 - COLUMNS) == (len(wide.updates), wide.more_updates)


def test_side_by_side_what_is_alike_is_counted() -> None:
    """Three sentences alike are one row; of five that one side alone has, two are shown and three counted."""
    [exhibit, *_] = [each for each in chapter().exhibits if each.sides]
    assert exhibit.sides

    rows, more = folded(exhibit.sides)

    assert [3, 0, 0, 0, 3, 0, 0, 3] == [row.count for row in rows]
    assert 0 == more
