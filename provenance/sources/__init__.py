"""Bytes in, drafts out: files of text, Markdown and HTML, JSON lines, folders and standard input.

A source is read as it streams. A draft that cannot be read is yielded as an error, so that the others stand; only
where nothing at all can be read is an error raised.
"""

from __future__ import annotations

import io
import stat
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import BinaryIO

from provenance.errors import SourceError
from provenance.model import Draft
from provenance.sources import received, sniff
from provenance.sources.documents import LINES, READERS, known, of_bytes, of_file
from provenance.sources.options import DOCUMENT, Options
from provenance.sources.reading import Reader, Reading

__all__ = ["DOCUMENT", "READERS", "Options", "Reader", "Reading", "read"]

STDIN = "-"


def read(
    source: str | Path, options: Options | None = None, stdin: BinaryIO | None = None
) -> Iterator[Draft | SourceError]:
    """Read the drafts of a source: the path of a file or a folder, or "-" for standard input.

    Yields a SourceError in the place of each draft that cannot be read. Raises SourceError for a source that cannot
    be read at all, UsageError for an unknown format.
    """
    options = options or Options()
    known(options.format)
    if not str(source):  # pathlib takes it for the folder that we are in
        raise SourceError("no such file: ''", hint="an empty name names nothing")
    if str(source) == STDIN:
        return _piped(stdin or sys.stdin.buffer, options)
    return _named(Path(source), options)


def _named(path: Path, options: Options) -> Iterator[Draft | SourceError]:
    from provenance.sources import drafts, folder

    name = received.shown(path)
    try:
        mode = path.stat().st_mode
    except FileNotFoundError as error:
        raise SourceError(f"no such file: {name}") from error
    except PermissionError as error:
        raise SourceError(f"permission denied: {name}", hint="make it readable for your user") from error
    except (OSError, ValueError) as error:
        raise SourceError(f"cannot read {name}: {getattr(error, 'strerror', None) or 'not a path'}") from error
    if stat.S_ISDIR(mode):
        yield from folder.read(path, options)
    elif not stat.S_ISREG(mode):
        raise SourceError(f"not a regular file: {name}", hint="name a file or a folder, or - for standard input")
    elif _format(path, options) == LINES:
        yield from drafts.of_file(path, options)
    else:
        yield of_file(path, options)


def _format(path: Path, options: Options) -> str:
    """Name the format of a file, which is opened only where its name does not tell."""
    if options.format or path.suffix.lower() in sniff.SUFFIXES:
        return options.format or sniff.SUFFIXES[path.suffix.lower()]
    try:
        with path.open("rb") as file:
            return sniff.format_of(path.name, file.read(8192))
    except PermissionError as error:
        raise SourceError(
            f"permission denied: {received.shown(path)}", hint="make it readable for your user"
        ) from error


def _piped(file: BinaryIO, options: Options) -> Iterator[Draft | SourceError]:
    """Read standard input: JSON lines, unless a format is named."""
    if options.format in {"", LINES}:
        from provenance.sources import drafts

        yield from drafts.stream(file, options, "stdin", None)
        return
    content = io.BufferedReader(file).read(DOCUMENT + 1) if isinstance(file, io.RawIOBase) else file.read(DOCUMENT + 1)
    if len(content) > DOCUMENT:
        raise received.too_large("stdin", DOCUMENT)
    if not content:
        raise SourceError("empty document: stdin")
    yield of_bytes(content, options.format, options, "stdin")
