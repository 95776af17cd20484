"""A bundle from anybody becomes a store: in a fresh repository, measured, taken in and examined before it counts.

Nothing of the sender's but objects comes in: no settings, no hooks, no names but the branch's. git is told of the pack
only when it is known how large everything in it becomes, and of the log only when no commit unfolds without end.
"""

from __future__ import annotations

import os
import stat
from pathlib import Path
from typing import BinaryIO

from provenance.errors import DamageError, SourceError
from provenance.store import bombs, bundle, durable, git, guard, layout, packs
from provenance.store.complaints import failure, is_of_disk, why_not
from provenance.store.damage import Damage
from provenance.store.folder import FACTS, make, make_facts
from provenance.store.refs import read_head
from provenance.store.store import Store

_INCOMING = "tmp_pack_restored"
_AT_ONCE = 1 << 20


def take(file: Path, fresh: Path) -> Store:
    """Take a bundle into a new store at a path that is free, and give it: whole, examined and flushed to the disk.

    Raises SourceError for what is no bundle or too large, DamageError for one that is not sound. What was made until
    then is for the caller to remove.
    """
    name = file.name
    with _opened(file) as source:
        header = bundle.read_header(source, name)
        source.seek(header.start)
        make(fresh)
        program = git.find(fresh / FACTS)
        make_facts(program)
        folder = fresh / FACTS / "objects" / "pack"
        incoming = folder / _INCOMING
        _copy(source, incoming)
    pack = folder / f"pack-{packs.measure(incoming, name)}.pack"
    incoming.rename(pack)
    _index(program, pack, name)
    _point(program, header.head, name)
    bombs.check(program, header.head)
    store = Store.open(fresh)
    _examine(store, name)
    durable.sync_tree(fresh / FACTS)
    return store


def bundled(clone: Path, into: Path) -> Path:
    """Write a bundle of a store, or of a bare repository, that lies in a folder; give the bundle.

    Raises StoreRefusedError where the folder is not safe to open, and SourceError where there is no log in it.
    """
    repository = next((path for path in (clone / FACTS, clone) if (path / "HEAD").is_file()), None)
    if repository is None:
        raise SourceError(f"{clone}: no store and no clone of one", hint="name a backup, a store, or a bare clone")
    guard.check_links(clone, os.path.relpath(repository, clone))
    guard.check_repository(repository.absolute())
    head = read_head(repository)
    if not head:
        raise SourceError(f"{clone}: there are no facts in it", hint="name another")
    with os.fdopen(os.open(into, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "wb") as out:
        out.writelines(bundle.write(git.find(repository), head))
    return into


def _opened(file: Path) -> BinaryIO:
    """Open a regular file, without following a link or waiting for a pipe."""
    try:
        descriptor = os.open(file, os.O_RDONLY | os.O_NOFOLLOW | os.O_NONBLOCK | os.O_CLOEXEC)
    except OSError as error:
        why = "is a symbolic link" if file.is_symlink() else (error.strerror or str(error)).lower()
        raise SourceError(f"{file}: {why}", hint="name the bundle itself") from error
    if not stat.S_ISREG(os.fstat(descriptor).st_mode):
        os.close(descriptor)
        raise SourceError(f"{file}: not a regular file", hint="name a file that `prov backup` wrote")
    return os.fdopen(descriptor, "rb")


def _copy(source: BinaryIO, into: Path) -> None:
    descriptor = os.open(into, os.O_WRONLY | os.O_CREAT | os.O_EXCL | os.O_NOFOLLOW, 0o600)
    with os.fdopen(descriptor, "wb") as out:
        while data := source.read(_AT_ONCE):
            out.write(data)


def _index(program: git.Git, pack: Path, name: str) -> None:
    """Let git read every object of the pack, check each, and that nothing which one names is missing."""
    status, _, complaint = program.run("index-pack", "--strict", "--threads=1", os.fspath(pack))
    if status and is_of_disk(complaint):
        raise failure(status, complaint)
    if status:
        raise DamageError(f"{name} is not sound: {_first(complaint)}", hint=bundle.HINT)
    for path in (pack, pack.with_suffix(".idx")):
        path.chmod(0o400)


def _point(program: git.Git, head: str, name: str) -> None:
    status, kind, _ = program.run("cat-file", "-t", head)
    if status or kind.strip() != "commit":
        raise DamageError(f"{name} does not hold the commit {head} that it names", hint=bundle.HINT)
    status, _, complaint = program.run("update-ref", layout.BRANCH, head, "0" * 40)
    if status:
        raise failure(status, f"{complaint}\n{why_not((program.repository / layout.BRANCH).parent)}")


def _examine(store: Store, name: str) -> None:
    damage: tuple[Damage, ...] = store.fsck(deep=True)
    if damage:
        more = f", and {len(damage) - 1} more" if damage[1:] else ""
        raise DamageError(f"{name} is no sound store: {damage[0].code} {damage[0].message}{more}", hint=bundle.HINT)


def _first(complaint: str) -> str:
    lines = [line for line in complaint.splitlines() if line.strip()]
    return lines[0].removeprefix("fatal: ").removeprefix("error: ")[:200] if lines else "git ended without a word"
