"""The ledger held against the store: the file in itself, and each row against a ledger that is worked out anew."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

from provenance.app.catch_up import conclude
from provenance.app.scratch import scratch
from provenance.app.workspace import Annex, Workspace
from provenance.errors import DamageError
from provenance.ledger import Condition, Ledger, inspection
from provenance.ledger.inspection import Difference, Known

_TRIES = 5
_REBUILD = "run `prov rebuild`"


@dataclass(frozen=True, slots=True)
class Wrong:
    """Something in the ledger that is not as it must be, of which article ("" where it is of none or not known)."""

    article: str
    message: str
    remedy: str = _REBUILD


def broken(workspace: Workspace) -> tuple[Wrong, ...]:
    """Say that the ledger cannot be read at all, where it cannot. Raises LedgerRefusedError for a foreign one."""
    if workspace.ledger.condition is Condition.DAMAGED:
        return (Wrong("", f"{workspace.ledger.where}: the ledger is damaged and cannot be read"),)
    try:
        workspace.ledger.cursor()
    except DamageError as error:
        return (Wrong("", str(error)),)
    return ()


def articles(workspace: Workspace, objects: Collection[str]) -> dict[str, str]:
    """Give the articles of commits and texts, by the ids of the objects, as the ledger knows them."""
    found: dict[str, str] = {}
    with suppress(DamageError):  # then it does not know
        for known in inspection.known(workspace.ledger.place):
            found |= {each: known.article for each in (known.commit, known.blob) if each in objects}
    return found


def unknown(workspace: Workspace) -> Iterator[Known]:
    """Give the first revision of each article that the ledger has and the log does not."""
    log = {fact.id for fact in workspace.store.log(texts=False)}
    named: set[str] = set()
    for known in inspection.known(workspace.ledger.place):
        if known.commit not in log and known.article not in named:
            named.add(known.article)
            yield known


def differing(workspace: Workspace) -> tuple[Wrong, ...]:
    """Name every article of which the ledger says something else than one that is worked out from the same facts."""
    ledger = workspace.ledger
    condition = ledger.condition
    if condition not in {Condition.READY, Condition.OLD_SCHEMA}:
        return ()  # it is new, or of another engine, and the next command works it out
    try:
        found = [Wrong("", f"{ledger.where}: {each}") for each in inspection.objections(ledger.place)]
        if not found:
            found = list(_differing(workspace) if condition is Condition.READY else _misnamed(workspace))
    except DamageError as error:
        return (Wrong("", str(error)),)
    return tuple(found)


def _misnamed(workspace: Workspace) -> Iterator[Wrong]:
    with scratch(workspace.path) as folder:
        if inspection.misnamed(workspace.ledger.place, folder / "spare.sqlite"):
            yield Wrong("", f"{workspace.ledger.where}: its tables are of today, and it says that they are older")


def _differing(workspace: Workspace) -> Iterator[Wrong]:
    found = None
    with scratch(workspace.path) as folder:
        for _ in range(_TRIES):
            if found is None:  # others may catch up meanwhile, and then there is a little more to work out
                found = _differences(workspace, folder)
        if found is None:
            with workspace.locked():
                found = _differences(workspace, folder)
    tables: dict[str, list[str]] = {}
    for each in found or ():
        tables.setdefault(each.article, []).append(each.table)
    for article, wrong in sorted(tables.items()):
        yield Wrong(article, f"the ledger is wrong about {article or 'the store'}: {', '.join(sorted(wrong))}")


def _differences(workspace: Workspace, folder: Path) -> list[Difference] | None:
    """Work the ledger out, or on, in a folder, and compare; None where it has moved on since."""
    with Ledger.open(folder / "ledger.sqlite", workspace.engine) as fresh:
        conclude(Annex(workspace.path, workspace, fresh, workspace.ledger.cursor()))
        return inspection.differences(workspace.ledger.place, fresh.place, folder / "spare.sqlite")
