"""The canonical JSON of the log: every value comes back, and the same value is always the same bytes."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta, timezone

import pytest
from hypothesis import given
from hypothesis import strategies as some

from provenance.errors import DamageError, DraftError
from provenance.model import ArticleId, Event, Metadata, Observation, Status
from provenance.store.codec import (
    Record,
    canonical,
    moment,
    read_observation,
    read_record,
    write_observation,
    write_record,
)

words = some.text(some.characters(exclude_categories=["Cs"]))
digests = some.text("0123456789abcdef", min_size=64, max_size=64)
times = some.datetimes(timezones=some.just(UTC))
values = some.recursive(
    some.none() | some.booleans() | some.integers() | some.floats(allow_nan=False, allow_infinity=False) | words,
    lambda inner: some.lists(inner) | some.dictionaries(words, inner),
    max_leaves=10,
)
records = some.builds(
    Record,
    metadata=some.builds(
        Metadata,
        url=words,
        publisher=words,
        headline=words,
        byline=words,
        language=words,
        published_at=some.none() | times,
        modified_at=some.none() | times,
        status=some.sampled_from(Status),
        notices=some.lists(words).map(tuple),
        copy_of=words,
        extra=some.dictionaries(words, values),
    ),
    n=some.integers(0, 10**6),
    text=digests,
    source=some.just("") | digests,
    reader=words,
    flags=some.lists(words).map(tuple),
)
observations = some.builds(
    Observation,
    article=some.text("0123456789abcdef", min_size=16, max_size=16).map(ArticleId),
    n=some.integers(0, 10**6),
    observed_at=times,
    event=some.sampled_from(Event),
    received=some.just("") | digests,
    origin=words,
)


@given(records)
def test_a_record_comes_back_as_it_went_in(record: Record) -> None:
    """Reading what was written gives the same value, and writing that the same bytes."""
    written = write_record(record)

    assert record == read_record(written)
    assert written == write_record(read_record(written))


@given(observations)
def test_a_line_of_a_run_comes_back_as_it_went_in(seen: Observation) -> None:
    """Reading what was written gives the same value; it is one line."""
    written = write_observation(seen)

    assert seen == read_observation(written)
    assert written.index(b"\n") == len(written) - 1


def test_keys_are_sorted_and_nothing_stands_between_tokens() -> None:
    """Two mappings that are equal have the same bytes, whatever the order in which they were filled."""
    assert b'{"a":"\xc3\xa9","b":[1,2]}\n' == canonical({"b": (1, 2), "a": "é"}) == canonical({"a": "é", "b": [1, 2]})


def test_what_utf8_and_json_have_no_word_for_is_replaced() -> None:
    """A lone surrogate becomes U+FFFD and a number that is none becomes null, instead of a crash."""
    assert '{"x":["\ufffd",null,null]}\n'.encode() == canonical({"x": ["\ud800", float("nan"), float("inf")]})


def test_metadata_that_json_cannot_hold_is_refused() -> None:
    """What is nested without end is a fault of the draft."""
    endless: list[object] = []
    for _ in range(100_000):
        endless = [endless]

    with pytest.raises(DraftError, match=r"nested too deep|cannot be kept"):
        canonical({"x": endless})


def test_a_time_is_written_in_utc() -> None:
    """Whatever its offset, the same moment is the same bytes."""
    at = datetime(2026, 1, 2, 3, 4, 5, tzinfo=timezone(timedelta(hours=2)))

    assert "2026-01-02T01:04:05Z" == moment(at) == moment(at.astimezone(UTC))


@pytest.mark.parametrize("at", [datetime(2026, 1, 2), datetime(1, 1, 1, tzinfo=timezone(timedelta(hours=2)))])  # noqa: DTZ001
def test_a_time_that_is_no_moment_is_refused(at: datetime) -> None:
    """A naive time, or one that does not exist in UTC, is a fault of the draft."""
    with pytest.raises(DraftError):
        moment(at)


@pytest.mark.parametrize("data", [b"", b"{}", b"[]", b"\xff", b'{"schema":"prov-article/2"}', b"{", b'"x"'])
def test_bytes_that_are_no_record_are_damage(data: bytes) -> None:
    """Whatever stands in the place of a record, the error says so and is not a crash."""
    with pytest.raises(DamageError):
        read_record(data)
    with pytest.raises(DamageError):
        read_observation(data)
