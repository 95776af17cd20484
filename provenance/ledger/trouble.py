"""What went wrong in SQL, said as one of the project's errors."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager

from provenance.errors import DamageError, ProvError, StorageError, StoreBusyError

REBUILD = "run `prov rebuild`: the facts are in git"

_BUSY = {sqlite3.SQLITE_BUSY, sqlite3.SQLITE_LOCKED}
_STORAGE = {
    sqlite3.SQLITE_CANTOPEN: "cannot be opened",
    sqlite3.SQLITE_FULL: "the disk is full",
    sqlite3.SQLITE_IOERR: "the disk failed",
    sqlite3.SQLITE_PERM: "permission denied",
    sqlite3.SQLITE_READONLY: "is read-only",
}
_BROKEN = {sqlite3.SQLITE_CORRUPT, sqlite3.SQLITE_NOTADB}


@contextmanager
def translated(where: str) -> Iterator[None]:
    """Turn an error of SQLite's into StoreBusyError, StorageError or DamageError about the ledger at `where`."""
    try:
        yield
    except sqlite3.Error as error:
        raise trouble(where, error) from error


def trouble(where: str, error: sqlite3.Error) -> ProvError:
    """Say what an error of SQLite's means for the ledger at `where`."""
    code = _code(error)
    if code in _BUSY:
        return StoreBusyError(f"{where}: another process is writing to the ledger", hint="try again in a moment")
    if code in _STORAGE:
        return StorageError(f"{where}: {_STORAGE[code]}", hint="look at the disk, the folder and its permissions")
    return DamageError(f"{where}: the ledger is damaged ({error})", hint=REBUILD)


def broken(error: sqlite3.Error) -> bool:
    """Tell an error that only a damaged file gives."""
    return _code(error) in _BROKEN


def _code(error: sqlite3.Error) -> int:
    """Give the primary code, which the low byte of an extended one holds."""
    code: int = getattr(error, "sqlite_errorcode", 0) or 0
    return code & 0xFF
