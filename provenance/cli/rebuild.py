"""`prov rebuild`: throw the ledger away and work it out again from the store."""

from __future__ import annotations

import click

from provenance.cli.context import workspace
from provenance.cli.progress import progress
from provenance.cli.terminal import count


@click.command("rebuild")
def command() -> None:
    """Throw the ledger away and work it out again from the store."""
    from provenance.app.rebuild import rebuild

    with progress("rebuilding") as report:
        done = rebuild(workspace(), report)
    click.echo(
        f"Worked out the ledger anew: {count(done.revisions, 'revision')}, {count(done.judged, 'copy', 'copies')}."
    )
