"""A new ledger takes the old one's place: whoever reads or writes meanwhile sees the one or the other, whole."""

from __future__ import annotations

import os
import sqlite3
import subprocess
import sys
from collections.abc import Callable
from contextlib import closing
from pathlib import Path

import pytest
from ledger.made import put, revision

from provenance.errors import LedgerRefusedError
from provenance.ledger import Condition, Ledger

READER = """if True:
    import sys
    from provenance.ledger import Ledger
    print(flush=True)
    while not sys.stdin.closed:
        with Ledger.open(sys.argv[1]) as ledger:
            found = {len(list(ledger.revisions())), ledger.overview().revisions}
            assert found <= {3, 4}, found
            assert ledger.condition.value == "ready"
            list(ledger.candidates([[1]], 1))
        print(flush=True)
        if sys.stdin.readline() == "":
            break
"""


def with_a_ledger_beside(ledger: Ledger, names: str) -> None:
    """Work out a ledger of some revisions and put it in the place of another one."""
    with ledger.beside() as fresh:
        put(fresh, *(revision(name) for name in names))
        ledger.replace(fresh)


def test_a_new_ledger_takes_the_place_of_the_old_one(ledger: Ledger, place: str) -> None:
    """Until then the old one is there, and afterwards nothing of the way is left."""
    put(ledger, revision("a"), revision("b"))
    with ledger.beside() as fresh:
        assert Condition.NEW is fresh.condition
        put(fresh, *(revision(name) for name in "abc"))
        assert (2, 3) == (ledger.overview().articles, fresh.overview().articles)
        ledger.replace(fresh)

    with Ledger.open(place) as other:
        assert 3 == ledger.overview().articles == other.overview().articles
        put(other, revision("d"))
    assert 4 == ledger.overview().articles
    assert [] == leftovers(place)


def test_a_ledger_beside_that_is_not_wanted_leaves_nothing(ledger: Ledger, place: str) -> None:
    """An error on the way, and all is as before."""
    put(ledger, revision("a"))

    with pytest.raises(ValueError, match="commit"), ledger.beside() as fresh, fresh.writing() as book:
        book.put_revision(revision("b"))

    assert 1 == ledger.overview().articles
    assert [] == leftovers(place)


def test_an_empty_ledger_takes_the_place_of_one_as_well(ledger: Ledger) -> None:
    """A store without facts has a ledger without rows."""
    put(ledger, revision("a"))

    with ledger.beside() as fresh:
        ledger.replace(fresh)

    assert (0, "") == (ledger.overview().articles, ledger.cursor())


def test_a_snapshot_outlives_the_exchange(ledger: Ledger, place: str) -> None:
    """What is being read is read to its end as it was when it began."""
    if "://" in place:
        pytest.skip("there the exchange waits until the snapshot is closed")
    put(ledger, *(revision(name) for name in "abc"))

    with Ledger.open(place) as reader:
        found = reader.articles()
        first = next(found)
        with_a_ledger_beside(ledger, "x")

        assert 3 == 1 + sum(1 for _ in found), first
        assert 1 == reader.overview().articles


def test_who_reads_while_ledgers_are_exchanged_notices_nothing(ledger: Ledger, place: str) -> None:
    """No error, no half of anything: three revisions or four."""
    with_a_ledger_beside(ledger, "abc")
    readers = [
        subprocess.Popen(
            [sys.executable, "-c", READER, place], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
        )
        for _ in range(2)
    ]
    for each in readers:
        assert each.stdout
        each.stdout.readline()
    for turn in range(6):
        for each in readers:
            assert each.stdin
            each.stdin.write("once more\n")
            each.stdin.flush()
        with_a_ledger_beside(ledger, "abcd" if turn % 2 else "abc")

    ended = [(each.communicate(), each.returncode)[1] for each in readers]
    assert [0, 0] == ended


