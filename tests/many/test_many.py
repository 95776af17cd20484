"""Many at once on one store: nothing is lost or doubled, nobody is turned away, and the dead are no hindrance."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import threading
from datetime import UTC, datetime
from pathlib import Path

import pytest
from newsroom import Newsroom

from provenance.app.catch_up import catch_up, conclude
from provenance.app.workspace import Workspace
from provenance.errors import StoreBusyError
from provenance.model import Event, Observation, Revision
from provenance.store import Store

MANY = Path(__file__).with_name("many.py")


@pytest.mark.slow
@pytest.mark.parametrize(
    "arguments",
    [
        ("--writers", "6", "--drafts", "5", "--readers", "2", "--rebuild", "2", "--deaths", "1"),
        (
            "--writers",
            "3",
            "--drafts",
            "4",
            "--readers",
            "1",
            "--rebuild",
            "3",
            "--deaths",
            "0",
            "--ledger",
            "postgresql",
        ),
    ],
    ids=["sqlite", "postgresql"],
)
def test_many_at_once_lose_nothing_and_double_nothing(arguments: tuple[str, ...]) -> None:
    """Writers, readers, a rebuild and the killed beside each other: every acknowledged revision is there, once."""
    ran = subprocess.run([sys.executable, MANY, *arguments], capture_output=True, text=True, check=False, cwd="/")

    assert 0 == ran.returncode, f"{ran.stdout}\n{ran.stderr}"


def test_who_looks_waits_for_the_batch_and_not_for_the_queue(newsroom: Newsroom) -> None:
    """As soon as the ledger knows what the log held, a reader goes on, though the lock is still held."""
    newsroom.publish("Three people died.")
    asked, answered = threading.Event(), threading.Event()
    writer = Workspace(newsroom.workspace.path)

    def write() -> None:
        with writer.locked():
            asked.wait(60)
            conclude(writer)
            assert answered.wait(60), "the reader waits for the lock"

    behind(newsroom.workspace)
    thread = threading.Thread(target=write)
    thread.start()
    reader = Workspace(newsroom.workspace.path)
    while not locked(reader.store):
        pass
    asked.set()
    catch_up(reader)
    answered.set()
    thread.join()

    assert reader.ledger.cursor() == reader.store.head()


def behind(workspace: Workspace) -> None:
    """Let the ledger be behind the log, as after a crash."""
    revision = next(fact for fact in workspace.store.log() if isinstance(fact, Revision))
    workspace.store.append([], [seen(revision)])
    assert workspace.ledger.cursor() != workspace.store.head()


def seen(revision: Revision) -> Observation:
    """Look at an article once more."""
    return Observation(revision.article, revision.n, datetime(2026, 1, 1, tzinfo=UTC), Event.UNCHANGED, "", "")


def locked(store: Store) -> bool:
    """Tell whether somebody holds a store's lock."""
    try:
        with Store.open(store.path).locked(timeout=0):
            return False
    except StoreBusyError:
        return True


HOLD = """
import os, signal, sys, time
from provenance.model import Metadata
from provenance.store import Entry, Store
from datetime import UTC, datetime
moment = datetime(2026, 1, 1, tzinfo=UTC)

def entries():
    for n in range(2_000):
        text = f"Story {n}\\n\\n" + "Word " * 200 + "\\n"
        metadata = Metadata(f"https://dead.example/{n}")
        yield Entry(metadata, 0, text, b"", "text", (), observed_at=moment, technical=False)
        if n == 1_200:  # git has acknowledged a thousand, and waits for more
            print(flush=True)
            time.sleep(600)

store = Store.open(sys.argv[1])
if sys.argv[2] == "git runs":
    store.append(entries(), [])
else:
    with store.locked():
        print(flush=True)
        time.sleep(600)
"""


@pytest.mark.parametrize("when", ["git runs", "nothing runs"])
def test_a_lock_whose_holder_was_killed_is_taken_over(newsroom: Newsroom, when: str) -> None:
    """Killed in the middle, its git left alone: as soon as that git is gone, the next writer has the lock."""
    path = newsroom.workspace.path
    with subprocess.Popen([sys.executable, "-c", HOLD, path, when], stdout=subprocess.PIPE, cwd="/") as holder:
        assert holder.stdout
        holder.stdout.readline()
        os.kill(holder.pid, signal.SIGKILL)
        assert -signal.SIGKILL == holder.wait()

    article = newsroom.publish("Three people died.")

    stored = {fact.article for fact in newsroom.workspace.store.log() if isinstance(fact, Revision)}
    assert article in stored
    assert (1_001 if when == "git runs" else 1) == len(stored)
    assert () == newsroom.workspace.store.fsck(deep=True)
