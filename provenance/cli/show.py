"""`prov show`: the text of an article as it stands or stood."""

from __future__ import annotations

import sys

import click

from provenance.cli.context import workspace
from provenance.cli.words import visible
from provenance.model import Revision


@click.command("show")
@click.argument("article", metavar="ARTICLE[@N]")
@click.option("--meta", is_flag=True, help="The metadata, as JSON, instead of the text.")
def command(article: str, meta: bool) -> None:  # noqa: FBT001 - a click flag
    """Print the canonical text of ARTICLE, of its revision N, or of its last one."""
    from provenance.app.history import revision

    found = revision(workspace(), article)
    text = _metadata(found) if meta else found.text
    if sys.stdout.isatty():
        click.echo(visible(text), nl=False)
    else:  # what is piped is the text itself, to the byte
        click.echo(text.encode(), nl=False)


def _metadata(found: Revision) -> str:
    from dataclasses import asdict
    from datetime import datetime

    from provenance.report.json_text import dumped

    metadata = asdict(found.metadata)
    known = {key: value.isoformat() if isinstance(value, datetime) else value for key, value in metadata.items()}
    kept = {key: value for key, value in known.items() if value not in ("", None, (), {})}
    state = {"id": found.article, "n": found.n, "commit": found.id, "blob": found.blob, "reader": found.reader}
    seen = {"observed_at": found.observed_at.isoformat() if found.observed_at else None, "flags": list(found.flags)}
    return dumped(state | seen | kept, indent=1) + "\n"
