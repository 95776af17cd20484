"""Single bits of a store's files are turned over, one after the other, and `prov fsck --deep` has to tell.

What it does not tell must be harmless: all facts, rows and answers equal, in the store as it is, and in a copy of it
into which more is ingested. Run it by itself for many: `python tests/damage/damage.py --flips 10000`.
"""

from __future__ import annotations

import argparse
import random
import shutil
import sys
import tempfile
import time
from bisect import bisect_right
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

if __name__ == "__main__":
    sys.path[0] = str(Path(__file__).resolve().parent.parent)

from damage.world import World, after, build, say

from provenance.app.backup import backup
from provenance.app.fsck import Depth, Findings, fsck
from provenance.app.repair import repair
from provenance.app.workspace import Workspace
from provenance.errors import ProvError

KINDS = {
    "loose objects": ("facts.git/objects/??/*",),
    "packs": ("facts.git/objects/pack/*.pack",),
    "pack indexes": ("facts.git/objects/pack/*.idx",),
    "caches": (
        *(
            "facts.git/objects/pack/*.rev",
            "facts.git/objects/pack/*.bitmap",
            "facts.git/objects/pack/multi-pack-index*",
        ),
        *("facts.git/objects/info/commit-graph", "facts.git/objects/info/packs", "facts.git/info/refs"),
    ),
    "refs": ("facts.git/refs/heads/main", "facts.git/packed-refs", "facts.git/HEAD"),
    "settings": ("facts.git/config", "FORMAT"),
    "lock": ("lock", "queue"),
    "ledger": ("ledger.sqlite",),
}


TURNS = (
    *("packs", "loose objects", "ledger", "refs", "pack indexes", "packs", "ledger", "settings", "caches"),
    *("packs", "loose objects", "ledger", "refs", "pack indexes", "packs", "ledger", "lock"),
)
"""In which order the kinds take turns."""
SAYING = 0.75


@dataclass(frozen=True)
class Flip:
    """One bit of one file."""

    kind: str
    file: str
    byte: int
    bit: int

    def __str__(self) -> str:
        return f"{self.kind}: {self.file} byte {self.byte} bit {self.bit}"


@dataclass
class Tally:
    """What came of the damages of one kind."""

    tried: int = 0
    found: int = 0
    refused: int = 0
    harmless: int = 0
    missed: list[str] = field(default_factory=list)
    of_article: int = 0
    named: int = 0
    unnamed: list[str] = field(default_factory=list)


def flips(world: World, count: int, seed: int) -> Iterator[Flip]:
    """Draw bits: the kinds in turn, each file of a kind as often as any other."""
    chance = random.Random(seed)
    files = {kind: [path for each in patterns for path in sorted(world.path.glob(each)) if path.stat().st_size]
             for kind, patterns in KINDS.items()}  # fmt: skip
    for number in range(count):
        kind = TURNS[number % len(TURNS)]
        path = chance.choice(files[kind])
        place = _place(chance, path)
        yield Flip(kind, path.relative_to(world.path).as_posix(), place, chance.randrange(8))


def _place(chance: random.Random, path: Path) -> int:
    """Draw a byte of a file; of a ledger, which is zeros for the most part, mostly one that says something."""
    size = path.stat().st_size
    place = chance.randrange(size)
    if path.suffix == ".sqlite" and chance.random() < SAYING:
        data = path.read_bytes()
        while not data[place]:
            place = chance.randrange(size)
    return place


def tried(world: World, flip: Flip, tally: Tally) -> None:
    """Turn a bit over, see what is said, and turn it back."""
    path = world.path / flip.file
    whole = path.read_bytes()
    damaged = bytearray(whole)
    damaged[flip.byte] ^= 1 << flip.bit
    tally.tried += 1
    try:
        path.write_bytes(damaged)
        _judge(world, flip, tally)
    finally:
        path.write_bytes(whole)


def _judge(world: World, flip: Flip, tally: Tally) -> None:
    workspace = Workspace(world.path)
    try:
        found = fsck(workspace, Depth.EVERYTHING)
    except ProvError:
        tally.refused += 1
        return
    except Exception as error:  # noqa: BLE001 - that is what is looked for
        tally.missed.append(f"{flip}: {error!r}")
        return
    finally:
        if "ledger" in workspace.__dict__:
            workspace.ledger.close()
    if found.whole:
        why = harm(world)
        tally.harmless += not why
        tally.missed += [f"{flip}: {why}"] if why else []
    else:
        tally.found += 1
        _name(world, flip, found, tally)


