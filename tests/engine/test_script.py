"""The script: steps that lead from one text to the next and cover both without a gap."""

from __future__ import annotations

from collections.abc import Iterable

import pytest
from engine.generated import pairs
from engine.texts import PARAGRAPHS, WITNESS, article, text
from hypothesis import given

from provenance.engine.script import Step, likeness, script
from provenance.engine.script import bag as counted
from provenance.model import Span


def bounds(spans: Iterable[Span]) -> list[int]:
    """Give the ends of spans, one after the other."""
    return [place for span in spans for place in span]


def changed(before: str, after: str) -> list[tuple[str, str]]:
    """Give both sides of every step that keeps nothing."""
    return [(before[slice(*s.before)], after[slice(*s.after)]) for s in script(before, after) if not s.kept]


@given(pairs)
def test_steps_cover_both_texts_without_a_gap(pair: tuple[str, str]) -> None:
    """Steps follow one another on both sides, from the first character to the last."""
    before, after = pair
    steps = script(before, after)

    assert before == "".join(before[slice(*step.before)] for step in steps)
    assert after == "".join(after[slice(*step.after)] for step in steps)
    for side, whole in ((bounds(s.before for s in steps), before), (bounds(s.after for s in steps), after)):
        assert [0, *side[1:-1], len(whole)] == side or not steps
        assert side[1:-1:2] == side[2::2]


@given(pairs)
def test_a_kept_step_is_equal_on_both_sides(pair: tuple[str, str]) -> None:
    """What is said to be kept is kept to the character, and every other step changes something."""
    before, after = pair

    for step in script(before, after):
        x, y = before[slice(*step.before)], after[slice(*step.after)]
        assert (x == y) is step.kept
        assert x or y


@given(pairs)
def test_the_same_texts_give_the_same_steps(pair: tuple[str, str]) -> None:
    """Nothing but the two texts decides."""
    assert script(*pair) == script(*pair)


def test_equal_texts_are_one_kept_step() -> None:
    """Where nothing changed, one step keeps it all; two empty texts need none."""
    whole = article()

    assert [Step(kept=True, before=(0, len(whole)), after=(0, len(whole)))] == script(whole, whole)
    assert [] == script("", "")


@pytest.mark.parametrize(
    ("old", "new"),
    [("42,000", "4.2"), ("42,000", "42,500"), ("brewery", "brewer"), ("Harrowmouth", "Harrow")],
)
def test_no_word_is_cut(old: str, new: str) -> None:
    """A change goes by whole words and figures, however many letters they share."""
    before = article()

    assert {(old, new)} == set(changed(before, before.replace(old, new)))


@pytest.mark.parametrize(
    ("before", "after", "wanted"),
    [
        ("市議会は三月四日に起重機を貸した。\n", "市議会は三月五日に起重機を貸した。\n", {"四", "五"}),
        (
            "أجّر المجلس رافعة الميناء مقابل ٤٢ ألف جنيه.\n",
            "أجّر المجلس رافعة الميناء مقابل ٢٤ ألف جنيه.\n",
            {"٤٢", "٢٤"},
        ),
        ("परिषद ने क्रेन 42 हज़ार में दी।\n", "परिषद ने क्रेन 24 हज़ार में दी।\n", {"42", "24"}),
    ],
)
def test_a_change_is_found_inside_a_sentence_of_any_script(before: str, after: str, wanted: set[str]) -> None:
    """Only the words that changed are in a step, in Japanese, in Arabic script and in Devanagari."""
    assert wanted == {side for step in changed(before, after) for side in step if side}


def test_a_rewritten_paragraph_leaves_its_neighbours_alone() -> None:
    """Whole paragraphs are compared first: what stands around a new one is kept to the character."""
    before = text(*PARAGRAPHS)
    after = before.replace(WITNESS, "Nobody at the Port Office would say whether it still works.")

    assert [(WITNESS, "Nobody at the Port Office would say whether it still works.")] == [
        (x.strip(), y.strip()) for x, y in changed(before, after)
    ]


def test_one_of_ten_thousand_equal_lines_is_missed() -> None:
    """However often a line repeats, a text that has one less lost that one alone."""
    line = "the same line\n\n"

    assert [(line, "")] == changed(line * 10_000, line * 9_999)


def test_likeness_goes_from_nothing_to_all() -> None:
    """Two texts have between no word and every word in common; punctuation counts for nothing."""
    assert 1.0 == likeness(counted(WITNESS), counted(WITNESS.replace(",", " —")))
    assert 0.0 == likeness(counted("crane let"), counted("bees starve"))
    assert 0.5 == likeness(counted("crane let"), counted("crane sold"))


def test_a_passage_beside_a_replacement_is_not_swapped_with_it() -> None:
    """Only where one passage goes and the same comes did two change places; what else came is never lost."""
    before = "One long paragraph that stays as it is.\n\nAnother one moves up from here to there.\n\nGone.\n"
    after = "Another one moves up from here to there.\n\nOne long paragraph that stays as it is. New.\n"

    steps = script(before, after)

    assert before == "".join(before[slice(*step.before)] for step in steps)
    assert after == "".join(after[slice(*step.after)] for step in steps)
