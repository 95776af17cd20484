"""A backup is one file with all facts, proved before it counts; whatever else comes as one leaves nothing behind."""

from __future__ import annotations

import os
import random
import struct
import subprocess
import zlib
from collections.abc import Callable
from dataclasses import replace
from hashlib import sha1
from pathlib import Path

import pytest
from newsroom import Newsroom
from store.world import git, make, put

from provenance.app.backup import Damaged, backup
from provenance.app.catch_up import catch_up
from provenance.app.fsck import Depth, fsck
from provenance.app.restore import restore
from provenance.app.workspace import Workspace
from provenance.errors import DamageError, NotFoundError, ProvError, SourceError, StorageError, StoreRefusedError
from provenance.store import Store, packs

Trees = dict[str, bytes]


@pytest.fixture
def workspace(store: Store) -> Workspace:
    """Give a small store with two articles."""
    (store.path / "prov.toml").write_text("meaning = false\n")
    put(store, make(0), make(0, "Other\n\nOne two three.\n", url="https://other.example/"))
    put(store, make(1, source=b"<p>received"))
    found = Workspace(store.path)
    catch_up(found)
    return found


@pytest.fixture
def bundle(workspace: Workspace, tmp_path: Path) -> Path:
    """Give a backup of it."""
    backup(workspace, tmp_path / "b")
    return tmp_path / "b"


def refused(file: Path, tmp_path: Path, kind: type[ProvError] = DamageError) -> str:
    """Assert that a bundle is refused in one line, and that nothing of it is left; give the line."""
    before = sorted(path for path in tmp_path.rglob("*") if "store" not in path.parts)
    with pytest.raises(ProvError) as caught:
        restore(file, tmp_path / "restored")
    assert isinstance(caught.value, kind), caught.value
    assert before == sorted(path for path in tmp_path.rglob("*") if "store" not in path.parts)
    assert "\n" not in str(caught.value)
    return str(caught.value)


def test_a_restored_store_has_the_same_facts_and_the_same_ledger(newsroom: Newsroom, tmp_path: Path) -> None:
    """Revisions, runs, received bytes and conclusions are equal to the row; the settings are not part of it."""
    wire = newsroom.publish("Three people died when the ferry sank.")
    newsroom.syndicate(wire)
    newsroom.correct(wire, "Three", "Two")

    done = backup(newsroom.workspace, tmp_path / "b")
    restored = restore(tmp_path / "b", tmp_path / "restored")

    other = Workspace(tmp_path / "restored")
    assert list(newsroom.workspace.store.log()) == list(other.store.log())
    assert newsroom.workspace.ledger.rows() == other.ledger.rows()
    assert (done.head, done.facts) == (restored.head, restored.facts)
    assert fsck(other, Depth.EVERYTHING).whole
    assert not (tmp_path / "restored/prov.toml").exists()


def test_a_backup_is_one_private_file_that_plain_git_reads(workspace: Workspace, bundle: Path, tmp_path: Path) -> None:
    """The same store gives the same bytes again, and `git clone` makes a copy of them."""
    backup(workspace, tmp_path / "again")

    assert 0o600 == bundle.stat().st_mode & 0o777
    assert bundle.read_bytes() == (tmp_path / "again").read_bytes()
    subprocess.run(["git", "clone", "-q", "--bare", bundle, tmp_path / "clone"], check=True, capture_output=True)
    subprocess.run(["git", f"--git-dir={tmp_path / 'clone'}", "fsck", "--strict"], check=True, capture_output=True)


def test_a_backup_that_cannot_be_written_leaves_what_was_there(workspace: Workspace, bundle: Path) -> None:
    """A link is not followed, a folder not replaced, and an older backup stays until the new one is proved."""
    (bundle.parent / "link").symlink_to(bundle)
    before = bundle.read_bytes()
    for name in ("link", ".", "missing/b"):
        with pytest.raises(StorageError):
            backup(workspace, bundle.parent / name)
    assert before == bundle.read_bytes()
    assert {"b", "link", "store"} == {path.name for path in bundle.parent.iterdir()}


