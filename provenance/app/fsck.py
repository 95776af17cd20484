"""The store examined, and the ledger held against it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from enum import Enum

from provenance.app.workspace import Workspace
from provenance.model import Revision, digest
from provenance.store import Damage


class Depth(Enum):
    """How closely to look."""

    FORM = "form"
    EVERYTHING = "everything"


@dataclass(frozen=True, slots=True)
class Findings:
    """What is damaged in the store, where the ledger differs from it, and what is worth saying although all is well."""

    damage: tuple[Damage, ...]
    differing: tuple[str, ...] = ()
    remarks: tuple[str, ...] = ()


def fsck(workspace: Workspace, depth: Depth = Depth.FORM) -> Findings:
    """Examine the store, and with EVERYTHING hold each revision in the ledger against it.

    A ledger that is behind is no damage. Raises DamageError for one that knows commits which the log lacks.
    """
    damage = workspace.store.fsck(deep=depth is Depth.EVERYTHING)
    if damage:
        return Findings(damage)
    remarks = _behind(workspace)
    return Findings((), tuple(_differing(workspace)) if depth is Depth.EVERYTHING else (), remarks)


def _behind(workspace: Workspace) -> tuple[str, ...]:
    facts = sum(1 for _ in workspace.store.log(since=workspace.ledger.cursor(), texts=False))
    if not facts:
        return ()
    return (f"The ledger is {facts} facts behind the store; the next command catches up.",)


def _differing(workspace: Workspace) -> Iterator[str]:
    """Name every revision of which the ledger says something else than the log up to its cursor."""
    held = {
        each.revision.id: (each.article, each.n, each.blob, each.text_digest) for each in workspace.ledger.revisions()
    }
    cursor = workspace.ledger.cursor()
    for fact in workspace.store.log() if cursor else ():
        if isinstance(fact, Revision):
            known = held.pop(fact.id, None)
            if known != (fact.article, fact.n, fact.blob, digest(fact.text)):
                yield f"the ledger is wrong about {fact.article}@{fact.n}"
        if fact.id == cursor:
            break
    for article, n, _, _ in held.values():
        yield f"the ledger has {article}@{n}, which the store does not"
