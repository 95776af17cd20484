"""The store examined, and the ledger held against it."""

from __future__ import annotations

from dataclasses import dataclass, replace
from enum import Enum

from provenance.app import ledger_fsck
from provenance.app.ledger_fsck import Wrong
from provenance.app.workspace import Workspace
from provenance.ledger import Condition
from provenance.store import Code, Damage, Remark

_CAUGHT_UP = "the next command catches up"


class Depth(Enum):
    """How closely to look."""

    FORM = "form"
    EVERYTHING = "everything"


@dataclass(frozen=True, slots=True)
class Findings:
    """What is damaged in the store, where the ledger differs from it, and what is worth saying although all is well."""

    damage: tuple[Damage, ...]
    differing: tuple[Wrong, ...] = ()
    remarks: tuple[Remark, ...] = ()

    @property
    def whole(self) -> bool:
        """Say whether all is as it must be."""
        return not self.damage and not self.differing


def fsck(workspace: Workspace, depth: Depth = Depth.FORM) -> Findings:
    """Examine the store and the ledger; with EVERYTHING each row of the ledger is held against one worked out anew.

    A ledger that is behind is no damage. One that has read commits which the log lacks is: the log was set back.
    """
    examined = workspace.store.examine(deep=depth is Depth.EVERYTHING)
    broken = ledger_fsck.broken(workspace)
    if broken:
        return Findings(examined.damage, broken, examined.remarks)
    damage = examined.damage
    if unnamed := {each.object for each in damage if not each.article}:
        damage = _named(damage, ledger_fsck.articles(workspace, unnamed))
    damage += _lost(workspace, damage)
    if damage:
        return Findings(damage, (), examined.remarks)
    wrong = ledger_fsck.differing(workspace) if depth is Depth.EVERYTHING else ()
    return Findings((), wrong, (*examined.remarks, *_behind(workspace)))


def _named(damage: tuple[Damage, ...], articles: dict[str, str]) -> tuple[Damage, ...]:
    return tuple(replace(each, article=each.article or articles.get(each.object, "")) for each in damage)


def _lost(workspace: Workspace, damage: tuple[Damage, ...]) -> tuple[Damage, ...]:
    """Name what the ledger has read and the log does not have any more, where the log can be read at all."""
    if any(each.code in {Code.BRANCH, Code.OBJECTS} for each in damage):
        return ()
    cursor = workspace.ledger.cursor()
    if workspace.store.follows(cursor):
        return ()
    head = workspace.store.head()
    where = f"the log is {f'at {head}' if head else 'empty'} and the ledger has read it up to {cursor}"
    remedy = "`prov fsck --repair` goes on from there where the commits are still held; else get them from a clone"
    back = "where an older store was put back on purpose, run `prov rebuild`"
    found = [
        Damage(Code.FOLLOWS, gone.commit, gone.article, f"{where}: revision {gone.n} is gone", remedy)
        for gone in ledger_fsck.unknown(workspace)
    ]
    return tuple(found) or (Damage(Code.FOLLOWS, cursor, "", f"{where}, which it does not follow", back),)


def _behind(workspace: Workspace) -> tuple[Remark, ...]:
    if workspace.ledger.condition is Condition.OTHER_ENGINE:
        return (Remark("The ledger was worked out by another engine.", "the next command works it out anew"),)
    facts = sum(1 for _ in workspace.store.log(since=workspace.ledger.cursor(), texts=False))
    return (Remark(f"The ledger is {facts} facts behind the store.", _CAUGHT_UP),) if facts else ()