def harm(world: World) -> str:
    """Say what a damaged store says otherwise than the one that was built, "" for nothing, today and after more."""
    try:
        said = after(world.path, world.path.parent / "copy")
        wrong = [key for key in said if said[key] != world.afterwards[key]]
        if wrong:
            return f"other {', '.join(wrong)}"
    except Exception as error:  # noqa: BLE001 - whatever goes wrong here was not foretold
        return repr(error)
    return ""


def _name(world: World, flip: Flip, found: Findings, tally: Tally) -> None:
    """Count whether the article is named whose object was hit."""
    article = world.owners.get(_object(world, flip), "")
    if article:
        named = any(article in each.article for each in found.damage)
        tally.of_article += 1
        tally.named += named
        if not named:
            tally.unnamed.append(f"{flip}: {[(each.code, each.object, each.message) for each in found.damage]}")


def _object(world: World, flip: Flip) -> str:
    path = Path(flip.file)
    if flip.kind == "loose objects":
        return path.parent.name + path.name
    begins = world.offsets.get(path.name, [])
    place = bisect_right(begins, (flip.byte, "~")) - 1
    return begins[place][1] if place >= 0 and flip.byte < (world.path / path).stat().st_size - 20 else ""


def run(world: World, count: int, seed: int) -> dict[str, Tally]:
    """Try so many damages, and give what came of them by kind."""
    tallies = {kind: Tally() for kind in KINDS}
    for flip in flips(world, count, seed):
        tried(world, flip, tallies[flip.kind])
    return tallies


def repaired(world: World, count: int, seed: int, folder: Path) -> list[str]:
    """Damage copies of the store with three bits at once, mend them from a backup, and name what is not equal then."""
    backup(Workspace(world.path), folder / "backup")
    wrong = []
    for number in range(count):
        several = list(flips(world, seed + number * 7 % len(TURNS) + 3, seed + number))[-3:]
        copy = folder / "copy"
        shutil.copytree(world.path, copy)
        for flip in several:
            data = bytearray((copy / flip.file).read_bytes())
            data[flip.byte] ^= 1 << flip.bit
            (copy / flip.file).write_bytes(data)
        if why := _unmended(world, copy, folder / "backup"):
            wrong.append(f"{'; '.join(map(str, several))}: {why}")
        shutil.rmtree(copy)
    return wrong


def _unmended(world: World, copy: Path, held: Path) -> str:
    """Mend a store, and say what is not as it was, "" for nothing."""
    try:
        left = repair(copy, [held]).left
    except ProvError as error:
        return "" if "format" in str(error) or "FORMAT" in str(error) else repr(error)
    if not left.whole:
        return str(left)
    said = say(copy)
    return ", ".join(key for key in world.said if said[key] != world.said[key])


def table(tallies: dict[str, Tally]) -> Iterator[str]:
    """Lay the figures out."""
    yield f"{'':<16} {'tried':>6} {'found':>6} {'refused':>8} {'harmless':>9} {'missed':>7} {'article named':>14}"
    total: Counter[str] = Counter()
    for kind, each in tallies.items():
        row = {"tried": each.tried, "found": each.found, "refused": each.refused, "harmless": each.harmless}
        row |= {"missed": len(each.missed), "named": each.named, "of": each.of_article}
        total.update(row)
        yield _row(kind, row)
    yield _row("all", total)


def _row(kind: str, row: Counter[str] | dict[str, int]) -> str:
    named = f"{row['named']} of {row['of']}"
    return (
        f"{kind:<16} {row['tried']:>6} {row['found']:>6} {row['refused']:>8} {row['harmless']:>9}"
        f" {row['missed']:>7} {named:>14}"
    )


def main() -> int:
    """Damage as often as is asked for, and end with 1 where anything was missed."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--flips", type=int, default=10_000)
    parser.add_argument("--repairs", type=int, default=200)
    parser.add_argument("--seed", type=int, default=1)
    arguments = parser.parse_args()
    began = time.monotonic()
    with tempfile.TemporaryDirectory() as folder:
        world = build(Path(folder))
        tallies = run(world, arguments.flips, arguments.seed)
        unmended = repaired(world, arguments.repairs, arguments.seed, Path(folder))
    lines = [
        *table(tallies),
        f"mended from a backup, three bits at once: {arguments.repairs - len(unmended)} of {arguments.repairs}",
    ]
    lines += [f"seed {arguments.seed}, {time.monotonic() - began:.0f} s", *unmended]
    lines += [line for each in tallies.values() for line in each.missed + each.unnamed]
    sys.stdout.write("\n".join(lines) + "\n")
    return bool(unmended) or any(each.missed for each in tallies.values())


if __name__ == "__main__":
    sys.exit(main())
