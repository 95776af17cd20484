"""Replacing: a file that is the user's gets new bytes at once or not at all, and is on the disk when that is said."""

from __future__ import annotations

import fcntl
import os
import stat
from collections.abc import Iterable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path

from provenance.errors import StorageError, reason


def replace_file(path: Path, expected: bytes, content: bytes) -> None:
    """Put new bytes in the place of a regular file's, keeping its mode.

    Raises StorageError where it is a link, was changed since `expected` was read, or cannot be written; then it is as
    it was.
    """
    found = _checked(path, expected)
    try:
        with beside(path) as fresh:
            os.fchmod(fresh.handle, stat.S_IMODE(found.st_mode))
            fresh.write([content])
            _checked(path, expected)
            fresh.put()
    except OSError as error:
        raise failed(path, error) from error


def write_file(path: Path, pieces: Iterable[bytes]) -> None:
    """Write a file, new or in the place of one that is there, piece by piece.

    Raises StorageError where it is a link or no regular file, or cannot be written; then it is as it was.
    """
    if path.is_symlink() or (path.exists() and not path.is_file()):
        raise StorageError(f"{path} is no regular file and was not written", hint="name another file")
    try:
        with beside(path) as fresh:
            if path.exists():
                os.fchmod(fresh.handle, stat.S_IMODE(path.stat().st_mode))
            fresh.write(pieces)
            fresh.put()
    except OSError as error:
        raise failed(path, error) from error


def failed(path: Path, error: OSError) -> StorageError:
    """Say in one line why a file was not written."""
    return StorageError(
        f"cannot write {path}: {reason(error)}", hint="see who may write there, and whether there is room"
    )


def _checked(path: Path, expected: bytes) -> os.stat_result:
    if path.is_symlink():
        raise StorageError(f"{path} is a symbolic link and was not written", hint="name the file itself")
    try:
        found = path.stat()
        same = stat.S_ISREG(found.st_mode) and path.read_bytes() == expected
    except OSError as error:
        raise failed(path, error) from error
    if not same:
        raise StorageError(f"{path} was changed meanwhile and was not written", hint="run the command again")
    return found


@dataclass(frozen=True, slots=True)
class Beside:
    """A fresh file beside the one whose place it is to take; nobody else has it as long as its handle is open."""

    path: Path
    handle: int
    place: Path

    def write(self, pieces: Iterable[bytes]) -> None:
        """Write all that the file is to hold, and flush it."""
        with os.fdopen(os.dup(self.handle), "wb") as out:
            for piece in pieces:
                out.write(piece)
        os.fsync(self.handle)

    def put(self) -> None:
        """Let it take its place, and flush that."""
        self.path.replace(self.place)
        folder = os.open(self.place.parent, os.O_RDONLY)
        try:
            os.fsync(folder)
        finally:
            os.close(folder)


@contextmanager
def beside(path: Path, mode: int = 0o666) -> Iterator[Beside]:
    """Open a fresh file beside another, for one process at a time; what a dead one left is taken away first."""
    name = _name(path)
    while (handle := _opened(name, mode)) is None:
        _clear(name)
    try:
        yield Beside(name, handle, path)
    finally:
        if _is(handle, name):  # it was not put in the other's place
            with suppress(FileNotFoundError):
                name.unlink()
        os.close(handle)


def _name(path: Path) -> Path:
    return path.with_name(f".{path.name[:80]}.prov")


def _opened(name: Path, mode: int) -> int | None:
    """Make a file and lock it, None where there is one or somebody was quicker."""
    try:
        handle = os.open(name, os.O_WRONLY | os.O_CREAT | os.O_EXCL | os.O_NOFOLLOW, mode)
    except FileExistsError:
        return None
    fcntl.flock(handle, fcntl.LOCK_EX)
    if _is(handle, name):
        return handle
    os.close(handle)
    return None


def _clear(name: Path) -> None:
    """Take away a file that nobody holds any more, waiting for whoever does."""
    try:
        handle = os.open(name, os.O_RDONLY | os.O_NOFOLLOW)
    except FileNotFoundError:
        return
    try:
        fcntl.flock(handle, fcntl.LOCK_EX)
        if _is(handle, name):
            name.unlink()
    finally:
        os.close(handle)


def _is(handle: int, name: Path) -> bool:
    try:
        return os.path.samestat(os.fstat(handle), name.lstat())
    except FileNotFoundError:
        return False
