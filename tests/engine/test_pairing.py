"""Pairing: which claim of a notice discloses which edit."""

from __future__ import annotations

from engine.texts import ADDED, LEAD, PARAGRAPHS, article, story, text

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
