"""Patching: what to change in a copy's text so that it carries what it misses, and what cannot be placed.

`patch` is the one entry. `proposals` says what could be put in for an edit, `mending` puts it to the proof.
"""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import replace

from provenance.engine import standings
from provenance.engine.alike import Meaning
from provenance.engine.patching.mending import WRONG, Mending, states
from provenance.engine.patching.splices import EditName, Splice, Spliced
from provenance.engine.patching.values import Left, Patch, Why
from provenance.engine.withdrawal import withdraws
from provenance.model import Copy, Revision, Update

__all__ = ["EditName", "Left", "Patch", "Splice", "Spliced", "Why", "patch"]


def patch(
    revisions: Sequence[Revision],
    updates: Sequence[Update],
    copy: Revision,
    skip: Collection[str] = (),
    meaning: Meaning | None = None,
) -> Patch:
    """Mend what a copy misses of the updates of its upstream, but for those in `skip` (ids).

    `revisions` come with their texts, oldest first; the copy is taken for one, whatever it shares with them. Nothing is
    placed in a copy of an article that is withdrawn. `meaning` is what verdicts on the copy are made with elsewhere.
    """

    def judge(text: str) -> Copy:
        revised = replace(copy, text=text)
        found = standings.judge(revisions, updates, revised, None, declared=True, meaning=meaning)
        assert found is not None  # it is declared
        return found

    wanted = [each for each in updates if each.id not in skip]
    before = judge(copy.text)
    if gone := _withdrawn(revisions, wanted, before):
        return Patch(Spliced(copy.text), gone, before, before)
    blocked: set[EditName] = set()
    while True:
        mending = Mending(revisions, wanted, copy.text, judge, blocked)
        found = mending.run()
        if mending.halves() <= blocked:
            return found
        blocked |= mending.halves()


def _withdrawn(revisions: Sequence[Revision], updates: Sequence[Update], copy: Copy) -> tuple[Left, ...]:
    shown = states(copy)
    return tuple(
        Left(update, edit, shown[update.id, edit.n], Why.WITHDRAWN)
        for update in updates
        if withdraws(update, revisions)
        for edit in update.edits
        if shown[update.id, edit.n].state in WRONG
    )
