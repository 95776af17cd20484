"""Markdown becomes what its reader sees, and its front matter what it was written as."""

from __future__ import annotations

import time
from datetime import UTC, datetime

import pytest

from provenance.errors import SourceError
from provenance.sources import markdown


def front(yaml: str) -> bytes:
    """Give a document with some front matter."""
    return f"---\n{yaml}\n---\n\nIt *runs* for 49 years.\n".encode()


def test_markup_becomes_words() -> None:
    """Emphasis, links, lists, quotes, code, HTML and entities are what a browser would show; struck words are gone."""
    source = b"""# Lease *signed*

The [council](https://c.example) voted
on Monday &amp; **left**.

* one
* two

> Nobody asked.

<p class="authors">by <b>Ann</b></p><!-- more -->

It costs ~~40~~ 41 euros in `cash`, see <https://x.example>.\\
Line two.
"""
    found = markdown.read(source)

    assert [
        "Lease signed",
        "The council voted on Monday & left.",
        "one",
        "two",
        "Nobody asked.",
        "by Ann",
        "It costs 41 euros in cash, see https://x.example.",
        "Line two.",
    ] == found.text.strip().split("\n\n")
    assert "Lease signed" == found.headline
    assert found.reader.startswith("markdown markdown-it-py/")


def test_front_matter_says_what_the_article_is() -> None:
    """Title, authors, dates, canonical URL and a correction are metadata; what is unknown is kept."""
    found = markdown.read(
        front(
            "title: Lease signed\nauthors: [Ann Smith, Bo Lind]\ndate: 2025-03-04\n"
            "last_modified_at: 2025-03-05T10:00:00+01:00\n"
            "canonical_url: https://courier.example/a\nlang: en\ncorrection: It was 49.\ntags: [a, b]\nstatus: draft"
        )
    )

    assert ("Lease signed", "Ann Smith, Bo Lind", "en") == (found.headline, found.byline, found.language)
    assert datetime(2025, 3, 4, tzinfo=UTC) == found.published
    assert datetime(2025, 3, 5, 9, tzinfo=UTC) == found.modified
    assert "https://courier.example/a" == found.url
    assert ("It was 49.",) == found.notices
    assert {"tags": ["a", "b"]} == dict(found.extra)
    assert "Lease signed\n\nIt runs for 49 years.\n" == found.text


@pytest.mark.parametrize("value", ["NO", "2024-01-01", "1e3", "0x10", "null"])
def test_a_scalar_stays_as_it_was_written(value: str) -> None:
    """YAML's ideas of booleans, dates and numbers are not the author's."""
    assert value == markdown.read(front(f"title: {value}")).headline


@pytest.mark.parametrize(
    ("yaml", "message"),
    [
        ("a: !!python/object/apply:os.system ['true']", "tags not allowed"),
        ("a: &a [x]\nb: [*a, *a]", "aliases not allowed"),
        ("a: " + "[" * 5000, "nested too deep"),
        ("a: [", "not YAML"),
        ("just words", "not a list of names"),
        ("a: " + "x" * 300_000, "too large"),
    ],
)
def test_a_trap_in_front_matter_is_refused_at_once(yaml: str, message: str) -> None:
    """Tags, aliases, depth and size cost nothing and make nothing."""
    begin = time.process_time()
    with pytest.raises(SourceError, match=message):
        markdown.read(front(yaml))

    assert time.process_time() - begin < 1


def test_a_rule_at_the_top_is_no_front_matter() -> None:
    """A document without a second `---` has none, and loses nothing."""
    assert "One.\n\nTwo.\n" == markdown.read(b"---\n\nOne.\n\nTwo.\n").text


def test_markdown_without_words_is_no_article() -> None:
    """Front matter alone is no article."""
    with pytest.raises(SourceError, match="no article text"):
        markdown.read(b"---\nurl: https://x.example/a\n---\n")


def test_quotes_in_quotes_do_not_swallow_text() -> None:
    """What the parser would drop for its depth is refused instead."""
    with pytest.raises(SourceError, match="nested too deep"):
        markdown.read(b">" * 300 + b" deep words\n")
