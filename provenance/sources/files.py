"""Paths that come from outside: a file named in a draft line or a manifest stays inside its folder."""

from __future__ import annotations

import os
import re
from collections.abc import Iterator
from pathlib import Path

from provenance.errors import DraftError, SourceError
from provenance.sources.received import shown
from provenance.sources.sniff import SUFFIXES

_DIGITS = re.compile(r"(\d+)")
_DEEPEST = 100


def inside(folder: Path, name: str) -> Path:
    """Give the path of a file that something in a folder names.

    Raises DraftError for a name that leads out of the folder, and for a symbolic link.
    """
    if "\x00" in name or Path(name).is_absolute() or ".." in Path(name).parts:
        raise DraftError(f"`file` {name!r} leads out of its folder", hint="name it relative to the folder, below it")
    path = folder / name
    try:
        steps = [step for step in (path, *path.parents) if step != folder and folder in step.parents]
        links = [step for step in steps if step.is_symlink()]
    except OSError as error:  # a name that no file can have
        raise DraftError(f"cannot read `file` {shown(name)[:60]}: {error.strerror}") from error
    if links:
        raise DraftError(f"`file` {shown(name)} is a symbolic link", hint="put the file itself there")
    return path


def articles(folder: Path, depth: int = 0) -> Iterator[Path | SourceError]:
    """Give the files of a folder and of the folders below it that can be articles, in natural order.

    Hidden files and files of other formats are passed over; a symbolic link is not followed and given as an error, and
    so is a folder that cannot be looked into.
    """
    if depth > _DEEPEST:
        yield SourceError(f"more than {_DEEPEST} folders inside each other: {shown(folder)}", hint="is it a loop?")
        return
    try:
        entries = sorted(os.scandir(folder), key=lambda entry: natural(entry.name))
    except PermissionError:
        yield SourceError(f"permission denied: {shown(folder)}", hint="make it readable for your user")
        return
    except OSError as error:
        yield SourceError(f"cannot read {shown(folder)}: {error.strerror}")
        return
    for entry in entries:
        if entry.name.startswith("."):
            continue
        path = Path(entry.path)
        if entry.is_symlink():
            yield SourceError(f"{shown(path)} is a symbolic link and was not followed", hint="name its target itself")
        elif entry.is_dir():
            yield from articles(path, depth + 1)
        elif Path(entry.name.lower().removesuffix(".gz")).suffix in SUFFIXES:
            yield path


def natural(name: str) -> tuple[tuple[int, str], ...]:
    """Give the key that puts v2 before v10, the same everywhere."""
    return tuple((int(part), "") if part.isdecimal() else (0, part) for part in _DIGITS.split(name))
