"""What git is given wherever it is started: its program, an environment and settings that are ours alone."""

from __future__ import annotations

import os
from pathlib import Path

from provenance.errors import GitMissingError

OLDEST = (2, 36)
"""The first git with `core.fsync` and with `cat-file --batch-command`."""

ENVIRONMENT = {
    "GIT_ATTR_NOSYSTEM": "1",
    "GIT_CONFIG_GLOBAL": os.devnull,
    "GIT_CONFIG_NOSYSTEM": "1",
    "GIT_CONFIG_SYSTEM": os.devnull,
    "GIT_NO_REPLACE_OBJECTS": "1",
    "GIT_TERMINAL_PROMPT": "0",
    "HOME": os.devnull,
    "LANGUAGE": "C",
    "LC_ALL": "C",
    # fast-import frees and takes back the top of its heap for each object: a third of its time (bench/bench_store.py)
    "MALLOC_TOP_PAD_": str(2**20),
    "MALLOC_TRIM_THRESHOLD_": str(2**26),
}
SETTINGS = (
    "core.hooksPath=/dev/null",
    "core.fsmonitor=false",
    "core.attributesFile=/dev/null",
    "core.commitGraph=false",  # a cache that could lie about the log
    "core.fsync=all",
    "core.quotePath=true",
    "fastimport.unpackLimit=0",  # a pack is one file to flush, loose objects are many
    "gc.auto=0",
    "maintenance.auto=false",
    "pack.compression=1",  # `git gc` shrinks by deltas, not by zlib's last percents
    "protocol.allow=never",
)


def on_path(path: str) -> Path:
    """Find git in the absolute folders of a search path: never in the folder where we happen to be."""
    for folder in path.split(os.pathsep):
        program = Path(folder, "git")
        if program.is_absolute() and os.access(program, os.X_OK) and program.is_file():
            return program
    wanted = ".".join(map(str, OLDEST))
    raise GitMissingError("git is not installed", hint=f"install git {wanted} or newer")
