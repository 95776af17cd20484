"""Features: what a sentence says, whatever its wording."""

from __future__ import annotations

from collections.abc import Iterable

import pytest
from engine.generated import revisions
from engine.texts import HEADLINE, PARAGRAPHS, article
from hypothesis import given

from provenance.engine.features import Weights, features, grams, overlap, read
from provenance.engine.words import words


@given(revisions(1))
def test_sentences_are_read_where_they_stand(texts: list[str]) -> None:
    """Each sentence has the words of its span; paragraphs are counted from the headline on."""
    [whole] = texts
    found = read(whole, "en")

    assert [tuple(w.key for w in words(whole[slice(*s.span)])) for s in found] == [s.keys for s in found]
    assert [s.paragraph for s in found] == [whole.count("\n\n", 0, s.span[0]) for s in found]


@pytest.mark.parametrize(
    ("one", "other", "language"),
    [
        ("The council decided.", "The COUNCIL deciding!", "en"),
        ("a rent of 42,000 pounds", "a rent of forty-two thousand pounds", "en"),
        ("a former engineer", "an ex-engineer", "en"),
        ("die frühere Ingenieurin", "die ehemalige Ingenieurin", "de"),
    ],
)
def test_two_wordings_of_the_same_have_the_same_telling_features(one: str, other: str, language: str) -> None:
    """Case, inflection, notation and synonyms of a qualifier make no difference."""
    assert telling(features(one, language)) == telling(features(other, language))


@pytest.mark.parametrize(
    ("one", "other", "language"),
    [
        ("a rent of 42,000 pounds", "a rent of 24,000 pounds", "en"),
        ("a former engineer", "an engineer", "en"),
        ("she agreed", "she never agreed", "en"),
        ("港の起重機", "港の機重起", "ja"),
    ],
)
def test_two_facts_have_unlike_features(one: str, other: str, language: str) -> None:
    """Another figure, a qualifier, a negation, or signs in another order tell sentences apart."""
    assert telling(features(one, language)) != telling(features(other, language))


def telling(found: Iterable[str]) -> set[str]:
    """Leave the function words out."""
    return {name for name in found if not name.startswith(" ")}


def test_a_rare_word_weighs_more_than_a_frequent_one() -> None:
    """What stands in one sentence of the article tells more than what stands in most."""
    weights = Weights(read(article(), "en"))

    crane, boilers = features("crane", "en"), features("boilers", "en")

    assert weights.of(boilers) > weights.of(crane) > weights.of(features("the", "en"))


def test_a_figure_weighs_more_than_a_word() -> None:
    """Of two features that stand once, the figure tells more."""
    weights = Weights(read(article(), "en"))

    assert weights.of(features("310", "en")) > weights.of(features("boilers", "en"))


def test_an_overlap_is_a_share_of_each_side() -> None:
    """A sentence that has all of a shorter one has the whole of it, and that is a part of itself."""
    weights = Weights(read(article(), "en"))
    short, long = (frozenset(features(text, "en")) for text in ("brewery crane", "brewery crane boilers"))
    mine, theirs = overlap(long, short, weights)

    assert theirs == 1.0
    assert 0 < mine < 1
    assert (0.0, 0.0) == overlap(frozenset(), short, weights)
    assert overlap(short, long, weights) == (theirs, mine)


def test_runs_of_words_are_listed() -> None:
    """A sentence of four words has two runs of three; one too short has none."""
    assert {("a", "b", "c"), ("b", "c", "d")} == grams(("a", "b", "c", "d"), 3)
    assert set() == grams(("a",), 3)


def test_an_article_has_as_many_sentences_as_one_counts() -> None:
    """The crane's story: a headline and five paragraphs of one sentence."""
    assert 1 + len(PARAGRAPHS) == len(read(article(), "en"))
    assert HEADLINE == article()[slice(*read(article(), "en")[0].span)]
    assert () == read("", "en")
