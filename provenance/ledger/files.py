"""A ledger in a SQLite file: made for its owner alone, read with the standard library, moved aside when damaged."""

from __future__ import annotations

import os
import sqlite3
import stat
from collections.abc import Iterator
from contextlib import closing, contextmanager, suppress
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING

from provenance.errors import DamageError, LedgerRefusedError, StorageError, reason
from provenance.ledger import exchange
from provenance.ledger.rows import NoRows, Rows, SqliteRows, heal, snapshot
from provenance.ledger.schema import APPLICATION, META_SQL, SCHEMA_SQL, judge
from provenance.ledger.trouble import broken, flushing_failed, readable, refuses_to_open, translated, trouble
from provenance.ledger.values import Condition

if TYPE_CHECKING:
    from sqlalchemy import Engine

    from provenance.ledger.core import Core

_MAGIC = b"SQLite format 3\x00"
_OURS = {"alembic_version", "meta", "revisions", "standings"}


class SqliteFile:
    """The place of a ledger in one file, which need not exist yet."""

    def __init__(self, path: Path, engine: str) -> None:
        self.path = path
        self._concludes = engine
        self.where = str(path)

    def condition(self) -> Condition:
        """Look at the file, changing nothing. Raises LedgerRefusedError for what is not ours to touch.

        What looks damaged may be half written by a writer that died: SQLite then has its journal, and takes it back.
        """
        found = self._seen()
        return self._seen() if found is Condition.DAMAGED and self._taken_back() else found

    def _taken_back(self) -> bool:
        if not Path(f"{self.path}{exchange.BESIDE[0]}").is_file():
            return False
        try:
            heal(self.path)
        except sqlite3.Error:
            return False
        return True

    def _seen(self) -> Condition:
        try:
            if not self._present():
                return Condition.NEW
            with self.path.open("rb") as file:
                if file.read(len(_MAGIC)) != _MAGIC:
                    return Condition.DAMAGED
        except OSError as error:
            raise StorageError(f"{self.where}: {reason(error)}", hint="look at the file's permissions") from error
        try:
            with snapshot(self.path) as rows:
                return self._judged(rows)
        except UnicodeDecodeError:  # of what SQLite quotes of a damaged schema
            return Condition.DAMAGED
        except sqlite3.Error as error:
            if broken(error):
                return Condition.DAMAGED
            raise trouble(self.where, error) from error

    def _present(self) -> bool:
        try:
            found = self.path.lstat()
        except FileNotFoundError:
            return False
        if not stat.S_ISREG(found.st_mode):
            raise LedgerRefusedError(f"{self.where}: not a regular file", hint="move it away and run `prov rebuild`")
        return found.st_size > 0

    def _judged(self, rows: Rows) -> Condition:
        [(application,)] = rows.rows("PRAGMA application_id")
        tables = {name for (name,) in rows.rows("SELECT name FROM sqlite_master WHERE type = 'table'")}
        if application != APPLICATION:
            if not tables:
                return Condition.NEW
            if tables >= _OURS:  # no other program has all of these
                return Condition.DAMAGED
            raise LedgerRefusedError(f"{self.where}: a SQLite file, but no ledger", hint="move it away or name another")
        schema = "".join(name for (name,) in rows.rows(SCHEMA_SQL)) if "alembic_version" in tables else ""
        meta: dict[str, str] = dict(map(tuple, rows.rows(META_SQL))) if "meta" in tables else {}
        found = judge(self.where, schema, meta.get("engine", ""), self._concludes)
        return found if schema == "" or {"cursor", "engine"} <= meta.keys() else Condition.DAMAGED

    @contextmanager
    def reading(self) -> Iterator[Rows]:
        """Open a snapshot; there is nothing in it before the first writing."""
        with translated(self.where), readable(self.where):
            if not self._present():
                yield NoRows()
                return
            with snapshot(self.path) as rows:
                [(tables,)] = rows.rows("SELECT count(*) FROM sqlite_master")
                yield rows if tables else NoRows()  # who made the file may have died before its first transaction ended

    def copied(self, folder: Path) -> Path:
        """Copy the ledger as it is at this moment into a folder, and give the file."""
        made = folder / self.path.name
        if self._present():
            with self.reading() as rows, closing(sqlite3.connect(made)) as target:
                if isinstance(rows, SqliteRows):
                    rows.copy(target)
        return made

    @contextmanager
    def writing(self) -> Iterator[Core]:
        """Open the one transaction that may write, on a ledger of today's schema, which is made if need be."""
        from provenance.ledger import core

        condition = self.condition()
        if condition.rebuild:
            raise DamageError(
                f"{self.where}: the ledger cannot be trusted ({condition.value})", hint="run `prov rebuild`"
            )
        if condition is Condition.OLD_SCHEMA:
            self.upgrade()
        if condition is Condition.NEW:
            self._touch()
        with self._unless_flushing_fails(), core.transaction(self._engine, self.where) as connection:
            if not core.exists(connection):
                core.create(connection, self._concludes)
            yield core.Core(connection)

    @contextmanager
    def _unless_flushing_fails(self) -> Iterator[None]:
        """Take the ledger away where a flush has failed: the kernel may call lost pages clean.

        SQLite itself flushes again when it rolls back, and would be told that all is well.
        """
        try:
            yield
        except StorageError as error:
            cause = getattr(error.__cause__, "orig", error.__cause__)
            if refuses_to_open(cause):
                self._probe()
            if flushing_failed(cause):
                self.close()
                with suppress(OSError):
                    exchange.remove(self.path)
            raise

    def _probe(self) -> None:
        """Raise StorageError, saying why, where nothing can be made beside the file: SQLite does not say it."""
        probe = Path(f"{self.path}-probe")
        with self._in_folder():
            try:
                os.close(os.open(probe, os.O_CREAT | os.O_WRONLY | os.O_NOFOLLOW, 0o600))
            finally:
                probe.unlink(missing_ok=True)

    def upgrade(self) -> None:
        """Bring an older schema to today's, all of it or nothing."""
        from provenance.ledger import core

        # making a table anew would, with foreign keys on, take along all that hangs on it
        core.migrate(core.of_file(self.path, foreign_keys=False), self.where, self._concludes)

    def reset(self) -> Path | None:
        """Take the ledger away; the next writing makes it anew. Give where a damaged one was moved to."""
        damaged = self.condition() is Condition.DAMAGED
        self.close()
        aside = self._aside() if damaged else None
        with self._in_folder():
            if aside:
                self.path.rename(aside)
            exchange.remove(self.path)
        return aside

    @contextmanager
    def beside(self) -> Iterator[SqliteFile]:
        """Give the place of a new ledger that may `replace` this one; nothing is left of it otherwise."""
        self.condition()  # refuses what is not ours
        fresh = SqliteFile(exchange.place(self.path), self._concludes)
        with self._in_folder():
            exchange.sweep(self.path)
            exchange.remove(fresh.path)
        try:
            yield fresh
        finally:
            fresh.close()
            with self._in_folder():
                exchange.remove(fresh.path)

    def replace(self, fresh: SqliteFile) -> None:
        """Put a ledger from `beside` in the place of this one, of which a damaged one is moved aside."""
        fresh.close()
        damaged = self.condition() is Condition.DAMAGED
        if damaged or not fresh._present():
            self.reset()
        with translated(self.where), self._in_folder():
            if fresh._present():
                exchange.exchange(fresh.path, self.path)

    @contextmanager
    def _in_folder(self) -> Iterator[None]:
        try:
            yield
        except OSError as error:
            raise StorageError(f"{self.where}: {reason(error)}", hint="look at the folder's permissions") from error

    def _aside(self) -> Path:
        number = 1
        while (aside := Path(f"{self.where}.damaged-{number}")).exists():
            number += 1
        return aside

    def close(self) -> None:
        """Let go of the file."""
        if "_engine" in self.__dict__:
            self._engine.dispose()
            del self._engine

    @cached_property
    def _engine(self) -> Engine:
        from provenance.ledger import core

        with self._in_folder():  # what a rebuild that was killed has left, whoever writes next
            exchange.sweep(self.path)
        return core.of_file(self.path)

    def _touch(self) -> None:
        """Make the file for its owner alone; what SQLite puts beside it gets the same mode."""
        try:
            os.close(os.open(self.path, os.O_CREAT | os.O_RDWR | os.O_NOFOLLOW, 0o600))
        except OSError as error:
            raise StorageError(f"{self.where}: {reason(error)}", hint="look at the folder's permissions") from error
