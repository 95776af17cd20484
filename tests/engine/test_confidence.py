"""Confidence: the measured figures, how they are looked up, and what they may not be."""

from __future__ import annotations

from provenance.engine import confidence
from provenance.model import EditStanding, Standing, State

WORDS = "has the words as they stand now"


def test_no_figure_is_a_certainty() -> None:
    """Every measured figure lies between 0 and 1: no number of cases proves that a rule cannot err."""
    figures = [sure for states in confidence.table().values() for rules in states.values() for sure in rules.values()]

    assert figures
    assert all(0 < sure < 1 for sure in figures)


def test_a_stricter_rule_is_never_less_sure_than_a_laxer_one() -> None:
    """Within one manner and state the rules stand strictest first, and their figures only fall."""
    for states in confidence.table().values():
        for rules in states.values():
            ordered = [sure for rule, sure in rules.items() if rule != confidence.ELSE]
            assert sorted(ordered, reverse=True) == ordered


def test_a_reason_names_its_rule_whatever_the_copy() -> None:
    """Shares and quoted words differ from copy to copy, and what a notice alone tells goes by the rule after it."""
    assert "has … of the article and lacks what was added" == confidence.rule(
        "has 34% of the article and lacks what was added"
    )
    assert "says … or a word for it" == confidence.rule("says “former” or a word for it")
    assert WORDS == confidence.rule(f"known from the notice alone: {WORDS}")


def test_a_rule_that_no_case_has_met_is_no_surer_than_its_like() -> None:
    """A new rule says what it states, up to what other rules for the same state are right in."""
    like = confidence.table()["close"]["missing"][confidence.ELSE]

    assert like == confidence.of(State.MISSING, "a rule made up for this test", 0.99, "close")
    assert 0.3 == confidence.of(State.MISSING, "a rule made up for this test", 0.3, "close")


def test_what_a_retelling_seems_to_lack_is_said_with_less_confidence() -> None:
    """A copy in its own words may have the passage without its words."""
    because = "the copy does not contain the passage"

    retold, close = (confidence.of(State.NOT_APPLICABLE, because, 0.9, how) for how in ("retold", "close"))

    assert retold < close


def test_an_update_that_only_its_notice_tells_of_keeps_a_part() -> None:
    """The part is taken off the measured figure, of the standing and of each edit; the verdict stays."""
    because = f"known from the notice alone: {WORDS}"
    edit = EditStanding(0, State.CARRIED, 0.69, because)
    standing = Standing("u", State.CARRIED, 0.69, because, (edit,))

    full, told = (confidence.measured(standing, part=part, retold=False) for part in (1.0, 0.7))

    assert (State.CARRIED, because) == (told.state, told.because)
    assert round(full.confidence * 0.7, 2) == told.confidence == told.edits[0].confidence
