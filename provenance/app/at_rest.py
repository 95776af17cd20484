"""A store as it is at one moment, for whoever looks at it for long while others write."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING

from provenance.app.catch_up import catch_up
from provenance.app.scratch import scratch
from provenance.app.workspace import Workspace

if TYPE_CHECKING:
    from provenance.ledger import Ledger
    from provenance.meaning.model import Model
    from provenance.store import Store


@dataclass(frozen=True)
class Still(Workspace):
    """A workspace over the facts that a copy of the ledger has read."""

    beside: Workspace
    copy: Ledger

    @cached_property
    def store(self) -> Store:
        """Give the facts as they were when the copy was made."""
        return self.beside.store.until(self.copy.cursor())

    @cached_property
    def ledger(self) -> Ledger:
        """Give the copy, to which nobody writes."""
        return self.copy

    @cached_property
    def meaning(self) -> Model | None:
        """Give the same model."""
        return self.beside.meaning


@contextmanager
def at_rest(workspace: Workspace) -> Iterator[Workspace]:
    """Give the store with a copy of its ledger, in a file to which nobody writes.

    To keep the ledger itself from going on would let writers wait for as long as somebody looks.
    """
    from provenance.ledger import Ledger

    catch_up(workspace)
    with scratch(workspace.path) as folder, Ledger.open(workspace.ledger.copied(folder), workspace.engine) as copy:
        yield Still(workspace.path, workspace, copy)
