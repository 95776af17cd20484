"""A folder for what is worked out and thrown away: inside the store, where nobody else may read."""

from __future__ import annotations

import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

PREFIX = ".fsck-"
"""How the names of these folders begin, should a crash leave one."""


@contextmanager
def scratch(store: Path) -> Iterator[Path]:
    """Give an empty folder of ours, removed at the end; in the system's own place where the store cannot be written."""
    try:
        made = tempfile.TemporaryDirectory(prefix=PREFIX, dir=store)
    except OSError:
        made = tempfile.TemporaryDirectory(prefix="prov-fsck-")
    with made as name:
        yield Path(name)
