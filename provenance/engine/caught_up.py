"""Caught up: when a copy was first seen to carry an update, and when it was last seen without it.

The copy's last revision was judged already. Earlier ones are judged against the article as it stands now, from the
last one back, for as long as one was observed after an update came out that all later ones carry; or up to one that was
judged so before.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from provenance.model import Copy, Sighting, Standing, State, Update

Shown = Callable[[int], Sequence[Standing]]
"""Gives what an earlier revision of the copy, by its number, shows of each update."""

_LACKING = (State.MISSING, State.PARTIAL)
_LACKED = (*_LACKING, State.UNSEEN)
"""What an earlier verdict says where it was made before anybody had looked again."""


@dataclass(frozen=True, slots=True)
class _Run:
    """Revisions of a copy up to its last one that all carry an update, and when the first of them was first seen."""

    out: datetime | None
    first_seen: datetime | None
    last_missing: datetime | None = None
    ended: bool = False


def caught_up(
    copy: Copy,
    updates: Iterable[Update],
    out: Mapping[int, datetime | None],
    sightings: Sequence[Sighting],
    shown: Shown,
    before: Copy | None = None,
) -> Copy:
    """Say of each update when the copy was first seen to carry it, and last seen without it, after it came out.

    `out` says when each revision of the article came out; `sightings` are those of the copy's revisions, up to the one
    that was judged. `before` is what came of it or of an earlier revision, with the article as it stands now.
    """
    came = {update.id: out.get(update.revision) for update in updates}
    last = sightings[copy.revision]
    runs = {
        each.update: _Run(came[each.update], last.first or last.last)
        for each in copy.standings
        if each.state is State.CARRIED
    }
    known = {each.update: each for each in before.standings} if before else {}
    if before and before.revision == copy.revision:
        still = {name: each for name, each in known.items() if name in runs and each.state is State.CARRIED}
        runs |= {name: _continued(runs[name], last, each) for name, each in still.items()}
    for sighting in reversed(sightings[: copy.revision]):
        open_ends = [name for name, run in runs.items() if not run.ended and _after(sighting.last, run.out)]
        if not open_ends:
            break
        if before and sighting.n == before.revision:
            runs |= {name: _continued(runs[name], sighting, known.get(name)) for name in open_ends}
            break
        states = {each.update: each.state for each in shown(sighting.n)}
        runs |= {name: _before(runs[name], sighting, states.get(name)) for name in open_ends}
    return replace(copy, standings=tuple(_told(each, runs, came, last.last) for each in copy.standings))


def _before(run: _Run, sighting: Sighting, state: State | None) -> _Run:
    """Go on with the revision before a run: it is part of it, or ends it."""
    if state is State.CARRIED:
        return replace(run, first_seen=sighting.first or sighting.last or run.first_seen)
    return replace(run, ended=True, last_missing=sighting.last if state in _LACKING else None)


def _continued(run: _Run, sighting: Sighting, standing: Standing | None) -> _Run:
    """Go on with what is known of all revisions up to one."""
    if standing and standing.state is State.CARRIED:
        first_seen = standing.first_seen or run.first_seen
        return replace(run, first_seen=first_seen, last_missing=standing.last_missing, ended=True)
    return replace(run, last_missing=sighting.last if standing and standing.state in _LACKED else None, ended=True)


def _told(
    standing: Standing, runs: Mapping[str, _Run], came: Mapping[str, datetime | None], seen: datetime | None
) -> Standing:
    if run := runs.get(standing.update):
        return replace(standing, first_seen=run.first_seen, last_missing=run.last_missing)
    if standing.state in _LACKING:
        return replace(standing, last_missing=seen if _after(seen, came[standing.update]) else None)
    return standing


def _after(at: datetime | None, out: datetime | None) -> bool:
    return at is None or out is None or at >= out
