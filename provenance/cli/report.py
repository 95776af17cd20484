"""`prov report`: what an editor looks at, in one file."""

from __future__ import annotations

import sys
from collections.abc import Callable
from contextlib import suppress
from datetime import datetime
from typing import TYPE_CHECKING

import click

from provenance.cli.context import utc_now, workspace
from provenance.cli.files import Pieces, refuse, write
from provenance.cli.progress import progress
from provenance.cli.times import TIME
from provenance.errors import StoreBusyError, UsageError

if TYPE_CHECKING:
    from provenance.app.workspace import Workspace

FORMATS = ("html", "pdf", "markdown", "csv", "json")
_FOR_FILES = ("html", "pdf")


@click.command("report")
@click.argument("articles", metavar="[ARTICLE]...", nargs=-1)
@click.option("--publisher", "publishers", metavar="NAME", multiple=True, help="Only articles by NAME; several.")
@click.option("--since", metavar="T", type=TIME, help="Only updates that came out at T or later.")
@click.option("--behind", is_flag=True, help="Only copies that are behind.")
@click.option(
    "--format", "form", type=click.Choice(FORMATS), default="html", show_default=True, help="For whom or for what."
)
@click.option("-o", "--output", metavar="FILE", default="-", help="Where to write it  [default: standard output]")
@click.option("--now", metavar="T", type=TIME, help="The moment that stands in it  [default: now]")
def command(  # noqa: PLR0917 - click passes what the options say
    articles: tuple[str, ...],
    publishers: tuple[str, ...],
    since: datetime | None,
    behind: bool,  # noqa: FBT001 - a click flag
    form: str,
    output: str,
    now: datetime | None,
) -> None:
    """Write down which copies still show what was corrected, since when, and with which proof, worst first.

    An ARTICLE is a URL, an id, or the beginning of one; of a copy it is the part of its upstream's chapter.
    """
    _refuse(form, output)
    from provenance.app.audit.audit import audit
    from provenance.app.audit.scope import scoped
    from provenance.report.audit import WITH_TEXTS, writer

    stream = writer(form)
    store = workspace()
    scope = scoped(store, articles, publishers, since, behind=behind)
    moment = now or utc_now()
    with progress("articles written") as report:
        _write(output, store, lambda found: stream(audit(found, scope, moment, report, beside=form in WITH_TEXTS)))


def _write(output: str, store: Workspace, made: Callable[[Workspace], Pieces]) -> None:
    """Write what is made of a store; where others write to the store meanwhile, once more of a copy of its ledger.

    What went to standard output cannot be taken back: it is made of a copy at once.
    """
    from provenance.app.at_rest import at_rest

    if output != "-":
        with suppress(StoreBusyError):
            write(output, made(store))
            return
    with at_rest(store) as still:
        write(output, made(still))


def _refuse(form: str, output: str) -> None:
    """Refuse what nobody could read, and what could not be written in the end, before anything is worked out."""
    if output == "-":
        if form in _FOR_FILES and sys.stdout.isatty():
            raise UsageError(f"{form} is not for a terminal", hint=f"give it a file: -o report.{form}")
        return
    from pathlib import Path

    refuse(Path(output))
