"""`prov backup FILE`: all facts in one bundle, proved by restoring it before it takes its name."""

from __future__ import annotations

import os
from collections.abc import Iterable
from contextlib import contextmanager
from dataclasses import dataclass
from enum import Enum
from pathlib import Path
from typing import TYPE_CHECKING

from provenance.app.fsck import Findings, fsck
from provenance.app.scratch import scratch
from provenance.errors import DamageError, NotFoundError, StorageError, reason

if TYPE_CHECKING:
    from collections.abc import Iterator

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
    with _beside(file) as written:
        _write(written, workspace.store.bundle(head))
        facts = _proved(workspace, written, head)
        size = written.stat().st_size
        written.replace(file)
        workspace.store.flush(file.absolute().parent)
    return BackedUp(head, facts, size)


def _refuse(found: Findings) -> None:
    if found.damage:
        why = f"the store is damaged and was not backed up: {found.damage[0].code} {found.damage[0].message}"
        raise DamageError(why, hint="mend it with `prov fsck --repair`; --anyway backs up what can be read")


@contextmanager
def _beside(file: Path) -> Iterator[Path]:
    """Give a path beside a file to write to, which is removed where it did not take the file's place."""
    if file.is_symlink() or (file.exists() and not file.is_file()):
        raise StorageError(f"{file} is no regular file and was not written", hint="name another file")
    beside = file.with_name(f".{file.name}.{os.getpid()}")
    try:
        yield beside
    except OSError as error:
        why = reason(error)
        raise StorageError(f"cannot write {file}: {why}", hint="see who may write there") from error
    finally:
        beside.unlink(missing_ok=True)


def _write(file: Path, pieces: Iterable[bytes]) -> None:
    descriptor = os.open(file, os.O_WRONLY | os.O_CREAT | os.O_EXCL | os.O_NOFOLLOW, 0o600)
    with os.fdopen(descriptor, "wb") as out:
        for piece in pieces:
            out.write(piece)
        out.flush()
        os.fsync(out.fileno())


def _proved(workspace: Workspace, written: Path, head: str) -> int:
    """Restore what was written, examine it to the last byte, and give how many facts it holds."""
    from provenance.store.intake import take

    with scratch(workspace.path) as folder:
        restored = take(written, folder / "store")
        if restored.head() != head:
            raise DamageError(f"the backup ends at {restored.head()} instead of {head}", hint="run it again")
        return sum(1 for _ in restored.log(texts=False))
