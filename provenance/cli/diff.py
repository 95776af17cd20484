"""`prov diff`: what changed between two revisions, or what a copy has of its upstream, side by side."""

from __future__ import annotations

import sys

import click

from provenance.cli.context import workspace
from provenance.cli.terminal import emit, of_output
from provenance.errors import UsageError


@click.command("diff")
@click.argument("article", required=False)
@click.argument("other", metavar="[N..M|COPY]", required=False)
@click.option("--copy", metavar="COPY", help="Lay COPY beside ARTICLE (default: its upstream), sentence by sentence.")
@click.option("--word", "style", flag_value="word", default="word", help="Word by word (default).")
@click.option("--side-by-side", "style", flag_value="side", help="The old text left, the new one right.")
@click.option(
    "--format",
    "form",
    type=click.Choice(["text", "json"]),
    default="text",
    show_default=True,
    help="With --copy: for eyes or for programs.",
)
def command(article: str | None, other: str | None, copy: str | None, style: str, form: str) -> None:
    """Show what changed in ARTICLE between revisions N and M (default: the last two), or from it to its COPY.

    With --copy, every sentence of the article (ARTICLE@N for one revision) stands beside the copy's, with what the
    copy carries and misses of each update at its place.
    """
    if copy is not None:
        _beside(copy, article or "", other, form)
        return
    if article is None:
        raise UsageError("which article?", hint="`prov diff ARTICLE`, or `prov diff --copy COPY`")
    if form != "text":
        raise UsageError("--format json needs --copy", hint="`prov status --format json` has every edit of an article")
    from provenance.app.history import comparison
    from provenance.cli.diff_text import side_by_side, word_by_word

    render = side_by_side if style == "side" else word_by_word
    emit(render(comparison(workspace(), article, other or ""), of_output()))


def _beside(copy: str, upstream: str, other: str | None, form: str) -> None:
    from provenance.app.beside import sides

    if other is not None:
        raise UsageError(f"--copy takes one article, and {other} is another", hint="ARTICLE@N names one revision")
    found = sides(workspace(), copy, upstream)
    if form == "json":
        from provenance.report import sides_json

        sys.stdout.buffer.write(sides_json.text(found).encode())  # JSON is UTF-8, whatever the terminal is
        return
    from provenance.cli.sides_text import side_by_side

    emit(side_by_side(found, of_output()))
