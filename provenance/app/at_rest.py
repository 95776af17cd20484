"""A store as it is at one moment, for whoever looks at it for long while others write."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from provenance.app.catch_up import catch_up
from provenance.app.scratch import scratch
from provenance.app.workspace import Annex, Workspace


@contextmanager
def at_rest(workspace: Workspace) -> Iterator[Workspace]:
    """Give the store with a copy of its ledger, in a file to which nobody writes.

    To keep the ledger itself from going on would let writers wait for as long as somebody looks.
    """
    from provenance.ledger import Ledger

    catch_up(workspace)
    with scratch(workspace.path) as folder, Ledger.open(workspace.ledger.copied(folder), workspace.engine) as copy:
        yield Annex(workspace.path, workspace, copy, copy.cursor())
