"""`prov diff`: what changed between two revisions, or from an article to its copy."""

from __future__ import annotations

import click

from provenance.cli.context import workspace
from provenance.cli.terminal import emit, of_output


@click.command("diff")
@click.argument("article")
@click.argument("other", metavar="[N..M|COPY]", required=False)
@click.option("--word", "style", flag_value="word", default="word", help="Word by word (default).")
@click.option("--side-by-side", "style", flag_value="side", help="The old text left, the new one right.")
def command(article: str, other: str | None, style: str) -> None:
    """Show what changed in ARTICLE between revisions N and M (default: the last two), or from it to its COPY."""
    from provenance.app.history import comparison
    from provenance.cli.diff_text import side_by_side, word_by_word

    render = side_by_side if style == "side" else word_by_word
    emit(render(comparison(workspace(), article, other or ""), of_output()))
