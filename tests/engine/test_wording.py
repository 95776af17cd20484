"""Wording: which side of an edit within a sentence a copy shows, in whatever words."""

from __future__ import annotations

import pytest
from engine.texts import ELSEWHERE, HISTORY, LEAD, OBJECTION, PARAGRAPHS, PLANS, WITNESS, Story, article, story, text

from provenance.model import State

RENT = story(article(), article({"42,000": "24,000"}))
SPEAKER = story(article(), article({"its manager told reporters": "Odile Renn told reporters"}))


def state(told: Story, sentence: str) -> State:
    """Judge a sentence that stands in the copy among paragraphs of another story."""
    [found] = told.states(text(sentence, *ELSEWHERE, headline="Around the coast"))
    return found


@pytest.mark.parametrize(
    ("sentence", "shown"),
    [
        (LEAD, State.MISSING),
        (LEAD.replace("42,000", "24,000"), State.CARRIED),
        ("A brewery pays Harrowmouth's town council 42,000 pounds a year for the old harbour crane.", State.MISSING),
        ("A brewery pays Harrowmouth's town council 24,000 pounds a year for the old harbour crane.", State.CARRIED),
        ("The town council of Harrowmouth has let the old harbour crane to a brewery.", State.NOT_APPLICABLE),
    ],
)
def test_one_sentence_of_the_copy_is_enough(sentence: str, shown: State) -> None:
    """A sentence inside another story shows what it shows, told anew or word for word."""
    assert shown is state(RENT, sentence)


def test_the_same_sum_for_something_else_accuses_nobody() -> None:
    """Another street, another purpose: the sum is the old rent's by chance."""
    assert State.NOT_APPLICABLE is state(RENT, "Chandler Street is to be paved for 42,000 pounds.")


@pytest.mark.parametrize(
    "sentence",
    [
        f"{LEAD[:-1]}, the Harrowmouth Courier reported on Monday.",
        f"According to the Courier, “{LEAD[0].lower()}{LEAD[1:]}”",
        f"{LEAD[:-1]}, and neighbours on Chandler Street collected 310 signatures against loud music.",
    ],
)
def test_a_sentence_quoted_or_merged_with_another_still_shows_it(sentence: str) -> None:
    """The old figure is there, whatever the copy put around it."""
    assert State.MISSING is state(RENT, sentence)


def test_a_sentence_split_in_two_still_shows_it() -> None:
    """Two short sentences of the copy tell what one long sentence did."""
    halves = (
        "The town council of Harrowmouth has let the old harbour crane. A brewery pays 42,000 pounds a year for it."
    )

    assert State.MISSING is state(RENT, halves)


def test_both_figures_side_by_side_accuse_nobody() -> None:
    """A copy that sets the new figure against the old one has the correction, or it cannot be told."""
    sentence = LEAD.replace("42,000 pounds a year", "24,000 pounds a year, not 42,000 pounds as first reported")

    assert state(RENT, sentence) in {State.CARRIED, State.DIVERGED}


def test_a_name_is_found_without_its_sentence() -> None:
    """A name that the article no longer has, before words of its sentence, comes from the old revision."""
    renamed = story(article(), article({"Edda Marsh": "Greta Lindholm"}))

    assert State.MISSING is state(
        renamed, "The crane had carried no load for months, Edda Marsh of the Port Office said."
    )
    assert State.CARRIED is state(renamed, "No load for months, said Greta Lindholm, engineer at the Port Office.")


def test_a_namesake_is_somebody_else() -> None:
    """The corrected name in a sentence about something else accuses nobody."""
    renamed = story(article(), article({"Edda Marsh": "Greta Lindholm"}))

    assert State.NOT_APPLICABLE is state(renamed, "Edda Marsh of the rowing club won the regatta on Sunday.")


def test_other_words_for_what_nobody_changed_decide_nothing() -> None:
    """A copy that words the rest of the sentence anew is judged by the words that changed."""
    assert [State.MISSING] == SPEAKER.states(article({"wants to open": "plans to run"}))
    mended = article({"wants to open": "plans to run", "its manager told reporters": "Odile Renn told reporters"})
    assert [State.CARRIED] == SPEAKER.states(mended)


def test_a_copy_without_the_changed_clause_is_not_concerned() -> None:
    """Who left out who said it cannot have it wrong."""
    assert State.MISSING not in SPEAKER.states(article({", its manager told reporters": ""}))


@pytest.mark.parametrize("order", [PARAGRAPHS[::-1], (HISTORY, OBJECTION, LEAD, PLANS, WITNESS)])
def test_the_order_of_the_copy_makes_no_difference(order: tuple[str, ...]) -> None:
    """A copy that tells the story from its end is judged as one that tells it from the start."""
    assert [State.MISSING] == RENT.states(text(*order))
    assert [State.CARRIED] == RENT.states(text(*order).replace("42,000", "24,000"))


def test_a_headline_is_judged_by_the_copy_s_headline() -> None:
    """A corrected headline is missed by who still has the old one on top."""
    told = story(
        article(headline="Marsh sells the harbour crane"), article(headline="Harrowmouth lets the harbour crane")
    )
    by_headline = {h: told.standings(article(headline=h))[0].state for h in (
        "Marsh sells the harbour crane", "Harrowmouth lets the harbour crane", "Beer by the water")}  # fmt: skip

    assert [State.MISSING, State.CARRIED, State.NOT_APPLICABLE] == list(by_headline.values())


@pytest.mark.parametrize(
    ("changes", "own_words"),
    [
        ({"town council": "Town Council"}, False),
        ({"since the spring flood": "since the spring-flood"}, False),
        ({"steel in 1911 to": "steel, in 1911, to"}, False),
        ({"Edda Marsh": "Edda Marshe"}, True),
    ],
)
def test_a_change_of_signs_or_spelling_is_read_off_the_letters(changes: dict[str, str], own_words: bool) -> None:  # noqa: FBT001
    """A capital, a hyphen, a comma or a letter tells which revision a copy has, where no other word does."""
    told = story(article(), article(changes))
    copy = ("Who knows it best is Edda Marsh{}, the engineer, who said nothing.", *ELSEWHERE)

    assert {State.MISSING} == {s.state for s in told.standings(article())}
    assert {State.CARRIED} == {s.state for s in told.standings(article(changes))}
    if own_words:
        assert [State.MISSING] == told.states(text(*copy).replace("{}", ""))
        assert [State.CARRIED] == told.states(text(*copy).replace("{}", "e"))


def test_house_style_of_signs_tells_nothing() -> None:
    """A copy that sets its dashes and quotation marks in its own way is judged by the other signs."""
    told = story(article({"jib before": "jib - before"}), article({"jib before": "jib \\u2013 before"}))

    assert State.MISSING not in told.states(article({"jib before": "jib \\u2014 before"}))


def test_a_still_older_figure_is_missing() -> None:
    """A copy two steps behind misses the later correction, though its figure is not the one that was corrected."""
    told = story(article({"for 42,000 pounds": "for free"}), article({"for 42,000 pounds": "for 42 pounds"}), article())

    assert State.MISSING is told.states(article({"for 42,000 pounds": "for free"}))[-1]
