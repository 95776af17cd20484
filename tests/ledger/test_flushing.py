"""A ledger whose flush has failed is thrown away: what SQLite flushes afterwards may say that all is well."""

from __future__ import annotations

import sqlite3
from pathlib import Path

import pytest
from sqlalchemy.exc import DBAPIError

from provenance.errors import StorageError
from provenance.ledger import Condition, Ledger
from provenance.ledger.trouble import trouble


@pytest.mark.parametrize("code", [sqlite3.SQLITE_IOERR_FSYNC, sqlite3.SQLITE_IOERR_DIR_FSYNC])
def test_no_row_rests_on_a_flush_that_failed(tmp_path: Path, code: int) -> None:
    """The next command works the ledger out anew."""
    ledger = Ledger.open(tmp_path / "ledger.sqlite")
    with ledger.writing() as book:
        book.advance("a" * 40)
    failure = sqlite3.OperationalError("disk I/O error")
    failure.sqlite_errorcode = code

    with pytest.raises(StorageError, match="the disk failed"), ledger.writing():
        raise DBAPIError("COMMIT", None, failure)

    assert Condition.NEW is ledger.condition


def test_a_ledger_stays_where_anything_else_fails(tmp_path: Path) -> None:
    """What was not written is rolled back, and what was there is there."""
    ledger = Ledger.open(tmp_path / "ledger.sqlite")
    with ledger.writing() as book:
        book.advance("a" * 40)
    failure = sqlite3.OperationalError("database or disk is full")
    failure.sqlite_errorcode = sqlite3.SQLITE_FULL

    with pytest.raises(StorageError, match="the disk is full"), ledger.writing():
        raise trouble(ledger.where, failure) from failure

    assert "a" * 40 == ledger.cursor()


def test_why_nothing_can_be_made_beside_a_ledger_is_found_out(tmp_path: Path) -> None:
    """SQLite says of its journal only that it cannot be opened."""
    ledger = Ledger.open(tmp_path / "ledger.sqlite")
    failure = sqlite3.OperationalError("unable to open database file")
    failure.sqlite_errorcode = sqlite3.SQLITE_CANTOPEN

    with pytest.raises(StorageError, match="cannot be opened"), ledger.writing():
        raise DBAPIError("BEGIN", None, failure)
    (tmp_path / "ledger.sqlite-probe").mkdir()
    with pytest.raises(StorageError, match="is a directory"), ledger.writing():
        raise DBAPIError("BEGIN", None, failure)


def test_what_a_dead_writer_left_half_written_is_taken_back(tmp_path: Path) -> None:
    """A power cut may leave later pages without the first one, and the journal: that is no damage yet."""
    path = tmp_path / "ledger.sqlite"
    path.write_bytes(b"")
    writer = sqlite3.connect(path, isolation_level=None)
    writer.execute("PRAGMA cache_size = 1")
    writer.execute("PRAGMA cache_spill = ON")
    writer.execute("BEGIN")
    writer.execute("CREATE TABLE t (x)")
    writer.execute("INSERT INTO t VALUES (zeroblob(100000))")
    half = tmp_path / "half.sqlite"
    journal = (tmp_path / "ledger.sqlite-journal").read_bytes()
    half.write_bytes(bytes(4096) + path.read_bytes()[4096:])
    (tmp_path / "half.sqlite-journal").write_bytes(journal)
    writer.execute("ROLLBACK")
    writer.close()

    assert 512 <= len(journal)
    assert Condition.NEW is Ledger.open(half).condition
    assert Condition.DAMAGED is damaged(tmp_path / "other.sqlite").condition


def damaged(path: Path) -> Ledger:
    """Give a ledger of bytes that are none, and no journal to them."""
    path.write_bytes(bytes(9000))
    return Ledger.open(path)
