"""What can still be read of damaged packs and files, taken over into a new pack before they are moved aside."""

from __future__ import annotations

import os
import shutil
import zlib
from collections.abc import Iterator
from contextlib import closing
from hashlib import sha1
from pathlib import Path

from provenance.errors import StorageError
from provenance.store import around, durable, handing
from provenance.store.damaged import aside
from provenance.store.folder import FACTS, make_facts
from provenance.store.git import Git
from provenance.store.objects import Object, objects

_ID = 40
_SUM = 20
_COUNT = slice(8 + 4 * 255, 8 + 4 * 256)
"""Where an index says how many objects its pack has: the last line of the table by first byte."""


def mend(git: Git, scratch: Path) -> Iterator[str]:
    """Index what has no sound index, take over what damaged packs still hold, and move aside what is damaged.

    What is done is named as it is done; a crash in between leaves something more to do, and nothing lost.
    """
    store, folder = git.repository.parent, git.repository / "objects" / "pack"
    bad = [pack for pack in sorted(folder.glob("pack-*.pack")) if not around.sound(pack)]
    for pack in sorted(folder.glob("pack-*.pack")):
        if pack not in bad and not _indexed(pack):
            yield _index(git, pack, scratch)
    for number, pack in enumerate(bad):
        kept = _take_over(git, pack, scratch / f"pack-{number}")
        for path in sorted(folder.glob(f"{pack.stem}.*")):
            aside(store, path)
        yield f"{pack.name} was damaged; {kept} objects were taken out of it"
    for path in list(around.summed(git.repository)):
        if not around.sound(path) or (bad and path.name.startswith("multi-pack-index")):
            aside(store, path)
            yield f"{path.relative_to(git.repository)}, from which nothing is lost, was moved aside"
    for path in sorted((git.repository / "objects").glob("[0-9a-f][0-9a-f]/*")):
        if not _whole(path):
            aside(store, path)
            yield f"object {path.parent.name}{path.name} was damaged and moved aside"


def _indexed(pack: Path) -> bool:
    index = pack.with_suffix(".idx")
    return index.exists() and around.sound(index)


def _index(git: Git, pack: Path, scratch: Path) -> str:
    """Let git make the index of a pack anew, in a repository where it does not see the damaged one."""
    elsewhere = Git(git.program, scratch / "empty.git")
    make_facts(elsewhere)
    made, fresh = scratch / f"{pack.stem}.idx", pack.with_name(f"tmp_{pack.stem}.idx")
    status, _, complaint = elsewhere.run("index-pack", "-o", os.fspath(made), os.fspath(pack))
    if status:
        raise StorageError(f"git could not index {pack.name}: {complaint.strip()[:200]}", hint="run it again")
    made.chmod(0o400)
    made.replace(fresh)
    if pack.with_suffix(".idx").exists():
        aside(git.repository.parent, pack.with_suffix(".idx"))
    fresh.rename(pack.with_suffix(".idx"))
    durable.sync_folder(pack.parent)
    return f"{pack.name} got a new index"


def _take_over(git: Git, pack: Path, scratch: Path) -> int:
    """Put every object of a damaged pack that is whole into a new one, and give how many there are."""
    scratch.mkdir(mode=0o700)
    other = Git(git.program, scratch / FACTS)
    make_facts(other)
    held = other.repository / "objects" / "pack"
    if _indexed(pack):
        for path in (pack, pack.with_suffix(".idx")):
            shutil.copyfile(path, held / path.name)
        _frame(held / pack.name)
    else:
        _unpack(other, pack)
    _, listed, _ = other.run("cat-file", "--batch-all-objects", "--batch-check=%(objectname)")
    names = [line[:_ID] for line in listed.splitlines() if len(line) == _ID]
    with closing(objects(other, names)) as found:
        whole = [each.id for each in found if isinstance(each, Object)]
    if whole:
        _repack(git, other, whole, scratch)
    return len(whole)


def _frame(pack: Path) -> None:
    """Give a pack the beginning and the end that its index knows: git opens no pack that has others."""
    index = pack.with_suffix(".idx").read_bytes()
    with pack.open("r+b") as file:
        file.write(b"PACK\0\0\0\2" + index[_COUNT])
        file.seek(-_SUM, os.SEEK_END)
        file.write(index[-2 * _SUM : -_SUM])


def _unpack(git: Git, pack: Path) -> None:
    """Let git take a pack apart as far as it can."""
    process = git.start("unpack-objects", "-r", "-q")
    try:
        with pack.open("rb") as file:
            shutil.copyfileobj(file, process.stdin)
    except BrokenPipeError:
        pass  # it gave up, and what it has so far is there
    finally:
        process.finish()


def _repack(git: Git, other: Git, names: list[str], scratch: Path) -> None:
    """Write some objects of one repository into a pack of another."""
    process = other.start("pack-objects", "-q", "--delta-base-offset", os.fspath(scratch / "pack"))
    process.stdin.write("".join(f"{name}\n" for name in names).encode())
    status, complaint = process.finish()
    if status:
        raise StorageError(f"git could not take objects over: {complaint.strip()[:200]}", hint="run it again")
    handing.take_packs(git, [_renamed(pack, git) for pack in scratch.glob("pack-*.pack")])


def _renamed(pack: Path, git: Git) -> Path:
    """Give a pack another name than that of the damaged one, which has it where all objects were whole."""
    while (git.repository / "objects" / "pack" / pack.name).exists():
        other = pack.with_name(f"pack-{sha1(pack.name.encode(), usedforsecurity=False).hexdigest()}.pack")
        pack.with_suffix(".idx").rename(other.with_suffix(".idx"))
        pack = pack.rename(other)
    return pack


def _whole(path: Path) -> bool:
    """Tell whether a loose object is what its name says."""
    try:
        data = zlib.decompress(path.read_bytes())
    except zlib.error:
        return False
    return sha1(data, usedforsecurity=False).hexdigest() == path.parent.name + path.name
