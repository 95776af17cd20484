"""`prov backup`: all facts of a store in one file."""

from __future__ import annotations

from pathlib import Path

import click

from provenance.cli.context import workspace
from provenance.cli.terminal import count
from provenance.cli.words import one_line


@click.command("backup")
@click.argument("file", metavar="FILE", type=click.Path(path_type=Path))
@click.option("--anyway", is_flag=True, help="Back up a store that is damaged, if its log can still be read.")
def command(file: Path, anyway: bool) -> None:  # noqa: FBT001 - a click flag
    """Write every fact of the store into FILE, one bundle that plain git reads as well.

    The store is examined first, and what was written is restored and examined before it takes the name FILE.
    """
    from provenance.app.backup import Damaged, backup

    done = backup(workspace(), file, Damaged.ACCEPTED if anyway else Damaged.REFUSED)
    size = f"{done.size:,} bytes"
    click.echo(
        f"Wrote {count(done.facts, 'fact')} up to {done.head} into {one_line(str(file))}, {size}, and read it back."
    )
