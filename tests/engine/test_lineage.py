"""Lineage: where a passage stands in the other revisions, and what a later revision overtook."""

from __future__ import annotations

from engine.generated import revisions
from engine.texts import ADDED, HISTORY, LEAD, PARAGRAPHS, WITNESS, Story, article, story, text
from hypothesis import given, settings
from hypothesis import strategies as st

from provenance.engine.lineage import Lineage, superseded
from provenance.model import Span


def place(whole: str, part: str) -> Span:
    """Give the span of a part of a text."""
    return (whole.index(part), whole.index(part) + len(part))


def overtaken(told: Story, revision: int = 1) -> set[bool]:
    """Tell which edits of a revision a later one overtook."""
    lineage = Lineage([r.text for r in told.revisions])
    mine = [update for update in told.updates if update.revision == revision]
    return {superseded(edit, update, told.updates, lineage) for update in mine for edit in update.edits}


def test_what_is_kept_moves_along() -> None:
    """A sentence that nobody touched is found in every revision, however much was put in before it."""
    texts = [article(), text("A new opening paragraph.", *PARAGRAPHS), article({"42,000": "24,000"})]
    lineage = Lineage(texts)

    for n, m in ((0, 1), (1, 2), (0, 2), (2, 0), (1, 0)):
        assert place(texts[m], HISTORY) == lineage.carry(place(texts[n], HISTORY), n, m)
        assert HISTORY == lineage.sentence(place(texts[n], HISTORY), n, m)


def test_a_changed_word_maps_to_what_took_its_place() -> None:
    """A figure is followed from revision to revision, and back."""
    texts = [article(), article({"42,000": "24,000"}), article({"42,000": "26,500"})]
    lineage = Lineage(texts)

    assert place(texts[2], "26,500") == lineage.carry(place(texts[0], "42,000"), 0, 2)
    assert place(texts[0], "42,000") == lineage.carry(place(texts[2], "26,500"), 2, 0)
    assert LEAD.replace("42,000", "26,500") == lineage.sentence(place(texts[0], "42,000"), 0, 2)


def test_a_passage_that_is_gone_has_no_sentence() -> None:
    """What a later revision took out stands nowhere in it."""
    texts = [article(), text(LEAD, *PARAGRAPHS[2:])]

    assert "" == Lineage(texts).sentence(place(texts[0], WITNESS), 0, 1)


@given(revisions(3), st.data())
@settings(max_examples=50)
def test_a_place_stays_inside_every_revision(texts: list[str], data: st.DataObject) -> None:
    """Wherever a span is carried, it lies in the text; carried nowhere, it stays."""
    lineage = Lineage(texts)
    n, m = data.draw(st.integers(0, 2)), data.draw(st.integers(0, 2))
    bounds = st.integers(0, len(texts[n]))
    left, right = sorted((data.draw(bounds), data.draw(bounds)))

    start, end = lineage.carry((left, right), n, m)

    assert 0 <= start <= end <= len(texts[m])
    assert n != m or (start, end) == (left, right)


def test_a_figure_changed_again_is_overtaken() -> None:
    """The second correction of a figure is the one that counts."""
    assert {True} == overtaken(story(article(), article({"42,000": "24,000"}), article({"42,000": "26,500"})))


def test_a_figure_changed_back_is_overtaken() -> None:
    """What was taken back is no longer news."""
    assert {True} == overtaken(story(article(), article({"42,000": "24,000"}), article()))


def test_a_change_elsewhere_overtakes_nothing() -> None:
    """A later correction of another figure, and another paragraph, leave an update as it is."""
    mended = {"42,000": "24,000"}

    assert {False} == overtaken(story(article(), article(mended), article(mended | {"310": "130"}, ADDED)))
    assert {False} == overtaken(story(article(), article(mended), article(mended | {"a year": "each year"})))


def test_an_addition_taken_out_again_is_overtaken() -> None:
    """A paragraph that came and went is over."""
    assert {True} == overtaken(story(article(), article({}, ADDED), article()))


def test_a_removal_that_was_put_back_is_overtaken() -> None:
    """A paragraph that went and came again is over as well."""
    assert {True} == overtaken(story(article({}, ADDED), article(), article({}, ADDED)))


def test_a_word_mended_in_an_added_paragraph_leaves_the_addition() -> None:
    """Who lacks the paragraph still lacks it after one of its words was corrected."""
    again = ADDED.replace("on Friday", "on Saturday")

    assert {False} == overtaken(story(article(), article({}, ADDED), article({}, again)))


def test_the_last_update_is_never_overtaken() -> None:
    """Nothing comes after the last revision."""
    assert {False} == overtaken(story(article(), article({"42,000": "24,000"}), article({"42,000": "26,500"})), 2)
