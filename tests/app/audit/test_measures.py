"""How long corrections take: which copies count, for how long, and which are left out and counted."""

from __future__ import annotations

from datetime import timedelta

from newsroom import Newsroom

from provenance.app.audit.audit import audit
from provenance.model.audits import Curve, Measures, Scope

HURT = "Three people died when the ferry went down, the harbour police said on Tuesday."
HOUR = timedelta(hours=1)


def measured(newsroom: Newsroom) -> Measures:
    """Measure a newsroom's store as it stands."""
    return audit(newsroom.workspace, Scope(), newsroom.now).measures


def of_all(newsroom: Newsroom) -> Curve:
    """Give the one curve of all copies."""
    [curve] = measured(newsroom).mended
    return curve


def test_a_mended_copy_counts_from_the_correction_to_when_it_was_first_seen_mended(newsroom: Newsroom) -> None:
    """One copy took two hours, one was still wrong after three; one that was made afterwards does not count."""
    wire = newsroom.publish(HURT)
    good, bad = newsroom.syndicate(wire, site="good"), newsroom.syndicate(wire, site="bad")
    newsroom.correct(wire, "Three people", "Two people")
    newsroom.observe(wire)
    newsroom.revise(good, "Three people", "Two people")
    newsroom.observe(bad)
    newsroom.syndicate(wire, site="after")

    found = of_all(newsroom)

    assert ("all", 2, 1, 0) == (found.name, found.pairs, found.mended, found.unseen)
    [step] = found.steps
    assert (2 * HOUR, 0.5, 2) == (step.after, step.share, step.at_risk)
    assert 2 * HOUR == found.median


def test_a_copy_that_was_not_looked_at_since_is_counted_apart(newsroom: Newsroom) -> None:
    """It tells nothing of how long it took; that there is one is said."""
    wire = newsroom.publish(HURT)
    newsroom.syndicate(wire)
    newsroom.correct(wire, "Three people", "Two people")

    found = of_all(newsroom)

    assert (0, 0, 1) == (found.pairs, found.mended, found.unseen)


def test_a_copy_that_was_first_seen_wrong_after_the_correction_counts(newsroom: Newsroom) -> None:
    """It missed the correction at first, so it had to take it over."""
    wire = newsroom.publish(HURT)
    old = newsroom.pages[wire]
    newsroom.correct(wire, "Three people", "Two people")
    copy = newsroom.post(wire, *old.paragraphs, site="late")
    newsroom.revise(copy, "Three people", "Two people")

    found = of_all(newsroom)

    assert (1, 1, 2 * HOUR) == (found.pairs, found.mended, found.median)


def test_publishers_and_kinds_are_told_apart(newsroom: Newsroom) -> None:
    """A copy counts for its own publisher, an article's corrections for the article's."""
    wire = newsroom.publish(HURT)
    good = newsroom.syndicate(wire, site="good")
    newsroom.correct(wire, "Three people", "Two people")
    newsroom.revise(good, "Three people", "Two people")

    found = measured(newsroom)

    assert ["Good"] == [each.name for each in found.mended_by_publisher]
    assert ["correction"] == [each.name for each in found.mended_by_kind]
    assert [("Wire", 1, 2 * HOUR)] == [(each.name, each.count, each.median) for each in found.corrected_by_publisher]
    assert ["all"] == [each.name for each in found.corrected]


def test_nothing_is_measured_where_nothing_is_held(newsroom: Newsroom) -> None:
    """An empty store has no curve and no quantiles."""
    assert Measures() == measured(newsroom)
