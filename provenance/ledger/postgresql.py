"""What PostgreSQL is asked beyond plain SQL: one writer, and a new ledger built beside the old one in its own schema.

Nothing here can deadlock: who writes takes the advisory lock before anything else, and who reads takes a share of
`meta` before any other table, so that who exchanges the tables waits for all readers at `meta`, and they for it.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager, suppress
from itertools import count

from sqlalchemy import Connection, Engine, event

from provenance.errors import ProvError
from provenance.ledger.rows import PATIENCE
from provenance.ledger.schema import APPLICATION
from provenance.ledger.tables import METADATA

_BESIDE = "prov_new_"


def be_alone(connection: Connection) -> None:
    """Wait until no other transaction writes to the ledger, for as long as one waits for a file."""
    if _is_one(connection):
        connection.exec_driver_sql(f"SET LOCAL lock_timeout = '{PATIENCE:.0f}s'")
        # a database may hold several ledgers, each in a schema of its own
        place = "hashtext(coalesce(current_schema(), ''))"
        connection.exec_driver_sql(f"SELECT pg_advisory_xact_lock({APPLICATION}, {place})")


def keep_from_exchange(connection: Connection) -> None:
    """See to it that the tables stay what they are until the transaction ends; take no snapshot yet."""
    if _is_one(connection):
        connection.exec_driver_sql("LOCK TABLE meta IN ACCESS SHARE MODE")


def keep_out_readers(connection: Connection) -> None:
    """Wait until nobody reads, and let nobody begin."""
    if _is_one(connection):
        connection.exec_driver_sql("LOCK TABLE meta IN ACCESS EXCLUSIVE MODE")


@contextmanager
def schema_beside(engine: Engine, where: str) -> Iterator[str]:
    """Give an empty schema that no other process uses; it is gone at the end, with what is in it then."""
    from provenance.ledger import core

    with core.transaction(engine, where) as held:  # the lock is the transaction's: it goes when this process does
        schema = next(f"{_BESIDE}{number}" for number in count(1) if _mine(held, number))
        with core.transaction(engine, where) as connection:
            connection.exec_driver_sql(f"DROP SCHEMA IF EXISTS {schema} CASCADE")  # what a dead one has left
            connection.exec_driver_sql(f"CREATE SCHEMA {schema}")
        try:
            yield schema
        finally:
            with suppress(ProvError), core.transaction(engine, where) as connection:
                connection.exec_driver_sql(f"DROP SCHEMA IF EXISTS {schema} CASCADE")


def move_in(connection: Connection, schema: str) -> None:
    """Move the tables of a schema beside into the place of the ledger's, which are gone."""
    place = connection.exec_driver_sql("SELECT quote_ident(current_schema())").scalar_one()
    for table in METADATA.sorted_tables:
        connection.exec_driver_sql(f"ALTER TABLE IF EXISTS {schema}.{table.name} SET SCHEMA {place}")


def work_in(engine: Engine, schema: str) -> None:
    """Let every connection of an engine find its tables in a schema, and nowhere else."""

    # first of all: the dialect asks once for the name of the schema, when it first connects
    @event.listens_for(engine, "connect", insert=True)
    def _connected(connection: object, _: object) -> None:
        connection.autocommit = True  # type: ignore[attr-defined]
        connection.execute(f"SET search_path TO {schema}")  # type: ignore[attr-defined]
        connection.autocommit = False  # type: ignore[attr-defined]


def _mine(connection: Connection, number: int) -> bool:
    wanted = f"SELECT pg_try_advisory_xact_lock({APPLICATION + number}, 0)"
    return bool(connection.exec_driver_sql(wanted).scalar_one())


def _is_one(connection: Connection) -> bool:
    return connection.dialect.name == "postgresql"
