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
    except UnicodeDecodeError as error:  # Python's sqlite3 cannot decode what SQLite quotes of a damaged schema
        raise DamageError(f"{where}: the ledger is damaged (it holds what is no text)", hint=REBUILD) from error


@contextmanager
def readable(where: str) -> Iterator[None]:
    """Turn what a row makes of a value that prov never wrote into DamageError about the ledger at `where`."""
    try:
        yield
    except UnicodeDecodeError:
        raise
    except (KeyError, TypeError, ValueError) as error:
        raise DamageError(f"{where}: the ledger is damaged (a row of it makes no sense)", hint=REBUILD) from error


def trouble(where: str, error: sqlite3.Error) -> ProvError:
    """Say what an error of SQLite's means for the ledger at `where`."""
    code = _code(error)
    if code in _BUSY or getattr(error, "sqlite_errorcode", 0) == sqlite3.SQLITE_READONLY_DBMOVED:
        return StoreBusyError(f"{where}: another process is writing to the ledger", hint="try again in a moment")
    if code in _STORAGE:
        return StorageError(f"{where}: {_STORAGE[code]}", hint="look at the disk, the folder and its permissions")
    return DamageError(f"{where}: the ledger is damaged ({error})", hint=REBUILD)


def of_server(where: str, error: BaseException | None) -> ProvError:
    """Say what an error of a database server's means for the ledger at `where`, in words of ours alone.

    What a driver says may repeat the URL, with the password in it.
    """
    state = str(getattr(error, "sqlstate", None) or "")
    if state in _BUSY_STATES:
        return StoreBusyError(f"{where}: another process is writing to the ledger", hint="try again in a moment")
    if state.startswith(_AGAINST_THE_RULES):
        return DamageError(f"{where}: the ledger is damaged ({type(error).__name__})", hint=REBUILD)
    said = str(error).lower()
    for known, (why, hint) in _SERVER.items():
        if state.startswith(known) if known.isupper() or known.isdigit() else known in said:
            return StorageError(f"{where}: {why}", hint=hint)
    return StorageError(f"{where}: {type(error).__name__} {state}".rstrip(), hint="see what the server's log says")


_ASKED = "see the password in the URL, in PGPASSWORD or in the pgpass file"
_RIGHTS = "see what the user of the ledger may do there"
_UP = "is the server up, and the URL right?"
_AGAINST_THE_RULES = "23"
_BUSY_STATES = {"55P03", "40P01", "40001"}
_SERVER = {
    "28": ("the server does not let this user in", _ASKED),
    "42P01": ("its tables were taken away", REBUILD),
    "42P07": ("holds tables of another program", "name a database of its own"),
    "42703": ("holds tables of another program", "name a database of its own"),
    "42501": ("permission denied", _RIGHTS),
    "25006": ("is read-only", _RIGHTS),
    "3D000": ("there is no such database", "make it, or name another one"),
    "53100": ("the disk is full", "free space, then run the same command again"),
    "53": ("the server has no room for more", "try again in a moment"),
    "57": ("the server is being stopped", _UP),
    "password authentication failed": ("the server does not let this user in", _ASKED),
    "no password supplied": ("the server asks for a password", _ASKED),
    "does not exist": ("there is no such database or user", "make it, or name another one"),
    "resolve host": ("there is no such host", _UP),
    "translate host": ("there is no such host", _UP),
    "name or service": ("there is no such host", _UP),
    "refused": ("the server does not answer", _UP),
    "no such file": ("the server does not answer", _UP),
    "timeout": ("the server does not answer", _UP),
    "server closed the connection": ("the server broke off", _UP),
}
"""Beginnings of SQLSTATEs, and words of drivers that know no SQLSTATE, with what they mean and what to do."""


def broken(error: sqlite3.Error) -> bool:
    """Tell an error that only a damaged file gives."""
    return _code(error) in _BROKEN


def flushing_failed(error: object) -> bool:
    """Tell an error of a flush of the file or of its journal."""
    return getattr(error, "sqlite_errorcode", 0) in {sqlite3.SQLITE_IOERR_FSYNC, sqlite3.SQLITE_IOERR_DIR_FSYNC}


def refuses_to_open(error: object) -> bool:
    """Tell the error of a file that SQLite could not open or make, for whatever reason."""
    return isinstance(error, sqlite3.Error) and _code(error) == sqlite3.SQLITE_CANTOPEN


def _code(error: sqlite3.Error) -> int:
    """Give the primary code, which the low byte of an extended one holds."""
    code: int = getattr(error, "sqlite_errorcode", 0) or 0
    return code & 0xFF
