"""`prov report`: the audit of a store at a moment, its front read at once and its chapters when they are asked for."""

from __future__ import annotations

from datetime import datetime

from provenance.app.audit.chapters import Reading
from provenance.app.audit.front import Front
from provenance.app.audit.moments import came_out
from provenance.app.audit.scope import fitted, histories
from provenance.app.catch_up import Progress, catch_up, silently
from provenance.app.workspace import Workspace
from provenance.model.audits import Audit, Measures, Scope


def audit(
    workspace: Workspace, scope: Scope, now: datetime, progress: Progress = silently, *, beside: bool = True
) -> Audit:
    """Give all that a store shows of what is asked for; the ledger catches up first.

    `progress` is told how many chapters have been read. Without `beside` no texts are read: no two are laid beside each
    other, and no disguised words are looked for.
    """
    catch_up(workspace)
    front = Front(scope)
    for history in histories(workspace, scope):
        out = came_out(history.revisions)
        if left := fitted(history, scope, out):
            front.take(left, out)
    entries = front.contents()
    reading = Reading(workspace, scope, beside, progress)
    return Audit(
        scope=scope,
        now=now,
        head=workspace.ledger.cursor(),
        engine=workspace.engine,
        totals=front.totals(),
        measures=Measures(),
        entries=entries,
        chapters=lambda: reading.chapters(entries),
    )