def test_a_damaged_or_empty_store_is_not_backed_up(workspace: Workspace, tmp_path: Path) -> None:
    """Unless told, and then only what can be read; a store that was set back is damaged."""
    head = workspace.store.head()
    (workspace.path / "facts.git/refs/heads/main").write_text(git(workspace.store, "rev-parse", "main~1"))

    with pytest.raises(DamageError, match="S18"):
        backup(workspace, tmp_path / "b")
    assert head != backup(workspace, tmp_path / "b", Damaged.ACCEPTED).head
    with pytest.raises(NotFoundError):
        backup(Workspace(Store.init(tmp_path / "empty").path), tmp_path / "c")


def test_a_store_is_brought_on_by_a_later_backup_and_by_no_other(workspace: Workspace, tmp_path: Path) -> None:
    """Forward only: an older one changes nothing, another line is refused."""
    backup(workspace, tmp_path / "old")
    restore(tmp_path / "old", tmp_path / "copy")
    (tmp_path / "copy/prov.toml").write_text("meaning = false\n")
    put(workspace.store, make(2))
    catch_up(workspace)
    backup(workspace, tmp_path / "new")

    assert 2 == restore(tmp_path / "new", tmp_path / "copy").facts
    assert 0 == restore(tmp_path / "old", tmp_path / "copy").facts
    assert workspace.ledger.rows() == Workspace(tmp_path / "copy").ledger.rows()
    put(Store.open(tmp_path / "copy"), make(3))
    put(workspace.store, make(3, "Otherwise\n"))
    catch_up(workspace)
    backup(workspace, tmp_path / "forked")
    head = Store.open(tmp_path / "copy").head()
    with pytest.raises(StoreRefusedError, match=head):
        restore(tmp_path / "forked", tmp_path / "copy")
    assert head == Store.open(tmp_path / "copy").head()


def test_a_store_goes_into_no_folder_of_other_things(bundle: Path, tmp_path: Path) -> None:
    """An empty folder and an empty store will do."""
    (tmp_path / "thesis").mkdir()
    (tmp_path / "thesis/x").touch()
    with pytest.raises(StoreRefusedError, match="not empty"):
        restore(bundle, tmp_path / "thesis")
    (tmp_path / "empty").mkdir()
    Store.init(tmp_path / "fresh")
    for name in ("empty", "fresh"):
        assert 5 == restore(bundle, tmp_path / name).facts
        assert fsck(Workspace(tmp_path / name)).whole


# --- what somebody may send ------------------------------------------------------------------------------------------


def header(*lines: str, version: int = 2) -> Callable[[bytes], bytes]:
    """Put other lines into the place of the line that names the branch; `*` stands for the right id."""

    def changed(data: bytes) -> bytes:
        head, pack = data[16:56].decode(), data[data.index(b"\n\n") + 2 :]
        said = "".join(f"{line.replace('*', head)}\n" for line in lines)
        return f"# v{version} git bundle\n{said}\n".encode() + pack

    return changed


EMPTY = b"PACK\0\0\0\2\0\0\0\0"


def sum_of(data: bytes) -> bytes:
    """Give the checksum that git puts behind what it writes."""
    return sha1(data, usedforsecurity=False).digest()


HEADERS: dict[str, Callable[[bytes], bytes]] = {
    "a foreign ref": header("* refs/heads/main", "* refs/heads/other"),
    "a path that leads out": header("* refs/prov/../x"),
    "only HEAD": header("* HEAD"),
    "the branch twice": header("* refs/heads/main", "* refs/heads/main"),
    "a commit that it lacks": header("0123456789012345678901234567890123456789 refs/heads/main"),
    "what must be there before": header("-* before", "* refs/heads/main"),
    "another kind of id": header("@object-format=sha256", "* refs/heads/main", version=3),
    "a filter": header("@filter=blob:none", "* refs/heads/main", version=3),
    "no ref": header(),
    "a line without end": lambda data: data[:60] + b"x" * 100_000,
    "something behind it": lambda data: data + b"x",
    "an empty pack": lambda data: data[: data.index(b"PACK")] + EMPTY + sum_of(EMPTY),
    "more objects than it has": lambda data: data.replace(b"PACK\0\0\0\2\0", b"PACK\0\0\0\2\1", 1),
}  # fmt: skip


