"""Few packs instead of many: every append leaves one or more, and git looks into each of them for each object."""

from __future__ import annotations

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
    packs = list((git.repository / "objects" / "pack").glob("*.pack"))
    if len(packs) > MANY:
        kept = (f"--keep-pack={pack.name}" for pack in packs if pack.stat().st_size > LARGE)
        git.run(*_SMALL, "repack", "--quiet", "--geometric=2", "-d", *kept)
