"""What is damaged is mended from what is still there or from a backup, and nothing is thrown away."""

from __future__ import annotations

import random
import shutil
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path

import pytest
from store.world import git, make, put

from provenance.app.backup import backup
from provenance.app.fsck import Depth, fsck
from provenance.app.rebuild import rebuild
from provenance.app.repair import repair
from provenance.app.workspace import Workspace
from provenance.errors import NoStoreError, ProvError, SourceError, StoreRefusedError
from provenance.store import Code, Store
from provenance.store.folder import CONFIG

OTHER = "https://other.example/"


@pytest.fixture
def workspace(store: Store) -> Workspace:
    """Give a store with two packs, loose objects, a source, and its ledger."""
    (store.path / "prov.toml").write_text("meaning = false\n")
    put(store, make(0), make(0, "Other\n\nOne two three.\n", url=OTHER))
    put(store, make(1, source=b"<p>received"))
    pack = max((store.path / "facts.git/objects/pack").glob("*.pack"), key=lambda path: path.stat().st_mtime_ns)
    data = pack.read_bytes()
    for path in pack.parent.glob(f"{pack.stem}.*"):
        path.unlink()
    git(store, "unpack-objects", "-q", stdin=data)
    put(store, make(2))
    found = Workspace(store.path)
    rebuild(found)
    return found


def said(workspace: Workspace) -> object:
    """Give all facts and conclusions."""
    return list(workspace.store.log()), workspace.ledger.rows()


