"""Canonical text loses nothing visible and keeps nothing invisible."""

from __future__ import annotations

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from provenance.engine.text import canonical, clean, hidden, line_of, paragraphs

ODD = (
    "\ufeff\u200b\u200d\u200c\ufe0f\u00ad\u202e\x00\x1b\u00a0\u3000\r\n\t\u2028\U000e0100"
    " ae\u0301\u0645\u093c\u180b👍☕葛\ud800"
)


@pytest.mark.parametrize(
    ("raw", "wanted"),
    [
        ("\ufeffA harbour", "A harbour"),
        ("zero\u200bwidth", "zerowidth"),
        ("soft\u00adhyphen", "softhyphen"),
        ("\u202eright\u202c to left", "right to left"),
        ("nul\x00 and \x1b[2J", "nul and [2J"),
        ("a\ud800b", "a\ufffdb"),
        ("10\u00a0000\u202f€", "10 000 €"),
        ("東京\u3000大阪", "東京 大阪"),
        ("a\t b   c", "a b c"),
        ("one\r\ntwo\rthree\u2028four", "one\ntwo\nthree\nfour"),
        ("cafe\u0301", "caf\u00e9"),
        ("x\u00b2 and \u2460", "x\u00b2 and \u2460"),
    ],
)
def test_what_a_reader_cannot_see_is_resolved(raw: str, wanted: str) -> None:
    """Marks, controls, exotic spaces and decomposed letters become what a reader sees; compatibility forms stay."""
    assert wanted == clean(raw)


@pytest.mark.parametrize(
    "spelled",
    [
        "می\u200cخواهم",  # Persian
        "क्\u200dष",  # Hindi
        "❤\ufe0f and ☕\ufe0f",
        "👨\u200d👩\u200d👧",
        "👩🏽\u200d🚒",
        "😶\u200d🌫\ufe0f",
        "1\ufe0f\u20e3",
        "🏴\U000e0067\U000e0062\U000e0065\U000e006e\U000e0067\U000e007f",
        "葛\U000e0100城",
    ],
)
def test_an_invisible_character_that_spells_stays(spelled: str) -> None:
    """A joiner in Persian, Hindi or an emoji, and the selector of an emoji or a Han character, are spelling."""
    assert spelled == clean(spelled)
    assert 0 == hidden(spelled)


def test_a_wrapper_of_selectors_is_taken_off_and_the_emoji_kept() -> None:
    """Content credentials are hidden in a run of variation selectors behind U+FEFF; an emoji has one selector."""
    wrapped = "\ufeff" + "".join(map(chr, range(0xFE00, 0xFE10))) + "\U000e0110\U000e0111Lease signed ☕\ufe0f"

    assert "Lease signed ☕\ufe0f" == clean(wrapped)


def test_hidden_characters_are_counted_and_ordinary_ones_are_not() -> None:
    """A zero-width space tells of evasion; a soft hyphen, a byte order mark and a no-break space do not."""
    assert 2 == hidden("for\u200bmer offi\u2064cial")
    assert 0 == hidden("\ufeffsoft\u00adhyphen and\u00a0space, “quoted”")


@given(st.text(st.one_of(st.sampled_from(ODD), st.characters()), max_size=60))
def test_cleaning_twice_is_cleaning_once(raw: str) -> None:
    """A clean text is left alone, and it is in NFC and fit for UTF-8."""
    once = clean(raw)

    assert once == clean(once)
    assert unicodedata.is_normalized("NFC", once)
    assert once == once.encode().decode()


@given(st.text(max_size=30), st.text(max_size=200))
def test_a_canonical_text_is_its_own_canonical_text(headline: str, body: str) -> None:
    """Paragraphs are parted by one blank line, with one final newline; taking it again changes nothing."""
    made = canonical(headline, body)

    assert made == canonical("", made)
    assert made == "" or (made.endswith("\n") and not made.endswith("\n\n") and "\n\n\n" not in made)


@given(st.lists(st.from_regex(r"[a-z]{1,8}( [a-zé]{1,8}){0,5}", fullmatch=True), min_size=1, max_size=8))
def test_no_visible_word_is_lost(parts: list[str]) -> None:
    """Every word of headline and body stands in the canonical text, in order."""
    made = canonical(parts[0], "\n \n".join(parts[1:]))
    body = parts[2:] if parts[1:2] == parts[:1] else parts[1:]

    assert " ".join([parts[0], *body]).split() == made.split()


def test_a_headline_stands_above_the_body_once() -> None:
    """A body that repeats its headline does not double it; without a headline there are paragraphs only."""
    assert "Lease signed\n\nIt runs.\n" == canonical(" Lease\n signed ", "Lease signed\n\n\nIt runs.")
    assert "It runs.\n\nFor years.\n" == canonical("", "It runs.\nFor years.")
    assert "" == canonical("", " \n ")


def test_spans_and_lines_count_in_the_text() -> None:
    """A paragraph's span cuts its words out of the text; lines count from 1, blank ones too."""
    text = canonical("Lease signed", "It runs.\n\nFor 49 years.")

    assert ["Lease signed", "It runs.", "For 49 years."] == [text[start:end] for start, end in paragraphs(text)]
    assert 5 == line_of(text, text.index("49"))
    assert [] == paragraphs("")
