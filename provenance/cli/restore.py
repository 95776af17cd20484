"""`prov restore`: a store out of a backup, or of a bundle that somebody sent."""

from __future__ import annotations

import os
from pathlib import Path

import click

from provenance.cli.progress import progress
from provenance.cli.terminal import count
from provenance.cli.words import one_line


@click.command("restore")
@click.argument("file", metavar="FILE", type=click.Path(path_type=Path))
@click.argument("folder", metavar="[DIR]", required=False)
@click.pass_obj
def command(store: str | None, file: Path, folder: str | None) -> None:
    """Make a store in DIR of the bundle in FILE (default: where the other commands look for one).

    A store that is there is brought on where FILE has all that it holds, and more. FILE may be from anybody: it is
    examined in a fresh repository before any of it counts.
    """
    from provenance.app.restore import restore
    from provenance.app.workspace import find

    path = Path.cwd() / folder if folder else find(store, os.environ, Path.cwd())
    with progress("restoring") as report:
        done = restore(file, path, report)
    click.echo(f"Restored {count(done.facts, 'fact')} up to {done.head} into {one_line(os.path.relpath(done.path))}.")
