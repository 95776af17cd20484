"""The lexicon: which words carry no content, and which stand for one qualifier."""

from __future__ import annotations

import pytest

from provenance.engine.lexicon import guess, languages, lexicon


@pytest.mark.parametrize(
    ("language", "word", "concept"),
    [
        ("en", "Former", "former"),
        ("en", "ex-minister", "former"),
        ("en", "no longer", "former"),
        ("en", "Allegedly", "alleged"),
        ("en", "isn’t", "not"),
        ("de", "ehemaliger", "former"),
        ("de", "keine", "not"),
        ("fr", "ex-ministre", "former"),
        ("es", "exconsejera", "former"),
        ("en", "harbour", ""),
    ],
)
def test_a_word_names_its_concept(language: str, word: str, concept: str) -> None:
    """Case, inflection and a prefix with a hyphen do not hide a qualifier."""
    assert lexicon(language).concept(word) == concept


def test_opposites_are_said_both_ways() -> None:
    """What is the opposite of a concept has that concept as its own."""
    assert lexicon("en").opposite("up") == "down"
    assert lexicon("en").opposite("down") == "up"
    assert lexicon("en").opposite("said about nothing") == ""


def test_months_and_weekdays_have_numbers() -> None:
    """January and Monday are 1; an abbreviation keeps its point."""
    assert lexicon("en").month("Sept.") == 9
    assert lexicon("de").weekday("Dienstag") == 2
    assert lexicon("en").month("Monday") == 0


def test_an_unknown_language_still_knows_signs() -> None:
    """A language that is not held has no words, but digits and currency signs."""
    neutral = lexicon("tlh")

    assert neutral.language == ""
    assert not neutral.common
    assert neutral.signs["£"] == "GBP"


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("en", "The council said that it would not sell the harbour to the company."),
        ("de", "Die Stadt teilte mit, dass der Hafen nicht an die Firma verkauft wird."),
        ("fr", "La ville a annoncé que le port ne serait pas vendu à la société."),
        ("es", "El ayuntamiento dijo que no vendería el puerto a la empresa."),
        ("", "Zzyzx 12345"),
    ],
)
def test_a_language_is_told_by_its_function_words(language: str, text: str) -> None:
    """Function words and script name the language; without them there is no guess."""
    assert guess(text) == language


@pytest.mark.parametrize("language", languages())
def test_a_form_stands_for_one_concept(language: str) -> None:
    """No language lists one form under two concepts."""
    held = lexicon(language)
    assert held.concepts
    assert all(form == form.lower().strip() for form in held.concepts)
