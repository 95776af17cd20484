"""Few packs instead of many: every append leaves one or more, and git looks into each of them for each object."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from contextlib import suppress
from pathlib import Path

from provenance.store.durable import sync_folder
from provenance.store.git import Git

_SMALL = tuple(
    part
    for setting in (
        "pack.window=0",
        "pack.threads=1",
        "pack.deltaCacheSize=1",
        "core.packedGitWindowSize=1m",
        "core.packedGitLimit=16m",
        "core.deltaBaseCacheLimit=1m",
    )
    for part in ("-c", setting)
)
"""No delta search, and no more of the packs in memory than is being copied."""

LARGE = 32 << 20
"""Bytes of a pack from which on it is left as it is: what git holds in memory grows with what it puts together."""
MANY = 50
"""Packs from which on they are put together (git's own `gc.autoPackLimit`)."""


def tidy(git: Git) -> None:
    """Put small packs together where there are many; each object is copied a few times in a store's life, no more.

    What was stored stays stored whatever happens here, so a failure waits for the next time. Making the store small
    by deltas is `git gc`, which is nothing to wait for at the end of an ingestion.
    """
    folder = git.repository / "objects" / "pack"
    packs = list(folder.glob("*.pack"))
    if len(packs) > MANY:
        sizes = {pack: pack.stat().st_size for pack in packs if not pack.with_suffix(".keep").exists()}
        chosen = small({pack: size for pack, size in sizes.items() if size <= LARGE})
        with suppress(OSError):
            _put_together(git, folder, chosen)


def small(sizes: Mapping[Path, int]) -> list[Path]:
    """Choose packs to put together, by their sizes: then each that is left is twice as large as the next smaller."""
    order = sorted(sizes, key=lambda pack: (sizes[pack], pack.name))
    first = next((n for n in range(len(order) - 1, 0, -1) if sizes[order[n]] < 2 * sizes[order[n - 1]]), -1) + 1
    total = sum(sizes[pack] for pack in order[:first])
    while 0 < first < len(order) and sizes[order[first]] < 2 * total:
        total += sizes[order[first]]
        first += 1
    return order[:first]


def _put_together(git: Git, folder: Path, packs: Sequence[Path]) -> None:
    """Copy the objects of packs into a new one, and only when that is on the disk for good take them away.

    `git repack -d` does not wait for the new one's name to be there: a power cut could leave neither.
    """
    if not packs:
        return
    process = git.start(*_SMALL, "pack-objects", "--quiet", "--stdin-packs", "--delta-base-offset", f"{folder}/pack")
    process.stdin.write("".join(f"{pack.name}\n" for pack in packs).encode())
    status, made, _ = process.outcome()
    new = folder / f"pack-{made.strip()}.pack"
    if status or not (new.exists() and new.with_suffix(".idx").exists()):
        return
    sync_folder(folder)
    for pack in packs:
        if pack != new:
            # the index goes last: one without its pack is nobody's, a pack without an index may be in the making
            for ending in (".pack", ".rev", ".idx"):
                pack.with_suffix(ending).unlink(missing_ok=True)
