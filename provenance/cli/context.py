"""What the commands share: the workspace that they work on, and the moment."""

from __future__ import annotations

import os
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING

import click

if TYPE_CHECKING:
    from provenance.app.workspace import Workspace


def workspace() -> Workspace:
    """Find the store that the command line, the environment or the project's settings name, and open it."""
    from provenance.app.workspace import Workspace, find

    found = Workspace(find(click.get_current_context().obj, os.environ, Path.cwd()))
    found.store  # noqa: B018 - a store that is none is told before anything else is done
    return found


def utc_now() -> datetime:
    """Read the clock."""
    return datetime.now(UTC).replace(microsecond=0)
