"""One writer at a time, and nothing that a dead one left stands in the way of the next."""

from __future__ import annotations

import os
import subprocess
import sys
import time
from collections import Counter

import pytest
from store.world import git, make, put

from provenance.errors import StorageError, StoreBusyError
from provenance.model import Revision
from provenance.store import Store

HOLD = """
import sys, time
from provenance.store import Store
with Store.open(sys.argv[1]).locked():
    print(flush=True)
    time.sleep(60)
"""

WRITE = """
import sys
from store.world import make
from provenance.store import Store
store, name, times = Store.open(sys.argv[1]), sys.argv[2], int(sys.argv[3])
for n in range(times):
    store.append([make(n, url=f"https://{name}.example/")], [])
    print(n, flush=True)
"""


def run(script: str, *arguments: object) -> subprocess.Popen[str]:
    """Start Python on a script."""
    command = [sys.executable, "-c", script, *map(str, arguments)]
    environment = os.environ | {"PYTHONPATH": os.pathsep.join(path for path in sys.path if path)}
    return subprocess.Popen(command, stdout=subprocess.PIPE, text=True, env=environment)


def test_who_waits_too_long_is_told_for_whom(store: Store) -> None:
    """The error names the process that holds the lock; when it is gone, the lock is free."""
    with run(HOLD, store.path) as holder:
        assert holder.stdout
        holder.stdout.readline()
        began = time.monotonic()

        with pytest.raises(StoreBusyError, match=f"busy: pid {holder.pid}"), store.locked(timeout=0.2):
            pytest.fail("two holders")

        assert 0.2 <= time.monotonic() - began < 2
        holder.kill()
    put(store, make())


def test_a_holder_may_append_under_its_own_lock(store: Store) -> None:
    """The lock is held from the look into the ledger to the last commit."""
    with store.locked(), store.locked():
        put(store, make(0))
        put(store, make(1))
    with store.locked(timeout=0):
        put(store, make(2))

    assert [0, 1, 2] == [fact.n for fact in store.log() if isinstance(fact, Revision)]


def test_reading_needs_no_lock(store: Store) -> None:
    """Any number may read while one writes."""
    put(store, make())
    with run(HOLD, store.path) as holder:
        assert holder.stdout
        holder.stdout.readline()

        assert 2 == sum(1 for _ in Store.open(store.path).log())
        holder.kill()


@pytest.mark.slow
def test_parallel_writers_lose_nothing(store: Store) -> None:
    """Everything that eight writers were told is stored is in the log, once, and the log is one line."""
    writers = [run(WRITE, store.path, f"w{number}", 10) for number in range(8)]
    told = {number: writer.communicate(timeout=120)[0].split() for number, writer in enumerate(writers)}

    assert {number: [str(n) for n in range(10)] for number in range(8)} == told
    found = Counter((fact.metadata.url, fact.n) for fact in store.log() if isinstance(fact, Revision))
    assert {(f"https://w{number}.example/", n): 1 for number in range(8) for n in range(10)} == found
    assert () == store.fsck(deep=True)


def test_what_a_dead_writer_left_is_cleared_away(store: Store) -> None:
    """Ref locks, unfinished packs, reports and empty objects of a killed writer do not stop the next one."""
    put(store, make(0))
    facts = store.path / "facts.git"
    (facts / "objects/ab").mkdir()
    remains = [
        *("HEAD.lock", "packed-refs.lock", "refs/heads/main.lock", "config.lock", "fast_import_crash_123"),
        *("objects/pack/tmp_pack_x", "objects/pack/tmp_idx_x", "objects/ab/tmp_obj_x", f"objects/ab/{'c' * 38}"),
        "objects/pack/pack-1234567890123456789012345678901234567890.keep",
    ]
    for name in remains:
        (facts / name).write_text("fast-import" if name.endswith("keep") else "")
    (store.path / "new-facts.git").mkdir()

    Store.open(store.path)
    put(store, make(1))

    assert [] == [name for name in remains if (facts / name).exists()]
    assert () == store.fsck(deep=True)


def test_what_a_living_gc_has_in_hand_is_left_alone(store: Store) -> None:
    """Somebody's `git gc` may be at work in the repository."""
    put(store, make(0))
    pack = store.path / "facts.git/objects/pack/tmp_pack_x"
    pack.touch()
    (store.path / "facts.git/gc.pid").write_text(f"{os.getpid()} host")

    put(store, make(1))

    assert pack.exists()


@pytest.mark.skipif(os.geteuid() == 0, reason="root may write everywhere")
def test_a_store_that_cannot_be_written_says_so_only_when_writing(store: Store) -> None:
    """Reading a read-only store works; writing is one line."""
    put(store, make(0))
    for path in (*store.path.rglob("*"), store.path):
        path.chmod(0o500 if path.is_dir() else 0o400)
    try:
        assert 2 == sum(1 for _ in Store.open(store.path).log())
        with pytest.raises(StorageError, match="permission denied"):
            put(store, make(1))
    finally:
        for path in (store.path, *store.path.rglob("*")):
            path.chmod(0o700)


def test_a_lock_that_cannot_be_made_is_one_line(store: Store) -> None:
    """Where no file can be made, a folder in the lock's place stands for it, and for root as well."""
    (store.path / "lock").mkdir()

    with pytest.raises(StorageError, match=r"cannot write to the store at .*: is a directory"):
        put(store, make(0))


def test_a_program_that_moved_the_branch_is_not_overwritten(store: Store) -> None:
    """The branch moves by compare-and-swap: who pushed without the lock is not undone."""
    first = put(store, make(0))
    other = put(store, make(1))
    git(store, "update-ref", "refs/heads/main", first)

    def entries():  # type: ignore[no-untyped-def]  # noqa: ANN202
        git(store, "update-ref", "refs/heads/main", other)
        yield make(1, "Another\n")

    with pytest.raises(StorageError, match="expected"):
        store.append(entries(), [])
    assert other == store.head()
