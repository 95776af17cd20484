"""The log's commits in the order in which they were made, each with the files that it changed: one `git log`."""

from __future__ import annotations

import re
from collections.abc import Generator, Iterator
from dataclasses import dataclass

from provenance.errors import DamageError
from provenance.store.git import Git, Process
from provenance.store.layout import BRANCH

_ARGUMENTS = (
    "log",
    "--reverse",
    "--raw",
    "--no-abbrev",
    "--no-renames",
    "-m",  # a merge has no place in the log, and must not pass as a commit without changes
    "--no-mailmap",
    "--no-notes",
    "--no-color",
    "--no-show-signature",
    "--format=%x01%H %ct %P%n%B",
    "--end-of-options",
)
_CHANGE = re.compile(r":\d{6} (\d{6}) [0-9a-f]{40} ([0-9a-f]{40}) ([A-Z])\d*\t(.+)\n")
_COMMIT = re.compile(r"\x01([0-9a-f]{40}) (\d+) ?((?:[0-9a-f]{40} ?)*)\n")


@dataclass(frozen=True, slots=True)
class Change:
    """One file that a commit changed: its mode and blob afterwards, and git's letter (`A`, `M`, `D`, `T`)."""

    path: str
    mode: str
    blob: str
    letter: str


@dataclass(frozen=True, slots=True)
class Commit:
    """One commit of the log; `at` is the committer's time in seconds."""

    id: str
    at: int
    parents: tuple[str, ...]
    message: str
    changes: tuple[Change, ...]


def commits(git: Git, since: str, head: str) -> Generator[Commit]:
    """Give the commits after `since` up to `head`, oldest first; raise DamageError where git cannot read them."""
    wanted = f"{since}..{head}" if since else head
    process = git.start(*_ARGUMENTS, wanted, "--")
    try:
        yield from _parse(process)
        status, complaint = process.finish()
    finally:
        process.stop()
    if status:
        why = complaint.strip().splitlines() or [f"git log ended with {status}"]
        raise DamageError(
            f"the log cannot be read to {head[:12]} at {BRANCH}: {why[0]}",
            hint="`prov fsck --deep` says what is damaged",
        )


def _parse(process: Process) -> Iterator[Commit]:
    start: re.Match[str] | None = None
    said: list[str] = []
    changes: list[Change] = []
    for raw in process.stdout:
        line = raw.decode(errors="replace")
        if line[0] == "\x01" and (found := _COMMIT.fullmatch(line)):
            if start:
                yield _commit(start, said, changes)
            start, said, changes = found, [], []
        elif line[0] == ":" and (changed := _CHANGE.fullmatch(line)):
            changes.append(Change(changed[4], changed[1], changed[2], changed[3]))
        else:
            said.append(line)
    if start:
        yield _commit(start, said, changes)


def _commit(start: re.Match[str], said: list[str], changes: list[Change]) -> Commit:
    return Commit(start[1], int(start[2]), tuple(start[3].split()), "".join(said), tuple(changes))
