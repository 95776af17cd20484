"""Told: what is known of an update when only the notice is left of it."""

from __future__ import annotations

import pytest
from engine.generated import awkward
from engine.texts import ADDED, HISTORY, OBJECTION, PARAGRAPHS, WITNESS, article, noted, of, revision, text
from hypothesis import given, settings

from provenance.engine.told import told
from provenance.model import CopyState, Kind, Revision, State, Update

NOW = {"42,000": "24,000", "Edda Marsh, an engineer": "Edda Marsh, a former engineer"}
RENT_NOTE = (
    "Correction: An earlier version of this article misstated the rent. It is 24,000 pounds a year, not 42,000 pounds."
)
FORMER_NOTE = (
    "This article was amended on 5 March 2025 to clarify that Edda Marsh is a former engineer at the Port Office."
)
ADDED_NOTE = "This article has been updated to add a statement by the Lantern Trust."


def only(note: str) -> Revision:
    """Give the article's one held revision, as it stands now, with a note under it."""
    return revision(article(NOW, ADDED, note))


def one(note: str) -> Update:
    """Give the update that a note tells of."""
    [update] = told(only(note))
    return update


@pytest.mark.parametrize(
    ("note", "kind", "now"),
    [
        (RENT_NOTE, Kind.CORRECTION, "24,000"),
        (FORMER_NOTE, Kind.CLARIFICATION, "former"),
        (ADDED_NOTE, Kind.DEVELOPMENT, "Lantern Trust"),
    ],
)
def test_what_a_note_speaks_of_is_located_in_the_text(note: str, kind: Kind, now: str) -> None:
    """The figure, the qualifier or the paragraph of which a note tells is found where it stands."""
    revised = only(note)

    update = one(note)

    assert (kind, True, True, note) == (update.kind, update.declared, update.told, update.notice)
    for edit in update.edits:
        assert edit.after_span is not None
        assert edit.before_span is None
        assert now in edit.after == revised.text[slice(*edit.after_span)]
        assert edit.after_span[1] <= revised.text.index(note)


@pytest.mark.parametrize("note", [RENT_NOTE, FORMER_NOTE, ADDED_NOTE])
def test_a_copy_of_the_text_that_is_not_held_misses_what_the_note_tells_of(note: str) -> None:
    """The verdict is that of somebody who had both revisions, said with less confidence and with that reason."""
    known = of(only(note))

    [missed], [carried] = known.standings(article()), known.standings(article(NOW, ADDED))

    assert (State.MISSING, State.CARRIED) == (missed.state, carried.state)
    assert missed.confidence < of(revision(article()), revision(article(NOW), 1)).standings(article())[0].confidence
    assert "notice" in missed.because


@pytest.mark.parametrize(
    ("note", "copy"), [(RENT_NOTE, text(WITNESS, HISTORY)), (FORMER_NOTE, text(HISTORY, OBJECTION))]
)
def test_a_copy_without_the_passage_is_not_concerned(note: str, copy: str) -> None:
    """What a copy left out is not held against it because a note speaks of it."""
    assert [State.NOT_APPLICABLE] == of(only(note)).states(copy)
    assert CopyState.CURRENT is of(only(note)).copy(copy).state


def test_a_note_that_came_as_metadata_tells_as_much() -> None:
    """A correction declared beside the text is read as one in it."""
    [update] = told(noted(revision(article(NOW)), RENT_NOTE))

    assert (Kind.CORRECTION, "24,000") == (update.kind, update.edits[0].after.split()[0])


@pytest.mark.parametrize(
    "whole",
    [
        article(),
        article({}, "This story has been updated."),
        article({}, "Editor's note: This is the first of three reports on the harbours of the coast."),
        text(RENT_NOTE),
        "\n",
        "",
    ],
)
def test_where_no_note_names_a_passage_nothing_is_told(whole: str) -> None:
    """No note, a note that names nothing, an introduction, or a note without an article: no update."""
    assert () == told(revision(whole))


def test_a_note_about_what_is_not_there_locates_nothing() -> None:
    """A note that speaks of a figure which stands nowhere leaves the text alone."""
    note = "Correction: An earlier version of this article misstated the fine. It is 7,700 pounds, not 9,900 pounds."

    assert all(edit.after in text(*PARAGRAPHS) for update in told(revision(article({}, note))) for edit in update.edits)


@given(awkward)
@settings(max_examples=30)
def test_any_text_can_be_read_for_what_is_told(whole: str) -> None:
    """Whatever stands in a text, reading it fails never and answers the same twice."""
    assert told(revision(whole)) == told(revision(whole))
