"""Headline, byline, date line, captions and original URL are recognised where they are clear, and only there."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from provenance.engine import dates
from provenance.engine.fields import is_furniture, masthead, recognise
from provenance.engine.text import canonical

PROSE = (
    "The council voted on Monday night to lease the inner harbour to a boatyard for 49 years, ending a long dispute."
)


def story(*lines: str) -> str:
    """Give a canonical text with some lines above its prose."""
    return canonical("Council leases harbour", "\n\n".join([*lines, PROSE, PROSE]))


@pytest.mark.parametrize(
    ("line", "name"),
    [
        ("By Catrin Sowerby", "Catrin Sowerby"),
        ("BY CATRIN SOWERBY", "CATRIN SOWERBY"),
        ("By Ilse Maarten in Port Sabine", "Ilse Maarten"),
        ("By Solveig Marchbanks, economics correspondent", "Solveig Marchbanks"),
        ("By Dana Whitlow | Pinewater Ledger | June 11, 2025", "Dana Whitlow"),
        ("By Maeve Dunnock and Oisin Tarrant", "Maeve Dunnock and Oisin Tarrant"),
        ("Interview by Benedict Hallam", "Benedict Hallam"),
        ("Von Jorinde Maibach", "Jorinde Maibach"),
        ("Par Éloïse Trébuchet", "Éloïse Trébuchet"),
        ("Por Rocío Valdehita", "Rocío Valdehita"),
        ("Di Mario Rossi", "Mario Rossi"),
        ("Автор: Олена Коваль", "Олена Коваль"),
        ("文＝浜口耕造", "浜口耕造"),
        ("بقلم أحمد علي", "أحمد علي"),
        ("Jane Doe, health reporter", "Jane Doe"),
        ("Opinion | Leopold Quist", "Leopold Quist"),
    ],
)
def test_a_line_that_says_whose_it_is_is_a_byline(line: str, name: str) -> None:
    """A byline gives the name without "By", place, role and outlet, and the span of its whole line."""
    text = story(line)
    found = recognise(text).byline

    assert found is not None
    assert name == found.text
    assert canonical("", line) == text[slice(*found.span)] + "\n"


@pytest.mark.parametrize(
    "line",
    [
        "By the numbers, it was a bad year.",
        "By 2030, seas will rise",
        "Di Maio returns",
        "From Paris with love",
        "Hill Paper",
    ],
)
def test_what_may_as_well_be_something_else_is_no_byline(line: str) -> None:
    """A sentence, a heading or an outlet's name is left alone."""
    assert recognise(story(line)).byline is None


def test_a_bare_name_is_a_byline_only_above_the_date_line() -> None:
    """Two capitalised words can be a person or a paper: the date line below tells."""
    above = recognise(story("Rocío Valdehita", "El Faro de Almenzara, 6 de mayo de 2025"))

    assert above.byline is not None
    assert "Rocío Valdehita" == above.byline.text
    assert recognise(story("Rocío Valdehita")).byline is None


@pytest.mark.parametrize(
    ("line", "day"),
    [
        ("July 26, 2023", date(2023, 7, 26)),
        ("Coastline Tribune, 8 January 2026", date(2026, 1, 8)),
        ("Stateside Markets | Sept. 17, 2025 | (via The Exchequer)", date(2025, 9, 17)),
        ("Published on 2025-03-04", date(2025, 3, 4)),
        ("Auenstädter Anzeiger, 11. März 2025", date(2025, 3, 11)),
        ("12.09.2024", date(2024, 9, 12)),
        ("Le Courrier de Valmarin, 29 novembre 2024", date(2024, 11, 29)),
        ("El Faro de Almenzara, 6 de mayo de 2025", date(2025, 5, 6)),
        ("汐見新報 2025年2月19日", date(2025, 2, 19)),
        ("Верхоріцький вісник, 12 вересня 2024 року", date(2024, 9, 12)),
        ("الصحيفة، 20 مارس 2025", date(2025, 3, 20)),
        ("٢٠ مارس ٢٠٢٥", date(2025, 3, 20)),
        ("07/24/2025", date(2025, 7, 24)),
        ("03/04/2025", None),
        ("Published Tuesday 9:40 p.m.", None),
        ("DUNMARCH, Feb 19 (Continental Press Service)", None),
        ("Castlemere Live, 21 March, updated", None),
    ],
)
def test_a_line_with_a_day_is_a_date_line(line: str, day: date | None) -> None:
    """A date line gives its day where it has one that can be read in one way only."""
    found = recognise(story(line))

    assert found.dateline is not None
    assert day == found.published


