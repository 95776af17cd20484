"""`prov init`: make a new, empty store."""

from __future__ import annotations

import os
from pathlib import Path

import click

from provenance.cli.words import one_line


@click.command("init")
@click.argument("folder", metavar="[DIR]", required=False)
@click.option("--ledger", metavar="URL|FILE", default="", help="Where conclusions are kept  [default: ledger.sqlite]")
@click.pass_obj
def command(store: str | None, folder: str | None, ledger: str) -> None:
    """Make a new, empty store in DIR (default: where the other commands look for it).

    With --ledger postgresql://USER@HOST/NAME its conclusions are kept in that database, for a team.
    """
    from provenance.app.workspace import find, init

    path = init(Path.cwd() / folder if folder else find(store, os.environ, Path.cwd()), ledger)
    shown = one_line(_short(path))
    naming = f"--store {shown} " if ledger else ""  # one that lies there unnamed might be somebody else's
    click.echo(f"Made an empty store in {shown}. Next: prov {naming}ingest FILE --url URL")


def _short(path: Path) -> str:
    return os.path.relpath(path) if path.is_relative_to(Path.cwd()) else str(path)
