"""`prov fsck`: check the store, and the ledger against it."""

from __future__ import annotations

import click

from provenance.cli.context import workspace
from provenance.cli.failures import complain


@click.command("fsck")
@click.option("--deep", is_flag=True, help="Read every object and compare every row.")
def command(deep: bool) -> int:  # noqa: FBT001 - a click flag
    """Check that the store is whole and that the ledger says what the store does.

    A ledger that is behind is no damage: the next command catches up.
    """
    from provenance.app.fsck import Depth, fsck

    found = fsck(workspace(), Depth.EVERYTHING if deep else Depth.FORM)
    for damage in found.damage:
        complain(str(damage))
    for remark in found.remarks:
        click.echo(remark)
    if found.damage:
        return 4
    click.echo("The store is whole.")
    return 0
