"""`prov fsck`: check the store, and the ledger against it."""

from __future__ import annotations

import os
from pathlib import Path
from typing import TYPE_CHECKING

import click

from provenance.cli.context import workspace
from provenance.cli.failures import complain
from provenance.cli.words import one_line
from provenance.errors import DamageError, UsageError

if TYPE_CHECKING:
    from provenance.app.fsck import Findings
    from provenance.store import Damage


@click.command("fsck")
@click.option("--deep", is_flag=True, help="Read every object, and hold every row of the ledger against the facts.")
@click.option("--repair", "mend", is_flag=True, help="Mend what can be mended; what is damaged is kept in `damaged`.")
@click.option(
    "--from",
    "sources",
    metavar="FILE|DIR",
    multiple=True,
    type=click.Path(path_type=Path),
    help="Take what is missing from a backup, a store or a clone; several.",
)
@click.option("--format", "form", type=click.Choice(["text", "json"]), default="text", help="How to tell it  [text]")
@click.pass_obj
def command(store: str | None, deep: bool, mend: bool, sources: tuple[Path, ...], form: str) -> int:  # noqa: FBT001 - click flags
    """Check that the store is whole and that the ledger says what the store does.

    A ledger that is behind is no damage: the next command catches up.
    """
    if sources and not mend:
        raise UsageError("--from is for --repair", hint="add --repair")
    done, found = _mended(store, sources) if mend else ((), _examined(deep=deep))
    if form == "json":
        from provenance.report import fsck_json

        click.echo(fsck_json.dumps(found.damage, found.differing, found.remarks, done), nl=False)
    else:
        _tell(found, done)
    return 0 if found.whole else DamageError.exit_code


def _examined(*, deep: bool) -> Findings:
    from provenance.app.fsck import Depth, fsck

    return fsck(workspace(), Depth.EVERYTHING if deep else Depth.FORM)


def _mended(store: str | None, sources: tuple[Path, ...]) -> tuple[tuple[str, ...], Findings]:
    from provenance.app.repair import repair
    from provenance.app.workspace import find

    repaired = repair(find(store, os.environ, Path.cwd()), sources)
    return repaired.done, repaired.left


def _tell(found: Findings, done: tuple[str, ...]) -> None:
    for each in done:
        click.echo(f"Mended: {one_line(each)}.")
    for damage in found.damage:
        complain(f"{damage.code} {_where(damage)}{damage.message}", damage.remedy)
    for wrong in found.differing:
        complain(wrong.message, wrong.remedy)
    for remark in found.remarks:
        click.echo(one_line(f"{remark.message} ({remark.remedy})"))
    if found.whole:
        click.echo("The store is whole.")


def _where(damage: Damage) -> str:
    article = f"article {damage.article}: " if damage.article and damage.article not in damage.message else ""
    name = f"object {damage.object}: " if damage.object and damage.object not in damage.message else ""
    return article + name
