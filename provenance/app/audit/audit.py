"""`prov report`: the audit of a store at a moment, its front read at once and its chapters when they are asked for."""

from __future__ import annotations

from datetime import datetime

from provenance.app.audit.chapters import Reading
from provenance.app.audit.front import Front
from provenance.app.audit.measures import Measuring
from provenance.app.audit.moments import Out, came_out
from provenance.app.audit.scope import fitted, histories
from provenance.app.batches import batches
from provenance.app.catch_up import Progress, catch_up, silently
from provenance.app.workspace import Workspace
from provenance.model import History
from provenance.model.audits import Audit, Scope

PAGE = 200
"""So many articles are looked at at once for the front."""


def audit(
    workspace: Workspace, scope: Scope, now: datetime, progress: Progress = silently, *, beside: bool = True
) -> Audit:
    """Give all that a store shows of what is asked for; the ledger catches up first.

    `progress` is told how many chapters have been read. Without `beside` no texts are read: no two are laid beside each
    other, and no disguised words are looked for. Where the ledger goes on before the last chapter is read, that raises
    StoreBusyError.
    """
    catch_up(workspace)
    head = workspace.ledger.cursor()
    front, measuring = Front(scope), Measuring()
    wanted = (found for history in histories(workspace, scope) if (found := _fitted(history, scope)))
    for page in batches(wanted, lambda each: len(each[0].copies), count=PAGE, most=10 * PAGE):
        arrivals = workspace.ledger.arrivals_of(copy.article for history, _ in page for copy in history.copies)
        for history, out in page:
            front.take(history, out)
            measuring.take(history, out, arrivals)
    entries = front.contents()
    reading = Reading(workspace, scope, beside, progress, head)
    return Audit(
        scope=scope,
        now=now,
        head=head,
        engine=workspace.engine,
        totals=front.totals(),
        measures=measuring.measures(),
        entries=entries,
        chapters=lambda: reading.chapters(entries),
    )


def _fitted(history: History, scope: Scope) -> tuple[History, Out] | None:
    out = came_out(history.revisions)
    left = fitted(history, scope, out)
    return (left, out) if left else None
