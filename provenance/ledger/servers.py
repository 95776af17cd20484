"""A ledger in a database server, by its URL: PostgreSQL, or any other that SQLAlchemy has a dialect for.

One writer at a time, from whatever machine: each writing transaction takes the ledger's advisory lock first. Readers
wait for nobody, save for the moment in which a new ledger takes the old one's place.
"""

from __future__ import annotations

import weakref
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

from provenance.errors import DamageError
from provenance.ledger.rows import NoRows, Rows
from provenance.ledger.schema import META_SQL, SCHEMA_SQL, judge
from provenance.ledger.trouble import readable
from provenance.ledger.values import Condition

if TYPE_CHECKING:
    from sqlalchemy import Connection, Engine

    from provenance.ledger.core import Core


class Server:
    """The place of a ledger on a database server."""

    def __init__(self, url: str, engine: str, schema: str = "") -> None:
        from provenance.ledger import core

        self._url = url
        self._schema = schema
        self._engine = core.of_url(url, schema)
        self.where = core.shown(url)
        self._concludes = engine
        self._made = False
        weakref.finalize(self, self._engine.dispose)  # a connection is never left to be collected

    def condition(self) -> Condition:
        """Look at the tables. Raises LedgerRefusedError for those of a newer prov."""
        from provenance.ledger import core

        with core.transaction(self._engine, self.where) as connection:
            return self._judged(connection) if self._is_made(connection) else Condition.NEW

    def _is_made(self, connection: Connection) -> bool:
        """Tell whether there are tables, which is asked of the server only until there are."""
        from provenance.ledger import core

        self._made = self._made or core.exists(connection)
        return self._made

    def _judged(self, connection: Connection) -> Condition:
        from provenance.ledger import core, postgresql

        postgresql.keep_from_exchange(connection)
        rows = core.Core(connection)
        schema = "".join(name for (name,) in rows.rows(SCHEMA_SQL))
        meta = dict(map(tuple, rows.rows(META_SQL)))
        found = judge(self.where, schema, meta.get("engine", ""), self._concludes)
        return found if {"cursor", "engine"} <= meta.keys() else Condition.DAMAGED

    @contextmanager
    def reading(self) -> Iterator[Rows]:
        """Open a snapshot; there is nothing in it before the first writing."""
        from provenance.ledger import core, postgresql

        if not self._made:  # on its own: to ask is to take a snapshot
            with core.transaction(self._engine, self.where) as connection:
                self._is_made(connection)
        with readable(self.where), core.transaction(core.steady(self._engine), self.where) as connection:
            if self._made:
                postgresql.keep_from_exchange(connection)
            yield core.Core(connection) if self._made else NoRows()

    def copied(self, folder: Path) -> Path:
        """Copy the ledger as it is at this moment into a SQLite file in a folder, and give the file."""
        from provenance.ledger import core

        made = folder / "ledger.sqlite"
        with self.reading() as rows:
            if isinstance(rows, core.Core):
                rows.copy(made)
        return made

    @contextmanager
    def writing(self) -> Iterator[Core]:
        """Open the one transaction that may write, on a ledger of today's schema, which is made if need be."""
        from provenance.ledger import core, postgresql

        condition = self.condition()
        if condition.rebuild:
            raise DamageError(
                f"{self.where}: the ledger cannot be trusted ({condition.value})", hint="run `prov rebuild`"
            )
        if condition is Condition.OLD_SCHEMA:
            self.upgrade()
        with core.transaction(self._engine, self.where) as connection:
            postgresql.be_alone(connection)
            if not self._is_made(connection):
                core.create(connection, self._concludes)
            yield core.Core(connection)

    def upgrade(self) -> None:
        """Bring an older schema to today's, all of it or nothing."""
        from provenance.ledger import core

        core.migrate(self._engine, self.where, self._concludes)

    def reset(self) -> None:
        """Take the tables away; the next writing makes them anew."""
        from provenance.ledger import core, postgresql

        self.condition()
        with core.transaction(self._engine, self.where) as connection:
            postgresql.be_alone(connection)
            if self._is_made(connection):
                postgresql.keep_out_readers(connection)
                core.drop(connection)
        self._made = False

    @contextmanager
    def beside(self) -> Iterator[Server]:
        """Give the place of a new ledger that may `replace` this one; nothing is left of it otherwise."""
        from provenance.ledger import postgresql

        self.condition()  # refuses what is not ours
        if not self._of_postgresql:
            self.reset()  # no other database is asked to exchange tables: there it is worked out in its place
            yield self
            return
        with postgresql.schema_beside(self._engine, self.where) as schema:
            fresh = Server(self._url, self._concludes, schema)
            try:
                yield fresh
            finally:
                fresh.close()

    def replace(self, fresh: Server) -> None:
        """Put a ledger from `beside` in the place of this one, in one transaction."""
        from provenance.ledger import core, postgresql

        if fresh is self:
            return
        with core.transaction(self._engine, self.where) as connection:
            postgresql.be_alone(connection)
            if self._is_made(connection):
                postgresql.keep_out_readers(connection)
                core.drop(connection)
            postgresql.move_in(connection, fresh._schema)
        self._made = False

    def close(self) -> None:
        """Let go of the server."""
        self._engine.dispose()

    @property
    def _of_postgresql(self) -> bool:
        engine: Engine = self._engine
        return engine.dialect.name == "postgresql"
