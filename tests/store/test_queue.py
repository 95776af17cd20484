"""Turns at the lock: first come, first served, whoever dies meanwhile."""

from __future__ import annotations

import os
import subprocess
import sys
import time
from pathlib import Path

import pytest

from provenance.errors import StoreBusyError
from provenance.store import Store, lock

TAKE = """
import sys
from provenance.store import Store
with Store.open(sys.argv[1]).locked(60):
    print(sys.argv[2], flush=True)
    sys.stdin.read()
"""


def start(store: Store, name: str) -> subprocess.Popen[str]:
    """Start a process that wants the lock, says its name when it has it, and holds it until its input ends."""
    environment = os.environ | {"PYTHONPATH": os.pathsep.join(path for path in sys.path if path)}
    command = [sys.executable, "-c", TAKE, str(store.path), name]
    before = numbers(store.path)
    process = subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True, env=environment)
    while numbers(store.path) == before:
        assert process.poll() is None
        time.sleep(0.01)
    return process


def end(process: subprocess.Popen[str]) -> None:
    """Let go of the lock, and wait for the process."""
    assert process.stdin
    assert process.stdout
    process.stdin.close()
    process.wait()
    process.stdout.close()


def numbers(store: Path) -> int:
    """Give how many numbers were given out."""
    file = store / "queue"
    return int(file.read_bytes()[:20] or 0) if file.exists() else 0


def test_whoever_asked_first_is_next_and_the_dead_are_passed_over(store: Store) -> None:
    """Four stand in the queue and one of them is killed: the others come in the order in which they asked."""
    waiting = [start(store, name) for name in "abcd"]
    waiting[1].kill()
    waiting[1].wait()
    told = []
    for process in (waiting[0], waiting[2], waiting[3]):
        assert process.stdout
        told.append(process.stdout.readline().strip())
        end(process)

    assert list("acd") == told
    end(waiting[1])


def test_a_long_queue_is_no_reason_to_give_up(store: Store) -> None:
    """The patience is for who holds the lock: it begins anew with the next holder."""
    first, second = start(store, "a"), start(store, "b")
    patience, asked = 0.3, iter(range(1_000_000))

    def pass_on() -> bool:
        """Let the second one have the lock when the patience with the first one is at its end."""
        if next(asked) == 1:
            time.sleep(patience)
            end(first)
            assert second.stdout
            second.stdout.readline()
        return False

    with pytest.raises(StoreBusyError, match=f"pid {second.pid}"), lock.held_unless(store.path, patience, pass_on):
        pytest.fail("two holders")
    end(second)


def test_who_needs_the_lock_no_more_leaves_the_queue(store: Store) -> None:
    """What was to be done may have been done by the holder: then nobody waits, and nobody behind waits for them."""
    holder = start(store, "a")
    with lock.held_unless(store.path, 30, lambda: True) as got:
        assert got is None
    end(holder)

    with store.locked(timeout=0):
        pass


def test_a_queue_that_cannot_be_used_is_done_without(store: Store) -> None:
    """Order is a courtesy: the lock holds without it."""
    (store.path / "queue").mkdir()

    with store.locked(timeout=0), pytest.raises(StoreBusyError), Store.open(store.path).locked(timeout=0):
        pytest.fail("two holders")


@pytest.mark.parametrize("content", [b"", b"gone", b"\xff" * 50])
def test_a_queue_with_nonsense_in_it_begins_anew(store: Store, content: bytes) -> None:
    """What is in the file is never trusted with more than the order."""
    (store.path / "queue").write_bytes(content)

    with store.locked(timeout=0):
        pass

    assert 1 == numbers(store.path)
