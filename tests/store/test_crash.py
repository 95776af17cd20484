"""Whatever ends a writer, and wherever: what was reported is there, and the same command again stores the rest once."""

from __future__ import annotations

import os
import random
import resource
import signal
import subprocess
import sys
import time
from collections import Counter
from pathlib import Path

import pytest
from store.world import git, make, put

from provenance.errors import StorageError
from provenance.model import Revision
from provenance.store import Store
from provenance.store.stream import failure

COUNT = 60
GROUP = 10

INGEST = """
import random, sys
from store.world import make, saw
from provenance.errors import ProvError
from provenance.model import Revision
from provenance.store import Store, writing
writing.GROUP = int(sys.argv[3])
store = Store.open(sys.argv[1])
with store.locked():
    held = sum(1 for fact in store.log(texts=False) if isinstance(fact, Revision))
    entries = [make(n, random.Random(n).randbytes(60 * n).hex() + "\\n") for n in range(held, int(sys.argv[2]))]
    try:
        store.append(iter(entries), saw(*entries), stored=lambda more: print(more, flush=True))
    except ProvError as error:
        sys.exit(str(error))
"""


def ingest(store: Store, *, failpoint: str = "", limit: int = 0) -> subprocess.Popen[str]:
    """Start a process that stores all revisions that the log does not have yet, and prints what is acknowledged."""
    environment = os.environ | {"PYTHONPATH": os.pathsep.join(path for path in sys.path if path)}
    if failpoint:
        environment["PROV_FAILPOINT"] = failpoint

    def limited() -> None:
        signal.signal(signal.SIGXFSZ, signal.SIG_IGN)  # a write past the limit is an error then, not the end
        resource.setrlimit(resource.RLIMIT_FSIZE, (limit, limit))

    return subprocess.Popen(
        [sys.executable, "-c", INGEST, str(store.path), str(COUNT), str(GROUP)],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        env=environment,
        preexec_fn=limited if limit else None,  # noqa: PLW1509
    )


def assert_recovers(store: Store, acknowledged: int) -> None:
    """Assert that nothing acknowledged is lost, and that the next command completes the work."""
    assert acknowledged <= len(revisions(store))
    assert () == store.fsck(deep=True)
    again = ingest(store)
    _, complaint = again.communicate(timeout=60)
    assert (0, "") == (again.returncode, complaint)
    assert dict.fromkeys(range(COUNT), 1) == Counter(revisions(store))
    assert () == store.fsck(deep=True)


def revisions(store: Store) -> list[int]:
    """Give the numbers of the revisions in the log."""
    return [fact.n for fact in Store.open(store.path).log(texts=False) if isinstance(fact, Revision)]


@pytest.mark.parametrize(
    ("failpoint", "stored"),
    [
        ("after_revision", 0),
        ("after_revision@25", 20),
        ("before_branch", 0),
        ("before_branch@2", 10),
        ("after_branch", 10),
        ("after_branch@6", 60),
        ("after_sync@3", 30),
    ],
)
def test_a_writer_killed_at_a_failpoint_loses_nothing(store: Store, failpoint: str, stored: int) -> None:
    """SIGKILL before and after each step of a group: a group is in the log whole or not at all."""
    writer = ingest(store, failpoint=f"{failpoint}:kill")
    told, _ = writer.communicate(timeout=60)

    assert -signal.SIGKILL == writer.returncode
    assert stored == len(revisions(store))
    assert_recovers(store, sum(map(int, told.split())))


@pytest.mark.slow
def test_a_writer_killed_at_any_moment_loses_nothing(store: Store) -> None:
    """SIGKILL at moments drawn at random, again and again on the same store, between its recoveries."""
    moments = random.Random(4)
    acknowledged = 0
    for _ in range(12):
        writer = ingest(store)
        time.sleep(moments.uniform(0.05, 0.5))
        writer.kill()
        told, _ = writer.communicate(timeout=60)
        acknowledged += sum(map(int, told.split()))
        assert acknowledged <= len(revisions(store))

    assert_recovers(store, acknowledged)


@pytest.mark.parametrize("limit", [50, 3_000, 30_000])
def test_a_disk_that_takes_no_more_is_one_line(store: Store, limit: int) -> None:
    """A write that fails is an error of storage; what was acknowledged stays, and with room again it goes on."""
    put(store, make(0))
    writer = ingest(store, limit=limit)
    told, complaint = writer.communicate(timeout=60)

    assert 1 == writer.returncode
    assert 1 == len(complaint.strip().splitlines()), complaint
    assert "cannot write to the store" in complaint
    assert 1 + sum(map(int, told.split())) == len(revisions(store))
    assert_recovers(store, 1)


@pytest.mark.parametrize(
    ("complaint", "reason"),
    [
        ("fatal: sha1 file 'x' write error: No space left on device", "the disk is full"),
        ("fatal: cannot create pack: Disk quota exceeded", "the disk quota is used up"),
        ("fatal: Unable to create '/x/main.lock': Read-only file system", "it is read-only"),
        ("fatal: cannot create: Permission denied", "permission denied"),
        ("error: fsync error on 'x': Input/output error\nfatal: x", "the disk has an error"),
        ("fatal: something new\nfast-import: dumping crash report", "git could not store: something new"),
        ("", "exit status 128"),
    ],
)
def test_what_git_complains_of_becomes_one_line(complaint: str, reason: str) -> None:
    """The reason is in our words where it is a known one, in git's where not."""
    error = failure(128, complaint)

    assert reason in str(error)
    assert "\n" not in str(error)


def test_a_git_that_is_killed_is_one_line(store: Store, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Whatever ends git in the middle, the branch is as it was, and the error names what happened."""
    real = next(path for folder in os.get_exec_path() if (path := Path(folder, "git")).exists())
    (tmp_path / "bin").mkdir()
    (tmp_path / "bin/git").write_text(
        f'#!/bin/sh\ncase "$*" in *fast-import*) head -c 2000 >/dev/null; kill -9 $$;; esac\nexec {real} "$@"\n'
    )
    (tmp_path / "bin/git").chmod(0o755)
    head = put(store, make(0))
    monkeypatch.setenv("PATH", f"{tmp_path / 'bin'}:{os.environ['PATH']}")

    with pytest.raises(StorageError, match="git was ended by signal 9"):
        store.append((make(n, "x " * 9000) for n in range(1, 50)), [])

    assert head == store.head()
    monkeypatch.undo()
    put(store, make(1))
    assert () == store.fsck(deep=True)


def test_the_same_append_again_adds_no_fact(store: Store) -> None:
    """Who appends what is there already gets the same facts, and no revision twice."""
    put(store, make(0), make(1))
    before = [(type(fact), getattr(fact, "n", None)) for fact in store.log()]

    store.append([make(1)], [])

    assert before == [(type(fact), getattr(fact, "n", None)) for fact in store.log()]


def test_a_repository_half_made_is_made_again(store: Store) -> None:
    """A crash while the repository is made leaves another name behind, never half a repository."""
    (store.path / "new-facts.git/objects").mkdir(parents=True)

    put(store, make(0))

    assert not (store.path / "new-facts.git").exists()
    assert git(store, "fsck", "--strict") == ""
