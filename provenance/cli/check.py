"""`prov check`: fail where republished files miss a correction."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING

import click

from provenance.cli.context import utc_now, workspace
from provenance.cli.outputs import FORMATS, TEXT, InOrder, Output, write
from provenance.cli.progress import progress
from provenance.cli.terminal import Terminal, emit, of_output
from provenance.cli.times import TIME

if TYPE_CHECKING:
    from provenance.model import Verdict

FINDINGS = 1
NOT_CHECKED = 3


@click.command("check", cls=InOrder)
@click.argument("paths", metavar="[PATH]...", nargs=-1)
@click.option("--fail-on", metavar="KIND", default="", help="The mildest kind of update that fails, or never.")
@click.option("--grace", metavar="T", default="", help="How long an update may be missed: 24h, 7d.")
@click.option(
    "--config", metavar="FILE", default="", help="The settings  [default: the nearest prov.toml, pyproject.toml]"
)
@click.option("--now", metavar="T", type=TIME, help="The moment that counts  [default: now]")
@click.option(
    "--format", "form", type=click.Choice(FORMATS), multiple=True, help="For whom; several, each with its --output."
)
@click.option("--output", metavar="FILE", multiple=True, help="Where to write the --format before it.")
@click.pass_context
def command(  # noqa: PLR0917 - click passes what the options say
    ctx: click.Context,
    paths: tuple[str, ...],
    fail_on: str,
    grace: str,
    config: str,
    now: datetime | None,
    form: tuple[str, ...],  # noqa: ARG001 - paired in `outputs`
    output: tuple[str, ...],  # noqa: ARG001 - likewise
) -> int:
    """Look at every file in each PATH, and fail where one misses a correction of the article that it was taken from.

    A file that is no copy of an article held passes. Exit code 1 means findings, 3 that something could not be checked.
    """
    from provenance.app.gate import project
    from provenance.app.gate.check import check
    from provenance.app.gate.upstreams import LedgerUpstreams

    named = [Path(each) for each in paths] or [Path()]
    found = project.overruled(project.find(named, Path(config) if config else None), fail_on, grace)
    with progress("checking") as report:
        verdict = check(LedgerUpstreams(workspace()), found, named, now or utc_now(), progress=report)
    _tell(verdict, ctx.meta["outputs"])
    return exit_code(verdict)


def exit_code(verdict: Verdict) -> int:
    """Give 1 where a finding fails, 3 where all that fails is what could not be checked, 0 where nothing does."""
    from provenance.model import Code

    codes = {finding.code for finding in verdict.failed}
    if codes - {Code.NOT_CHECKED}:
        return FINDINGS
    return NOT_CHECKED if codes else 0


def _tell(verdict: Verdict, outputs: tuple[Output, ...]) -> None:
    from provenance.cli.findings_text import summary, text

    for each in outputs:
        if each.file is None:
            if each.format == TEXT:
                emit(text(verdict, of_output()))
            else:
                click.echo(_rendered(verdict, each.format), nl=False)
        elif each.format == TEXT:
            write(each.file, "".join(f"{line}\n" for line in text(verdict, Terminal())))
        else:
            write(each.file, _rendered(verdict, each.format))
    if all(each.file for each in outputs):
        click.echo(summary(verdict))


def _rendered(verdict: Verdict, name: str) -> str:
    from provenance.report.gate import FORMATS as WRITERS

    return WRITERS[name](verdict)
