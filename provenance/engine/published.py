"""When each revision of an article came out: the time that it claims, as far as that can be believed."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from provenance.model import Revision


def published(revisions: Sequence[Revision]) -> dict[int, datetime | None]:
    """Give when each revision came out: the time it claims, unless that is the one before's, or we saw it earlier."""
    found: dict[int, datetime | None] = {}
    last: datetime | None = None
    for revision in revisions:
        claimed, seen = revision.metadata.modified_at, revision.observed_at
        if claimed and last and claimed <= last:
            claimed = None  # changed without a word: only our own clock tells when
        found[revision.n] = min(claimed, seen) if claimed and seen else claimed or seen
        last = revision.metadata.modified_at or last
    return found


def stated(revision: Revision) -> datetime | None:
    """Give the time that a revision states, None where it lies after we saw it: such a time orders nothing."""
    time, seen = revision.metadata.modified_at or revision.metadata.published_at, revision.observed_at
    return None if time and seen and time > seen else time
