"""`prov lock`: write down of which revision each republished file was made."""

from __future__ import annotations

import click

from provenance.cli import gate
from provenance.cli.progress import progress
from provenance.cli.terminal import count
from provenance.cli.words import one_line


@click.command("lock")
@click.argument("paths", metavar="[PATH]...", nargs=-1)
@click.option("--config", metavar="FILE", default="", help="The settings  [default: the nearest]")
@gate.with_corrections
def command(paths: tuple[str, ...], config: str, corrections: tuple[str, ...]) -> None:
    """Write prov.lock: for each republished file in PATH the article, the revision that it was made of, and its digest.

    `prov check` takes the lock's word for where a file comes from, and says when a file no longer is what was locked.
    """
    from provenance.app.gate.locking import lock_up

    found = gate.project(paths, config)
    with progress("locking") as report:
        file, locked = lock_up(gate.upstreams(corrections), gate.scope(found, paths, besides=corrections), report)
    click.echo(f"{count(locked, 'republished article')} locked in {one_line(found.name(file))}")
