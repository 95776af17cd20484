"""The log of bugs, kept in the store's folder for whoever mends them: one JSON line each, whatever is in it."""

from __future__ import annotations

import json
import os
from datetime import UTC, datetime
from pathlib import Path

from provenance import __version__
from provenance.app import workspace

NAME = "bugs.jsonl"


def keep(name: str, trace: str, store: str | None) -> str:
    """Add a trace to the log in the store's folder and say where; "" where there is no store to write into."""
    try:
        folder = workspace.find(store, os.environ, Path.cwd())
        if not (folder / "FORMAT").is_file():
            return ""
        folder = folder / "log"
        folder.mkdir(mode=0o700, exist_ok=True)
        _append(folder, {"id": name, "at": datetime.now(UTC).isoformat(), "prov": __version__, "trace": trace})
    except Exception:  # noqa: BLE001 - the bug itself is what has to be told, whatever else is broken
        return ""
    return str(folder / NAME)


def _append(folder: Path, entry: dict[str, str]) -> None:
    """Write one entry at the end; a link in the place of the folder or the file is not followed."""
    inside = os.open(folder, os.O_RDONLY | os.O_DIRECTORY | os.O_NOFOLLOW | os.O_CLOEXEC)
    try:
        flags = os.O_WRONLY | os.O_APPEND | os.O_CREAT | os.O_NOFOLLOW | os.O_NONBLOCK | os.O_CLOEXEC
        file = os.open(NAME, flags, 0o600, dir_fd=inside)
        try:
            os.write(file, json.dumps(entry).encode() + b"\n")
        finally:
            os.close(file)
    finally:
        os.close(inside)
