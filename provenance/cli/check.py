"""`prov check`: fail where republished files miss a correction."""

from __future__ import annotations

import os
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING

import click

from provenance.cli import gate
from provenance.cli.context import utc_now, workspace
from provenance.cli.outputs import FORMATS, TEXT, WITH_FIXES, InOrder, Output, append, write
from provenance.cli.progress import progress
from provenance.cli.terminal import Terminal, count, emit, of_output
from provenance.cli.times import TIME
from provenance.cli.words import one_line
from provenance.errors import UsageError

if TYPE_CHECKING:
    from provenance.app.gate.project import Project
    from provenance.app.gate.scope import Scope
    from provenance.app.gate.upstreams import Upstreams
    from provenance.model import Verdict

FINDINGS = 1
NOT_CHECKED = 3
SUMMARY = "GITHUB_STEP_SUMMARY"
"""Names the file that GitHub shows under a job."""


@click.command("check", cls=InOrder)
@click.argument("paths", metavar="[PATH]...", nargs=-1)
@click.option("--fail-on", metavar="KIND", default="", help="The mildest kind of update that fails, or never.")
@click.option("--grace", metavar="T", default="", help="How long any update may be missed: 24h, 7d.")
@click.option("--changed-since", metavar="REV", default="", help="Only files that differ from a git revision.")
@click.option("--baseline", is_flag=True, help="Accept all that fails now, so that only what is new fails.")
@click.option("--in-store", is_flag=True, help="Look at the copies that the store holds, and at no files.")
@click.option(
    "--format", "form", type=click.Choice(FORMATS), multiple=True, help="For whom; several, each with its --output."
)
@click.option("--output", metavar="FILE", multiple=True, help="Where to write the --format before it.")
@click.option("--now", metavar="T", type=TIME, help="The moment that counts  [default: now]")
@click.option("--config", metavar="FILE", default="", help="The settings  [default: the nearest]")
@gate.with_corrections
@click.option("--no-cache", is_flag=True, help="Ask everything anew, and keep nothing.")
@click.pass_context
def command(  # noqa: PLR0917 - click passes what the options say
    ctx: click.Context,
    paths: tuple[str, ...],
    fail_on: str,
    grace: str,
    changed_since: str,
    baseline: bool,  # noqa: FBT001 - a click flag
    in_store: bool,  # noqa: FBT001 - a click flag
    form: tuple[str, ...],  # noqa: ARG001 - paired in `outputs`
    output: tuple[str, ...],  # noqa: ARG001 - likewise
    now: datetime | None,
    config: str,
    corrections: tuple[str, ...],
    no_cache: bool,  # noqa: FBT001 - a click flag
) -> int:
    """Look at every file in each PATH, and fail where one misses a correction of the article that it was taken from.

    Without PATH, the folder we are in. A file that is no copy of an article held passes. Exit code 1 means findings, 3
    that something could not be checked.
    """
    from provenance.app.gate.check import check

    _refuse(baseline=baseline, changed_since=bool(changed_since), in_store=in_store, files=bool(paths or corrections))
    project, moment = gate.project(paths, config, fail_on, grace), now or utc_now()
    if in_store:
        from provenance.app.gate.desk import check_held

        verdict = check_held(workspace(), project, moment)
    else:
        scope = gate.scope(project, paths, changed_since, corrections)
        articles = gate.upstreams(corrections, kept=not no_cache)
        cache = None if no_cache else gate.cache(project, articles)
        with progress("checking") as report:
            verdict = check(articles, scope, moment, cache=cache, progress=report)
        if baseline:
            _accept(verdict, scope)
            return 0
        verdict = _fixed(verdict, articles, project, ctx.meta["outputs"])
    _tell(verdict, ctx.meta["outputs"])
    _summarise(verdict, ctx.meta["outputs"])
    return exit_code(verdict)


def _refuse(*, baseline: bool, changed_since: bool, in_store: bool, files: bool) -> None:
    if baseline and changed_since:
        raise UsageError("--baseline looks at whole paths", hint="leave --changed-since out")
    if in_store and (baseline or changed_since or files):
        raise UsageError(
            "--in-store looks at no files", hint="leave paths, --baseline, --changed-since and --corrections out"
        )


def exit_code(verdict: Verdict) -> int:
    """Give 1 where a finding fails, 3 where all that fails is what could not be checked, 0 where nothing does."""
    from provenance.model import Code

    codes = {finding.code for finding in verdict.failed}
    if codes - {Code.NOT_CHECKED}:
        return FINDINGS
    return NOT_CHECKED if codes else 0


def _fixed(verdict: Verdict, articles: Upstreams, project: Project, outputs: tuple[Output, ...]) -> Verdict:
    """Add the fixes where a format tells of them: to find them takes a while."""
    if not any(each.format in WITH_FIXES for each in outputs):
        return verdict
    from provenance.app.gate.fixes import fixed

    return fixed(verdict, articles, project)


def _accept(verdict: Verdict, scope: Scope) -> None:
    from provenance.app.gate import baseline

    root = scope.project.root
    accepted = baseline.made(baseline.read(root), verdict.findings, scope.names, verdict.now)
    file = baseline.write(root, accepted)
    click.echo(f"{count(len(accepted), 'finding')} accepted in {one_line(scope.project.name(file))}; new ones fail")


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


def _summarise(verdict: Verdict, outputs: tuple[Output, ...]) -> None:
    """Add to the summary of a GitHub job, where there is one and its annotations were asked for."""
    file = os.environ.get(SUMMARY, "")
    if file and any(each.format == "github" for each in outputs):
        from provenance.report.gate import summary

        append(Path(file), summary(verdict))


def _rendered(verdict: Verdict, name: str) -> str:
    from provenance.report.gate import FORMATS as WRITERS

    return WRITERS[name](verdict)
