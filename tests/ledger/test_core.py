"""The writing road: what SQLite is told before anything is written."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from datetime import UTC, datetime, timedelta, timezone
from pathlib import Path

import pytest
from ledger.made import put, revision
from sqlalchemy.dialects import postgresql, sqlite

from provenance.ledger import Ledger, core
from provenance.ledger.columns import UtcTime

FULL, EXTRA = 2, 3


@pytest.mark.parametrize(
    ("version", "journal", "synchronous"),
    [
        ((3, 40, 1), "delete", EXTRA),
        ((3, 51, 2), "delete", EXTRA),
        ((3, 51, 3), "wal", FULL),
        ((3, 60, 0), "wal", FULL),
    ],
)
def test_a_wal_is_used_only_where_it_is_sound(
    path: Path, version: tuple[int, ...], journal: str, synchronous: int
) -> None:
    """Before 3.51.3 two writers can corrupt it: there the rollback journal is kept, with a sync more."""
    with closing(sqlite3.connect(path)) as connection:
        core.keep_journal(connection, version)

        assert (journal,) == connection.execute("PRAGMA journal_mode").fetchone()
        assert (synchronous,) == connection.execute("PRAGMA synchronous").fetchone()


def test_a_journal_that_is_in_use_stays(path: Path, ledger: Ledger) -> None:
    """While somebody reads, the mode cannot change: nobody waits for it, and nothing fails."""
    put(ledger, revision("a"))
    with closing(sqlite3.connect(path, isolation_level=None)) as reader, closing(sqlite3.connect(path)) as writer:
        reader.execute("BEGIN")
        reader.execute("SELECT * FROM meta").fetchone()

        core.keep_journal(writer, (3, 60, 0))

        assert ("delete",) == writer.execute("PRAGMA journal_mode").fetchone()
        assert (EXTRA,) == writer.execute("PRAGMA synchronous").fetchone()


def test_every_connection_is_careful(path: Path) -> None:
    """Foreign keys are held, what is deleted is overwritten, and a lock is waited for."""
    path.touch()
    engine = core.of_file(path)
    with engine.connect() as connection:
        told = {
            name: connection.exec_driver_sql(f"PRAGMA {name}").scalar_one()
            for name in ("foreign_keys", "secure_delete", "busy_timeout")
        }
    engine.dispose()

    assert {"foreign_keys": 1, "secure_delete": 1, "busy_timeout": 30_000} == told


def test_times_keep_their_moment() -> None:
    """SQLite would drop the zone: there a time is text in UTC that sorts as times do. A naive time is refused."""
    kind = UtcTime()
    east = datetime(2026, 3, 4, 14, 0, tzinfo=timezone(timedelta(hours=2)))

    assert "2026-03-04T12:00:00.000000Z" == kind.process_bind_param(east, sqlite.dialect())
    assert east == kind.process_result_value("2026-03-04T12:00:00.000000Z", sqlite.dialect())
    assert datetime(2026, 3, 4, 12, tzinfo=UTC) == kind.process_bind_param(east, postgresql.dialect())
    with pytest.raises(ValueError, match="naive"):
        kind.process_bind_param(datetime(2026, 3, 4), sqlite.dialect())  # noqa: DTZ001
