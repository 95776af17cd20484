"""Plain text becomes canonical: markup, hard wraps and broken paragraphs resolved, everything else left alone."""

from __future__ import annotations

import json
import re
from datetime import UTC, datetime
from pathlib import Path

import pytest

from provenance.engine.text import canonical
from provenance.errors import SourceError
from provenance.sources import marks, plain, wraps

CASES = Path(__file__).resolve().parents[2] / "fixtures" / "cases"
LONG = "The council voted on Monday night to lease the inner harbour to a boatyard for 49 years"


def text_of(raw: str) -> str:
    """Read a text as a file would be."""
    return plain.read(raw.encode()).text


@pytest.mark.parametrize(
    ("raw", "wanted"),
    [
        ("**Ana Ruiz / AFP**", "Ana Ruiz / AFP"),
        ("first <u>reported</u> that", "first reported that"),
        ('see <a href="https://x.example/y?a=1&b=2" target=_blank>the report</a>', "see the report"),
        ("one<br/>two", "one\ntwo"),
        ("<p>One.</p><p>Two.</p>", "\n\nOne.\n\n\n\nTwo.\n\n"),
        ("perder&aacute;n &pound;186,000 &ldquo;all&rdquo; &amp;c.", "perderán £186,000 “all” &c."),
        ("the [Bureau](https://b.example) said", "the Bureau said"),
        ("call `800-555-0117` now", "call 800-555-0117 now"),
        ("years *before* the cap, _after_ it", "years before the cap, after it"),
        ("*Four months.*", "Four months."),
        ("at <https://x.example/a>", "at https://x.example/a"),
    ],
)
def test_clear_markup_becomes_its_words(raw: str, wanted: str) -> None:
    """Tags that open and close, entities, emphasis, links and code spans are resolved in pasted text."""
    assert wanted == marks.unstyle(marks.untag(raw))


@pytest.mark.parametrize(
    "raw",
    [
        "2 * 3 * 4 = 24 and 5*3*2",
        "a < b and c > d",
        "if x <b then stop",
        "the <b> tag alone",
        "snake_case_name and __init__",
        "Price* and terms* apply. *Terms apply to some",
        "AT&T; R&D & more; Q&A",
        "<script>alert(1)</script>",
        "* * *",
        "array[1](2)",
        "@ruiz_ana and #harbour",
        "Click YES / NO <<<",
    ],
)
def test_what_may_be_meant_stays(raw: str) -> None:
    """Nothing is taken for markup that can be words."""
    assert raw == marks.unquote(marks.unstyle(marks.untag(raw)))


def test_entities_are_resolved_once() -> None:
    """A text about markup keeps what it shows: &lt;b&gt; is <b>, and not nothing."""
    assert "the <b>bold</b> tag" in text_of("Headline\n\nthe &lt;b&gt;bold&lt;/b&gt; tag")


def test_hard_wraps_are_joined_and_short_lines_kept() -> None:
    """Lines that a program wrapped are one paragraph; byline, date line and list items stay a paragraph each."""
    raw = """Council leases harbour
By Catrin Sowerby
18 February 2025

About 120 people watched the three-hour debate, some of them on a screen in
the library. One man was asked to leave after sounding a foghorn during the
treasurer's report.

Councillors voted 7-3, with one abstention, on Monday night to lease the
inner harbour to the boatyard group for 99 years.

- a rent of £210,000 a year
- a promise to repair the quays
"""

    assert [
        "Council leases harbour",
        "By Catrin Sowerby",
        "18 February 2025",
        (
            "About 120 people watched the three-hour debate, some of them on a screen in the library. "
            "One man was asked to leave after sounding a foghorn during the treasurer's report."
        ),
        (
            "Councillors voted 7-3, with one abstention, on Monday night to lease the inner harbour to the boatyard "
            "group for 99 years."
        ),
        "- a rent of £210,000 a year",
        "- a promise to repair the quays",
    ] == text_of(raw).strip().split("\n\n")


def test_verse_is_no_wrapped_text() -> None:
    """Lines of a poem are of a person's making and stay."""
    poem = (
        "The quay\n\nThe sea came in by night\nand took boats away,\nand we, who had no light,\nwere waiting for day."
    )

    assert canonical("", poem) == text_of(poem)


