"""`prov log`: the revisions of an article."""

from __future__ import annotations

from collections.abc import Iterator

import click

from provenance.cli.article_page import times
from provenance.cli.context import workspace
from provenance.cli.terminal import Terminal, count, emit, moment, of_output
from provenance.model import History, Revision


@click.command("log")
@click.argument("article")
def command(article: str) -> None:
    """List the revisions of ARTICLE: when, what kind of updates, how many edits.

    ARTICLE is a URL, an id, or the beginning of one.
    """
    from provenance.app.history import history

    emit(_lines(history(workspace(), article).history, of_output()))


def _lines(history: History, terminal: Terminal) -> Iterator[str]:
    for revision, when in reversed(list(zip(history.revisions, times(history.revisions), strict=True))):
        yield from terminal.hanging(f"@{revision.n:<3} ", f"{moment(when)}  {_what(history, revision)}")


def _what(history: History, revision: Revision) -> str:
    if revision.technical:
        return "technical: the same document, read by another extractor"
    told = [update for update in history.updates if update.revision == revision.n]
    parts = [
        f"{update.kind.value} ({'declared' if update.declared else 'silent'}, {count(len(update.edits), 'edit')})"
        for update in told
    ]
    if revision.metadata.status != "usable":
        parts.append(revision.metadata.status.value)
    return ", ".join(parts) or ("first revision held" if not revision.n else "nothing that a copy could miss")
