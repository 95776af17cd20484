"""One writer at a time: a `flock` on one file of the store, with the holder's pid in it for those who wait in turn.

Whoever gets the lock clears away what a dead writer left: a ref lock would block git for ever. A git that outlives
its prov holds the lock on (it inherits the open file), so nothing is cleared away under it.
"""

from __future__ import annotations

import fcntl
import os
import random
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

from provenance.errors import StoreBusyError
from provenance.store.folder import FACTS, LOCK, unwritable
from provenance.store.queue import Turn, queued

_PAUSE = (0.002, 0.03)
"""Bounds in seconds of the pause before the next try: the longer, the more are ahead."""

_FOREIGN_LOCK = 1.0
"""Seconds for which a ref lock may belong to a plain git that is still alive: git itself holds one for milliseconds."""

_REMAINS = ("fast_import_crash_*", "objects/pack/tmp_*", "objects/pack/.tmp-*", "objects/??/tmp_obj_*")
_KEPT = b"fast-import"
_REF_LOCKS = ("*.lock", "refs/**/*.lock")


@contextmanager
def held(store: Path, timeout: float) -> Iterator[int]:
    """Hold a store's lock, and give the open file; raise StoreBusyError where one other holds it for `timeout` seconds.

    Whoever asked first is next.
    """
    with held_unless(store, timeout, _never) as descriptor:
        assert descriptor is not None
        yield descriptor


@contextmanager
def held_unless(store: Path, timeout: float, needless: Callable[[], bool]) -> Iterator[int | None]:
    """Hold a store's lock, or give None as soon as `needless`, asked while others hold it, says so."""
    try:
        descriptor = os.open(store / LOCK, os.O_RDWR | os.O_CREAT | os.O_NOFOLLOW, 0o600)
    except OSError as error:
        raise unwritable(store, error) from error
    try:
        with queued(store) as turn:
            got = _wait(descriptor, store, timeout, turn, needless)
            if got:
                _take(descriptor, store, turn)
                yield descriptor
        if not got:
            yield None
    finally:
        os.close(descriptor)  # and not LOCK_UN, which would take it from a git that still holds it


def _take(descriptor: int, store: Path, turn: Turn) -> None:
    try:
        turn.served()
        os.truncate(descriptor, 0)
        os.pwrite(descriptor, b"%d\n" % os.getpid(), 0)
        clear(store / FACTS)
    except OSError as error:
        raise unwritable(store, error) from error


def _never() -> bool:
    return False


def _wait(descriptor: int, store: Path, timeout: float, turn: Turn, needless: Callable[[], bool]) -> bool:
    """Wait for the lock, however many come first; who holds it may do so for `timeout` seconds."""
    holder, until = 0, 0.0
    while not (turn.come() and _taken(descriptor, store)):
        if needless():
            return False
        now, found = time.monotonic(), os.fstat(descriptor).st_mtime_ns  # each holder writes its pid
        if found != holder:
            holder, until = found, now + timeout
        if now >= until:
            raise StoreBusyError(f"the store at {store} is busy: {_holder(descriptor)}", hint=_LATER)
        shortest, longest = _PAUSE
        time.sleep(min(shortest * (turn.ahead + random.random()), longest))  # noqa: S311  # fairness, not secrecy
    return True


def _taken(descriptor: int, store: Path) -> bool:
    try:
        fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        return False
    except OSError as error:
        raise unwritable(store, error) from error
    return True


def _holder(descriptor: int) -> str:
    pid = os.pread(descriptor, 20, 0).strip()
    return f"pid {pid.decode()}" if pid.isdigit() else "another process"


_LATER = "wait until it is done, or end it; nothing is lost"


def clear(repository: Path) -> None:
    """Remove what a dead writer left in the repository: locks, unfinished packs, reports. The lock must be held."""
    if not repository.is_dir() or _collecting(repository):
        return
    for pattern in _REMAINS:
        for path in repository.glob(pattern):
            path.unlink(missing_ok=True)
    for path in (repository / "objects" / "pack").glob("*.keep"):
        if _of_fast_import(path):
            path.unlink(missing_ok=True)
    for path in (repository / "objects" / "pack").glob("*.idx"):
        if not path.with_suffix(".pack").exists():  # a pack goes before its index, and comes before it
            path.with_suffix(".rev").unlink(missing_ok=True)
            path.unlink(missing_ok=True)
    locks = [path for pattern in _REF_LOCKS for path in repository.glob(pattern)]
    until = time.monotonic() + _FOREIGN_LOCK
    while any(path.exists() for path in locks) and time.monotonic() < until:
        time.sleep(_PAUSE[1])
    for path in locks:
        path.unlink(missing_ok=True)
    _clear_empty(repository)


def _of_fast_import(keep: Path) -> bool:
    """Tell a file that keeps a pack while it is imported, whole or not: git would not write it a second time."""
    content = keep.read_bytes()
    return content.startswith(_KEPT) or _KEPT.startswith(content)


def _clear_empty(repository: Path) -> None:
    """Remove loose objects of no bytes, which a power cut can leave: git would take them for the real ones."""
    for path in repository.glob("objects/[0-9a-f][0-9a-f]/*"):
        if path.stat().st_size == 0:
            path.unlink(missing_ok=True)


def _collecting(repository: Path) -> bool:
    """Say whether somebody's `git gc` is at work: what it has in hand is not remains."""
    try:
        pid = int((repository / "gc.pid").read_text().split()[0])
        os.kill(pid, 0)
    except (FileNotFoundError, ValueError, IndexError, ProcessLookupError):
        return False
    except PermissionError:
        return True
    return True
