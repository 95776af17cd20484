"""One writer at a time: a `flock` on one file of the store, with the holder's pid in it for those who wait.

Whoever gets the lock clears away what a dead writer left: a ref lock would block git for ever. A git that outlives
its prov holds the lock on (it inherits the open file), so nothing is cleared away under it.
"""

from __future__ import annotations

import fcntl
import os
import random
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from provenance.errors import StoreBusyError
from provenance.store.folder import FACTS, LOCK, unwritable

_PAUSE = (0.002, 0.03)
"""Bounds in seconds of the pause before the next try; drawn at random, so that no waiter is always too late."""

_FOREIGN_LOCK = 1.0
"""Seconds for which a ref lock may belong to a plain git that is still alive: git itself holds one for milliseconds."""

_REMAINS = ("fast_import_crash_*", "objects/pack/tmp_*", "objects/pack/.tmp-*", "objects/??/tmp_obj_*")
_REF_LOCKS = ("*.lock", "refs/**/*.lock")


@contextmanager
def held(store: Path, timeout: float) -> Iterator[int]:
    """Hold a store's lock, and give the open file; raise StoreBusyError after `timeout` seconds of waiting."""
    try:
        descriptor = os.open(store / LOCK, os.O_RDWR | os.O_CREAT | os.O_NOFOLLOW, 0o600)
    except OSError as error:
        raise unwritable(store, error) from error
    try:
        _wait(descriptor, store, timeout)
        try:
            os.truncate(descriptor, 0)
            os.pwrite(descriptor, b"%d\n" % os.getpid(), 0)
            clear(store / FACTS)
        except OSError as error:
            raise unwritable(store, error) from error
        yield descriptor
    finally:
        os.close(descriptor)  # and not LOCK_UN, which would take it from a git that still holds it


def _wait(descriptor: int, store: Path, timeout: float) -> None:
    until = time.monotonic() + timeout
    while True:
        try:
            fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            if time.monotonic() >= until:
                raise StoreBusyError(f"the store at {store} is busy: {_holder(descriptor)}", hint=_LATER) from None
            time.sleep(random.uniform(*_PAUSE))  # noqa: S311  # fairness, not secrecy
        except OSError as error:
            raise unwritable(store, error) from error
        else:
            return


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
        if path.read_bytes().startswith(b"fast-import"):
            path.unlink(missing_ok=True)
    locks = [path for pattern in _REF_LOCKS for path in repository.glob(pattern)]
    until = time.monotonic() + _FOREIGN_LOCK
    while any(path.exists() for path in locks) and time.monotonic() < until:
        time.sleep(_PAUSE[1])
    for path in locks:
        path.unlink(missing_ok=True)
    _clear_empty(repository)


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
