"""`prov letter`: the request to a copy's publisher, with what it still shows and what the article now says."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING

import click

from provenance.cli.context import utc_now, workspace
from provenance.cli.files import refuse, write
from provenance.cli.times import TIME
from provenance.cli.words import one_line

if TYPE_CHECKING:
    from provenance.model.letters import Letter


@click.command("letter")
@click.argument("copy")
@click.option("--article", metavar="UPSTREAM", default="", help="Of several upstreams of COPY, the one to write about.")
@click.option(
    "--language",
    type=click.Choice(["en", "de", "fr", "es"]),
    help="What to write in  [default: the copy's language, else the article's, else en]",
)
@click.option(
    "--format",
    "form",
    type=click.Choice(["text", "eml", "mailto"]),
    default="text",
    show_default=True,
    help="Text, a draft for a mail program, or a link that opens one.",
)
@click.option("--to", metavar="ADDRESS", default="", help="To whom it goes.")
@click.option("--from", "sender", metavar="ADDRESS", default="", help='From whom: "Name <desk@courier.example>".')
@click.option("--template", metavar="FILE", type=click.Path(path_type=Path), help="The desk's own words.")
@click.option("--now", metavar="T", type=TIME, help="The date of the letter  [default: now]")
@click.option("-o", "--output", metavar="FILE", default="-", help="Where to write it  [default: standard output]")
def command(
    copy: str,
    *,
    article: str,
    language: str | None,
    form: str,
    to: str,
    sender: str,
    template: Path | None,
    now: datetime | None,
    output: str,
) -> None:
    """Write to the publisher of COPY what its page still shows, what the article now says, and what is asked.

    Nothing is claimed that the evidence does not bear out. Where nothing is missing there is no letter. Nothing is
    sent: that is yours to do.
    """
    from provenance.app.letter import letter
    from provenance.app.letter_template import template as the_template
    from provenance.model.letters import Envelope
    from provenance.report import letters

    if output != "-":
        refuse(Path(output))
    envelope = Envelope(now or utc_now(), to, sender)
    signed = letters.signature(envelope)
    found = letter(workspace(), copy, article, language or "")
    if not found.changes:
        click.echo(f"prov: {_nothing(found)}", err=True)
        return
    written = letters.write(found, the_template(template, found.language), signed)
    made = letters.FORMATS[form](written, envelope)
    write(output, [made])
    if form == "mailto" and letters.is_cut(written, made):
        click.echo("prov: the link has the beginning of the letter (--format text has all of it)", err=True)


def _nothing(found: Letter) -> str:
    name = one_line(found.copy.url)
    return f"nothing to ask: {name} carries every update that prov knows of, or needs none of them"
