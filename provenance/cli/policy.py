"""`prov policy`: what fails a check, and where each value was set."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

import click

from provenance.cli import gate
from provenance.cli.terminal import emit
from provenance.cli.words import one_line

if TYPE_CHECKING:
    from provenance.app.gate.project import Project


@click.command("policy")
@click.argument("paths", metavar="[PATH]...", nargs=-1)
@click.option("--fail-on", metavar="KIND", default="", help="As `prov check` would be told.")
@click.option("--grace", metavar="T", default="", help="As `prov check` would be told.")
@click.option("--config", metavar="FILE", default="", help="The settings  [default: the nearest]")
def command(paths: tuple[str, ...], fail_on: str, grace: str, config: str) -> None:
    """Print every value of the policy that is in force for PATH, and where it was set: default, a file or an option."""
    rows = list(_rows(gate.project(paths, config, fail_on, grace)))
    width = max(len(f"{name} = {value}") for name, value, _ in rows)
    emit(f"{f'{name} = {value}':<{width}}  # {one_line(origin)}" for name, value, origin in rows)


def _rows(project: Project) -> Iterator[tuple[str, str, str]]:
    from provenance.app.gate.settings import written

    for name, value in written(project).items():
        yield name, one_line(value), project.policy.origin(name)
