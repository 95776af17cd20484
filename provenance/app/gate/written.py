"""Files that a project keeps beside its articles, written whole or not at all, and never through a link."""

from __future__ import annotations

from pathlib import Path

from provenance.app.replacing import write_file
from provenance.errors import GateError, StorageError


def text(file: Path) -> str | None:
    """Read such a file, None where there is none. Raises GateError for one that cannot be read."""
    try:
        return file.read_text(encoding="utf-8")
    except FileNotFoundError:
        return None
    except (OSError, UnicodeDecodeError) as error:
        why = getattr(error, "strerror", None) or "it is not UTF-8"
        raise GateError(f"{file} cannot be read: {why}", hint="mend it, or take it out of the project") from error


def replace(file: Path, content: str) -> None:
    """Write such a file anew. Raises StorageError where that cannot be done."""
    if file.is_symlink():
        raise StorageError(f"{file} is a symbolic link and was not written", hint="put a file in its place")
    write_file(file, [content.encode()])
