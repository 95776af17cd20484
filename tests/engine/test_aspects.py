"""Aspects: what an edit touches."""

from __future__ import annotations

import pytest
from engine.texts import HEADLINE, LEAD, PARAGRAPHS, article, edits, text

from provenance.engine.aspects import changes_fact, sentence_at
from provenance.model import Aspect, Edit

FACTS = {Aspect.NUMBER, Aspect.DATE, Aspect.NAME, Aspect.NEGATION, Aspect.QUALIFIER, Aspect.ATTRIBUTION}


def touched(changes: dict[str, str]) -> set[Aspect]:
    """Name all that a change of the crane's story touches."""
    return aspects_between(article(), article(changes))


def aspects_between(before: str, after: str) -> set[Aspect]:
    """Name all that the edits between two texts touch."""
    return {aspect for edit in edits(before, after) for aspect in edit.aspects}


@pytest.mark.parametrize(
    ("old", "new", "aspect"),
    [
        ("42,000", "24,000", Aspect.NUMBER),
        ("42,000", "4.2 million", Aspect.NUMBER),
        ("310 signatures", "three dozen signatures", Aspect.NUMBER),
        ("Edda Marsh", "Edda Lindholm", Aspect.NAME),
        ("Chandler Street", "Tanner Street", Aspect.NAME),
        ("carried no load", "carried one load", Aspect.NEGATION),
        ("it has let", "it has not let", Aspect.NEGATION),
        ("an engineer", "a former engineer", Aspect.QUALIFIER),
        ("an engineer", "an alleged engineer", Aspect.QUALIFIER),
    ],
)
def test_a_changed_fact_is_named(old: str, new: str, aspect: Aspect) -> None:
    """A number, a name, a negation or a qualifier that changed is a fact that changed."""
    before = text(*PARAGRAPHS, "The council confirmed that it has let the quay.")

    assert aspect in aspects_between(before, before.replace(old, new))


def test_a_changed_day_is_a_date() -> None:
    """The day of a month is a date, not a number of things."""
    before = text(*PARAGRAPHS, "The lease was signed on 3 May 2025 at the town hall.")

    assert Aspect.DATE in aspects_between(before, before.replace("3 May", "5 May"))


def test_the_same_figure_in_another_notation_is_no_changed_number() -> None:
    """A thousand separator or a spelled-out number states the same value."""
    assert Aspect.NUMBER not in touched({"42,000 pounds": "42000 pounds"})
    assert Aspect.NUMBER not in touched({"42,000 pounds": "forty-two thousand pounds"})


@pytest.mark.parametrize(("old", "new"), [("reporters", "journalists"), ("loud music", "noisy music")])
def test_another_word_for_the_same_is_wording(old: str, new: str) -> None:
    """Where no fact is touched, the wording is."""
    assert {Aspect.WORDING} == touched({old: new})


def test_a_mended_typo_is_spelling() -> None:
    """One word written in another way, no fact among them."""
    assert {Aspect.SPELLING} == aspects_between(article({"signatures": "signatuers"}), article())


def test_a_figure_mended_by_one_digit_is_no_typo() -> None:
    """One digit more or less is another number."""
    assert Aspect.NUMBER in touched({"42,000": "42,500"})
    assert Aspect.SPELLING not in touched({"42,000": "42,500"})


def test_a_changed_headline_is_named() -> None:
    """The headline is the first line, whatever changed in it."""
    assert Aspect.HEADLINE in aspects_between(article(), article(headline="Harrowmouth sells its harbour crane"))
    assert Aspect.HEADLINE not in touched({"42,000": "24,000"})


def test_words_changed_between_quotation_marks_are_a_quote() -> None:
    """What somebody is said to have said is touched, not only the wording; what stands beside the quotation is not."""
    before = text(*PARAGRAPHS, "“We shall open before the fair,” the manager said at noon.")

    assert Aspect.QUOTE in aspects_between(before, before.replace("shall open", "might open"))
    assert Aspect.QUOTE not in aspects_between(before, before.replace("at noon", "at lunch"))


def test_a_paragraph_is_a_passage_and_a_word_is_none() -> None:
    """Whole sentences that came or went are passages."""
    assert Aspect.PASSAGE in aspects_between(article(), article({}, "The lease runs for nine years."))
    assert Aspect.PASSAGE not in touched({"old harbour": "harbour"})


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("市議会は起重機を年四万二千円で貸した。", "市議会は起重機を年二万四千円で貸した。"),
        ("市议会以四万二千元出租起重机。", "市议会以二万四千元出租起重机。"),
    ],
)
def test_the_same_characters_in_another_order_are_more_than_layout(before: str, after: str) -> None:
    """A figure with its characters in another order is another figure."""
    assert Aspect.LAYOUT not in aspects_between(text(before, headline="港"), text(after, headline="港"))


def test_only_facts_change_facts() -> None:
    """Numbers, dates, names, negations, qualifiers and attributions are facts; layout and spelling are none."""
    for aspect in Aspect:
        edit = Edit(0, edits(article(), article({"42,000": "1"}))[0].op, (aspect,), "a", "b")
        assert changes_fact(edit) is (aspect in FACTS)


def test_the_sentence_of_a_place_is_found() -> None:
    """A span lies in one sentence or several; an empty one in the sentence beside it."""
    whole = article()
    at = whole.index("42,000")

    assert LEAD == whole[slice(*sentence_at(whole, (at, at + 6)))]
    assert LEAD == whole[slice(*sentence_at(whole, (at, at)))]
    assert HEADLINE == whole[slice(*sentence_at(whole, (0, 3)))]
