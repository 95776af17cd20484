"""The writing road: SQLAlchemy Core over any database, one transaction at a time."""

from __future__ import annotations

import re
import sqlite3
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager, suppress
from functools import lru_cache
from pathlib import Path
from typing import Any

from sqlalchemy import (
    URL,
    Connection,
    Delete,
    Engine,
    Insert,
    TextClause,
    Update,
    bindparam,
    create_engine,
    delete,
    event,
    insert,
    make_url,
    select,
    update,
)
from sqlalchemy import inspect as look_into
from sqlalchemy import text as sql_text
from sqlalchemy.exc import ArgumentError, DBAPIError, NoSuchModuleError
from sqlalchemy.pool import NullPool

from provenance.errors import StorageError
from provenance.ledger import postgresql
from provenance.ledger.rows import PATIENCE
from provenance.ledger.schema import APPLICATION, META_SQL, SCHEMA
from provenance.ledger.tables import METADATA
from provenance.ledger.trouble import of_server, trouble

_WAL_IS_SOUND = (3, 51, 3)
_NOTHING: Mapping[str, Any] = {}


class Core:
    """What a transaction can do: answer plain SQL as readers do, and take rows by the table's name."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def rows(self, sql: str, params: Mapping[str, Any] = _NOTHING) -> Iterable[Sequence[Any]]:
        """Run a SELECT whose parameters are written `:name`."""
        return self._connection.execute(_text(sql), dict(params))

    def insert(self, table: str, rows: Sequence[Mapping[str, Any]]) -> None:
        """Add rows, all with the same columns."""
        if rows:
            self._connection.execute(_insert(table), list(rows))

    def insert_plain(self, table: str, rows: Sequence[tuple[Any, ...]]) -> None:
        """Add rows of plain numbers and texts in the order of the table's columns: for many small ones."""
        if rows:
            compiled = _insert(table).compile(dialect=self._connection.dialect)
            names = METADATA.tables[table].c.keys()
            # a driver that takes parameters by name wants dicts
            plain = rows if compiled.positional else [dict(zip(names, row, strict=True)) for row in rows]
            self._connection.exec_driver_sql(str(compiled), list(plain))

    def update(self, table: str, key: str, rows: Sequence[Mapping[str, Any]]) -> None:
        """Change the rows named by the column `key`, all in the same columns."""
        if rows:
            changed = tuple(name for name in rows[0] if name != key)
            named = [{**row, _KEY + key: row[key]} for row in rows]
            self._connection.execute(_update(table, key, changed), named)

    def delete(self, table: str, rows: Sequence[Mapping[str, Any]]) -> None:
        """Remove rows by the columns given, with what hangs on them."""
        if rows:
            keys = tuple(rows[0])
            named = [{_KEY + key: value for key, value in row.items()} for row in rows]
            self._connection.execute(_delete(table, keys), named)

    def copy(self, path: Path) -> None:
        """Copy every row that this transaction sees into a SQLite file that does not exist yet, some at a time."""
        path.touch(mode=0o600)
        with transaction(of_file(path), str(path)) as made:
            made.exec_driver_sql(f"PRAGMA application_id = {APPLICATION}")
            METADATA.create_all(made, checkfirst=False)
            for table in METADATA.sorted_tables:
                found = self._connection.execute(select(table), execution_options={"yield_per": _AT_A_TIME})
                for rows in found.mappings().partitions():
                    made.execute(insert(table), [dict(row) for row in rows])

    def cursor(self) -> str:
        """Read the cursor, and hold off every other writer until the transaction ends."""
        meta = METADATA.tables["meta"]
        # SQLite has taken its lock with BEGIN IMMEDIATE and leaves FOR UPDATE out
        wanted = select(meta.c.value).where(meta.c.name == "cursor").with_for_update()
        return str(self._connection.execute(wanted).scalar_one())


_KEY = "at_"
_AT_A_TIME = 1_000
"""Rows that are held while a ledger is copied."""
_CONNECT = 10
"""Seconds that a server has to answer, unless its URL says `connect_timeout`."""
_AS_URL = "as `ledger` in prov.toml: postgresql://USER@HOST/NAME, its password in a pgpass file"
_PATIENT = f"PRAGMA busy_timeout = {round(PATIENCE * 1000)}"


@lru_cache(maxsize=256)
def _text(sql: str) -> TextClause:
    return sql_text(sql)


@lru_cache
def _insert(table: str) -> Insert:
    return insert(METADATA.tables[table])


@lru_cache
def _update(table: str, key: str, changed: tuple[str, ...]) -> Update:
    whole = METADATA.tables[table]
    named = whole.c[key] == bindparam(_KEY + key)
    return update(whole).where(named).values({name: bindparam(name) for name in changed})


@lru_cache
def _delete(table: str, keys: tuple[str, ...]) -> Delete:
    whole = METADATA.tables[table]
    return delete(whole).where(*(whole.c[key] == bindparam(_KEY + key) for key in keys))


