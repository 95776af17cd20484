"""A SQLite file takes the place of another one while others read and write: all see the one or the other, whole.

A file must not vanish under a writer: its journal is found by the name, and would be played back into the new file. So
the exchange holds the old file's write lock, and whoever had opened the old file before goes on reading that, or is
told by SQLite that it was moved when it wants to write.
"""

from __future__ import annotations

import os
import re
import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path

from provenance.errors import StoreBusyError
from provenance.ledger.rows import PATIENCE

BESIDE = ("-journal", "-wal", "-shm")
"""The endings of what SQLite itself puts beside a file."""

_NEW = "-new-"


def place(path: Path) -> Path:
    """Give the path at which this process works out a file that is to take the place of another."""
    return Path(f"{path}{_NEW}{os.getpid()}")


def sweep(path: Path) -> None:
    """Remove what processes that died on the way have left."""
    for left in path.parent.glob(f"{path.name}{_NEW}*"):
        found = re.match(r"\d+", left.name.removeprefix(path.name + _NEW))
        if found and not _lives(int(found[0])):
            left.unlink(missing_ok=True)


def remove(path: Path) -> None:
    """Remove a file with all that SQLite put beside it."""
    # the file first: SQLite plays no journal back into a file that is empty
    for name in ("", *BESIDE):
        Path(f"{path}{name}").unlink(missing_ok=True)


def exchange(fresh: Path, path: Path) -> None:
    """Put one file in the place of another, which is a database or nothing."""
    with _kept_from_writers(path):
        fresh.rename(path)
        flush(path.parent)


def flush(folder: Path) -> None:
    """See to it that the names in a folder survive a power cut."""
    descriptor = os.open(folder, os.O_RDONLY | os.O_DIRECTORY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)


@contextmanager
def _kept_from_writers(path: Path) -> Iterator[None]:
    """Hold the write lock of a database, with nothing beside it that belongs to it by name."""
    if not path.exists():
        yield
        return
    opened = sqlite3.connect(f"{path.absolute().as_uri()}?mode=rw", uri=True, timeout=PATIENCE, isolation_level=None)
    with closing(opened) as connection:
        [mode] = connection.execute("PRAGMA journal_mode").fetchone()
        if mode == "wal":  # which would be played back into the new file; only who is alone can give it up
            [mode] = connection.execute("PRAGMA journal_mode = delete").fetchone()
        connection.execute("BEGIN IMMEDIATE")
        if mode == "wal" or Path(f"{path}-wal").exists():
            raise StoreBusyError(f"{path}: others read the ledger", hint="try again in a moment")
        yield


def _lives(pid: int) -> bool:
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return False
    except PermissionError:
        return True
    return True
