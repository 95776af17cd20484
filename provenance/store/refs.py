"""Where the log ends: the branch's head, read from the repository's files without starting git."""

from __future__ import annotations

import re
from pathlib import Path

from provenance.errors import DamageError
from provenance.store.layout import BRANCH

_ID = re.compile(r"[0-9a-f]{40}")


def is_id(name: str) -> bool:
    """Tell whether a name is the full id of an object."""
    return _ID.fullmatch(name) is not None


def read_head(repository: Path) -> str:
    """Give the commit that the branch is at, empty while there is none; raise DamageError on anything else."""
    found = _loose(repository)
    if found is None:
        found = _packed(repository)
    if found and not is_id(found):
        raise DamageError(
            f"{repository / BRANCH} is not the id of a commit: {found[:60]!r}",
            hint="`prov fsck` says what else is damaged; git's own copies of the store still have the branch",
        )
    return found


def _loose(repository: Path) -> str | None:
    try:
        found = (repository / BRANCH).read_bytes()
    except FileNotFoundError:
        return None
    return found.decode("ascii", errors="replace").removesuffix("\n") or "(empty)"


def _packed(repository: Path) -> str:
    try:
        lines = (repository / "packed-refs").read_text("ascii", errors="replace").splitlines()
    except FileNotFoundError:
        return ""
    for line in lines:
        found, _, name = line.partition(" ")
        if name == BRANCH:
            return found
    # whoever packed the refs had the branch: a fresh repository has none packed
    return "(gone from packed-refs)"