@pytest.mark.parametrize(
    "line",
    [
        "He died on 4 May 2025.",
        "Six people died on 4 May 2025 in Skerrin",
        "We listed this on April 2 and again on May 28. From the Beacon:",
    ],
)
def test_a_sentence_about_a_day_is_no_date_line(line: str) -> None:
    """What says something of a day is story."""
    assert recognise(story(line)).dateline is None


def test_a_long_first_sentence_is_no_headline() -> None:
    """The first line is a headline only where it is short and does not end like a sentence."""
    assert recognise(canonical("", f"{PROSE}\n\n{PROSE}")).headline is None
    assert recognise(canonical("", "Three died.\n\n" + PROSE)).headline is None
    assert recognise(canonical("", "Three died")).headline is None
    assert recognise(canonical("", "By Ann Smith\n\n" + PROSE)).headline is None
    found = recognise(story()).headline
    assert found is not None
    assert ("Council leases harbour", (0, 22)) == (found.text, found.span)


@pytest.mark.parametrize(
    "line",
    [
        "The harbour from the bridge on Monday. Ana Ruiz / AFP",
        "The harbour. (Reuters/Ana Ruiz)",
        "Photo: Ana Ruiz",
        "Foto: Jorinde Maibach",
        "The quay at dawn. Photo by Ana Ruiz",
        "写真：浜口耕造",
    ],
)
def test_a_line_that_ends_with_a_credit_is_a_caption(line: str) -> None:
    """A caption is known by the credit at its end."""
    text = story() + "\n" + line + "\n"

    assert [line] == [caption.text for caption in recognise(text).captions]


def test_prose_about_an_agency_is_no_caption() -> None:
    """A sentence that names an agency, and a credit to an outlet, are left alone."""
    assert () == recognise(story("He told AFP that the deal was off.", "Redacción AlmenzaraYa / El Faro")).captions


@pytest.mark.parametrize("between", ["\n\n", " "])
def test_an_original_url_is_whole(between: str) -> None:
    """A URL that a PDF broke with a space is given without it; its label and itself are furniture."""
    text = story() + f"\nOriginal url:{between}https://courier.example/2025/har bour-lease\n"
    found = recognise(text)

    assert found.original is not None
    assert "https://courier.example/2025/harbour-lease" == found.original.text
    assert text[slice(*found.original.span)].startswith("Original url:")
    assert found.original.span in found.furniture


def test_furniture_is_told_from_the_middle_of_a_sentence() -> None:
    """A line in lower case that is a byline or a stamp is no second half of the line above it."""
    assert is_furniture("By Ann Smith")
    assert is_furniture("8 January 2026")
    assert not is_furniture("other's red lines and so on")


@given(st.text(max_size=400))
def test_any_text_has_fields_or_none(raw: str) -> None:
    """Whatever the text, the spans of the fields lie inside it."""
    text = canonical("", raw)
    found = recognise(text)

    assert all(0 <= start < end <= len(text) for start, end in found.furniture)
    assert found.captions or found == masthead(text)


def test_a_day_that_there_is_not_is_none() -> None:
    """31 February is a date line without a value."""
    assert ((0, 16), None) == dates.find("31 February 2025")
    assert dates.find("no day at all") is None
