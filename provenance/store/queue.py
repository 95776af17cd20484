"""Turns at the lock: whoever asked first is next, and nobody's death holds up those behind.

`flock` serves anyone: of 32 writers some waited half a minute and were turned away. So each one takes a number, keeps
the byte of that number in the file `queue` locked, and waits until no lower byte is; the kernel frees the byte of
whoever is done or dead. The queue only puts those who wait in order: it is the flock that keeps them apart, and one
who gets no number (the file cannot be used, an older prov) is still kept apart.
"""

from __future__ import annotations

import fcntl
import os
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

QUEUE = "queue"

_NUMBER = 20
"""Characters of a number in the file: first the next one to be given out, then the one that is being served."""

_BYTES = 1 << 20
"""Where the bytes of the numbers begin; only their locks exist. The lock of byte 0 is for giving out numbers."""

_TRIES = 500
_MOMENT = 0.002


class Turn:
    """One who waits, by its number; without a number it is always its turn to try."""

    def __init__(self, descriptor: int = -1, number: int = 0) -> None:
        self._file = descriptor
        self._number = number

    def come(self) -> bool:
        """Tell whether nobody who asked earlier is still waiting or at work."""
        if not self._number:
            return True
        try:
            fcntl.lockf(self._file, fcntl.LOCK_SH | fcntl.LOCK_NB, self._number, _BYTES)
        except OSError:
            return False
        fcntl.lockf(self._file, fcntl.LOCK_UN, self._number, _BYTES)
        return True

    def served(self) -> None:
        """Say to those behind how far the queue is."""
        if self._number:
            _write(self._file, 1, self._number)

    @property
    def ahead(self) -> int:
        """Count those who come first, as far as is known."""
        return max(self._number - _read(self._file, 1), 0) if self._number else 0


@contextmanager
def queued(store: Path) -> Iterator[Turn]:
    """Stand in a store's queue until the end of the block, work included."""
    try:
        descriptor = os.open(store / QUEUE, os.O_RDWR | os.O_CREAT | os.O_NOFOLLOW, 0o600)
    except OSError:  # whatever it is, the lock itself meets it too, and says so
        yield Turn()
        return
    try:
        yield _numbered(descriptor)
    finally:
        os.close(descriptor)


def _numbered(descriptor: int) -> Turn:
    """Take the next number; none where whoever is just taking one was stopped, or where files cannot be locked."""
    for _ in range(_TRIES):
        with suppress(BlockingIOError, PermissionError):
            return _next(descriptor)
        time.sleep(_MOMENT)
    return Turn()


def _next(descriptor: int) -> Turn:
    fcntl.lockf(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB, 1, 0)
    try:
        number = _read(descriptor, 0) + 1
        fcntl.lockf(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB, 1, _BYTES + number)
        _write(descriptor, 0, number)
    finally:
        fcntl.lockf(descriptor, fcntl.LOCK_UN, 1, 0)
    return Turn(descriptor, number)


def _read(descriptor: int, field: int) -> int:
    found = os.pread(descriptor, _NUMBER, field * _NUMBER)
    return int(found) if found.strip().isdigit() else 0


def _write(descriptor: int, field: int, number: int) -> None:
    os.pwrite(descriptor, b"%*d\n" % (_NUMBER - 1, number), field * _NUMBER)
