"""Files that a command writes: whole or not at all, piece by piece, and never through a link."""

from __future__ import annotations

import sys
from collections.abc import Iterable
from pathlib import Path

from provenance.errors import StorageError

Pieces = Iterable[str] | Iterable[bytes]


def write(output: str, pieces: Pieces) -> None:
    """Write pieces into the file that is named, `-` being standard output. Raises StorageError."""
    if output == "-":
        for piece in pieces:
            sys.stdout.buffer.write(_bytes(piece))  # UTF-8, whatever the terminal is
    else:
        write_file(Path(output), pieces)


def write_file(file: Path, pieces: Pieces) -> None:
    """Write a file whole or not at all: whatever goes wrong, what was there before is there still.

    Raises StorageError for what cannot be written, and for what is no regular file: a link is not followed.
    """
    from provenance.app import replacing

    refuse(file)
    replacing.write_file(file, map(_bytes, pieces))


def refuse(file: Path) -> None:
    """Refuse to write where something else than a regular file is, or a folder is missing. Raises StorageError."""
    if file.is_symlink():
        raise StorageError(f"{file} is a symbolic link and was not written", hint="name the file itself")
    if file.exists() and not file.is_file():
        raise StorageError(f"{file} is no regular file and was not written", hint="name another file")
    if not file.parent.is_dir():
        raise StorageError(f"cannot write {file}: there is no folder {file.parent}", hint="make it first")


def _bytes(piece: str | bytes) -> bytes:
    # a lone surrogate, as in the name of a file that is not UTF-8, is shown as its escape
    return piece.encode(errors="backslashreplace") if isinstance(piece, str) else piece
