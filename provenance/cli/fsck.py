"""`prov fsck`: check the store, and the ledger against it."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from provenance.cli.context import workspace
from provenance.cli.failures import complain
from provenance.errors import DamageError

if TYPE_CHECKING:
    from provenance.store import Damage


@click.command("fsck")
@click.option("--deep", is_flag=True, help="Read every object, and hold every revision in the ledger against it.")
def command(deep: bool) -> int:  # noqa: FBT001 - a click flag
    """Check that the store is whole and that the ledger says what the store does.

    A ledger that is behind is no damage: the next command catches up.
    """
    from provenance.app.fsck import Depth, fsck

    found = fsck(workspace(), Depth.EVERYTHING if deep else Depth.FORM)
    for damage in found.damage:
        complain(f"{damage.code} {_where(damage)}{damage.message}", damage.remedy)
    for wrong in found.differing:
        complain(wrong.message, wrong.remedy)
    for remark in found.remarks:
        click.echo(f"{remark.message} ({remark.remedy})")
    if not found.whole:
        return DamageError.exit_code
    click.echo("The store is whole.")
    return 0


def _where(damage: Damage) -> str:
    article = f"article {damage.article}: " if damage.article and damage.article not in damage.message else ""
    name = f"object {damage.object}: " if damage.object and damage.object not in damage.message else ""
    return article + name
