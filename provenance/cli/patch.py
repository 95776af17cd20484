"""`prov patch`: what to change in a republished file, as a unified diff; with --write, done."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path

import click

from provenance.cli import gate
from provenance.cli.context import utc_now
from provenance.cli.terminal import emit, of_output
from provenance.cli.times import TIME


@click.command("patch")
@click.argument("file", metavar="FILE")
@click.option("--write", is_flag=True, help="Change the file, at once or not at all.")
@click.option("--note", is_flag=True, help="Put the publisher's notice under the article as well.")
@click.option("--now", metavar="T", type=TIME, help="The moment that counts  [default: now]")
@click.option("--config", metavar="FILE", default="", help="The settings  [default: the nearest]")
@gate.with_corrections
def command(
    file: str, *, write: bool, note: bool, now: datetime | None, config: str, corrections: tuple[str, ...]
) -> None:
    """Show what to change in FILE so that it carries the updates that it misses, and what cannot be placed in it.

    Only the words that changed are touched: front matter, markup, links, line ends and your own words stay.
    """
    from provenance.app.patch import patch
    from provenance.app.replacing import replace_file
    from provenance.cli.patch_text import text

    found = gate.project([file], config)
    made = patch(gate.upstreams(corrections), found, Path(file), now or utc_now(), note=note)
    if write and made.patched != made.source:
        replace_file(made.path, made.received, made.bytes)
    emit(text(made, of_output(), written=write))
