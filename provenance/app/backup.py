"""`prov backup FILE`: all facts in one bundle, proved by restoring it before it takes its name."""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum
from pathlib import Path
from typing import TYPE_CHECKING

from provenance.app.fsck import Findings, fsck
from provenance.app.replacing import beside, failed
from provenance.app.scratch import scratch
from provenance.errors import DamageError, NotFoundError, StorageError

if TYPE_CHECKING:
    from provenance.app.workspace import Workspace


@dataclass(frozen=True, slots=True)
class BackedUp:
    """What a backup holds: the last commit of the log, how many facts, and in how many bytes."""

    head: str
    facts: int
    size: int


class Damaged(Enum):
    """What to do about a store that is damaged."""

    REFUSED = "refused"
    ACCEPTED = "accepted"


def backup(workspace: Workspace, file: Path, damaged: Damaged = Damaged.REFUSED) -> BackedUp:
    """Write every fact into one file that only its owner may read, whole or not at all.

    Raises DamageError for a store that is damaged, NotFoundError for one without facts, StorageError where the file
    cannot be written.
    """
    if damaged is Damaged.REFUSED:
        _refuse(fsck(workspace))
    head = workspace.store.head()
    if not head:
        raise NotFoundError("there is nothing to back up: the store holds no facts", hint="run `prov ingest`")
    if file.is_symlink() or (file.exists() and not file.is_file()):
        raise StorageError(f"{file} is no regular file and was not written", hint="name another file")
    try:
        with beside(file, 0o600) as fresh:
            fresh.write(workspace.store.bundle(head))
            facts = _proved(workspace, fresh.path, head)
            size = fresh.path.stat().st_size
            fresh.put()
    except OSError as error:
        raise failed(file, error) from error
    return BackedUp(head, facts, size)


def _refuse(found: Findings) -> None:
    if found.damage:
        why = f"the store is damaged and was not backed up: {found.damage[0].code} {found.damage[0].message}"
        raise DamageError(why, hint="mend it with `prov fsck --repair`; --anyway backs up what can be read")


def _proved(workspace: Workspace, written: Path, head: str) -> int:
    """Restore what was written, examine it to the last byte, and give how many facts it holds."""
    from provenance.store.intake import take

    with scratch(workspace.path) as folder:
        restored = take(written, folder / "store")
        if restored.head() != head:
            raise DamageError(f"the backup ends at {restored.head()} instead of {head}", hint="run it again")
        return sum(1 for _ in restored.log(texts=False))
