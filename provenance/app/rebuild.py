"""The ledger worked out again from the store: the same call as catching up, from the beginning, on a ledger beside."""

from __future__ import annotations

from provenance.app.catch_up import CaughtUp, Progress, anew, conclude, silently
from provenance.app.workspace import Workspace


def rebuild(workspace: Workspace, progress: Progress = silently) -> CaughtUp:
    """Read the whole log into a new ledger, which then takes the place of the old one; its rows are the same.

    Until then everybody reads and writes the old one; only the last facts and the exchange are under the lock.
    """
    with anew(workspace) as fresh:
        done = conclude(fresh, progress)
        with workspace.locked():
            done += conclude(fresh, progress)
            workspace.ledger.replace(fresh.ledger)
    return done