@pytest.mark.parametrize("change", HEADERS)
def test_a_bundle_of_anything_but_one_log_is_refused(bundle: Path, tmp_path: Path, change: str) -> None:
    """Foreign refs, commits that are wanted from elsewhere, and whatever plain git would have read past."""
    bundle.write_bytes(HEADERS[change](bundle.read_bytes()))

    refused(bundle, tmp_path)


@pytest.mark.slow
def test_a_bundle_that_was_cut_short_or_damaged_is_refused(bundle: Path, tmp_path: Path) -> None:
    """At every length of a sample, and with a bit turned over anywhere in it."""
    whole, chance = bundle.read_bytes(), random.Random(5)
    for length in {0, 5, 15, 16, 60, 77, 78, 90, len(whole) - 1, *(chance.randrange(len(whole)) for _ in range(12))}:
        bundle.write_bytes(whole[:length])
        refused(bundle, tmp_path, ProvError)
    for _ in range(25):
        place = chance.randrange(16, len(whole))
        bundle.write_bytes(whole[:place] + bytes([whole[place] ^ 1 << chance.randrange(8)]) + whole[place + 1 :])
        refused(bundle, tmp_path, ProvError)


def test_what_is_no_bundle_is_told_from_a_damaged_one(tmp_path: Path) -> None:
    """A text, nothing, a folder, a pipe, a link: none is opened for long."""
    (tmp_path / "text").write_text("# v2 git bundl")
    (tmp_path / "empty").touch()
    (tmp_path / "folder").mkdir()
    (tmp_path / "link").symlink_to(tmp_path / "text")
    os.mkfifo(tmp_path / "pipe")
    for name in ("text", "empty", "folder", "link", "pipe", "missing"):
        refused(tmp_path / name, tmp_path, SourceError)


def sent(tmp_path: Path, trees: list[Trees], message: bytes = b"x") -> Path:
    """Make a bundle by hand: objects by name, the last tree of each `""` the commit's; ids are written as `<name>`."""
    written: dict[str, tuple[int, bytes]] = {}
    ids: dict[str, bytes] = {}
    parent = b""
    for number, tree in enumerate(trees):
        for name, data in tree.items():
            kind = 3 if name.startswith("blob") else 2
            ids[name] = _id(kind, data)
            written[f"{number}{name}"] = kind, data
        commit = b"tree %b\n%bauthor x <x@x> 1800000000 +0000\ncommitter x <x@x> 1800000000 +0000\n\n%b" % (
            ids["root"].hex().encode(),
            parent,
            message,
        )
        written[f"{number}commit"] = 1, commit
        head = _id(1, commit)
        parent = b"parent %b\n" % head.hex().encode()
    return _bundled(tmp_path, head, list(dict.fromkeys(written.values())))


def _bundled(tmp_path: Path, head: bytes, objects: list[tuple[int, bytes]]) -> Path:
    body = b"PACK" + struct.pack(">II", 2, len(objects)) + b"".join(_entry(kind, data) for kind, data in objects)
    file = tmp_path / "sent"
    file.write_bytes(b"# v2 git bundle\n%b refs/heads/main\n\n" % head.hex().encode() + body + sum_of(body))
    return file


def _id(kind: int, data: bytes) -> bytes:
    return sum_of(b"%b %d\0%b" % ((b"", b"commit", b"tree", b"blob")[kind], len(data), data))


def _entry(kind: int, data: bytes, said: int = -1) -> bytes:
    size = len(data) if said < 0 else said
    byte, rest, found = kind << 4 | size & 15, size >> 4, b""
    while rest:
        found, byte, rest = found + bytes([byte | 128]), rest & 127, rest >> 7
    return found + bytes([byte]) + zlib.compress(data)


def entry(mode: str, name: str, id: bytes) -> bytes:
    """Give a line of a tree."""
    return f"{mode} {name}\0".encode() + id


