"""Packs handed from one repository to another: on the disk first, with their indexes, and then the branch moves."""

from __future__ import annotations

import os
import shutil
from collections.abc import Iterable
from pathlib import Path

from provenance.store import durable, layout
from provenance.store.complaints import failure
from provenance.store.git import Git

_NOTHING = "0" * 40
_ORDER = (".pack", ".idx")
"""An index comes last: git looks for packs by their indexes."""


def go_on(git: Git, head: str, other: Path, other_head: str, *, keep: int) -> None:
    """Take the objects of another repository, and move the branch from `head` to where that one ends.

    Raises StorageError; the branch then is where it was.
    """
    take_packs(git, (other / "objects" / "pack").glob("pack-*.pack"))
    move = git.start("update-ref", layout.BRANCH, other_head, head or _NOTHING, keep=(keep,))
    status, _, complaint = move.outcome()
    if status:
        raise failure(status, complaint)
    durable.sync_folder((git.repository / layout.BRANCH).parent)


def take_packs(git: Git, packs: Iterable[Path]) -> None:
    """Copy packs with their indexes into a repository, flushed; one that is there already stays."""
    folder = git.repository / "objects" / "pack"
    folder.mkdir(mode=0o700, exist_ok=True)
    for pack in sorted(packs):
        for ending in _ORDER:
            place = folder / pack.with_suffix(ending).name
            if not place.exists():
                coming = place.with_name(f"tmp_{place.name}")
                coming.unlink(missing_ok=True)
                shutil.copyfile(pack.with_suffix(ending), coming)
                coming.chmod(0o400)
                with coming.open("rb") as file:
                    os.fsync(file.fileno())
                coming.rename(place)
    durable.sync_folder(folder)
