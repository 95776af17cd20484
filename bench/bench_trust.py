"""What safety costs: flushing against not flushing, `prov fsck` against `git fsck`, a rebuild against the ingestion.

    python bench/bench_trust.py                       1,000 articles of three revisions, some minutes
    python bench/bench_trust.py --articles 33334      the size of the goals: 10^5 revisions
    python bench/bench_trust.py --only durable --folder /a/folder/on/the/disk/that/counts

The cost of flushing is wall time, in pairs that alternate, on a real disk: without, every fsync of prov, git and SQLite
does nothing (tests/torture/shim.c; the same shim is loaded in both). The others are CPU of a process and its children.
"""

from __future__ import annotations

import argparse
import os
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

from bench_ingest import PROV, cpu, environ, figure, fill, generated, median, prov

TORTURE = Path(__file__).resolve().parent.parent / "tests" / "torture"


def main() -> None:
    """Print one line a figure: what was measured, its baseline, the ratio, the goal."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--articles", type=int, default=1_000, help="articles, of three revisions each (default 1,000)")
    parser.add_argument("--repeat", type=int, default=5, help="pairs, or runs, whose median counts (default 5)")
    parser.add_argument("--folder", default=None, help="where to write (default: the folder for temporary files)")
    parser.add_argument("--only", default="", help=f"of {','.join(PARTS)}, with commas")
    options = parser.parse_args()
    print(f"{'figure':50} {'measured':>12} {'baseline':>12} {'ratio':>8}  goal")
    for name, part in PARTS.items():
        if not options.only or name in options.only.split(","):
            part(options)


def durable(options: argparse.Namespace) -> None:
    """Measure ingestion that waits for the disk against the same that does not: a batch, and one article at a time."""
    sys.path.insert(0, str(TORTURE))
    import shim

    if not shim.compiler():
        print("(skipped: no C compiler, and so no ingestion without fsync)")
        return
    with tempfile.TemporaryDirectory(dir=options.folder) as folder:
        world = Path(folder)
        library, control = shim.build(world), shim.Control(world / "control")
        preloaded = environ() | {"LD_PRELOAD": str(library), shim.VARIABLE: str(control.path)}
        lines = generated(options.articles, 3)
        for name, feed, times in (
            (f"a batch of {len(lines):,}", lines, 1),
            ("20 times one article", lines[:20], len(lines[:20])),
        ):
            pairs: dict[int, list[float]] = {0: [], 1: []}
            for _ in range(options.repeat):
                for lying in (0, 1):
                    control.values.no_sync = lying
                    pairs[lying].append(ingestion(world, feed, times, preloaded))
            flushed, unflushed = (statistics.median(pairs[lying]) for lying in (0, 1))
            figure(f"ingest, {name} / without fsync (wall)", flushed, unflushed, "<= 3x")


def ingestion(world: Path, lines: list[str], times: int, environment: dict[str, str]) -> float:
    """Give the wall seconds of ingesting lines in so many commands, into a fresh store."""
    with tempfile.TemporaryDirectory(dir=world) as folder:
        place = Path(folder)
        prov(place, "init")
        share = len(lines) // times
        feeds = [place / f"{number}.drafts.jsonl" for number in range(times)]
        for number, feed in enumerate(feeds):
            feed.write_text("".join(line + "\n" for line in lines[number * share : (number + 1) * share]))
        os.sync()
        started = time.monotonic()
        for feed in feeds:
            subprocess.run([PROV, "ingest", feed], cwd=place, env=environment, check=True, stdout=subprocess.DEVNULL)
        return time.monotonic() - started


def fsck(options: argparse.Namespace) -> None:
    """Measure `prov fsck` against git's own on the same store."""
    with tempfile.TemporaryDirectory(dir=options.folder) as folder:
        world = Path(folder)
        fill(world, generated(options.articles, 3))
        facts = world / "store" / "facts.git"
        plain = median(options.repeat, lambda: cpu(["git", "-C", facts, "fsck", "--strict", "--no-progress"]))
        for flags in ((), ("--deep",)):
            ours = median(options.repeat, lambda flags=flags: prov(world, "fsck", *flags))  # type: ignore[misc]
            figure(f"prov fsck {' '.join(flags)}, {3 * options.articles:,} revisions / git fsck", ours, plain, "<= 3x")


def rebuild(options: argparse.Namespace) -> None:
    """Measure `prov rebuild` against the ingestion of the same revisions."""
    with tempfile.TemporaryDirectory(dir=options.folder) as folder:
        world = Path(folder)
        feed = fill(world, generated(options.articles, 3))

        def ingested() -> float:
            with tempfile.TemporaryDirectory(dir=options.folder) as other:
                prov(Path(other), "init")
                return prov(Path(other), "ingest", feed)

        repeat = max(1, options.repeat // 2)
        before, after = median(repeat, ingested), median(repeat, lambda: prov(world, "rebuild"))
        figure(f"rebuild of {3 * options.articles:,} revisions / ingesting them", after, before, "<= 1x")


PARTS: dict[str, Callable[[argparse.Namespace], None]] = {"durable": durable, "fsck": fsck, "rebuild": rebuild}


if __name__ == "__main__":
    main()
