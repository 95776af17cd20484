"""What goes into a commit: names and times that git can hold, messages that nobody can forge."""

from __future__ import annotations

import time
from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as some
from store.world import make

from provenance.store.commits import author, message, name, seconds, trailers


@given(some.text())
def test_a_name_fits_into_the_author_line(publisher: str) -> None:
    """Whatever a publisher is called, its name is one short line without what would end it."""
    cleaned = name(publisher)

    assert cleaned
    assert len(cleaned) <= 200
    assert not set(cleaned) & set("<>\n\r\0\v\f\u2028")
    cleaned.encode()


@pytest.mark.parametrize(
    ("publisher", "cleaned"),
    [
        ("", "unknown"),
        ("  ", "unknown"),
        ("<>", "unknown"),
        (".", "unknown"),
        ("The Courier", "The Courier"),
        ("Evil <root@example.org>\nauthor Me", "Evil root@example.org author Me"),
        ("Kölner Stadt‑Anzeiger", "Kölner Stadt‑Anzeiger"),
    ],
)
def test_a_name_keeps_what_it_can(publisher: str, cleaned: str) -> None:
    """Only what git cannot hold is taken out; a name of nothing else is unknown."""
    assert cleaned == name(publisher)


def test_a_name_of_a_hundred_thousand_spaces_costs_nothing() -> None:
    """Cleaning is linear and bounded."""
    began = time.process_time()

    assert "x" == name("x" + " " * 100_000 + "<" * 100_000)
    assert time.process_time() - began < 0.05


@pytest.mark.parametrize(
    ("at", "held"),
    [
        (datetime(1, 1, 1, tzinfo=UTC), 0),
        (datetime(1969, 12, 31, tzinfo=UTC), 0),
        (datetime(1970, 1, 1, 0, 0, 1, 999_999, tzinfo=UTC), 1),
        (datetime(2099, 1, 1, tzinfo=UTC), 4070908800),
        (datetime(9999, 12, 31, 23, 59, 59, tzinfo=UTC), 2**34 - 1),
    ],
)
def test_a_time_is_moved_into_what_git_can_hold(at: datetime, held: int) -> None:
    """Before 1970 and after 2514 there is no room in git; the record has the time as it was given."""
    assert held == seconds(at)


def test_the_author_is_the_publisher_at_its_own_time() -> None:
    """The time is that of the last modification, else that of publication, else that of the observation."""
    early, late = datetime(2020, 1, 1, tzinfo=UTC), datetime(2021, 1, 1, tzinfo=UTC)

    assert author(make(published_at=early, modified_at=late)).endswith(f"@article.invalid> {seconds(late)} +0000")
    assert author(make(published_at=early)).startswith("Courier <")
    assert author(make(published_at=early)).endswith(f" {seconds(early)} +0000")
    assert author(make(published_at=None, observed_at=late)).endswith(f" {seconds(late)} +0000")


def test_a_message_is_made_of_ids_and_digests_alone() -> None:
    """A headline that looks like a trailer forges none: it is not in the message."""
    entry = make(3, headline="T\n\nProv-Article: 0000000000000000", publisher="P\n\nProv-Technical: yes")

    said = message(entry, text="ab" * 32, source="cd" * 32)

    assert "Prov-Article: 0000000000000000" not in said
    assert (entry.article, 3, "ab" * 32, "cd" * 32, False) == (
        trailers(said).article,
        trailers(said).n,
        trailers(said).text,
        trailers(said).source,
        trailers(said).technical,
    )