BLOB = _id(3, b"/etc/passwd")
ODD: dict[str, bytes] = {
    "a link": entry("120000", "link", BLOB),
    "a submodule": entry("160000", "sub", b"\1" * 20),
    "a git folder": entry("40000", ".git", _id(2, entry("100644", "config", BLOB))),
    "a way out": entry("100644", "..", BLOB),
    "a slash": entry("100644", "a/b", BLOB),
    "a file of no fact": entry("100644", "x", BLOB),
    "a program": entry("100755", "x", BLOB),
}


@pytest.mark.parametrize("odd", ODD)
def test_trees_of_anything_but_facts_are_refused(tmp_path: Path, odd: str) -> None:
    """Links, submodules, names that lead out: whatever git itself would allow of them."""
    tree = {"blob": b"/etc/passwd", "config": entry("100644", "config", BLOB), "root": ODD[odd]}

    refused(sent(tmp_path, [tree]), tmp_path)
    assert not (tmp_path / "restored").exists()


def test_a_few_trees_that_stand_for_billions_of_files_are_refused_unread(tmp_path: Path) -> None:
    """Ten folders of ten folders of ten…: the first forty are enough to know that it is no fact."""
    trees: Trees = {"blob": b"x"}
    below, mode = _id(3, b"x"), "100644"
    for level in range(9):
        data = b"".join(entry(mode, f"{name}", below) for name in range(10))
        trees[f"level {level}"] = data
        below, mode = _id(2, data), "40000"
    trees["root"] = trees["level 8"]

    assert "changes more than a fact does" in refused(sent(tmp_path, [trees]), tmp_path)


def test_an_object_that_becomes_too_large_is_refused_before_git_sees_it(tmp_path: Path) -> None:
    """By what it says, by what it becomes, and by what all of them come to."""
    pack = tmp_path / "pack"

    def measured(*entries: bytes, most: int = 1000, total: int = 5000) -> str:
        body = b"PACK" + struct.pack(">II", 2, len(entries)) + b"".join(entries)
        pack.write_bytes(body + sum_of(body))
        return packs.measure(pack, "x", packs.Limits(most, total))

    assert 40 == len(measured(_entry(3, b"x" * 1000), _entry(3, b"")))
    with pytest.raises(SourceError, match="an object of more than 1000"):
        measured(_entry(3, b"x" * 1001))
    with pytest.raises(DamageError, match="not as long as it says"):
        measured(_entry(3, b"x" * 10_000_000, said=10))
    with pytest.raises(SourceError, match="unpacks to more than 5000"):
        measured(*[_entry(3, b"x" * 999)] * 6)
    grows = b"\x01" + b"\xff\xff\xff\x7f" + b"\x90\x01"  # a delta whose result is 256 MiB
    with pytest.raises(SourceError, match="an object of more than 1000"):
        measured(_entry(3, b"x"), _entry(7, grows)[:1] + BLOB + _entry(7, grows)[1:])
    for junk in (b"\xff" * 300, b"\x30", b"\x00", b"\x60\xff"):
        with pytest.raises(ProvError):
            measured(junk)


def test_a_log_with_other_than_facts_is_refused_with_its_code(tmp_path: Path, store: Store) -> None:
    """What plain git finds nothing wrong with, and a prov never wrote: a revision whose record is another article's."""
    put(store, make(0))
    path = f"articles/{make(0).article[:2]}/{make(0).article[2:4]}/{make(0).article}"
    wrong = replace(make(0).metadata, url="https://other.example/")
    data = git(store, "show", f"main:{path}.json").replace(make(0).metadata.url, wrong.url).encode()
    start = b"commit refs/heads/main\ncommitter x <x@x> 1800000000 +0000\ndata 1\nxfrom %b\n"
    stream = start + b"M 100644 inline %b\ndata %d\n%b\n"
    git(
        store,
        "fast-import",
        "--quiet",
        stdin=stream % (store.head().encode(), f"{path}.json".encode(), len(data), data),
    )
    git(store, "bundle", "create", "-q", str(tmp_path / "sent"), "main")

    assert "S0" in refused(tmp_path / "sent", tmp_path)
