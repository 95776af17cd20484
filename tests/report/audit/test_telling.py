"""Sentences and addresses of a report: what is sent about each sort of miss, where a link may lead, how words run."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from provenance.model import Edit, EditStanding, Kind, Op, State, Update
from provenance.model.audits import Miss
from provenance.report.audit.foreign import direction, href, language
from provenance.report.audit.passages import Passage, Sort
from provenance.report.audit.requests import request
from provenance.report.audit.telling import lasting

OUT = datetime(2025, 5, 12, 8, 0, tzinfo=UTC)
EDIT = Edit(0, Op.REPLACE, (), "3.4", "4.3")
UPDATE = Update("u", 1, Kind.CORRECTION, declared=True, because="the notice corrects it", edits=(EDIT,))
QUOTE, WANTED = "It costs 3.4 million.", "It costs 4.3 million."


def passage(sort: Sort, update: Update = UPDATE, quote: str = QUOTE, wanted: str = WANTED) -> Passage:
    """Give a passage in line 7 of a copy."""
    standing = EditStanding(0, State.MISSING, 0.98, "", line=7 if quote else None, quote=quote, wanted=wanted)
    return Passage(update, sort, (Miss(update, EDIT, standing, quote),), (), ())


def test_what_is_sent_names_the_line_both_wordings_and_the_day() -> None:
    """The page's words, the article's words, and what was done when: nothing about anybody's reasons."""
    assert request(passage(Sort.CHANGED), OUT) == (
        "In line 7 your page says “It costs 3.4 million.” The article now says “It costs 4.3 million.” "
        "(correction of 12 May 2025, 08:00 UTC)."
    )


def test_a_silent_update_is_not_called_a_correction() -> None:
    """Its publisher never said so: that it was changed is all that is known."""
    said = request(passage(Sort.CHANGED, replace(UPDATE, declared=False)), OUT)

    assert said.endswith("(changed on 12 May 2025, 08:00 UTC; no note says so).")


def test_what_is_lacking_is_given_with_the_passage_beside_it() -> None:
    """A place is named where one is known, and none is made up where the copy has nothing near it."""
    added = replace(UPDATE, kind=Kind.DEVELOPMENT)

    assert request(passage(Sort.LACKING, added), OUT) == (
        "The article now also says “It costs 4.3 million.” (update of 12 May 2025, 08:00 UTC); your page does not. "
        "The passage beside it (line 7) is “It costs 3.4 million.”"
    )
    assert "beside" not in request(passage(Sort.LACKING, added, quote=""), OUT)


def test_what_was_taken_out_is_asked_to_go() -> None:
    """The article no longer says it."""
    assert request(passage(Sort.GONE, wanted=""), OUT) == (
        "In line 7 your page says “It costs 3.4 million.” The article no longer says so "
        "(correction of 12 May 2025, 08:00 UTC)."
    )


def test_a_withdrawn_article_must_not_be_used() -> None:
    """One sentence of it shows that it is still there."""
    withdrawn = replace(UPDATE, kind=Kind.RETRACTION)

    assert request(passage(Sort.WITHDRAWN, withdrawn), OUT) == (
        "Your page still runs this article: “It costs 3.4 million.” (line 7). "
        "The article was withdrawn on 12 May 2025, 08:00 UTC and must not be used any more."
    )


def test_words_with_quotation_marks_stand_in_others() -> None:
    """A quotation within a quotation can be told from it."""
    said = request(passage(Sort.CHANGED, quote='"It costs 3.4 million," she said.'), OUT)

    assert 'says ‘"It costs 3.4 million," she said.’' in said


@pytest.mark.parametrize(
    "url",
    [
        "javascript:alert(1)",
        "JAVA\tSCRIPT:alert(1)",
        "data:text/html,x",
        "//evil.example/",
        "https:///x",
        "https://user:pass@good.example/",
        "https://good.example\\@evil.example/",
        "https://good.example:99999/",
        "https://file.invalid/a.md",
        "https://a..example/",
        "https://a b.example/",
        "https://good.example/\u202ex",
        "",
    ],
)
def test_an_address_that_is_not_plainly_one_is_no_link(url: str) -> None:
    """Only http and https lead somewhere, to a host, without a name and password in between."""
    assert "" == href(url)


@pytest.mark.parametrize(
    ("url", "found"),
    [
        ("https://good.example/a-b/c_d.html", "https://good.example/a-b/c_d.html"),
        ("http://good.example", "http://good.example"),
        ("https://good.example/a b?q=<x>#é", "https://good.example/a%20b?q=%3Cx%3E#%C3%A9"),
        ("https://good.example/100%", "https://good.example/100%25"),
        ("https://bücher.example/ü", "https://xn--bcher-kva.example/%C3%BC"),
        ("https://good.example:8443/x", "https://good.example:8443/x"),
    ],
)
def test_an_address_is_written_as_a_page_may_hold_it(url: str, found: str) -> None:
    """What is no part of an address is escaped."""
    assert found == href(url)


def test_words_run_as_most_of_their_letters_do() -> None:
    """Figures alone run as their language does."""
    assert "rtl" == direction("توقف محطة (ABC) تحلية المياه")
    assert "ltr" == direction("The word توقف in a sentence")
    assert ("rtl", "ltr") == (direction("60", "ar"), direction("60", "de"))


def test_a_language_is_named_only_by_a_tag() -> None:
    """What is no tag names none."""
    tags = ("ar", "pt_BR", "zh-Hant-TW", "e", "<script>", "")

    assert ["ar", "pt-BR", "zh-Hant-TW", "", "", ""] == list(map(language, tags))


def test_lengths_of_time_are_told_in_two_units() -> None:
    """The two largest are enough."""
    lengths = (timedelta(days=2, hours=3, minutes=9), timedelta(minutes=61), timedelta(seconds=9), timedelta(days=7))

    assert ["2 days 3 hours", "1 hour 1 minute", "less than a minute", "7 days"] == list(map(lasting, lengths))
