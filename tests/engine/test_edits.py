"""Edits: what changed, as spans that point at their words on both sides."""

from __future__ import annotations

from itertools import pairwise

from engine.generated import pairs
from engine.texts import ADDED, HISTORY, LEAD, OBJECTION, PARAGRAPHS, PLANS, WITNESS, article, edits, text
from hypothesis import given, settings
from hypothesis import strategies as st

from provenance.engine.aspects import Setting
from provenance.engine.edits import body, compare, touches_text
from provenance.model import Aspect, Edit, Op

NOTE = "Correction: An earlier version of this article misstated the rent."


def between(before: str, after: str) -> list[Edit]:
    """List the edits between two texts without notices."""
    return compare(before, after, (), (), Setting(before, after))[0]


@given(pairs)
@settings(max_examples=60)
def test_spans_point_at_the_words_of_an_edit(pair: tuple[str, str]) -> None:
    """On each side the span gives the very words; where a side has none, the span is the empty place."""
    before, after = pair

    for edit in between(before, after):
        assert edit.before_span is not None
        assert edit.after_span is not None
        assert edit.before == before[slice(*edit.before_span)]
        assert edit.op is Op.MOVE or edit.after == after[slice(*edit.after_span)]
        assert (edit.op is Op.INSERT, edit.op is Op.DELETE) == (not edit.before, not edit.after)
        assert edit.before != edit.after or edit.op is Op.MOVE


@given(pairs)
@settings(max_examples=60)
def test_edits_are_numbered_in_the_order_of_the_later_text(pair: tuple[str, str]) -> None:
    """Numbers count from 0 down the later text, and no two edits overlap in it."""
    found = between(*pair)
    spans = [edit.after_span or (0, 0) for edit in found]

    assert list(range(len(found))) == [edit.n for edit in found]
    assert all(left[1] <= right[0] for left, right in pairwise(spans))


@given(pairs)
@settings(max_examples=60)
def test_every_edit_has_an_aspect(pair: tuple[str, str]) -> None:
    """An edit always says what it touches, each aspect once."""
    for edit in between(*pair):
        assert edit.aspects
        assert len(set(edit.aspects)) == len(edit.aspects)


@given(pairs)
@settings(max_examples=60)
def test_edits_put_into_the_old_text_give_the_new_one(pair: tuple[str, str]) -> None:
    """But for white space and moves, the edits are all there is between two texts."""
    before, after = pair
    found = between(before, after)
    if any(edit.op is Op.MOVE for edit in found):
        return
    old = new = ""
    a = b = 0
    for edit in sorted(found, key=lambda edit: edit.before_span or (0, 0)):
        (left, right), (start, end) = edit.before_span or (0, 0), edit.after_span or (0, 0)
        old, new = old + before[a:left], new + after[b:start]
        a, b = right, end

    assert "".join((old + before[a:]).split()) == "".join((new + after[b:]).split())


def test_equal_texts_have_no_edit() -> None:
    """Where nothing changed there is nothing to miss."""
    assert [] == between(article(), article())
    assert [] == between("", "")


def test_white_space_alone_is_no_edit() -> None:
    """Blank lines and spaces change no word."""
    assert [] == between("One. Two.\n", "One.\n\nTwo.\n")


def test_a_change_of_punctuation_alone_is_layout() -> None:
    """Dashes and quotation marks are set otherwise without a word changed."""
    [edit] = between(article(), article({"reporters.": "reporters …"}))

    assert (Aspect.LAYOUT,) == edit.aspects
    assert not touches_text(edit)


def test_paragraphs_put_in_are_one_edit_each() -> None:
    """So that a copy can have the first of two added paragraphs and lack the second."""
    found = edits(article(), article({}, ADDED, "The county answered nothing."))

    assert [(Op.INSERT, ADDED), (Op.INSERT, "The county answered nothing.")] == [(e.op, e.after) for e in found]


def test_a_sentence_put_into_a_paragraph_is_an_insertion_there() -> None:
    """A sentence added to a paragraph leaves its neighbours untouched."""
    [edit] = edits(article(), article({LEAD: f"{LEAD} The lease runs for nine years."}))

    assert (Op.INSERT, "The lease runs for nine years.") == (edit.op, edit.after)


def test_a_paragraph_taken_out_is_a_deletion() -> None:
    """What is gone is quoted whole, with the place where it stood."""
    before = article()

    [edit] = edits(before, text(LEAD, WITNESS, PLANS, OBJECTION))

    assert (Op.DELETE, HISTORY) == (edit.op, edit.before)
    assert edit.before_span == (before.index(HISTORY), before.index(HISTORY) + len(HISTORY))


def test_the_same_sentences_at_another_place_are_a_move() -> None:
    """A paragraph moved up is not taken out and put in."""
    [edit] = edits(article(), text(LEAD, HISTORY, WITNESS, PLANS, OBJECTION))

    assert Op.MOVE is edit.op
    assert (Aspect.PASSAGE,) == edit.aspects


def test_a_few_words_at_another_place_are_no_move() -> None:
    """Two words that went here and came there are two edits."""
    assert Op.MOVE not in {edit.op for edit in edits(text("Yes.", *PARAGRAPHS), text(*PARAGRAPHS, "Yes."))}


def test_a_notice_is_no_part_of_what_it_tells_of() -> None:
    """A text that got a notice and nothing else has no edit; spans count in the whole text all the same."""
    noted = text(NOTE, *PARAGRAPHS)
    at = noted.index(NOTE)
    come = [(at, at + len(NOTE))]

    assert [] == compare(article(), noted, (), come, Setting(article(), noted))[0]
    mended = noted.replace("42,000", "24,000")
    [edit] = compare(article(), mended, (), come, Setting(article(), mended))[0]
    assert edit.after_span is not None
    assert "24,000" == mended[slice(*edit.after_span)]


@given(st.lists(st.sampled_from(["One two.\n\n", "Note three.\n\n", "Four.\n"]), min_size=1, max_size=6), st.data())
@settings(max_examples=60)
def test_a_place_in_a_text_without_its_notices_is_a_place_in_the_whole(pieces: list[str], data: st.DataObject) -> None:
    """Every stretch of what is left when notices are cut out can be found again in the whole text."""
    whole = "".join(pieces)
    bounds = data.draw(st.lists(st.integers(0, len(whole)), max_size=4).map(sorted))
    cut = body(whole, list(zip(bounds[::2], bounds[1::2], strict=False)))

    for at in range(len(cut.text)):
        left, right = cut.whole((at, at + 1))
        assert cut.text[at] == whole[left:right]
