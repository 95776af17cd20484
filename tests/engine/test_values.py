"""Values: facts equal whatever their notation, with the exact words that state them."""

from __future__ import annotations

import pytest

from provenance.engine.values import Kind, Value, read, same

EQUAL = [
    ("en", "1,800 million", "en", "1.8 billion"),
    ("en", "1.8 billion", "de", "1,8 Milliarden"),
    ("en", "48,000", "de", "48.000"),
    ("en", "48,000", "en", "forty-eight thousand"),
    ("en", "48 thousand", "de", "achtundvierzigtausend"),
    ("en", "12%", "en", "12 per cent"),
    ("en", "12 percent", "de", "zwölf Prozent"),
    ("en", "0.5 percentage points", "de", "0,5 Prozentpunkte"),
    ("en", "£6.5 million", "en", "GBP 6.5 million"),
    ("en", "£6.5m", "en", "6.5 million pounds"),
    ("en", "$5bn", "fr", "5 milliards de dollars"),
    ("en", "3 February", "en", "Feb. 3"),
    ("en", "February 3rd", "de", "3. Februar"),
    ("en", "March 3, 1935", "es", "3 de marzo de 1935"),
    ("en", "March 2024", "fr", "mars 2024"),
    ("en", "9:40 p.m.", "de", "21.40 Uhr"),
    ("en", "21:40", "fr", "21h40"),
    ("en", "88th", "en", "eighty-eighth"),
    ("en", "two dozen", "en", "24"),
    ("en", "two and a half", "en", "two and a half"),
    ("en", "77", "fr", "soixante-dix-sept"),
    ("en", "a million", "de", "eine Million"),
    ("en", "two thirds", "de", "zwei Drittel"),
    ("en", "half of", "en", "one half"),
    ("en", "SP-605", "en", "SP605"),
]
UNEQUAL = [
    ("en", "1.2 million", "en", "1.2 billion"),
    ("en", "12 per cent", "en", "12 percentage points"),
    ("en", "12 per cent", "en", "12"),
    ("en", "£6.5m", "en", "$6.5m"),
    ("en", "15 minutes", "en", "15 hours"),
    ("en", "88", "en", "88th"),
    ("en", "3 February 2024", "en", "3 February 2025"),
    ("en", "9:40 p.m.", "en", "9:40 a.m."),
    ("en", "SP-605", "en", "SP-650"),
    ("de", "1.200", "en", "1.200"),
]


def only(text: str, language: str) -> Value:
    [value] = read(text, language)
    return value


@pytest.mark.parametrize(("one", "left", "other", "right"), EQUAL)
def test_a_fact_is_the_same_in_every_notation(one: str, left: str, other: str, right: str) -> None:
    """Notation, spelling and language do not tell two values apart."""
    assert [same(a, b) for a, b in zip(read(left, one), read(right, other), strict=True)] in ([True], [True, True])


@pytest.mark.parametrize(("one", "left", "other", "right"), UNEQUAL)
def test_different_facts_are_not_the_same(one: str, left: str, other: str, right: str) -> None:
    """Another size, kind, unit or year is another fact."""
    assert not same(only(left, one), only(right, other))


def test_a_value_stands_at_its_exact_words() -> None:
    """A span takes in magnitude, share and currency, and nothing else."""
    text = "It cost £6.5 million, or 12 per cent, on 3 February at 9:40 p.m."

    assert [text[start:end] for start, end in (value.span for value in read(text, "en"))] == [
        "£6.5 million",
        "12 per cent",
        "3 February",
        "9:40 p.m.",
    ]


def test_a_pronoun_is_no_number() -> None:
    """One of them, no one, one another: nothing is counted."""
    assert read("One of them saw no one, and one said nothing to one another.", "en") == ()
    assert only("one councillor", "en").kind is Kind.NUMBER


def test_an_unsaid_unit_or_year_does_not_tell_apart() -> None:
    """A copy that drops the unit or the year still says the same."""
    assert same(only("15", "en"), only("15 minutes", "en"))
    assert same(only("3 February", "en"), only("3 February 2025", "en"))
    assert same(only("October", "en"), only("October 2024", "en"))
