"""Words: a text in tokens that join up to it, and which words count as the same."""

from __future__ import annotations

from itertools import pairwise

import pytest
from engine.generated import awkward
from hypothesis import given

from provenance.engine.words import dense, key, tokens, words


@given(awkward)
def test_tokens_join_up_to_the_text(text: str) -> None:
    """Nothing of a text gets lost between its tokens, whatever the script."""
    assert text == "".join(tokens(text))


@given(awkward)
def test_every_word_stands_where_it_says(text: str) -> None:
    """A word's place gives the word, and places follow one another without overlap."""
    found = words(text)

    assert all(key(text[slice(*word.span)]) == word.key for word in found)
    assert all(left.span[1] <= right.span[0] for left, right in pairwise(found))


@given(awkward)
def test_a_start_moves_every_place(text: str) -> None:
    """A piece of a text that is read from its start on gives places in the whole text."""
    assert [word.span for word in words(text, 7)] == [(a + 7, b + 7) for a, b in (w.span for w in words(text))]


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("42,000 pounds", ["42,000", " ", "pounds"]),
        ("at 7:30", ["at", " ", "7:30"]),
        ("1.8 or 18", ["1.8", " ", "or", " ", "18"]),
        ("the U.S. says", ["the", " ", "U.S.", " ", "says"]),
        ("it isn't", ["it", " ", "isn't"]),
        ("naïve e\u0301tang", ["naïve", " ", "e\u0301tang"]),
        ("क्षेत्र में", ["क्षेत्र", " ", "में"]),
        ("رافعةُ الميناء", ["رافعةُ", " ", "الميناء"]),
        ("می\u200cخواهم", ["می\u200cخواهم"]),
        ("港湾", ["港", "湾"]),
        ("", []),
    ],
)
def test_a_token_is_a_word_a_number_or_a_sign(text: str, wanted: list[str]) -> None:
    """Numbers keep their marks, words their accents and joiners; scripts that part no words go by character."""
    assert wanted == tokens(text)


@pytest.mark.parametrize(
    ("one", "other"),
    [("Council", "COUNCIL"), ("council's", "council"), ("council’s", "council"), ("U.S.", "US"), ("ＡＢ", "ab")],
)
def test_what_does_not_tell_words_apart_is_folded(one: str, other: str) -> None:
    """Case, width, a possessive and the points of an acronym make no other word."""
    assert key(one) == key(other)


@pytest.mark.parametrize(("one", "other"), [("4.2", "42"), ("1,8", "18"), ("ex", "et"), ("été", "ete"), ("港", "湾")])
def test_what_tells_words_apart_stays(one: str, other: str) -> None:
    """A decimal mark or an accent makes another word."""
    assert key(one) != key(other)


@pytest.mark.parametrize("sign", [".", "—", "“", " ", "\n\n", "👍", "…"])
def test_a_sign_is_no_word(sign: str) -> None:
    """Punctuation, spaces and pictures have no key."""
    assert "" == key(sign)
    assert [] == words(sign)


@pytest.mark.parametrize("text", ["港湾局は四日に発表した。", "港务局表示", "ท่าเรือเก่า", "かたかなカタカナ"])
def test_a_script_without_spaces_is_dense(text: str) -> None:
    """Chinese, Japanese and Thai part no words."""
    assert dense(text)


@pytest.mark.parametrize(
    "text", ["The harbour crane", "رافعة الميناء", "부두 크레인", "Το λιμάνι", "The 港 sign hangs there", ""]
)
def test_a_script_with_spaces_is_not(text: str) -> None:
    """Latin, Arabic, Korean and Greek part words, and one foreign sign in a sentence changes nothing."""
    assert not dense(text)
