"""The reading road: plain SQL against a SQLite file with the standard library, so that a look costs no SQLAlchemy."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import closing, contextmanager
from pathlib import Path
from typing import Any, Protocol

PATIENCE = 30.0
"""Seconds that a reader or a writer waits for the file."""

_NOTHING: Mapping[str, Any] = {}
_MUST_BE_HEALED = {
    # a writer died and left its journal, which only a writer may play back; or the file was exchanged meanwhile, and
    # what looks like its journal is that of the new one
    sqlite3.SQLITE_READONLY_ROLLBACK,
    sqlite3.SQLITE_READONLY_RECOVERY,
    sqlite3.SQLITE_READONLY_CANTINIT,
    sqlite3.SQLITE_READONLY_DBMOVED,
}
_TRIES = 5


class Rows(Protocol):
    """Whatever answers plain SQL: parameters are written `:name`, rows come in the order that was asked for."""

    def rows(self, sql: str, params: Mapping[str, Any] = ...) -> Iterable[Sequence[Any]]:
        """Run a SELECT."""
        ...


class Writing(Rows, Protocol):
    """A transaction that takes rows by the table's name as well."""

    def insert(self, table: str, rows: Sequence[Mapping[str, Any]]) -> None:
        """Add rows, all with the same columns."""
        ...

    def insert_plain(self, table: str, rows: Sequence[tuple[Any, ...]]) -> None:
        """Add rows of plain numbers and texts in the order of the table's columns."""
        ...

    def update(self, table: str, key: str, rows: Sequence[Mapping[str, Any]]) -> None:
        """Change the rows named by the column `key`."""
        ...

    def delete(self, table: str, rows: Sequence[Mapping[str, Any]]) -> None:
        """Remove rows by the columns given, with what hangs on them."""
        ...


class SqliteRows:
    """Answers out of a SQLite file that is open for reading."""

    def __init__(self, connection: sqlite3.Connection) -> None:
        self._connection = connection

    def rows(self, sql: str, params: Mapping[str, Any] = _NOTHING) -> Iterable[Sequence[Any]]:
        """Run a SELECT, rows coming one by one."""
        return self._connection.execute(sql, params)

    def copy(self, other: sqlite3.Connection) -> None:
        """Copy all of the file, as it is in this snapshot."""
        self._connection.backup(other)


class NoRows:
    """Answers for a ledger that does not exist yet."""

    def rows(self, sql: str, params: Mapping[str, Any] = _NOTHING) -> Iterable[Sequence[Any]]:  # noqa: ARG002
        """Find nothing."""
        return ()


@contextmanager
def snapshot(path: Path) -> Iterator[SqliteRows]:
    """Open a SQLite file for reading, all answers being of one moment.

    Without WAL a writer waits at its commit for as long as the snapshot is held.
    """
    with closing(_opened(path)) as connection:
        yield SqliteRows(connection)


def _opened(path: Path) -> sqlite3.Connection:
    for _ in range(_TRIES):
        try:
            return _begun(path)
        except sqlite3.OperationalError as error:
            if getattr(error, "sqlite_errorcode", 0) not in _MUST_BE_HEALED:
                raise
            heal(path)
    return _begun(path)


def _begun(path: Path) -> sqlite3.Connection:
    connection = sqlite3.connect(
        f"{path.absolute().as_uri()}?mode=ro", timeout=PATIENCE, uri=True, isolation_level=None
    )
    try:
        connection.execute("BEGIN")
        connection.execute("SELECT count(*) FROM sqlite_master").fetchone()
    except BaseException:
        connection.close()
        raise
    return connection


def heal(path: Path) -> None:
    """Roll back what a writer that died left half done."""
    with closing(sqlite3.connect(f"{path.absolute().as_uri()}?mode=rw", timeout=PATIENCE, uri=True)) as connection:
        try:
            connection.execute("SELECT count(*) FROM sqlite_master").fetchone()
        except sqlite3.OperationalError as error:
            if getattr(error, "sqlite_errorcode", 0) != sqlite3.SQLITE_READONLY_DBMOVED:
                raise
