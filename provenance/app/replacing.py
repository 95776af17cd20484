"""Replacing: a file that is the user's gets new bytes at once or not at all, and is on the disk when that is said."""

from __future__ import annotations

import fcntl
import os
import stat
from collections.abc import Iterable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from provenance.errors import StorageError, reason


def replace_file(path: Path, expected: bytes, content: bytes) -> None:
    """Put new bytes in the place of a regular file's, keeping its mode.

    Raises StorageError where it is a link, was changed since `expected` was read, or cannot be written; then it is as
    it was.
    """
    found = _checked(path, expected)
    try:
        with _beside(path) as handle:
            os.fchmod(handle, stat.S_IMODE(found.st_mode))
            _write(handle, [content])
            _checked(path, expected)
            _put(handle, path)
    except OSError as error:
        raise failed(path, error) from error


def write_file(path: Path, pieces: Iterable[bytes]) -> None:
    """Write a file, new or in the place of one that is there, piece by piece.

    Raises StorageError where it is a link or no regular file, or cannot be written; then it is as it was.
    """
    if path.is_symlink() or (path.exists() and not path.is_file()):
        raise StorageError(f"{path} is no regular file and was not written", hint="name another file")
    try:
        with _beside(path) as handle:
            if path.exists():
                os.fchmod(handle, stat.S_IMODE(path.stat().st_mode))
            _write(handle, pieces)
            _put(handle, path)
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


@contextmanager
def _beside(path: Path) -> Iterator[int]:
    """Open a fresh file beside another, for one process at a time; what a dead one left is taken away first."""
    name = _name(path)
    handle = _opened(name)
    while handle is None:
        _clear(name)
        handle = _opened(name)
    try:
        yield handle
    finally:
        if _is(handle, name):  # it was not put in the other's place
            with suppress(FileNotFoundError):
                name.unlink()
        os.close(handle)


def _name(path: Path) -> Path:
    return path.with_name(f".{path.name[:80]}.prov")


def _opened(name: Path) -> int | None:
    """Make a file and lock it, None where there is one or somebody was quicker."""
    try:
        handle = os.open(name, os.O_WRONLY | os.O_CREAT | os.O_EXCL | os.O_NOFOLLOW, 0o666)
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


def _write(handle: int, pieces: Iterable[bytes]) -> None:
    with os.fdopen(os.dup(handle), "wb") as out:
        for piece in pieces:
            out.write(piece)
    os.fsync(handle)


def _put(handle: int, path: Path) -> None:
    assert _is(handle, _name(path))
    _name(path).replace(path)
    folder = os.open(path.parent, os.O_RDONLY)
    try:
        os.fsync(folder)
    finally:
        os.close(folder)
