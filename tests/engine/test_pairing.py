"""Pairing: which claim of a notice discloses which edit."""

from __future__ import annotations

import tomllib
from pathlib import Path

import pytest
from engine.texts import ADDED, LEAD, PARAGRAPHS, article, revision, story, text

from provenance.engine.text import canonical
from provenance.engine.updates import revise
from provenance.model import Edit, Update

RENT = {"42,000": "24,000"}
NAME = {"Edda Marsh": "Edda Marlow"}


def declared(before: str, after: str) -> list[str]:
    """Give what the edits that a notice discloses put into the text."""
    return [edit.after for update in disclosing(before, after) for edit in update.edits]


def silent(before: str, after: str) -> list[Edit]:
    """Give the edits of which nobody was told."""
    return [edit for update in story(before, after).updates if not update.declared for edit in update.edits]


def disclosing(before: str, after: str) -> list[Update]:
    """Give the updates that a notice declares."""
    return [update for update in story(before, after).updates if update.declared]


def test_an_edit_goes_with_the_claim_that_names_its_words() -> None:
    """Of two notes each tells of its own edit."""
    rent = "Correction: An earlier version of this article misstated the rent. It is 24,000 pounds, not 42,000 pounds."
    name = "Correction: An earlier version of this article misspelled a name. It is Edda Marlow, not Edda Marsh."

    updates = disclosing(article(), article(RENT | NAME, rent, name))

    assert {("24,000", rent), ("Marlow", name)} == {(u.edits[0].after, u.notice) for u in updates}


def test_a_figure_is_paired_by_its_value() -> None:
    """A note may write the figure in another way than the text."""
    note = "Correction: The rent is twenty-four thousand pounds, not forty-two thousand pounds as first stated."

    assert ["24,000"] == declared(article(), article(RENT, note))


def test_the_same_change_elsewhere_is_disclosed_with_it() -> None:
    """A note that names a corrected figure once covers each place where it was corrected."""
    again = "Over ten years the 42,000 pounds would pay for a new jib."
    note = "Correction: An earlier version of this article misstated the rent. It is 24,000 pounds, not 42,000 pounds."

    after = article(RENT, again.replace("42,000", "24,000"), note)

    assert ["24,000", "24,000"] == declared(article({}, again), after)


def test_an_addition_is_no_correction() -> None:
    """A note that corrects the rent does not disclose paragraphs that were added along with it."""
    note = "Correction: An earlier version of this article misstated the rent. It is 24,000 pounds, not 42,000 pounds."

    assert [ADDED] == [edit.after for edit in silent(article(), article(RENT, ADDED, note))]


def test_a_note_that_names_nothing_discloses_what_it_can() -> None:
    """That the story was updated with more information tells of an addition, in whatever words."""
    note = "This story has been updated with additional information."

    assert [ADDED] == declared(article(), article({}, ADDED, note))


def test_a_note_about_another_edit_discloses_nothing() -> None:
    """The note corrects a name; the figure that changed as well stays silent."""
    note = "Correction: An earlier version of this article misspelled a name. It is Edda Marlow, not Edda Marsh."

    assert ["24,000"] == [edit.after for edit in silent(article(), article(RENT | NAME, note))]


def test_a_removal_is_disclosed_by_a_note_of_removal() -> None:
    """A note that says what was taken out is paired with the passage that went."""
    note = "Correction: A paragraph about the Lantern Trust was removed because its statement could not be confirmed."

    [update] = disclosing(article({}, ADDED), article({}, note))

    assert [ADDED] == [edit.before for edit in update.edits]


def test_a_claim_without_the_words_is_paired_by_what_the_sentence_speaks_of() -> None:
    """A note that says that the rent of the harbour crane was misstated, but no figure, speaks of that sentence."""
    note = "Correction: An earlier version of this article misstated the rent that the brewery pays for the crane."

    assert ["24,000"] == declared(text(LEAD, *PARAGRAPHS[1:]), article(RENT, note))


def test_a_note_that_names_only_a_sort_of_thing_takes_the_one_change_of_that_sort() -> None:
    """A note on "the amount" tells of the one figure that changed, not of the name that changed beside it."""
    note = "Correction: One amount was wrong in an earlier version of this article."

    after = article(RENT | NAME, note)

    assert ["24,000"] == declared(article(), after)
    assert ["Marlow"] == [edit.after for edit in silent(article(), after)]


def test_a_note_that_names_only_a_sort_of_thing_takes_none_of_two() -> None:
    """Where two figures changed, nobody can tell which of them the note means."""
    again = "The crane has stood idle for 11 years."
    note = "Correction: One amount was wrong in an earlier version of this article."

    after = article(RENT, again.replace("11", "14"), note)

    assert [] == declared(article({}, again), after)


