"""`prov explain`: the evidence for what a copy carries and misses, or what the code of a finding means."""

from __future__ import annotations

import re
import sys

import click

from provenance.cli.context import workspace
from provenance.cli.terminal import emit, of_output
from provenance.errors import NotFoundError

_CODE = re.compile(r"PRV\d+", re.IGNORECASE)


@click.command("explain")
@click.argument("copy", metavar="COPY|CODE")
@click.argument("update", required=False)
@click.option(
    "--format",
    "form",
    type=click.Choice(["text", "json"]),
    default="text",
    show_default=True,
    help="For eyes or for programs.",
)
def command(copy: str, update: str | None, form: str) -> None:
    """Show for each edit the old words, the new words, what COPY has and why it counts as it does.

    UPDATE is the id of one update, or the beginning of it; without it all updates are explained. For the CODE of a
    finding (PRV102, or missed-correction), say what it means, what follows from it and how to mend it.
    """
    from provenance.report.codes import code_of, section

    if code := code_of(copy):
        emit(section(code).splitlines())
        return
    if _CODE.fullmatch(copy):
        raise NotFoundError(f"no finding has the code {copy}", hint="`prov check` prints the codes")
    from provenance.app.explain import explain

    found = explain(workspace(), copy, update or "")
    if form == "json":
        from provenance.report import explain_json

        made = explain_json.text((each.copy, each.updates, each.known, each.disguises) for each in found)
        sys.stdout.buffer.write(made.encode())  # JSON is UTF-8, whatever the terminal is
        return
    from provenance.cli.explanation import explanation

    terminal = of_output()
    for place, each in enumerate(found):
        if place:
            click.echo()
        emit(explanation(each.copy, each.known, each.updates, terminal, each.disguises))
