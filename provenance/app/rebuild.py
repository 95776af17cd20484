"""The ledger thrown away and worked out again from the store: the same call as catching up, from the beginning."""

from __future__ import annotations

from provenance.app.catch_up import CaughtUp, Progress, catch_up, silently
from provenance.app.workspace import Workspace


def rebuild(workspace: Workspace, progress: Progress = silently) -> CaughtUp:
    """Empty the ledger and read the whole log; the rows are those that were there."""
    with workspace.locked():
        workspace.ledger.reset()
        return catch_up(workspace, progress)
