"""The words around an edit: of its own line, cut between words, a headline whole."""

from __future__ import annotations

import pytest
from newsroom import Newsroom

from provenance.app.audit import surroundings
from provenance.app.audit.audit import audit
from provenance.app.audit.surroundings import AROUND, around
from provenance.model.audits import Chapter, Scope

HEADLINE = "The headline " + "runs on and on " * 10 + "to its end"
FERRY = "Three people died when the ferry went down, the harbour police said on Tuesday."
MAYOR = "The mayor of the town said nothing."


def of(newsroom: Newsroom, *, beside: bool = True) -> Chapter:
    """Give the one chapter of a newsroom's audit."""
    [chapter] = audit(newsroom.workspace, Scope(), newsroom.now, beside=beside).chapters()
    return chapter


def test_a_line_ends_what_stands_around_an_edit() -> None:
    """Neither the paragraph before nor the one after belongs to it."""
    text = f"Headline\n\nOne before.\n\n{FERRY}\n\nOne after."
    at = text.index("ferry")

    assert ("Three people died when the ", " went down, the harbour police said on Tuesday.") == around(
        text, at, at + 5
    )


def test_a_long_line_is_cut_between_words_and_says_so() -> None:
    """No word is halved on either side."""
    text = "Headline\n\n" + "before it " * 40 + "EDIT" + " and after" * 40
    at = text.index("EDIT")

    before, after = around(text, at, at + 4)

    assert before.startswith("… ")
    assert after.endswith(" …")
    assert max(map(len, (before, after))) <= AROUND + 2
    assert {"…", "before", "it", "and", "after"} == {*before.split(), *after.split()}


def test_a_headline_is_taken_whole() -> None:
    """However far from its ends the edit stands."""
    text = f"{HEADLINE}\n\n{FERRY}"
    at = text.index("to its")

    assert text.partition("\n")[0] == "to its".join(around(text, at, at + 6))


def test_a_script_without_blanks_is_cut_all_the_same() -> None:
    """Where no word ends, the cut is where the room does."""
    text = "標題\n\n" + "文" * 300

    before, after = around(text, 150, 151)

    assert (AROUND + 2, AROUND + 2) == (len(before), len(after))


def test_each_edit_of_an_update_has_its_surroundings(newsroom: Newsroom) -> None:
    """What was put in stands in the new text, what was taken out in the old one."""
    wire = newsroom.publish(f"{FERRY} {MAYOR}")
    newsroom.correct(wire, "Three people", "Two people")
    newsroom.correct(wire, "when the ferry went down, ", "")

    found = of(newsroom)

    [first, second] = [(update, edit) for update in found.history.updates for edit in update.edits]
    assert ("", " people died when the ferry went down, the harbour police said on Tuesday. The mayor of …") == (
        found.surroundings[first[0].id, first[1].n]
    )
    assert found.surroundings[second[0].id, second[1].n][0].strip() == "Two people died"


def test_without_texts_there_are_none(newsroom: Newsroom, monkeypatch: pytest.MonkeyPatch) -> None:
    """Neither where nobody asked for texts, nor of texts that are too long to be read."""
    newsroom.correct(newsroom.publish(FERRY), "Three people", "Two people")

    assert {} == of(newsroom, beside=False).surroundings
    monkeypatch.setattr(surroundings, "HELD", 10)
    assert {} == of(newsroom).surroundings
