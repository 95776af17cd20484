"""`prov export`: what others need of a store, in one file."""

from __future__ import annotations

import click

from provenance.cli.context import workspace
from provenance.cli.files import write


@click.command("export")
@click.argument("what", type=click.Choice(["corrections"]))
@click.argument("articles", metavar="[ARTICLE]...", nargs=-1)
@click.option("--since", metavar="CURSOR", default="", help="Only what came after the file that ends at CURSOR.")
@click.option("--publisher", "publishers", metavar="NAME", multiple=True, help="Only articles by NAME; several.")
@click.option("-o", "--output", metavar="FILE", default="-", help="Where to write it  [default: standard output]")
def command(what: str, articles: tuple[str, ...], since: str, publishers: tuple[str, ...], output: str) -> None:  # noqa: ARG001 - there is one thing to export so far
    """Write what a partner needs to check its copies without this store: `prov check --corrections FILE`.

    The file has every text of the articles in it. An ARTICLE is a URL, an id, or the beginning of one.
    """
    from provenance.app.export import corrections
    from provenance.report import corrections_json

    found = corrections(workspace(), articles, publishers, since)
    write(output, corrections_json.stream(found.extent, found.parts, found.copies))
