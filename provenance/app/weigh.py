"""What a draft is against what the store holds: new, unchanged, delivered late, or the same bytes read anew."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import datetime
from hashlib import sha1

from provenance.errors import StaleDraftError
from provenance.model import Draft, Event, Metadata, Revision

FUTURE = "future-time"
"""The flag of a revision that states a time after it was seen: such a time is kept, and never used for order."""

Content = tuple[object, ...]
"""All of a state that makes it another revision when it differs."""


@dataclass(frozen=True, slots=True)
class Held:
    """What the store holds of one article: its current revision (without text) and the contents of the earlier ones."""

    current: Revision
    earlier: dict[Content, int]


def blob_id(text: str) -> str:
    """Name the git object that holds a text, as git would."""
    data = text.encode()
    return sha1(b"blob %d\0" % len(data) + data, usedforsecurity=False).hexdigest()


def content(metadata: Metadata, blob: str) -> Content:
    """Give what two states must share to be the same: text, fields that readers see, status and derivation."""
    shown = (metadata.headline, metadata.byline, metadata.notices, metadata.publisher)
    return (blob, *shown, metadata.status, metadata.copy_of)


def completed(metadata: Metadata, held: Held | None) -> Metadata:
    """Fill in from the current revision who publishes the article and what it is a copy of, where a draft is silent."""
    if held is None:
        return metadata
    known = held.current.metadata
    if (metadata.publisher or not known.publisher) and (metadata.copy_of or not known.copy_of):
        return metadata
    return replace(metadata, publisher=metadata.publisher or known.publisher, copy_of=metadata.copy_of or known.copy_of)


def weigh(
    metadata: Metadata, blob: str, observed_at: datetime, held: Held | None, *, technical: bool = False
) -> tuple[Event, int]:
    """Tell what became of a draft and which revision it is; a `technical` one is the current bytes read anew.

    Raises StaleDraftError for a text that is not held and that its own time places before the current revision.
    """
    if held is None:
        return Event.STORED, 0
    current = held.current
    it = content(metadata, blob)
    if it == content(current.metadata, current.blob):
        return Event.UNCHANGED, current.n
    stated = reliable(metadata.modified_at, observed_at)
    latest = reliable(current.metadata.modified_at, current.observed_at)
    if stated and latest and not technical:
        if it in held.earlier and stated <= latest:
            return Event.STALE, held.earlier[it]
        if stated < latest:
            raise StaleDraftError(
                f"{metadata.url}: modified {stated:%Y-%m-%d %H:%MZ}, before revision {current.n} "
                f"({latest:%Y-%m-%d %H:%MZ}), and new to the store",
                hint="revisions are stored oldest first; if the time is wrong, say --modified",
            )
    return Event.STORED, current.n + 1


def reliable(stated: datetime | None, observed_at: datetime | None) -> datetime | None:
    """Give a stated time where it can be used for order: none that lies after the article was seen."""
    if stated is None or (observed_at is not None and stated > observed_at):
        return None
    return stated


def flags(draft: Draft, observed_at: datetime) -> tuple[str, ...]:
    """Give a draft's flags, with one more where a time that it states lies after it was seen."""
    times = (draft.metadata.published_at, draft.metadata.modified_at)
    late = any(time is not None and time > observed_at for time in times)
    return (*draft.flags, FUTURE) if late and FUTURE not in draft.flags else draft.flags
