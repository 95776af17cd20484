"""`prov waive`: accept a finding for a while, by name and with a reason."""

from __future__ import annotations

from datetime import date, datetime
from typing import TYPE_CHECKING

import click

from provenance.cli import gate
from provenance.cli.context import utc_now
from provenance.cli.times import TIME
from provenance.cli.words import one_line
from provenance.errors import UsageError

if TYPE_CHECKING:
    from provenance.model import Finding


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
@click.option("--now", metavar="T", type=TIME, help="The moment of the decision  [default: now]")
@click.option("--config", metavar="FILE", default="", help="The settings  [default: the nearest]")
def command(  # noqa: PLR0917 - click passes what the options say
    finding: str, paths: tuple[str, ...], reason: str, until: date, by: str, now: datetime | None, config: str
) -> None:
    """Accept a FINDING of `prov check` in PATH until a day: in prov-waivers.toml, where a review sees it.

    FINDING is its id, or the beginning of it.
    """
    from provenance.app.gate import waivers
    from provenance.app.gate.check import check
    from provenance.app.gate.waiving import the_finding
    from provenance.model import Waiver

    moment = now or utc_now()
    if until < moment.date():
        raise UsageError(f"--until {until} is over", hint="name a day to come")
    if not reason.strip() or not by.strip():
        raise UsageError("a waiver needs a reason and a name", hint='--reason "..." --by "..."')
    found = gate.project(paths, config)
    verdict = check(gate.upstreams(), gate.scope(found, paths), moment)
    held = the_finding(verdict.findings, finding)
    file = waivers.add(found.root, Waiver(held.id, reason, by, until, moment.date()), _about(held))
    click.echo(f"{held.id} is waived until {until} in {one_line(found.name(file))}: {one_line(_about(held))}")


def _about(finding: Finding) -> str:
    item = f"#{finding.item}" if finding.item else ""
    return f"{finding.code.value} {finding.code.slug} in {finding.path}{item}"
