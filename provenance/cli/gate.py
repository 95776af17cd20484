"""What the commands of the gate share: the articles to hold files against, the project, and the cache."""

from __future__ import annotations

import os
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

import click

from provenance.cli.context import workspace
from provenance.errors import NoStoreError, StoreVersionError, UsageError

if TYPE_CHECKING:
    from provenance.app.gate.cache import Cache
    from provenance.app.gate.project import Project
    from provenance.app.gate.scope import Scope
    from provenance.app.gate.upstreams import Upstreams
    from provenance.app.workspace import Workspace


with_corrections = click.option(
    "--corrections", metavar="FILE", multiple=True, help="Publishers' corrections in place of a store, oldest first."
)
"""The option that `upstreams` and `scope` take the value of."""


def upstreams(corrections: Sequence[str] = (), *, kept: bool = True) -> Upstreams:
    """Read corrections files; without any, ask the ledger of the store that is named as for every command.

    What sentences came to is `kept` beside the answers of earlier checks, as a store keeps it in its own folder.
    """
    if not corrections:
        from provenance.app.gate.upstreams import LedgerUpstreams

        return LedgerUpstreams(_opened())
    if click.get_current_context().find_root().obj:
        raise UsageError("--store and --corrections are two answers to one question", hint="leave one out")
    from provenance import meaning
    from provenance.app.gate.cache import place
    from provenance.app.gate.corrections import CorrectionsUpstreams

    answers = place(os.environ, Path()) if kept else None
    model = meaning.opened(answers.parent if answers else Path(os.devnull)) if meaning.installed() else None
    return CorrectionsUpstreams([Path(each) for each in corrections], model)


def _opened() -> Workspace:
    """Open the store; where there is none, say that a republisher needs none."""
    try:
        return workspace()
    except StoreVersionError:
        raise
    except NoStoreError as error:
        raise NoStoreError(str(error), hint="name it by --store, or a publisher's file by --corrections") from error


def project(paths: Sequence[str], config: str = "", fail_on: str = "", grace: str = "") -> Project:
    """Find the project of some paths, with its settings, and what options say instead."""
    from provenance.app.gate import project as projects

    found = projects.find(_paths(paths), Path(config) if config else None)
    return projects.overruled(found, fail_on, grace)


def scope(found: Project, paths: Sequence[str], changed_since: str = "", besides: Sequence[str] = ()) -> Scope:
    """Give the scope that some paths name; without any, the folder that we are in. `besides` are not looked at."""
    from provenance.app.gate.scope import Scope

    return Scope(found, tuple(_paths(paths)), changed_since, frozenset(found.name(Path(each)) for each in besides))


def cache(found: Project, articles: Upstreams) -> Cache:
    """Open what is kept of earlier checks of a project, for the articles as they are held now."""
    from provenance import __version__
    from provenance.app.gate.cache import Cache, place

    settings = "\0".join((*found.keys, "", *found.own))
    return Cache(place(os.environ, found.root), __version__, articles.head, articles.engine, settings)


def _paths(paths: Sequence[str]) -> list[Path]:
    return [Path(each) for each in paths] or [Path()]
