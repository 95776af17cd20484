"""`prov waive`: accept a finding for a while, by name and with a reason."""

from __future__ import annotations

from datetime import date, datetime
from typing import TYPE_CHECKING, NamedTuple

import click

from provenance.cli import gate
from provenance.cli.context import utc_now, workspace
from provenance.cli.times import TIME
from provenance.cli.words import one_line
from provenance.errors import UsageError

if TYPE_CHECKING:
    from provenance.app.gate.project import Project
    from provenance.model import Finding, Waiver


class Day(click.ParamType[date]):
    """Turns `2026-12-31` into a day."""

    name = "day"

    def convert(self, value: str, param: click.Parameter | None, ctx: click.Context | None) -> date:
        """Read a day."""
        try:
            return date.fromisoformat(value)
        except ValueError:
            self.fail(f"{value!r} is no day; write it as 2026-12-31", param, ctx)


@click.command("waive")
@click.argument("finding")
@click.argument("paths", metavar="[PATH]...", nargs=-1)
@click.option("--reason", required=True, metavar="WORDS", help="Why it may stay as it is.")
@click.option("--until", required=True, metavar="DAY", type=Day(), help="The last day it holds, as 2026-12-31.")
@click.option("--by", required=True, metavar="NAME", help="Who decides it.")
@click.option("--in-store", is_flag=True, help="A finding of `prov check --in-store`: decide it in the store.")
@click.option("--now", metavar="T", type=TIME, help="The moment of the decision  [default: now]")
@click.option("--config", metavar="FILE", default="", help="The settings  [default: the nearest]")
@gate.with_corrections
def command(  # noqa: PLR0917 - click passes what the options say
    finding: str,
    paths: tuple[str, ...],
    reason: str,
    until: date,
    by: str,
    in_store: bool,  # noqa: FBT001 - a click flag
    now: datetime | None,
    config: str,
    corrections: tuple[str, ...],
) -> None:
    """Accept a FINDING of `prov check` in PATH until a day: in prov-waivers.toml, where a review sees it.

    FINDING is its id, or the beginning of it.
    """
    moment = now or utc_now()
    if until < moment.date():
        raise UsageError(f"--until {until} is over", hint="name a day to come")
    if not reason.strip() or not by.strip():
        raise UsageError("a waiver needs a reason and a name", hint='--reason "..." --by "..."')
    project = gate.project(paths, config)
    waive = _in_store if in_store else _in_project
    held, where = waive(project, paths, finding, Decision(reason, by, until, moment, corrections))
    click.echo(f"{held.id} is waived until {until} in {one_line(where)}: {one_line(_about(held))}")


class Decision(NamedTuple):
    """What is decided of a finding: why, by whom, until when, at which moment, and on which corrections files."""

    reason: str
    by: str
    until: date
    moment: datetime
    corrections: tuple[str, ...] = ()

    def waiver(self, finding: Finding) -> Waiver:
        """Give the waiver of a finding."""
        from provenance.model import Waiver

        return Waiver(finding.id, self.reason, self.by, self.until, self.moment.date())


def _in_project(project: Project, paths: tuple[str, ...], name: str, decided: Decision) -> tuple[Finding, str]:
    from provenance.app.gate import waivers
    from provenance.app.gate.check import check
    from provenance.app.gate.waiving import the_finding

    files = decided.corrections
    scope = gate.scope(project, paths, besides=files)
    found = the_finding(check(gate.upstreams(files), scope, decided.moment).findings, name)
    return found, project.name(waivers.add(project.root, decided.waiver(found), _about(found)))


def _in_store(project: Project, paths: tuple[str, ...], name: str, decided: Decision) -> tuple[Finding, str]:
    from provenance.app.gate.desk import check_held, waive_held
    from provenance.app.gate.waiving import the_finding

    if paths or decided.corrections:
        raise UsageError("--in-store looks at no files", hint="leave paths and --corrections out")
    store = workspace()
    found = the_finding(check_held(store, project, decided.moment).findings, name)
    waive_held(store, found, decided.waiver(found), decided.moment)
    return found, "the store"


def _about(finding: Finding) -> str:
    item = f"#{finding.item}" if finding.item else ""
    return f"{finding.code.value} {finding.code.slug} in {finding.path}{item}"
