"""Deltas: exact, in diff-match-patch's form, and for one base alone."""

from __future__ import annotations

from dataclasses import replace

import pytest
from engine.generated import awkward, pairs, revisions
from engine.texts import article
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from provenance.engine import delta
from provenance.errors import DamageError, DeltaMismatchError
from provenance.model import digest


@given(pairs)
@settings(max_examples=200)
def test_a_delta_leads_to_the_new_text_and_no_other(pair: tuple[str, str]) -> None:
    """What was made from two texts gives the second out of the first, to the character."""
    before, after = pair

    assert after == delta.apply(delta.make(before, after), before)


@given(revisions(3))
def test_a_chain_of_deltas_leads_from_the_first_text_to_the_last(texts: list[str]) -> None:
    """Deltas follow one another: what one leads to is the base of the next."""
    text = texts[0]
    for after in texts[1:]:
        text = delta.apply(delta.make(text, after), text)

    assert texts[-1] == text


@given(pairs, awkward)
def test_a_delta_refuses_any_other_base(pair: tuple[str, str], other: str) -> None:
    """A delta is never put to a text that it was not made from, however alike."""
    assume(other != pair[0])

    with pytest.raises(DeltaMismatchError):
        delta.apply(delta.make(*pair), other)


def test_a_refusal_is_damage_and_names_both_digests() -> None:
    """A mismatch says which text was wanted and which was given."""
    made = delta.make(article(), article({"42,000": "24,000"}))
    base = article() + "\n"

    with pytest.raises(DamageError) as refused:
        delta.apply(made, base)

    assert made.before[:12] in str(refused.value)
    assert digest(base)[:12] in str(refused.value)


@pytest.mark.parametrize("spoiled", ["7,000", "24,00", ""])
def test_ops_that_lead_elsewhere_are_refused(spoiled: str) -> None:
    """Ops of the right form that give another text than the one that the delta names are refused."""
    before, after = article(), article({"42,000": "24,000"})
    made = delta.make(before, after)

    with pytest.raises(DeltaMismatchError):
        delta.apply(replace(made, ops=made.ops.replace("24,000", spoiled)), before)


@pytest.mark.parametrize("spoiled", ["+another%20text", "=3", "", "=99999", "-99999", "=-3", "=x", "*", "junk", "\t\t"])
def test_ops_of_no_form_are_refused(spoiled: str) -> None:
    """Ops that no longer lead to the text that the delta names are refused as damage, whatever is in them."""
    before, after = article(), article({"42,000": "24,000"})
    made = replace(delta.make(before, after), ops=spoiled)

    with pytest.raises(DeltaMismatchError):
        delta.apply(made, before)


def test_the_same_pair_gives_the_same_delta() -> None:
    """Nothing but the two texts goes into a delta; it names the digests of both."""
    before, after = article(), article({"42,000": "24,000"})

    assert delta.make(before, after) == delta.make(before, after)
    assert (digest(before), digest(after)) == (delta.make(before, after).before, delta.make(before, after).after)


def test_a_delta_is_as_small_as_the_change() -> None:
    """One figure changed is three parts around it: keep, drop and put in, keep; deletions stand before insertions."""
    before = article()
    at = before.index("42,000")
    rest = len(before) - at - len("42,000")

    assert f"={at}\t-6\t+24,000\t={rest}" == delta.make(before, before.replace("42,000", "24,000")).ops


def test_counts_are_utf_16_units() -> None:
    """A character beyond the first plane counts two, as in every port of diff-match-patch."""
    assert "=22\t-3\t+let" == delta.make("👍 a bridge was built for", "👍 a bridge was built let").ops


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("", ""),
        ("", "港湾\n"),
        ("港湾\n", ""),
        ("\n", "\n\n"),
        ("a\ud7ffb", "a\ue000b"),
        ("\uffff", "\U00010000"),
        ("e\u0301", "\u00e9"),
        ("100%", "100%25"),
        ("a\tb", "a\t=1\tb"),
        ("line\n\n" * 3_000, "line\n\n" * 2_999),
        ("line\n\n" * 300, "row\n\n" * 300),
        ("ab " * 5_000, "ba " * 5_000),
    ],
)
def test_extremes_go_there_and_back(before: str, after: str) -> None:
    """Empty texts, characters beside the surrogates, delta syntax in a text, and thousands of equal lines."""
    assert after == delta.apply(delta.make(before, after), before)
    assert before == delta.apply(delta.make(after, before), after)


@given(st.lists(st.sampled_from(["one\n\n", "two\n\n", "one two\n\n", "\n\n", "two. one. "]), max_size=40))
def test_repeated_lines_in_any_order_go_there_and_back(lines: list[str]) -> None:
    """Where every line has its like elsewhere, the delta is still exact."""
    before, after = "".join(lines), "".join(lines[::-1])

    assert after == delta.apply(delta.make(before, after), before)


@given(pairs)
@settings(max_examples=200)
def test_a_delta_turned_round_leads_back(pair: tuple[str, str]) -> None:
    """Out of the second text it gives the first, under the digests of both."""
    before, after = pair
    made = delta.make(before, after)
    back = delta.inverse(made, before)

    assert before == delta.apply(back, after)
    assert (made.after, made.before) == (back.before, back.after)
