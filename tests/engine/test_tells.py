"""Tells: what is the same on both sides of an edit decides nothing."""

from __future__ import annotations

from engine.texts import PARAGRAPHS, article, story, text

from provenance.engine.comparison import Comparison
from provenance.engine.tells import Tells, tells


def between(*texts: str) -> Tells:
    """Give what tells the sides of the last revision's one edit apart."""
    told = story(*texts)
    [edit] = [edit for update in told.updates if update.revision == len(texts) - 1 for edit in update.edits]
    return tells(edit, len(texts) - 1, Comparison(texts, texts[-1]))


def test_a_figure_tells_by_what_it_was_and_what_it_is() -> None:
    """The values on both sides tell them apart; the rest of the sentence is the same."""
    found = between(article(), article({"42,000": "24,000"}))

    assert ["42000"] == [value.key for value in found.old_values]
    assert ["24000"] == [value.key for value in found.new_values]
    assert found.anchor
    assert found.anchor.isdisjoint(found.gone)
    assert found.anchor.isdisjoint(found.come)


def test_a_figure_of_every_earlier_revision_is_an_old_one() -> None:
    """A copy of the very first text has the figure before the last but one."""
    found = between(article(), article({"42,000": "24,000"}), article({"42,000": "26,500"}))

    assert {"42000", "24000"} == {value.key for value in found.old_values}


def test_a_figure_that_came_back_is_not_an_old_one() -> None:
    """What stands there now is right, whenever it stood there before."""
    found = between(article(), article({"42,000": "24,000"}), article())

    assert {"24000"} == {value.key for value in found.old_values}


def test_a_qualifier_tells_where_it_was_put_in() -> None:
    """One side says former once more than the other."""
    found = between(article(), article({"Edda Marsh, an engineer": "Edda Marsh, a former engineer"}))

    assert ("~former" in found.come, "~former" in found.gone) == (True, False)


def test_only_what_the_other_revision_has_nowhere_gives_its_origin_away() -> None:
    """A corrected word that stands elsewhere in the article as well may come from there."""
    again = "The landlord of the inn beside it is pleased."
    change = {"its manager told": "the landlord told"}

    unique, shared = between(article(), article(change)), between(article({}, again), article(change, again))

    assert [True, False] == [any(map(found.is_telling, found.come)) for found in (unique, shared)]


def test_another_edit_of_the_sentence_is_not_this_one_s() -> None:
    """Two edits of one sentence are told apart by their own words."""
    before = text(*PARAGRAPHS)
    after = before.replace("The town council", "The county council").replace("42,000", "24,000")
    [first, second] = [e for update in story(before, after).updates for e in update.edits]
    comparison = Comparison([before, after], after)
    one, other = (tells(edit, 1, comparison) for edit in sorted((first, second), key=lambda edit: edit.n))

    assert not one.old_values
    assert ["42000"] == [value.key for value in other.old_values]
    assert set(one.come).isdisjoint(other.come)
