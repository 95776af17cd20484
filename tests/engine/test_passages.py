"""Passages: whether a copy has what was added, still has what was taken out, and could be expected to."""

from __future__ import annotations

import pytest
from engine.texts import ADDED, ELSEWHERE, HISTORY, LEAD, OBJECTION, PARAGRAPHS, PLANS, WITNESS, article, story, text

from provenance.model import CopyState, State

LONGER = story(article(), article({}, ADDED))
MIDDLE = story(article(), text(LEAD, WITNESS, ADDED, PLANS, HISTORY, OBJECTION))
SHORTER = story(article({}, ADDED), article())


@pytest.mark.parametrize("copy", [article(), text(OBJECTION), text(HISTORY, OBJECTION), text(*ELSEWHERE, OBJECTION)])
def test_a_copy_that_has_the_passage_beside_it_misses_an_addition(copy: str) -> None:
    """Where the paragraph before it was taken over, the added one could be expected."""
    [edit] = LONGER.evidence(copy)

    assert State.MISSING is edit.state
    assert edit.wanted == ADDED
    assert edit.quote in copy


def test_a_copy_with_a_quarter_of_the_article_misses_an_addition() -> None:
    """Enough of the article is there, though neither paragraph beside the added one is."""
    assert [State.MISSING] == LONGER.states(text(LEAD, WITNESS, PLANS))


@pytest.mark.parametrize(
    "copy",
    [
        text("The council has let its crane.", *ELSEWHERE, headline="Around the coast"),
        text("“The crane had carried no load,” said Edda Marsh.", *ELSEWHERE, headline="Around the coast"),
        text(*ELSEWHERE, "Neighbours collected signatures.", headline="Around the coast"),
        text(*ELSEWHERE, headline="Around the coast"),
    ],
)
def test_an_excerpt_of_a_sentence_is_not_asked_for_an_addition(copy: str) -> None:
    """Whoever took over half a sentence is not expected to follow what is added to the article."""
    assert [State.NOT_APPLICABLE] == LONGER.states(copy)
    assert CopyState.CURRENT is LONGER.copy(copy).state


@pytest.mark.parametrize(
    "told",
    [
        ADDED,
        "The Lantern Trust complained on Friday that nobody asked it and will appeal to the county archaeologist.",
        "Nobody asked the Lantern Trust. It looks after listed machines and will appeal to the county archaeologist.",
    ],
)
def test_an_addition_is_carried_in_whatever_words(told: str) -> None:
    """Word for word, retold, or in two sentences: who tells it has it, wherever in the copy it stands."""
    assert [State.CARRIED] == LONGER.states(article({}, told))
    assert [State.CARRIED] == LONGER.states(text(told, *PARAGRAPHS))
    assert [State.CARRIED] == MIDDLE.states(article({}, told))


def test_a_name_that_the_addition_shares_does_not_carry_it() -> None:
    """A paragraph of the copier's own about the same trust tells something else."""
    own = "The Lantern Trust was founded by a retired sailmaker and has nine members."

    assert State.CARRIED not in LONGER.states(article({}, own))


@pytest.mark.parametrize("copy", [article({}, ADDED), text(ADDED), text(LEAD, ADDED), text(*ELSEWHERE, ADDED)])
def test_who_still_has_what_was_taken_out_misses_its_removal(copy: str) -> None:
    """The passage is quoted with its place in the copy."""
    [edit] = SHORTER.evidence(copy)

    assert (State.MISSING, ADDED) == (edit.state, edit.quote)


@pytest.mark.parametrize("copy", [article(), text(HISTORY, OBJECTION)])
def test_who_lacks_what_was_taken_out_is_right(copy: str) -> None:
    """The passage beside it is there and the removed one is not."""
    assert [State.CARRIED] == SHORTER.states(copy)


def test_a_removal_does_not_concern_who_never_had_the_passage() -> None:
    """An excerpt from elsewhere lacks the passage for another reason."""
    assert [State.NOT_APPLICABLE] == SHORTER.states(
        text("The council has let its crane.", *ELSEWHERE, headline="Coast")
    )


def test_two_added_paragraphs_of_which_a_copy_has_one_are_partial() -> None:
    """The first is carried, the second missing, and each is shown."""
    second = "Its chair, Odile Renn, called the lease a gift to brewers and asked for the minutes of the meeting."
    told = story(article(), article({}, ADDED, second))

    [standing] = told.standings(article({}, ADDED))

    assert State.PARTIAL is standing.state
    assert [State.CARRIED, State.MISSING] == [edit.state for edit in standing.edits]


def test_what_the_copier_added_is_not_held_against_the_copy() -> None:
    """Commentary of the copy's own is nothing that it misses or still has."""
    comment = "We find the rent far too low, and said so in March already."

    assert LONGER.states(article({}, ADDED, comment)) == LONGER.states(article({}, ADDED))
    assert SHORTER.states(article({}, comment)) == SHORTER.states(article())


def test_a_doubled_paragraph_that_was_taken_out_once_is_still_there() -> None:
    """A paragraph that stood twice by mistake stands once now, and rightly so in the copy as well."""
    doubled = story(article({}, WITNESS), article())

    assert State.MISSING not in doubled.states(article())


def test_a_moved_paragraph_is_judged_by_its_neighbours() -> None:
    """Before what, after what: the copy has the old order, the new one, or one of its own."""
    moved = story(article(), text(LEAD, HISTORY, WITNESS, PLANS, OBJECTION))
    copies = article(), text(LEAD, HISTORY, WITNESS, PLANS, OBJECTION), text(*ELSEWHERE, HISTORY)

    assert [State.MISSING, State.CARRIED, State.NOT_APPLICABLE] == [moved.standings(c)[0].state for c in copies]
