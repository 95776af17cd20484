"""When what is in an audit came out, and how grave that is which a copy still shows as it was."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from datetime import UTC, datetime
from typing import NamedTuple

from provenance.engine.published import published
from provenance.model import Copy, CopyState, Kind, Revision, State, Update

Out = Mapping[int, datetime | None]
"""When each revision of an article came out, by its number."""

EVER = datetime.max.replace(tzinfo=UTC)
LACKING = (State.MISSING, State.PARTIAL)
WRONG = (Kind.CLARIFICATION, Kind.CORRECTION, Kind.RETRACTION)
"""The kinds of update after which the old text is uncorrected."""
_WORST_FIRST = {state: place for place, state in enumerate(CopyState)}


def came_out(revisions: Sequence[Revision]) -> dict[int, datetime | None]:
    """Give when each revision came out; the first one of an article that was never changed, when it was published."""
    found = published(revisions)
    first = revisions[0]
    stated, seen = first.metadata.published_at, first.observed_at
    if stated and not first.metadata.modified_at:
        found[first.n] = min(stated, seen) if seen else stated
    return found


def is_late(n: int, since: datetime | None, out: Out) -> bool:
    """Tell whether a revision came out at a time or after it; what is not known is not left out."""
    at = out.get(n)
    return at is None or since is None or at >= since


class Missed(NamedTuple):
    """An update that a copy misses or has in part, and when it came out."""

    update: Update
    since: datetime | None


def missed(copy: Copy, updates: Mapping[str, Update], out: Out) -> Iterator[Missed]:
    """Yield what a copy misses; one that is withdrawn shows nothing any more."""
    if copy.state is CopyState.WITHDRAWN:
        return
    for standing in copy.standings:
        if standing.state in LACKING:
            update = updates[standing.update]
            yield Missed(update, out.get(update.revision))


def gravest(found: Sequence[Missed]) -> Missed | None:
    """Choose the gravest update of those missed, and of equally grave ones the first that came out."""
    return min(found, key=lambda each: (-each.update.kind.rank, each.since or EVER), default=None)


def worst_first(copy: Copy, updates: Mapping[str, Update], out: Out) -> tuple[object, ...]:
    """Give the key by which copies are sorted: the worst state, then the gravest update missed, then the longest."""
    worst = gravest(list(missed(copy, updates, out)))
    rank, since = (worst.update.kind.rank, worst.since) if worst else (-1, None)
    return (_WORST_FIRST[copy.state], -rank, since or EVER, copy.article)


def state_place(state: CopyState) -> int:
    """Give 0 for the worst state of a copy, and more for each milder one."""
    return _WORST_FIRST[state]
