"""What git knows of the files of a checkout that is not ours: which have changed since a revision, which it ignores.

The repository may be anybody's, and a check runs inside its hooks, where git's own variables point elsewhere. So git
gets an environment of ours, none of its settings that run anything counts, and only names of files are asked for.
GitPython stays out: importing it takes longer than all that is asked here.
"""

from __future__ import annotations

import os
import subprocess
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from provenance.errors import GateError
from provenance.store.surroundings import ENVIRONMENT, SETTINGS, on_path

_NAMED = ("-z", "--name-only")
_EMPTY = ("clean", "smudge", "process")
_HINT = "is git installed, and is this a repository that it can read?"


@dataclass(frozen=True, slots=True)
class Checkout:
    """A work tree by its top folder. All names are relative to it, with slashes."""

    top: Path

    def changed(self, since: str) -> frozenset[str]:
        """Name the files that differ from a revision, and those that git does not track nor ignore.

        A file that was touched and not changed may be among them. Raises GateError where there is no such revision.
        """
        # plumbing: it refreshes no index, and compares by what the index knows
        changed = ("diff-index", *_NAMED, "--no-renames", "--no-ext-diff", "--ignore-submodules=all", "--diff-filter=d")
        try:
            tracked = self._names(*changed, "--end-of-options", f"{since}^{{commit}}", "--")
        except GateError as error:
            raise GateError(f"--changed-since: no revision {since} in {self.top}", hint=str(error)) from error
        return frozenset(tracked + self._names("ls-files", "-z", "--others", "--exclude-standard"))

    def ignored(self) -> frozenset[str]:
        """Name the files that git ignores, and the folders (ending in a slash) of which it ignores all."""
        asked = ("ls-files", "-z", "--others", "--ignored", "--exclude-standard", "--directory")
        return frozenset(self._names(*asked))

    def _names(self, *arguments: str) -> list[str]:
        ran = self._run(self._harmless(), *arguments)
        return [os.fsdecode(name) for name in ran.split(b"\0") if name]

    def _run(self, extra: dict[str, str], *arguments: str) -> bytes:
        settings = [part for setting in SETTINGS for part in ("-c", setting)]
        # our own settings keep it from running anything, so that whose the folder is does not matter
        settings += ["-c", f"safe.directory={self.top}", "-c", "core.untrackedCache=false"]
        command = [
            str(on_path(os.environ.get("PATH", ""))),
            "--no-pager",
            "--no-replace-objects",
            *settings,
            *arguments,
        ]
        environment = ENVIRONMENT | {"GIT_OPTIONAL_LOCKS": "0", "PATH": os.environ.get("PATH", "")} | extra
        try:
            ran = subprocess.run(
                command, cwd=self.top, env=environment, stdin=subprocess.DEVNULL, capture_output=True, check=False
            )
        except (OSError, ValueError) as error:  # a ValueError: a NUL among the arguments
            why = getattr(error, "strerror", None) or error
            raise GateError(f"git cannot be run in {self.top}: {why}", hint=_HINT) from error
        if ran.returncode:
            said = ran.stderr.decode(errors="replace").strip().splitlines() or [f"exit status {ran.returncode}"]
            raise GateError(f"git in {self.top}: {said[0]}", hint=_HINT)
        return ran.stdout

    def _harmless(self) -> dict[str, str]:
        """Give settings that empty every filter of the repository, as git would run them on files that it reads."""
        if not self._may_filter():
            return {}
        asked = self._run({}, "config", "-z", "--name-only", "--list").split(b"\0")
        drivers = sorted({name[7:].rpartition(b".")[0] for name in asked if name.startswith(b"filter.")})
        emptied = [f"filter.{os.fsdecode(driver)}.{part}" for driver in drivers for part in _EMPTY]
        return _as_environment([*emptied])

    def _may_filter(self) -> bool:
        """Tell whether the repository's settings could name a filter: not where they are in plain sight without one."""
        try:
            config = (self.top / ".git" / "config").read_bytes().lower()
        except OSError:
            return True  # a work tree of another repository
        return any(word in config for word in (b"filter", b"include", b"worktreeconfig"))


def _as_environment(names: Sequence[str]) -> dict[str, str]:
    found = {"GIT_CONFIG_COUNT": str(len(names))}
    for number, name in enumerate(names):
        found |= {f"GIT_CONFIG_KEY_{number}": name, f"GIT_CONFIG_VALUE_{number}": ""}
    return found


def find(folder: Path) -> Checkout | None:
    """Find the checkout that a folder lies in, None where it lies in none."""
    for each in (folder, *folder.parents):
        if (each / ".git").exists():
            return Checkout(each)
    return None
