"""What a draft is against what the store holds."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from provenance.app.weigh import FUTURE, Held, blob_id, completed, content, flags, weigh
from provenance.errors import StaleDraftError
from provenance.model import Draft, Event, Metadata, Revision

NINE = datetime(2025, 3, 4, 9, 0, tzinfo=UTC)
TEN, ELEVEN, NOON = (NINE + timedelta(hours=hours) for hours in (1, 2, 3))
PAGE = Metadata(url="https://wire.example/a", publisher="Wire", headline="Three died", modified_at=TEN)


def held(text: str, metadata: Metadata = PAGE, *earlier: tuple[str, Metadata]) -> Held:
    """Hold a current revision after earlier ones."""
    current = Revision(metadata, n=len(earlier), observed_at=TEN, blob=blob_id(text))
    return Held(current, {content(each, blob_id(old)): n for n, (old, each) in enumerate(earlier)})


def weighed(text: str, metadata: Metadata, against: Held | None, at: datetime = NOON) -> tuple[Event, int]:
    """Weigh a draft that was seen at noon."""
    return weigh(metadata, blob_id(text), at, against)


def test_the_first_draft_of_an_article_is_revision_0() -> None:
    """An article that is not held starts at 0."""
    assert (Event.STORED, 0) == weighed("A", PAGE, None)


def test_the_same_draft_again_is_unchanged() -> None:
    """The same text and fields make no new revision, whatever time they state."""
    later = replace(PAGE, modified_at=ELEVEN)

    assert (Event.UNCHANGED, 0) == weighed("A", later, held("A"))


@pytest.mark.parametrize("field", ["headline", "byline", "publisher", "copy_of"])
def test_another_field_is_another_revision(field: str) -> None:
    """What a reader sees beside the text counts as well."""
    assert (Event.STORED, 1) == weighed("A", replace(PAGE, **{field: "other"}), held("A"))


def test_an_earlier_revision_delivered_again_is_stale() -> None:
    """A text that was there before, stated to be no newer than the current one, takes nothing back."""
    old = replace(PAGE, modified_at=NINE)

    assert (Event.STALE, 0) == weighed("A", old, held("B", PAGE, ("A", old)))


@pytest.mark.parametrize("modified", [ELEVEN, None])
def test_a_text_that_comes_back_is_a_third_revision(modified: datetime | None) -> None:
    """A → B → A with a later time, or none, is three revisions: the publisher took the change back."""
    again = replace(PAGE, modified_at=modified)

    assert (Event.STORED, 2) == weighed("A", again, held("B", PAGE, ("A", replace(PAGE, modified_at=NINE))))


def test_an_unknown_text_from_before_the_current_one_is_refused() -> None:
    """A text that is new to the store but older than its current revision has no place after it."""
    with pytest.raises(StaleDraftError, match="before revision 0") as refused:
        weighed("C", replace(PAGE, modified_at=NINE), held("B"))

    assert "--modified" in refused.value.hint


def test_a_time_after_it_was_seen_is_flagged_and_orders_nothing() -> None:
    """A clock that lies in the future neither refuses the next draft nor is believed itself."""
    lying = replace(PAGE, modified_at=NINE + timedelta(days=18_000))

    assert (Event.STORED, 1) == weighed("B", PAGE, held("A", lying))
    assert (Event.STORED, 1) == weighed("B", lying, held("A"))
    assert (FUTURE,) == flags(Draft(lying, "A"), NOON)
    assert () == flags(Draft(PAGE, "A"), NOON)


def test_a_draft_that_is_silent_about_it_keeps_publisher_and_derivation() -> None:
    """Who publishes an article and what it is a copy of hold until a draft says otherwise."""
    known = held("A", replace(PAGE, copy_of="https://wire.example/up"))
    silent = replace(PAGE, publisher="", copy_of="")

    assert ("Wire", "https://wire.example/up") == (completed(silent, known).publisher, completed(silent, known).copy_of)
    assert silent is completed(silent, None)
