"""What a writer leaves that was ended before its time, in each place where tests/torture found something."""

from __future__ import annotations

from pathlib import Path

import pytest
from store.world import git, make, put

from provenance.errors import StorageError, StoreRefusedError
from provenance.store import Store, complaints, upkeep
from provenance.store.upkeep import small


@pytest.mark.parametrize(
    "left", [{}, {".gitignore": b""}, {".gitignore": None, "README.md": b"# A"}, {".FORMAT.new": b"prov"}]
)
def test_an_init_that_was_ended_is_gone_on_with(tmp_path: Path, left: dict[str, bytes | None]) -> None:
    """A folder that holds nothing but the beginnings of a store's own files is no folder of somebody else's."""
    whole = Store.init(tmp_path / "whole").path
    half = tmp_path / "half"
    half.mkdir()
    for name, content in left.items():
        (half / name).write_bytes((whole / name).read_bytes() if content is None else content)

    Store.init(half)

    assert {path.name: path.read_bytes() for path in whole.iterdir()} == {
        path.name: path.read_bytes() for path in half.iterdir()
    }


def test_a_readme_of_somebody_elses_is_left_alone(tmp_path: Path) -> None:
    """Only what begins as a store's own file does is taken for one."""
    (tmp_path / "README.md").write_text("My thesis")

    with pytest.raises(StoreRefusedError, match="not empty"):
        Store.init(tmp_path)
    assert "My thesis" == (tmp_path / "README.md").read_text()


@pytest.mark.parametrize("content", [b"", b"fast", b"fast-import", b"fast-import\n"])
def test_an_import_that_was_ended_can_be_made_again(store: Store, content: bytes) -> None:
    """Git refuses to write the mark that keeps a pack a second time, also one of which only the name is there."""
    put(store, make(0))
    packs = store.path / "facts.git/objects/pack"
    (packs / f"pack-{'1' * 40}.keep").write_bytes(content)
    (packs / f"pack-{'2' * 40}.idx").write_bytes(b"no pack to it")
    (packs / f"pack-{'3' * 40}.keep").write_bytes(b"kept by hand\n")

    put(store, make(1))

    assert [f"pack-{'3' * 40}.keep"] == [path.name for path in packs.glob("*.keep")]
    assert {path.stem for path in packs.glob("*.pack")} == {path.stem for path in packs.glob("*.idx")}


def test_packs_are_chosen_so_that_each_object_is_copied_a_few_times() -> None:
    """What is left grows at least twofold from one to the next; large ones are left alone."""

    def chosen(*sizes: int) -> int:
        return len(small({Path(f"{number:02}.pack"): size for number, size in enumerate(sizes)}))

    assert 0 == chosen()
    assert 0 == chosen(1)
    assert 0 == chosen(1, 2, 4, 8)
    assert 4 == chosen(1, 1, 1, 1)
    assert 4 == chosen(1, 1, 1, 1, 100)
    assert 5 == chosen(1, 1, 1, 1, 7)
    assert 3 == chosen(1, 2, 3, 100, 200)


def test_packs_go_only_when_their_objects_are_safe_elsewhere(store: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    """Where the new pack cannot be made, or its name not flushed, all stays as it is."""
    for n in range(4):
        put(store, make(n))
    monkeypatch.setattr(upkeep, "MANY", 2)

    def broken(_: Path) -> None:
        raise OSError(5, "Input/output error")

    with monkeypatch.context() as patched:
        patched.setattr(upkeep, "sync_folder", broken)
        put(store, make(4))
        assert 5 <= len(list(store.path.rglob("*.pack")))
    put(store, make(5))

    assert 2 >= len(list(store.path.rglob("*.pack")))
    assert "" == git(store, "fsck", "--strict")
    assert () == store.fsck(deep=True)


def test_why_nothing_can_be_written_is_found_out(tmp_path: Path) -> None:
    """Git says of a ref's lock that it could not be written, and not why."""
    assert "" == complaints.why_not(tmp_path)
    assert "No such file or directory" == complaints.why_not(tmp_path / "no")
    assert [] == list(tmp_path.iterdir())
    assert "the disk is full" in str(complaints.failure(128, "fatal: couldn't write 'x'\nNo space left on device"))


def test_a_disk_that_refuses_is_told_from_a_bundle_that_is_not_sound() -> None:
    """The one is an error of storage, the other damage."""
    assert complaints.is_of_disk("fatal: cannot create pack: No space left on device")
    assert not complaints.is_of_disk("fatal: pack has bad object at offset 12: inflate returned -5")


def test_the_branch_is_flushed_before_anything_rests_on_it(store: Store) -> None:
    """Whoever moved it may have died before; without a repository there is nothing to flush."""
    store.settle()
    put(store, make(0))
    head = store.head()
    store.settle()
    assert head == store.head() != ""
    (store.path / "facts.git/refs/heads").rename(store.path / "facts.git/refs/elsewhere")

    store.settle()


def test_a_store_on_a_disk_that_fails_is_one_line(store: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    """A flush that fails is an error of storage."""
    from provenance.store import durable

    put(store, make(0))

    def broken(_: Path) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(durable, "sync_folder", broken)
    with pytest.raises(StorageError, match="the disk is full"):
        store.settle()