def of_file(path: Path, *, foreign_keys: bool = True) -> Engine:
    """Give the engine for a SQLite file, which must exist; migrations go without foreign keys."""
    engine = create_engine(
        URL.create("sqlite+pysqlite", database=str(path)),
        poolclass=NullPool,
        connect_args={"timeout": PATIENCE, "isolation_level": None},
    )

    @event.listens_for(engine, "connect")
    def _connected(connection: sqlite3.Connection, _: object) -> None:
        _prepare(connection, foreign_keys=foreign_keys)

    @event.listens_for(engine, "begin")
    def _begun(connection: Connection) -> None:
        # a deferred BEGIN fails when two readers both turn into writers, and waits for nothing
        connection.exec_driver_sql("BEGIN IMMEDIATE")

    return engine


def of_url(url: str, schema: str = "") -> Engine:
    """Give the engine for any other database, in a schema of its own where one is named.

    Raises StorageError for a URL that names no database, or a missing driver.
    """
    try:
        named = make_url(url)
        wait = {"connect_timeout": _CONNECT} if named.get_backend_name() == "postgresql" else {}
        engine = create_engine(named, connect_args={key: each for key, each in wait.items() if key not in named.query})
    except (ArgumentError, NoSuchModuleError, ValueError):  # whose words may be a part of a password
        raise StorageError(f"not the URL of a database: {shown(url)}", hint=_AS_URL) from None
    except ImportError as error:
        name = error.name or "psycopg"
        package = "'newsprov[postgresql]'" if name.startswith("psycopg") else name
        raise StorageError(f"the ledger's driver is not installed: {name}", hint=f"pip install {package}") from error
    if schema:
        postgresql.work_in(engine, schema)
    return engine


def shown(url: str) -> str:
    """Write a URL without its password, nor what else may be secret in it."""
    try:
        named = make_url(url)
        open_to_all = {name: each for name, each in named.query.items() if name in {"host", "port"}}
        return named.set(query=open_to_all).render_as_string(hide_password=True)
    except (ArgumentError, ValueError):
        return re.sub(r"[^a-z0-9+]", "", url.partition(":")[0].lower())[:40] + ":…"


def _prepare(connection: sqlite3.Connection, *, foreign_keys: bool) -> None:
    """Set what holds for a connection; a lock that is held is waited for from the first statement on."""
    connection.execute(_PATIENT)
    connection.execute(f"PRAGMA foreign_keys = {'ON' if foreign_keys else 'OFF'}")
    connection.execute("PRAGMA secure_delete = ON")
    connection.execute("PRAGMA temp_store = MEMORY")
    connection.execute("PRAGMA cache_size = -16000")
    keep_journal(connection, sqlite3.sqlite_version_info)


def keep_journal(connection: sqlite3.Connection, version: tuple[int, ...]) -> None:
    """Choose the journal that is sound with a version of SQLite, and as many syncs as it needs to survive a power cut.

    Before 3.51.3 two writers can corrupt a WAL: https://sqlite.org/wal.html
    """
    wanted = "wal" if version >= _WAL_IS_SOUND else "delete"
    [mode] = connection.execute("PRAGMA journal_mode").fetchone()
    if mode != wanted:
        connection.execute("PRAGMA busy_timeout = 0")
        # only who is alone can change it: then it stays as it is, which is right as well, until the next time
        with suppress(sqlite3.OperationalError):
            [mode] = connection.execute(f"PRAGMA journal_mode = {wanted}").fetchone()
        connection.execute(_PATIENT)
    connection.execute(f"PRAGMA synchronous = {'FULL' if mode == 'wal' else 'EXTRA'}")


def exists(connection: Connection) -> bool:
    """Tell whether a ledger has been made here, and not another program's table of the same name."""
    found = look_into(connection)
    return found.has_table("meta") and found.has_table("alembic_version")


def create(connection: Connection, concludes: str) -> None:
    """Make the tables of a fresh ledger, and mark it as ours, without alembic."""
    METADATA.create_all(connection, checkfirst=False)
    connection.execute(_insert("alembic_version"), [{"version_num": SCHEMA}])
    mark(connection, concludes)


def mark(connection: Connection, concludes: str) -> None:
    """Write down whose file it is, which engine concludes, and that nothing has been read yet."""
    if connection.dialect.name == "sqlite":
        connection.exec_driver_sql(f"PRAGMA application_id = {APPLICATION}")
    connection.execute(_insert("meta"), [{"name": "cursor", "value": ""}, {"name": "engine", "value": concludes}])


def drop(connection: Connection) -> None:
    """Take all tables of the ledger away."""
    METADATA.drop_all(connection)


def migrate(engine: Engine, where: str, concludes: str) -> None:
    """Run the migrations that a ledger has not seen, with alembic, in one transaction."""
    from provenance.ledger.migrations import upgrade

    with transaction(engine, where) as connection:
        postgresql.be_alone(connection)
        if exists(connection):
            postgresql.keep_out_readers(connection)
        upgrade(connection)
        if not list(Core(connection).rows(META_SQL)):
            mark(connection, concludes)


def steady(engine: Engine) -> Engine:
    """Give an engine whose transactions see one moment throughout."""
    return (
        engine.execution_options(isolation_level="REPEATABLE READ") if engine.dialect.name == "postgresql" else engine
    )


@contextmanager
def transaction(engine: Engine, where: str) -> Iterator[Connection]:
    """Open one transaction, which an error rolls back; errors of the database come as the project's own."""
    try:
        with engine.begin() as connection:
            yield connection
    except DBAPIError as error:
        if isinstance(error.orig, sqlite3.Error):
            raise trouble(where, error.orig) from error
        raise of_server(where, error.orig) from error
