"""A ledger in any other database that SQLAlchemy has a dialect for, by its URL."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING

from provenance.errors import DamageError
from provenance.ledger.rows import NoRows, Rows
from provenance.ledger.schema import META_SQL, SCHEMA_SQL, judge
from provenance.ledger.values import Condition

if TYPE_CHECKING:
    from sqlalchemy import Connection

    from provenance.ledger.core import Core


class Server:
    """The place of a ledger on a database server."""

    def __init__(self, url: str, engine: str) -> None:
        from provenance.ledger import core

        self._engine = core.of_url(url)
        self.where = core.shown(url)
        self._concludes = engine

    def condition(self) -> Condition:
        """Look at the tables. Raises LedgerRefusedError for those of a newer prov."""
        from provenance.ledger import core

        with core.transaction(self._engine, self.where) as connection:
            return self._judged(connection)

    def _judged(self, connection: Connection) -> Condition:
        from provenance.ledger import core

        if not core.exists(connection):
            return Condition.NEW
        rows = core.Core(connection)
        schema = "".join(name for (name,) in rows.rows(SCHEMA_SQL))
        meta = dict(map(tuple, rows.rows(META_SQL)))
        found = judge(self.where, schema, meta.get("engine", ""), self._concludes)
        return found if {"cursor", "engine"} <= meta.keys() else Condition.DAMAGED

    @contextmanager
    def reading(self) -> Iterator[Rows]:
        """Open a snapshot; there is nothing in it before the first writing."""
        from provenance.ledger import core

        with core.transaction(core.steady(self._engine), self.where) as connection:
            yield core.Core(connection) if core.exists(connection) else NoRows()

    @contextmanager
    def writing(self) -> Iterator[Core]:
        """Open a transaction on a ledger of today's schema, which is made if need be."""
        from provenance.ledger import core

        condition = self.condition()
        if condition.rebuild:
            raise DamageError(
                f"{self.where}: the ledger cannot be trusted ({condition.value})", hint="run `prov rebuild`"
            )
        if condition is Condition.OLD_SCHEMA:
            self.upgrade()
        with core.transaction(self._engine, self.where) as connection:
            if not core.exists(connection):
                core.create(connection, self._concludes)
            yield core.Core(connection)

    def upgrade(self) -> None:
        """Bring an older schema to today's, all of it or nothing."""
        from provenance.ledger import core

        core.migrate(self._engine, self.where, self._concludes)

    def reset(self) -> None:
        """Take the tables away; the next writing makes them anew."""
        from provenance.ledger import core

        self.condition()
        with core.transaction(self._engine, self.where) as connection:
            core.drop(connection)

    def close(self) -> None:
        """Let go of the server."""
        self._engine.dispose()