def flip(path: Path, place: int = -1) -> None:
    """Turn a bit of a file over, in its middle unless told where."""
    data = bytearray(path.read_bytes())
    data[len(data) // 2 if place < 0 else place] ^= 4
    path.chmod(0o600)
    path.write_bytes(data)


def files(store: Path, pattern: str) -> list[Path]:
    """Give files of the repository."""
    return sorted((store / "facts.git").glob(pattern))


def first(pattern: str) -> Callable[[Path], None]:
    """Turn a bit over in the middle of the first file of a pattern."""
    return lambda store: flip(files(store, pattern)[0])


def drop(pattern: str) -> Callable[[Path], None]:
    """Remove all files of a pattern."""

    def remove(store: Path) -> None:
        for path in files(store, pattern):
            path.unlink()

    return remove


def write(name: str, content: str) -> Callable[[Path], object]:
    """Write a file of the store."""
    return lambda store: (store / name).write_text(content)


def rewind(store: Path) -> None:
    """Put the branch three commits back."""
    before = git(Store(store), "rev-parse", "main~3").strip()
    (store / "facts.git/refs/heads/main").write_text(before + "\n")


BY_ITSELF: dict[str, Callable[[Path], object]] = {
    "an index": first("objects/pack/*.idx"),
    "an index that leads astray": lambda store: [
        flip(path, path.stat().st_size - 48) for path in files(store, "**/*.idx")
    ],
    "an index that is gone": drop("objects/pack/*.idx"),
    "the checksum of a pack": lambda store: flip(
        files(store, "objects/pack/*.pack")[0], files(store, "objects/pack/*.pack")[0].stat().st_size - 1
    ),
    "the branch set back": rewind,
    "the branch deleted": drop("refs/heads/main"),
    "the branch damaged": lambda store: flip(store / "facts.git/refs/heads/main"),
    "HEAD": write("facts.git/HEAD", "ref: refs/heads/nain\n"),
    "FORMAT": write("FORMAT", "prov-stnre 1\n"),
    "a setting": lambda store: (store / "facts.git/config").write_bytes(CONFIG.replace(b"0600", b"0604")),
    "a setting's name": lambda store: (store / "facts.git/config").write_bytes(CONFIG.replace(b"bare", b"bard")),
    "packed refs": write("facts.git/packed-refs", "# pack-refs with: peelfd \n"),
    "a row of the ledger": lambda store: flip(
        store / "ledger.sqlite", (store / "ledger.sqlite").read_bytes().index(b"Ferry sinks")
    ),
    "the ledger's pages": lambda store: flip(store / "ledger.sqlite", 4096 + 3),
    "the ledger's name": lambda store: flip(store / "ledger.sqlite", 3),
    "open to all": lambda store: files(store, "objects/pack/*.pack")[0].chmod(0o644),
}
WITH_A_BACKUP: dict[str, Callable[[Path], object]] = {
    "a pack": first("objects/pack/*.pack"),
    "all packs": drop("objects/pack/*"),
    "a loose object": first("objects/[0-9a-f][0-9a-f]/*"),
    "loose objects gone": drop("objects/[0-9a-f][0-9a-f]/*"),
    "an empty object": lambda store: files(store, "objects/[0-9a-f][0-9a-f]/*")[0].write_bytes(b""),
    "the repository": lambda store: shutil.rmtree(store / "facts.git"),
    "much at once": lambda store: [flip(path) for path in files(store, "objects/pack/*")],
}


@pytest.mark.parametrize("damage", BY_ITSELF)
def test_what_is_damaged_beside_the_objects_is_mended_without_help(workspace: Workspace, damage: str) -> None:
    """Everything is as before, the damage is found before and gone after, and a second repair finds nothing to do."""
    wanted = said(workspace)
    workspace.ledger.close()
    BY_ITSELF[damage](workspace.path)

    repaired = repair(workspace.path)

    assert repaired.left.whole, repaired
    assert repaired.done
    assert wanted == said(Workspace(workspace.path))
    assert () == repair(workspace.path).done


@pytest.mark.parametrize("damage", WITH_A_BACKUP)
def test_lost_objects_come_back_from_a_backup(workspace: Workspace, tmp_path: Path, damage: str) -> None:
    """Without one the store stays damaged, and says so; with one it is whole, and what was damaged is kept."""
    wanted = said(workspace)
    backup(workspace, tmp_path / "backup")
    workspace.ledger.close()
    WITH_A_BACKUP[damage](workspace.path)

    alone = repair(workspace.path)
    helped = repair(workspace.path, [tmp_path / "backup"])

    assert not alone.left.whole
    assert all(each.remedy for each in alone.left.damage)
    assert helped.left.whole, helped
    assert wanted == said(Workspace(workspace.path))


def test_a_clone_serves_as_a_backup(workspace: Workspace, tmp_path: Path) -> None:
    """A bare clone by plain git, or another store."""
    wanted = said(workspace)
    git(workspace.store, "clone", "-q", "--bare", str(workspace.path / "facts.git"), str(tmp_path / "clone"))
    shutil.copytree(workspace.path, tmp_path / "copy")
    workspace.ledger.close()
    for other in ("clone", "copy"):
        drop("objects/pack/*")(workspace.path)
        assert repair(workspace.path, [tmp_path / other]).left.whole
        assert wanted == said(Workspace(workspace.path))


def test_nothing_is_taken_from_what_is_not_safe_to_open(workspace: Workspace, tmp_path: Path) -> None:
    """A clone with alternates, with a hook, with a link in it; a folder that is none; and the store stays as it was."""
    for trap in ("hooks/post-checkout", "objects/info/alternates", "link"):
        clone = tmp_path / trap.replace("/", "-")
        git(workspace.store, "clone", "-q", "--bare", str(workspace.path / "facts.git"), str(clone))
        (clone / "hooks").mkdir(exist_ok=True)
        if trap == "link":
            (clone / trap).symlink_to(tmp_path)
        else:
            (clone / trap).write_text("/nowhere\n")
        with pytest.raises(StoreRefusedError):
            repair(workspace.path, [clone])
    with pytest.raises(SourceError):
        repair(workspace.path, [tmp_path])

    assert fsck(workspace, Depth.EVERYTHING).whole


def test_a_damaged_pack_keeps_what_is_whole_in_it(workspace: Workspace) -> None:
    """Only the object that was hit is missing afterwards, and the pack itself is kept."""
    before = git(workspace.store, "cat-file", "--batch-all-objects", "--batch-check").splitlines()
    pack = files(workspace.path, "objects/pack/*.pack")[0]
    whole = pack.read_bytes()
    flip(pack)

    repaired = repair(workspace.path)

    after = git(workspace.store, "cat-file", "--batch-all-objects", "--batch-check").splitlines()
    assert Code.OBJECTS in {each.code for each in repaired.left.damage}
    assert len(before) - 6 < len(after) < len(before)
    assert len(whole) == (workspace.path / "damaged/facts.git/objects/pack" / pack.name).stat().st_size


def test_a_log_that_was_exchanged_is_left_to_a_person(workspace: Workspace) -> None:
    """Two lines that go on from one commit: neither is thrown away, and the ledger keeps what it knows."""
    rewind(workspace.path)
    put(workspace.store, make(2, "Another two\n"))
    head = workspace.store.head()

    repaired = repair(workspace.path)

    assert {Code.FOLLOWS} == {each.code for each in repaired.left.damage}
    assert head == workspace.store.head()
    assert any(workspace.ledger.cursor() in each.message and head in each.message for each in repaired.left.damage)


def test_a_rewound_log_names_the_articles_that_it_lost(workspace: Workspace) -> None:
    """And both ids: where the log is, and how far the ledger had read it."""
    cursor = workspace.ledger.cursor()
    rewind(workspace.path)

    [found] = fsck(workspace).damage

    assert (Code.FOLLOWS, make(0).article) == (found.code, found.article)
    assert cursor in found.message
    assert workspace.store.head() in found.message
    assert "revision 2" in found.message


def test_what_could_run_something_is_not_mended_away(workspace: Workspace) -> None:
    """Hooks and alternates stay where they are, and the store stays refused."""
    (workspace.path / "facts.git/hooks").mkdir()
    (workspace.path / "facts.git/hooks/post-update").write_text("#!/bin/sh\n")

    with pytest.raises(StoreRefusedError, match="hooks/post-update"):
        repair(workspace.path)
    with pytest.raises(NoStoreError):
        repair(workspace.path.parent)


@pytest.mark.slow
def test_a_repair_that_was_cut_short_is_repeated(
    workspace: Workspace, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """An error at any of its writes leaves a store that the next repair makes whole."""
    wanted = said(workspace)
    backup(workspace, tmp_path / "backup")
    workspace.ledger.close()
    for path in files(workspace.path, "objects/pack/*"):
        flip(path)
    chance = random.Random(3)
    real = Path.rename
    for _ in range(4):
        left = chance.randrange(1, 9)

        def stopping(self: Path, target: Path) -> Path:
            nonlocal left
            left -= 1
            if not left:
                raise OSError(5, "Input/output error")
            return real(self, target)

        monkeypatch.setattr(Path, "rename", stopping)
        with suppress(ProvError, OSError):
            repair(workspace.path, [tmp_path / "backup"])
        monkeypatch.setattr(Path, "rename", real)

    assert repair(workspace.path, [tmp_path / "backup"]).left.whole
    assert wanted == said(Workspace(workspace.path))
    assert fsck(Workspace(workspace.path), Depth.EVERYTHING).whole
