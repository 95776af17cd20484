"""`prov status`: which copies are behind, and by what."""

from __future__ import annotations

import sys

import click

from provenance.cli.context import workspace
from provenance.cli.terminal import emit, of_output
from provenance.errors import UsageError


@click.command("status")
@click.argument("article", required=False)
@click.option(
    "--format",
    "form",
    type=click.Choice(["table", "json"]),
    default="table",
    show_default=True,
    help="For eyes or for programs.",
)
@click.option("--texts", is_flag=True, help="With --format json: the text of every revision as well.")
@click.option("--behind", is_flag=True, help="Only copies that are behind.")
def command(article: str | None, form: str, texts: bool, behind: bool) -> None:  # noqa: FBT001 - click flags
    """Say which copies are behind, by which update and in whose words, worst first.

    With ARTICLE (a URL, an id, or the beginning of one), show that article in depth.
    """
    if form == "json":
        _json(article, texts=texts, behind=behind)
        return
    if texts:
        raise UsageError("--texts needs --format json", hint="`prov show ARTICLE` prints one text")
    if article:
        _page(article, behind=behind)
        return
    from provenance.app import status
    from provenance.cli.status_table import overview

    found = status.overview_of_behind(workspace()) if behind else status.overview(workspace())
    emit(overview(found, of_output()))


def _page(article: str, *, behind: bool) -> None:
    from provenance.app import status
    from provenance.cli.article_page import page

    found = status.subject(workspace(), article)
    emit(page(status.narrowed(found) if behind else found, of_output()))


def _json(article: str | None, *, texts: bool, behind: bool) -> None:
    from provenance.app import status
    from provenance.report import status_json

    store = workspace()
    subjects = iter([status.subject(store, article)]) if article else status.subjects(store)
    if behind:
        subjects = status.only_behind(subjects)
    if texts:
        subjects = status.with_texts(store, subjects)
    for piece in status_json.stream((each.history, each.known) for each in subjects):
        sys.stdout.buffer.write(piece.encode())  # JSON is UTF-8, whatever the terminal is
