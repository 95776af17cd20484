"""Replacing: a file that is not ours gets new bytes at once or not at all, and only if nobody changed it meanwhile."""

from __future__ import annotations

import os
import stat
from contextlib import suppress
from pathlib import Path
from tempfile import mkstemp

from provenance.errors import StorageError


def replace_file(path: Path, expected: bytes, content: bytes) -> None:
    """Put new bytes in the place of a regular file's, keeping its mode.

    Raises StorageError where it is a link, was changed since `expected` was read, or cannot be written; then it is as
    it was.
    """
    found = _checked(path, expected)
    try:
        handle, name = mkstemp(dir=path.parent, prefix=f".{path.name[:80]}.", suffix=".prov")
    except OSError as error:
        raise _failed(path, error) from error
    try:
        with os.fdopen(handle, "wb") as file:
            os.fchmod(handle, stat.S_IMODE(found.st_mode))
            file.write(content)
            file.flush()
            os.fsync(handle)
        _checked(path, expected)
        Path(name).replace(path)
        _sync(path.parent)
    except OSError as error:
        raise _failed(path, error) from error
    finally:
        with suppress(FileNotFoundError):
            Path(name).unlink()


def _checked(path: Path, expected: bytes) -> os.stat_result:
    if path.is_symlink():
        raise StorageError(f"{path} is a symbolic link and was not written", hint="name the file itself")
    try:
        found = path.stat()
        same = stat.S_ISREG(found.st_mode) and path.read_bytes() == expected
    except OSError as error:
        raise _failed(path, error) from error
    if not same:
        raise StorageError(f"{path} was changed meanwhile and was not written", hint="run the command again")
    return found


def _sync(folder: Path) -> None:
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


def _failed(path: Path, error: OSError) -> StorageError:
    return StorageError(f"cannot write {path}: {error.strerror or error}", hint="see who may write in its folder")
