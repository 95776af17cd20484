"""The store examined, and the ledger held against it."""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum

from provenance.app.workspace import Workspace
from provenance.store import Damage


class Depth(Enum):
    """How closely to look."""

    FORM = "form"
    EVERYTHING = "everything"


@dataclass(frozen=True, slots=True)
class Findings:
    """What is damaged, and what is worth saying although nothing is."""

    damage: tuple[Damage, ...]
    remarks: tuple[str, ...]


def fsck(workspace: Workspace, depth: Depth = Depth.FORM) -> Findings:
    """Examine the store; a ledger that is behind is no damage, one that knows commits which the log lacks is."""
    damage = workspace.store.fsck(deep=depth is Depth.EVERYTHING)
    return Findings(damage, () if damage else _behind(workspace))


def _behind(workspace: Workspace) -> tuple[str, ...]:
    facts = sum(1 for _ in workspace.store.log(since=workspace.ledger.cursor(), texts=False))
    if not facts:
        return ()
    return (f"The ledger is {facts} facts behind the store; the next command catches up.",)
