"""What the commands share: the workspace that they work on, and the moment."""

from __future__ import annotations

import os
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING

import click

if TYPE_CHECKING:
    from provenance.app.workspace import Happening, Workspace


def workspace() -> Workspace:
    """Find the store that the command line, the environment or the project's settings name, and open it."""
    from provenance.app.workspace import Workspace, find

    found = Workspace(find(click.get_current_context().obj, os.environ, Path.cwd()), tell=tell)
    found.store  # noqa: B018 - a store that is none is told before anything else is done
    return found


def tell(happening: Happening, where: str) -> None:
    """Write one line on standard error about what a command dealt with by itself."""
    from provenance.cli.failures import complain

    complain(*(each.format(where) for each in _TOLD[happening.value]))


_TOLD = {
    "ledger gone": ("{} is not there: it is worked out from the store's facts", "nothing is lost"),
    "ledger damaged": ("{} is damaged: it is moved aside and worked out anew", "nothing is lost; see to the disk"),
    "ledger outdated": ("{} was worked out by another engine: it is worked out anew", "nothing is lost"),
    "clock behind": ("the clock is behind: something was stored at {}", "what is stored keeps its order"),
}
"""What to say of each happening, and what it means."""


def utc_now() -> datetime:
    """Read the clock."""
    return datetime.now(UTC).replace(microsecond=0)