def test_a_writer_is_waited_for(path: Path, ledger: Ledger) -> None:
    """The file is not taken away under a transaction: its journal would be played back into the new one."""
    put(ledger, revision("a"))
    opened = sqlite3.connect(path, isolation_level=None, check_same_thread=False)
    with closing(opened) as writer:
        writer.execute("BEGIN IMMEDIATE")
        writer.execute("UPDATE meta SET value = 'moved' WHERE name = 'cursor'")
        waiting = subprocess.Popen(
            [sys.executable, "-c", EXCHANGE, path], stdout=subprocess.PIPE, text=True, env=environment()
        )
        assert waiting.stdout
        assert "waiting\n" == waiting.stdout.readline()
        assert "moved" == writer.execute("SELECT value FROM meta WHERE name = 'cursor'").fetchone()[0]
        writer.execute("COMMIT")

    assert ("done\n", None) == waiting.communicate()
    assert 2 == ledger.overview().articles


EXCHANGE = """if True:
    import sys
    from ledger.made import put, revision
    from provenance.ledger import Ledger
    with Ledger.open(sys.argv[1]) as ledger, ledger.beside() as fresh:
        put(fresh, revision("x"), revision("y"))
        print("waiting", flush=True)
        ledger.replace(fresh)
    print("done")
"""


def test_what_the_dead_left_is_swept_away(path: Path, ledger: Ledger) -> None:
    """A process that was killed on the way leaves a file, which the next one removes; one that lives keeps its own."""
    put(ledger, revision("a"))
    dead = subprocess.run([sys.executable, "-c", "import os; print(os.getpid())"], capture_output=True, check=True)
    left = [Path(f"{path}-new-{int(dead.stdout)}{ending}") for ending in ("", "-journal")]
    mine = Path(f"{path}-new-{os.getppid()}")
    for each in (*left, mine):
        each.touch()

    with_a_ledger_beside(ledger, "a")

    assert [False, False, True] == [each.exists() for each in (*left, mine)]


def test_who_writes_next_sweeps_as_well(path: Path, ledger: Ledger) -> None:
    """A rebuild that was killed may be the last one for long: an ingestion removes what it left."""
    dead = subprocess.run([sys.executable, "-c", "import os; print(os.getpid())"], capture_output=True, check=True)
    left = Path(f"{path}-new-{int(dead.stdout)}")
    left.touch()

    put(ledger, revision("a"))

    assert not left.exists()


def test_a_damaged_ledger_is_moved_aside_by_the_new_one(path: Path, ledger: Ledger) -> None:
    """It is kept for whoever wants to know what happened to it."""
    path.write_bytes(b"not a database at all")

    with_a_ledger_beside(ledger, "ab")

    assert 2 == ledger.overview().articles
    assert b"not a database at all" == Path(f"{path}.damaged-1").read_bytes()


def test_the_ledger_of_another_store_is_not_replaced(ledger: Ledger, new_place: Callable[[], str]) -> None:
    """A ledger is known by the first commit of the log that it has read."""
    begun(ledger, "c0ffee")

    with ledger.beside() as fresh:
        begun(fresh, "decaf")
        with pytest.raises(LedgerRefusedError, match="another store, whose log begins with c0ffee"):
            ledger.replace(fresh)
    with ledger.beside() as fresh:
        begun(fresh, "c0ffee")
        ledger.replace(fresh)

    assert ("c0ffee", "end") == (ledger.store(), ledger.cursor())


def begun(ledger: Ledger, first: str) -> None:
    """Put something into a ledger whose log begins with a commit."""
    with ledger.writing() as book:
        book.begin(first)
        book.put_revision(revision("a"))
        book.advance("end")


def leftovers(place: str) -> list[str]:
    """Name what is left beside a ledger: files, or schemas."""
    if "://" not in place:
        folder = Path(place).parent
        return [each.name for each in folder.iterdir() if each != Path(place)]
    import psycopg

    with psycopg.connect(place.replace("+psycopg", "")) as connection:
        found = connection.execute("SELECT nspname FROM pg_namespace WHERE nspname LIKE 'prov_new%'").fetchall()
    return [name for (name,) in found]


def environment() -> dict[str, str]:
    """Give an environment in which the tests' own modules are found."""
    return os.environ | {"PYTHONPATH": os.pathsep.join(path for path in sys.path if path)}