@pytest.mark.parametrize(
    ("left", "right", "text", "whole"),
    [
        ("by her daugh-", "ter, Tove", "", "by her daughter, Tove"),
        ("die Ersatztei-", "le müssten", "", "die Ersatzteile müssten"),
        ("der Ex-", "Gutachter", "", "der Ex-Gutachter"),
        ("a three-", "metre surge", "", "a three-metre surge"),
        ("a follow-", "up visit", "It will follow soon.", "a follow-up visit"),
        ("Kinder-", "und Jugendliche", "", "Kinder- und Jugendliche"),
        ("汐見市教育", "委員会は", "", "汐見市教育委員会は"),
        ("one of the", "lines", "", "one of the lines"),
    ],
)
def test_words_hyphenated_at_a_wrap_are_whole(left: str, right: str, text: str, whole: str) -> None:
    """A hyphen at the end of a line goes where it only divides, and stays where the word is a compound."""
    assert whole == wraps.glue(left, right, text)


@pytest.mark.parametrize(
    ("above", "below"),
    [
        ("Known under that name, the covert talks enable both of the sides to understand each", "other's red lines."),
        (LONG + ", in the words of the", "President of the Harbours Commission, who was there."),
    ],
)
def test_a_paragraph_broken_in_mid_sentence_is_whole(above: str, below: str) -> None:
    """A PDF's page break leaves a paragraph that does not end, and one that goes on."""
    text = text_of(f"Council leases harbour\n\n{LONG}.\n\n{above}\n\n{below}\n\n{LONG}.")

    assert f"{above} {below}" in text


@pytest.mark.parametrize(
    ("above", "below"),
    [
        ("A short line without an end", "and one in lower case"),
        (LONG + ".", "and one in lower case"),
        (LONG + ":", "the quays, the slipway"),
        ("- " + LONG, "and one in lower case"),
        (LONG, "- an item in a list"),
        (LONG, "by Catrin Sowerby"),
        (LONG, "iPhones are not sold here"),
        (LONG, "Another paragraph begins"),
    ],
)
def test_two_paragraphs_that_may_be_two_stay_two(above: str, below: str) -> None:
    """Without a clear break in a sentence nothing is joined."""
    text = text_of(f"Council leases harbour\n\n{LONG}.\n\n{above}\n\n{below}\n\n{LONG}.")

    assert f"{above}\n\n{below}" in text


def test_a_writer_of_lower_case_is_left_alone() -> None:
    """Where paragraphs begin in lower case throughout, that is a manner and no break."""
    raw = "\n\n".join([LONG.lower()] * 6)

    assert canonical("", raw) == text_of(raw)


def test_a_file_says_what_it_is_of() -> None:
    """Headline, byline, day and original URL of a pasted article become its metadata; the URL is whole."""
    raw = (
        f"\n\nCouncil leases harbour\n\nBy Catrin Sowerby\n\nJuly 26, 2023\n\nThe quay. **Ana Ruiz / AFP**\n\n"
        f"{LONG}.\n\n"
        "Original url:\n\nhttps://courier.example/2023/har bour-lease"
    )
    found = plain.read(raw.encode())

    assert "Council leases harbour" == found.headline
    assert "Catrin Sowerby" == found.byline
    assert datetime(2023, 7, 26, tzinfo=UTC) == found.published
    assert "https://courier.example/2023/harbour-lease" == found.url
    assert found.text.endswith("\n\nOriginal url:\n\nhttps://courier.example/2023/harbour-lease\n")
    assert "The quay. Ana Ruiz / AFP" in found.text
    assert ("tz-unknown",) == found.flags


def test_without_a_word_there_is_no_article() -> None:
    """Blank and blind characters are no text."""
    with pytest.raises(SourceError, match="no article text"):
        plain.read(b" \n\xe2\x80\x8b\n--\n")


def words(text: str) -> list[str]:
    """Give the words of a text, whatever parts them."""
    return re.findall(r"\w+", text)


@pytest.mark.skipif(not CASES.is_dir(), reason="the labelled cases are not here")
def test_every_paragraph_of_the_labelled_cases_survives() -> None:
    """In ten languages, each paragraph of an origin stays as it is, and no text loses a word."""
    for path in sorted(CASES.glob("*/origin/*.txt")):
        raw = path.read_text(encoding="utf-8")
        assert canonical("", raw) == text_of(raw), path.name
    for path in sorted(CASES.glob("*/copies/*.txt")):
        raw = path.read_text(encoding="utf-8")
        if "-\n" not in raw and "&" not in raw and "](" not in raw:
            assert words(canonical("", raw)) == words(text_of(raw)), path.name


@pytest.mark.skipif(not CASES.is_dir(), reason="the labelled cases are not here")
def test_the_headline_of_every_labelled_origin_is_its_first_line() -> None:
    """The first line of an origin is its headline; nobody's byline is taken for it."""
    for path in sorted(CASES.glob("*/case.json")):
        for revision in json.loads(path.read_text(encoding="utf-8"))["origin"]["revisions"]:
            found = plain.read((path.parent / revision["file"]).read_bytes())
            assert found.text.split("\n", 1)[0] == found.headline
            assert found.byline != found.headline
