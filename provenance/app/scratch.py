"""A folder for what is worked out and thrown away: inside the store, where nobody else may read."""

from __future__ import annotations

import fcntl
import os
import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

PREFIX = ".fsck-"
"""How the names of these folders begin."""


@contextmanager
def scratch(store: Path) -> Iterator[Path]:
    """Give an empty folder of ours, removed at the end; in the system's own place where the store cannot be written.

    Folders that the dead left are removed: whoever works in one keeps it locked.
    """
    made, handle = _taken(store)
    try:
        with made as name:
            with suppress(OSError):
                _clear(store)
            yield Path(name)
    finally:
        os.close(handle)


def _taken(store: Path) -> tuple[tempfile.TemporaryDirectory[str], int]:
    """Make a folder and lock it; another one where somebody took it for a dead one's before it was locked."""
    while True:
        try:
            made = tempfile.TemporaryDirectory(prefix=PREFIX, dir=store)
        except OSError:
            made = tempfile.TemporaryDirectory(prefix="prov-fsck-")
        with suppress(FileNotFoundError):
            handle = os.open(made.name, os.O_RDONLY | os.O_DIRECTORY)
            fcntl.flock(handle, fcntl.LOCK_EX)
            if Path(made.name).exists():
                return made, handle
            os.close(handle)
        made.cleanup()


@contextmanager
def _locked(folder: Path) -> Iterator[None]:
    descriptor = os.open(folder, os.O_RDONLY | os.O_DIRECTORY)
    try:
        fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
        yield
    finally:
        os.close(descriptor)


def _clear(store: Path) -> None:
    for folder in store.glob(f"{PREFIX}*"):
        with suppress(OSError), _locked(folder):
            shutil.rmtree(folder, ignore_errors=True)
