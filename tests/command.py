"""The installed command as a person runs it: a process of its own, a clean environment, nothing on standard input."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Mapping
from pathlib import Path
from typing import Any

PROV = Path(sys.executable).with_name("prov")


def prov(
    *arguments: str | Path, cwd: Path, feed: str = "", environ: Mapping[str, str] | None = None
) -> subprocess.CompletedProcess[str]:
    """Run the command in a folder and give what it printed, whatever its exit code."""
    return subprocess.run(
        [str(PROV), *map(str, arguments)],
        cwd=cwd,
        input=feed,
        env=clean_environ(cwd) | dict(environ or {}),
        capture_output=True,
        text=True,
        encoding="utf-8",
        timeout=300,
        check=False,
    )


def run(*arguments: str | Path, cwd: Path, feed: str = "") -> str:
    """Run a command that has to succeed and give its standard output."""
    ran = prov(*arguments, cwd=cwd, feed=feed)
    assert ran.returncode == 0, f"prov {' '.join(map(str, arguments))} ended with {ran.returncode}: {ran.stderr}"
    return ran.stdout


def status(*, cwd: Path) -> dict[str, dict[str, Any]]:
    """Give every article of the store in `cwd` as `prov status` has it, texts included, by URL."""
    found = json.loads(run("status", "--format", "json", "--texts", cwd=cwd))
    return {article["url"]: article for article in found["articles"]}


def clean_environ(home: Path) -> dict[str, str]:
    """Give this process's environment without git's, prov's and the user's own settings."""
    kept = {name: value for name, value in os.environ.items() if not name.startswith(("GIT_", "PROV_", "XDG_"))}
    return kept | {"HOME": str(home), "NO_COLOR": "1"}
