"""`prov ingest`: store every article found in files, folders or standard input."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from datetime import datetime
from typing import TYPE_CHECKING

import click

from provenance.cli.context import utc_now, workspace
from provenance.cli.failures import complain
from provenance.cli.progress import progress
from provenance.cli.terminal import Terminal, emit, of_output
from provenance.cli.times import TIME
from provenance.cli.words import one_line
from provenance.errors import PassedOverError, SourceError
from provenance.model import Draft, Event

if TYPE_CHECKING:
    from provenance.app.plan import Outcome
    from provenance.sources import Options

NO_URL = "no-url"
"""The flag of a copy that goes by the path of its file."""

LISTED = 20
"""Up to so many drafts each have a line of their own; of more, only the summary and the errors are shown."""

WORDS = {Event.STORED: "stored", Event.UNCHANGED: "unchanged", Event.STALE: "stale"}
REFUSED = "refused"
PASSED = "passed over"


@click.command("ingest")
@click.argument("sources", metavar="SOURCE...", nargs=-1, required=True)
@click.option("--url", metavar="URL", default="", help="The article's canonical URL, whatever the source says.")
@click.option("--publisher", metavar="NAME", default="", help="Who publishes it, where the source does not say.")
@click.option("--published", metavar="T", type=TIME, help="When it was first published, as 2025-03-04T09:12Z.")
@click.option("--modified", metavar="T", type=TIME, help="When it was last changed.")
@click.option("--observed", metavar="T", type=TIME, help="When it was seen  [default: now]")
@click.option("--copy-of", metavar="ARTICLE|auto", default="", help="What it was taken from; auto: find out.")
@click.option("--format", "form", metavar="NAME", default="", help="text, markdown, html, jsonl: instead of guessing.")
def command(  # noqa: PLR0917 - click passes what the options say
    sources: tuple[str, ...],
    url: str,
    publisher: str,
    published: datetime | None,
    modified: datetime | None,
    observed: datetime | None,
    copy_of: str,
    form: str,
) -> int:
    """Store every article found in each SOURCE: a file, a folder, or - for draft lines on standard input.

    Two texts under one URL are two revisions of one article, oldest first.
    """
    from provenance.app.ingest import ingest, upstream_url
    from provenance.sources import Options

    store = workspace()
    options = Options(
        url=url,
        publisher=publisher,
        published=published,
        modified=modified,
        observed=observed,
        copy_of=upstream_url(store, copy_of),
        format=form,
    )
    with progress("ingesting") as report:
        return _tell(_counted(ingest(store, _drafts(sources, options), utc_now), report))


def _drafts(sources: Iterable[str], options: Options) -> Iterator[Draft | SourceError]:
    """Read source after source; one that cannot be read leaves the others standing."""
    from provenance.sources import read

    for source in sources:
        try:
            yield from read(source, options)
        except SourceError as error:
            yield error


def _counted(outcomes: Iterable[Outcome], report: Callable[[int], None]) -> Iterator[Outcome]:
    for done, outcome in enumerate(outcomes, 1):
        yield outcome
        report(done)


def _tell(outcomes: Iterable[Outcome]) -> int:
    """Print what became of the drafts: refusals as they come, the rest in lines or in numbers; give the exit code."""
    tally: Counter[str] = Counter()
    lines: list[str] = []
    unnamed: list[str] = []
    for outcome in outcomes:
        if outcome.error:
            complain(str(outcome.error), outcome.error.hint)
        tally[_word(outcome)] += 1
        if tally.total() <= LISTED:
            lines.append(_line(outcome))
        if NO_URL in outcome.flags:
            unnamed.append(outcome.origin)
    if not tally:
        raise SourceError("nothing to ingest", hint="the sources hold no article and no draft line")
    if tally.total() <= LISTED:
        click.echo("".join(lines), nl=False)
    if tally.total() > 1:
        click.echo(", ".join(f"{tally[word]:,} {word}" for word in (*WORDS.values(), PASSED, REFUSED) if tally[word]))
    if unnamed:
        emit(_of_unnamed(unnamed, of_output()))
    return SourceError.exit_code if tally[REFUSED] or tally[PASSED] == tally.total() else 0


def _word(outcome: Outcome) -> str:
    if outcome.event:
        return WORDS[outcome.event]
    return PASSED if isinstance(outcome.error, PassedOverError) else REFUSED


def _line(outcome: Outcome) -> str:
    if outcome.error:
        return ""
    remarks = [*(["technical: the same bytes, read anew"] if outcome.technical else []), *outcome.flags]
    shown = f"  [{', '.join(remarks)}]" if remarks else ""
    return f"{_word(outcome):<9} {outcome.article} @{outcome.n}  {one_line(outcome.url)}{one_line(shown)}\n"


def _of_unnamed(names: list[str], terminal: Terminal) -> Iterator[str]:
    """Say of copies without a URL what they go by, and how to say what they really are."""
    what = f"{names[0]} names no URL" if len(names) == 1 else f"{len(names):,} copies name no URL"
    yield from terminal.wrapped(f"{what}: kept under the path of its file. If it has one, ingest it with --url URL")
