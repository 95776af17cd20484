"""`prov export`: what others need of a store, in one file."""

from __future__ import annotations

import os
import sys
from collections.abc import Iterable
from pathlib import Path

import click

from provenance.cli.context import workspace
from provenance.errors import StorageError


@click.command("export")
@click.argument("what", type=click.Choice(["corrections"]))
@click.argument("articles", metavar="[ARTICLE]...", nargs=-1)
@click.option("--since", metavar="CURSOR", default="", help="Only what came after the file that ends at CURSOR.")
@click.option("--publisher", "publishers", metavar="NAME", multiple=True, help="Only articles by NAME; several.")
@click.option("-o", "--output", metavar="FILE", default="-", help="Where to write it  [default: standard output]")
def command(what: str, articles: tuple[str, ...], since: str, publishers: tuple[str, ...], output: str) -> None:  # noqa: ARG001 - there is one thing to export so far
    """Write what a partner needs to check its copies without this store: `prov check --corrections FILE`.

    The file has every text of the articles in it. An ARTICLE is a URL, an id, or the beginning of one.
    """
    from provenance.app.export import corrections
    from provenance.report import corrections_json

    found = corrections(workspace(), articles, publishers, since)
    pieces = corrections_json.stream(found.extent, found.parts, found.copies)
    if output == "-":
        for piece in pieces:
            sys.stdout.buffer.write(piece.encode())  # JSON is UTF-8, whatever the terminal is
    else:
        _write(Path(output), pieces)


def _write(file: Path, pieces: Iterable[str]) -> None:
    """Write a file whole or not at all, piece by piece. Raises StorageError."""
    if file.is_symlink() or (file.exists() and not file.is_file()):
        raise StorageError(f"{file} is no regular file and was not written", hint="name another file")
    beside = file.with_name(f".{file.name}.{os.getpid()}")
    try:
        with beside.open("xb") as out:
            for piece in pieces:
                out.write(piece.encode())
            out.flush()
            os.fsync(out.fileno())
        beside.replace(file)
    except OSError as error:
        raise StorageError(f"cannot write {file}: {error.strerror or error}", hint="see who may write there") from error
    finally:
        beside.unlink(missing_ok=True)
