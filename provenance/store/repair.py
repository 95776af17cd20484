"""A damaged store mended as far as it can be: nothing is thrown away, and what was damaged is kept aside.

What is whole is added before what is damaged is moved, so that after a crash anywhere the same repair goes on.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path

from provenance.store import around, branch, git, handing, salvage
from provenance.store.folder import FACTS, make_facts


def repair(store: Path, cursor: str, others: Sequence[Path], scratch: Path, *, keep: int) -> Iterator[str]:
    """Mend a store whose lock is held, and name each thing that was done.

    `cursor` is the last commit that the ledger has read; `others` are repositories that were examined, to take
    objects from; `scratch` an empty folder on the same disk. Raises StorageError where something cannot be written.
    """
    program = git.find(store / FACTS)
    if not program.repository.is_dir():
        if not others:
            return
        make_facts(program)
    yield from salvage.mend(program, scratch)
    for other in others:
        # only now: a damaged pack may have the name of the sound one
        packs = [pack for pack in (other / "objects" / "pack").glob("pack-*.pack") if not _held(program, pack)]
        handing.take_packs(program, packs)
        for pack in packs:
            yield f"all objects of {pack.name} were taken over"
    yield from branch.mend(program, cursor, keep)
    yield from _closed(store)


def _held(program: git.Git, pack: Path) -> bool:
    return (program.repository / "objects" / "pack" / pack.name).exists()


def _closed(store: Path) -> Iterator[str]:
    """Take from others what they might do with the files of the store."""
    found = list(around.exposed(store))
    for path in found:
        path.chmod(path.lstat().st_mode & 0o700)
    if found:
        yield f"{len(found)} files or folders were closed to others"
