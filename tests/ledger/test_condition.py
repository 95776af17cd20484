"""A ledger is trusted only where it is ours, whole, of a known schema and of today's engine."""

from __future__ import annotations

import os
import signal
import sqlite3
import subprocess
import sys
from contextlib import closing
from pathlib import Path

import pytest
from ledger.made import put, revision

from provenance.engine import ENGINE
from provenance.errors import DamageError, LedgerRefusedError
from provenance.ledger import Condition, Ledger
from provenance.ledger.schema import APPLICATION


def test_a_ledger_of_another_engine_is_rebuilt(ledger: Ledger, path: Path) -> None:
    """What an older engine concluded is neither trusted nor added to; after a reset it starts at the first fact."""
    put(ledger, revision("a"))
    change(path, "UPDATE meta SET value = '0' WHERE name = 'engine'")

    assert Condition.OTHER_ENGINE is ledger.condition
    assert ledger.condition.rebuild
    with pytest.raises(DamageError, match="other engine"), ledger.writing():
        pass

    assert ledger.reset() is None
    assert (Condition.NEW, "") == (ledger.condition, ledger.cursor())
    put(ledger, revision("a"))
    assert (Condition.READY, ENGINE) == (ledger.condition, ledger.engine_version())


def test_a_newer_schema_is_refused_and_left_alone(ledger: Ledger, path: Path) -> None:
    """A ledger that a newer prov wrote is not read, not written, and not thrown away."""
    put(ledger, revision("a"))
    change(path, "UPDATE alembic_version SET version_num = '9999'")
    before = path.read_bytes()

    for use in (lambda: ledger.condition, ledger.reset, lambda: ledger.writing().__enter__()):
        with pytest.raises(LedgerRefusedError, match="newer"):
            use()

    assert before == path.read_bytes()


def test_a_foreign_sqlite_file_is_refused_and_left_alone(ledger: Ledger, path: Path) -> None:
    """A database of another program that happens to lie there stays as it is."""
    change(path, "CREATE TABLE bookmarks (url TEXT)")
    before = path.read_bytes()

    for use in (lambda: ledger.condition, ledger.reset, lambda: ledger.writing().__enter__()):
        with pytest.raises(LedgerRefusedError, match="no ledger"):
            use()

    assert before == path.read_bytes()


def test_a_ledger_whose_mark_is_damaged_is_still_ours(ledger: Ledger, path: Path) -> None:
    """By its tables it is known as what it was, and not taken for another program's."""
    put(ledger, revision("a"))
    change(path, f"PRAGMA application_id = {APPLICATION ^ 4}")

    assert Condition.DAMAGED is ledger.condition


def test_what_is_no_plain_file_is_refused(ledger: Ledger, path: Path, tmp_path: Path) -> None:
    """A symbolic link, a folder or a pipe at the ledger's place is not followed."""
    path.symlink_to(tmp_path / "elsewhere")
    with pytest.raises(LedgerRefusedError):
        _ = ledger.condition
    path.unlink()
    os.mkfifo(path)
    with pytest.raises(LedgerRefusedError):
        _ = ledger.condition


@pytest.mark.parametrize("damage", [b"not a database at all, or not any more", None])
def test_a_damaged_ledger_is_moved_aside(ledger: Ledger, path: Path, damage: bytes | None) -> None:
    """It is known as damaged, kept under another name, and a new one takes its place."""
    put(ledger, *(revision(f"a{n}") for n in range(50)))
    broken = damage or path.read_bytes()[:4096] + b"\xff" * (path.stat().st_size - 4096)
    path.write_bytes(broken)

    assert Condition.DAMAGED is ledger.condition
    aside = ledger.reset()

    assert aside is not None
    assert broken == aside.read_bytes()
    assert Condition.NEW is ledger.condition
    path.write_bytes(broken)
    assert ledger.reset() not in {aside, None}


def test_damage_met_while_reading_says_what_to_do(ledger: Ledger, path: Path) -> None:
    """A page that is broken further inside is a DamageError with a way out, not a traceback."""
    put(ledger, *(revision(f"a{n}") for n in range(300)))
    data = bytearray(path.read_bytes())
    data[len(data) // 2 :] = b"\xff" * (len(data) - len(data) // 2)
    path.write_bytes(data)

    with pytest.raises(DamageError) as caught:
        list(ledger.histories())

    assert "prov rebuild" in caught.value.hint


@pytest.mark.parametrize(
    ("column", "value"), [("status", "urable"), ("extra", '{"a":'), ("observed_at", "2025-13-04T09:00:00.000000Z")]
)
def test_a_value_that_prov_never_wrote_says_what_to_do(ledger: Ledger, path: Path, column: str, value: str) -> None:
    """A row with a bit turned over is whole for SQLite: what cannot be made sense of is a DamageError all the same."""
    put(ledger, revision("a"))
    with closing(sqlite3.connect(path)) as connection, connection:
        connection.execute(f"UPDATE revisions SET {column} = ?", (value,))  # noqa: S608 - one of three names

    with pytest.raises(DamageError, match="makes no sense") as caught:
        list(ledger.histories())

    assert "prov rebuild" in caught.value.hint


def test_an_empty_or_unfinished_file_is_a_new_ledger(ledger: Ledger, path: Path) -> None:
    """A process that died while making the ledger has left nothing that is in the way."""
    path.touch()
    assert Condition.NEW is ledger.condition

    change(path, "PRAGMA user_version = 1")
    assert Condition.NEW is ledger.condition
    put(ledger, revision("a"))
    assert Condition.READY is ledger.condition


def test_a_writer_that_died_is_rolled_back_by_the_next_look(ledger: Ledger, path: Path) -> None:
    """A hot journal is played back although looking opens the file for reading only."""
    put(ledger, revision("a"))
    before, cursor = ledger.rows(), ledger.cursor()
    code = """if True:
        import os, signal, sqlite3, sys
        connection = sqlite3.connect(sys.argv[1], isolation_level=None)
        connection.execute("PRAGMA cache_size = 5")
        connection.execute("BEGIN IMMEDIATE")
        connection.execute("UPDATE meta SET value = 'lost' WHERE name = 'cursor'")
        for n in range(20_000):
            connection.execute("INSERT INTO fingerprint_index VALUES (?, 0)", (n,))
        os.kill(os.getpid(), signal.SIGKILL)
    """
    died = subprocess.run([sys.executable, "-c", code, path], check=False)

    assert -signal.SIGKILL == died.returncode
    assert Path(f"{path}-journal").exists()
    assert (Condition.READY, cursor) == (ledger.condition, ledger.cursor())
    assert before == ledger.rows()


def test_an_older_schema_is_brought_up_to_date(ledger: Ledger, path: Path) -> None:
    """A ledger from before the first migration is migrated by the next writing, with all that it needs."""
    change(path, f"PRAGMA application_id = {APPLICATION}")

    assert Condition.OLD_SCHEMA is ledger.condition
    put(ledger, revision("a"))

    assert Condition.READY is ledger.condition
    assert 1 == ledger.overview().articles


def change(path: Path, statement: str) -> None:
    """Do something to a SQLite file behind the ledger's back."""
    with closing(sqlite3.connect(path)) as connection:
        connection.execute(statement)
        connection.commit()
