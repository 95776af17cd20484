"""The engine's verdict on a copy, with each sentence that should stand there written out.

The engine names the words that an edit brought. Whoever mends a copy needs the sentence that they stand in, as the
article has it now.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime

from provenance.engine import standings
from provenance.engine.alike import Meaning
from provenance.engine.lineage import Lineage
from provenance.model import Copy, Edit, EditStanding, Op, Revision, Standing, State, Update

_WRONG = (State.MISSING, State.PARTIAL)


def judge(
    revisions: Sequence[Revision],
    updates: Sequence[Update],
    copy: Revision,
    observed_at: datetime | None,
    *,
    declared: bool,
    meaning: Meaning | None = None,
) -> Copy | None:
    """Judge a copy against all updates of its upstream; None where it is not declared and no copy of it.

    `revisions` come with their texts, oldest first.
    """
    verdict = standings.judge(revisions, updates, copy, observed_at, declared=declared, meaning=meaning)
    if verdict is None:
        return None
    lineage = Lineage([revision.text for revision in revisions])
    by_id = {update.id: update for update in updates}
    return replace(
        verdict, standings=tuple(_written_out(each, by_id[each.update], lineage) for each in verdict.standings)
    )


def _written_out(standing: Standing, update: Update, lineage: Lineage) -> Standing:
    if update.told or not any(each.state in _WRONG for each in standing.edits):
        return standing
    edits = {edit.n: edit for edit in update.edits}
    return replace(
        standing, edits=tuple(_wanted(each, edits[each.n], update.revision, lineage) for each in standing.edits)
    )


def _wanted(standing: EditStanding, edit: Edit, revision: int, lineage: Lineage) -> EditStanding:
    if standing.state not in _WRONG or edit.after_span is None or edit.op not in {Op.INSERT, Op.REPLACE}:
        return standing
    last = len(lineage.texts) - 1
    now = lineage.sentence(edit.after_span, revision, last)
    sentence = now or lineage.sentence(edit.after_span, revision, revision)
    return replace(standing, wanted=sentence) if edit.after.strip() in sentence else standing
