"""Comparison: a copy beside all revisions of an article, its own notices apart."""

from __future__ import annotations

from engine.generated import awkward, revisions
from engine.texts import ELSEWHERE, HISTORY, LEAD, PLANS, WITNESS, article, text
from hypothesis import given, settings

from provenance.engine.comparison import Comparison

NOTE = "Correction: An earlier version of this article misstated the rent. It is 24,000 pounds, not 42,000 pounds."


def closest(comparison: Comparison, beginning: str) -> str:
    """Give the article's sentence that a sentence of the copy follows, in any revision."""
    [at] = [n for n, s in enumerate(comparison.body) if comparison.copy[s.span[0] :].startswith(beginning)]
    match = comparison.matches[at][2]
    if match is None:
        return ""
    return next(
        whole[slice(*match.span)]
        for whole, read in zip(comparison.lineage.texts, comparison.revisions, strict=True)
        for sentence in read
        if sentence is match
    )


def test_a_sentence_taken_over_is_matched_to_itself() -> None:
    """Word for word is the closest there is, wherever the copy has it."""
    comparison = Comparison([article()], text(PLANS, LEAD))

    assert LEAD == closest(comparison, LEAD)
    assert PLANS == closest(comparison, PLANS)


def test_a_sentence_is_matched_in_the_revision_that_has_it() -> None:
    """The copy's old wording is found in the old revision, though the last one has a similar sentence."""
    comparison = Comparison([article(), article({"42,000": "24,000"})], article())

    assert LEAD == closest(comparison, LEAD)


def test_a_sentence_told_anew_is_matched_to_what_it_tells() -> None:
    """Another order and other words of function leave the sentence recognisable."""
    comparison = Comparison([article()], text("In 1911, from riveted steel, shipwrights had built the crane."))

    assert HISTORY == closest(comparison, "In 1911")


def test_a_sentence_about_something_else_is_matched_loosely_or_not() -> None:
    """What the article does not say is not said to follow it."""
    comparison = Comparison([article()], text(*ELSEWHERE, headline="Frost"))

    assert all(mine < 0.5 and theirs < 0.5 for mine, theirs, _ in comparison.matches)


def test_the_copy_s_notice_is_kept_apart_from_its_body() -> None:
    """A note tells of an update; it does not carry the passage."""
    comparison = Comparison([article()], text(LEAD, WITNESS, NOTE))
    read = (
        [comparison.copy[slice(*s.span)] for s in comparison.body],
        [comparison.copy[slice(*s.span)] for s in comparison.notes],
    )

    assert NOTE == " ".join(read[1])
    assert [LEAD, WITNESS] == read[0][1:]


def test_the_article_s_notices_are_no_part_of_it() -> None:
    """A copy that lacks the article's note lacks nothing of its text."""
    plain, noted = Comparison([article()], article()), Comparison([article({}, NOTE)], article())

    assert [s.keys for s in plain.revisions[0]] == [s.keys for s in noted.revisions[0]]


def test_lines_are_counted_in_the_copy_s_text() -> None:
    """The headline stands on line 1, the first paragraph on line 3."""
    copy = text(LEAD, WITNESS)
    comparison = Comparison([article()], copy)

    assert [1, 3, 5] == [comparison.line(copy.index(part)) for part in ("Harrowmouth lets", LEAD, WITNESS)]


@given(revisions(3))
@settings(max_examples=40)
def test_every_sentence_of_the_copy_has_one_match(texts: list[str]) -> None:
    """Body and notes are all of the copy; matches go with the body, their shares from 0 to 1."""
    comparison = Comparison(texts[:2], texts[2])

    assert len(comparison.matches) == len(comparison.body)
    assert all(-1e-9 <= share <= 1 + 1e-9 for match in comparison.matches for share in match[:2])
    assert {s.span for s in comparison.body}.isdisjoint(s.span for s in comparison.notes)


@given(awkward, awkward)
@settings(max_examples=30)
def test_any_two_texts_can_be_laid_side_by_side(whole: str, copy: str) -> None:
    """Texts without words, without sentences or without anything at all compare."""
    comparison = Comparison([whole], copy)

    assert len(comparison.matches) == len(comparison.body)
