"""`prov fsck --repair`: what can be mended is mended, no fact is thrown away, and all is examined again."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from provenance.app.catch_up import conclude
from provenance.app.fsck import Depth, Findings, fsck
from provenance.app.ledger_fsck import broken
from provenance.app.scratch import scratch
from provenance.app.workspace import Workspace
from provenance.errors import DamageError, ProvError
from provenance.ledger import inspection

if TYPE_CHECKING:
    from provenance.store import Store


@dataclass(frozen=True, slots=True)
class Repaired:
    """What was done, in order, and what is damaged still."""

    done: tuple[str, ...]
    left: Findings


def repair(path: Path, sources: Sequence[Path] = ()) -> Repaired:
    """Mend the store at a path, with objects out of backups and clones where they are given.

    Raises NoStoreError, StoreRefusedError and StoreBusyError as opening and locking do, and SourceError or DamageError
    for a source that is none or not sound itself.
    """
    from provenance.store import entrance

    done = list(entrance.mend(path))
    workspace = Workspace(path)
    with workspace.locked(), scratch(path) as folder:
        others = [_examined(source, folder / f"source-{number}") for number, source in enumerate(sources)]
        cursor = "" if broken(workspace) else workspace.ledger.cursor()
        (folder / "work").mkdir(mode=0o700)
        done += workspace.store.repair(cursor, [each.path for each in others], folder / "work")
        left = fsck(workspace, Depth.EVERYTHING)
        if left.differing and not left.damage:
            done += _worked_out(workspace)
            left = fsck(workspace, Depth.EVERYTHING)
    return Repaired(tuple(done), left)


def _examined(source: Path, fresh: Path) -> Store:
    """Take a backup, or a bundle made of a clone, into a fresh repository, where it is examined."""
    from provenance.store import intake

    if not source.is_dir():
        return intake.take(source, fresh)
    return intake.take(intake.bundled(source, fresh.with_suffix(".bundle")), fresh)


def _worked_out(workspace: Workspace) -> Iterator[str]:
    """Keep a ledger that is wrong aside, and work it out again."""
    try:
        kept = inspection.keep_aside(workspace.ledger.place, workspace.path / "damaged")
    except ProvError as error:
        raise DamageError(f"the ledger cannot be put aside: {error}", hint="run `prov rebuild`") from error
    conclude(workspace)
    yield f"the ledger was worked out anew{f'; the old one is {kept}' if kept else ''}"