def test_an_update_that_states_a_figure_discloses_its_change() -> None:
    """A note headed "Updated" may state what is right now, and not say that it was added."""
    note = "Updated at 5.20pm: the rent that the brewery pays is 24,000 pounds a year."

    assert ["24,000"] == declared(article(), article(RENT, note))


def test_a_figure_that_a_note_does_not_state_is_not_its_own() -> None:
    """A note that states other figures speaks of no figure that it does not state."""
    again = "The crane of the harbour has stood idle for 11 years."
    note = "Correction: The rent of the harbour crane is 24,000 pounds a year, not 42,000 pounds."

    after = article(RENT, again.replace("11", "14"), note)

    assert ["24,000"] == declared(article({}, again), after)
    assert ["14"] == [edit.after for edit in silent(article({}, again), after)]


def test_one_word_of_many_is_no_pairing() -> None:
    """A headline rewritten around a word that the note has as well is not what the note tells of."""
    note = "Correction: The rent that the brewery pays for the crane is 24,000 pounds a year, not 42,000 pounds."
    old, new = "Harbour hopes for a brewery by spring", "Council fears long winter for the brewery quarter"

    before, after = article({}, old), article(RENT | {}, new, note)

    assert ["24,000"] == declared(before, after)


def test_an_entry_of_a_list_takes_the_change_of_its_sort() -> None:
    """An update that lists sorts of things tells of the one change of each sort."""
    note = "Updated at 8.40pm: amount of the rent, name of the engineer."

    assert ["24,000", "Marlow"] == declared(article(), article(RENT | NAME, note))


def test_what_was_added_by_a_statement_is_the_passage_in_which_somebody_speaks() -> None:
    """A note of an added answer shares no word with the answer."""
    answer = '"We have paid every bill on the day that it fell due," Ada Moll told this newspaper.'
    note = "Update, 8.40pm: reply from the tenants added."

    assert [answer] == declared(article(), article({}, answer, note))


def test_a_note_may_count_what_changed() -> None:
    """That two of them were found tells of seven that are now five."""
    before, after = "Seven cases are missing from the shed.", "Five cases are missing from the shed."
    note = "(Update, Friday: two had only been mislaid in the loft.)"

    assert ["Five"] == declared(article({}, before), article({}, after, note))


def test_a_right_of_reply_discloses_itself() -> None:
    """A passage that is headed as somebody's answer is no silent addition, nor is what follows it."""
    reply = "Right of reply. Mr Voss asks us to say that the lease was put out to tender."

    assert [reply] == declared(article(), article({}, reply))


def test_a_passage_that_tells_both_sides_of_another_edit_is_its_note() -> None:
    """However it is worded, what says "24,000 and not 42,000" tells of that change."""
    note = "The brewery has been in touch: its rent is 24,000 pounds, not 42,000 pounds."

    assert "24,000" in declared(article(), article(RENT, note))


def test_a_new_note_that_names_nothing_in_the_text_tells_of_the_nearest_change() -> None:
    """A note that came with a revision tells of something: of two changes, the one whose sentence it speaks of."""
    note = "Clarification: This article was edited after the brewery told us more about the crane."

    after = article(RENT | NAME, note)

    assert ["24,000"] == declared(article(), after)


PAIRS = tomllib.loads((Path(__file__).resolve().parents[2] / "fixtures" / "notices" / "pairs.toml").read_text("utf-8"))


@pytest.mark.parametrize("pair", PAIRS["pair"], ids=lambda pair: pair["note"][:24])
def test_a_note_is_paired_with_what_it_tells_in_any_language(pair: dict[str, str]) -> None:
    """What a note states in figures, in words, as a rank or as a sort of thing is that of the edit."""
    language = pair["language"]
    before = revision(canonical("Headline", pair["before"]), language=language)
    after = revision(canonical("Headline", f"{pair['after']}\n\n{pair['note']}"), 1, language=language)

    assert [True] == sorted({update.declared for update in revise(before, after).updates})


@pytest.mark.parametrize("report", PAIRS["report"], ids=lambda report: report["added"][:24])
def test_news_of_an_error_or_a_change_is_no_note(report: dict[str, str]) -> None:
    """What a story goes on to tell is no note on what changed in it, though it speaks of errors and changes."""
    language = report["language"]
    before = revision(canonical("Headline", report["before"]), language=language)
    after = revision(canonical("Headline", f"{report['after']}\n\n{report['added']}"), 1, language=language)

    changes = revise(before, after)

    assert () == changes.notices
    assert not any(update.declared for update in changes.updates)
