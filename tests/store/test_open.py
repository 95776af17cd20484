"""A store is made by `init` and opened only where it is safe: each refusal is one line that names what was found."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest
from store.world import make, put

from provenance.errors import DamageError, NoStoreError, ProvError, StoreRefusedError, StoreVersionError
from provenance.store import Store
from provenance.store.guard import settings, values


def test_a_fresh_store_is_three_small_files(tmp_path: Path) -> None:
    """The repository is made by the first write."""
    store = Store.init(tmp_path / "new" / "store")

    assert {"FORMAT", "README.md", ".gitignore"} == {path.name for path in store.path.iterdir()}
    assert b"prov-store 1\n" == (store.path / "FORMAT").read_bytes()


def test_making_a_store_again_changes_nothing(store: Store) -> None:
    """`init` on a store opens it."""
    head = put(store, make())

    assert head == Store.init(store.path).head()


def test_a_folder_with_other_things_is_not_made_a_store(tmp_path: Path) -> None:
    """Nobody's files get a store around them."""
    (tmp_path / "thesis.txt").write_text("x")

    with pytest.raises(StoreRefusedError, match="not empty"):
        Store.init(tmp_path)
    with pytest.raises(StoreRefusedError, match="not a folder"):
        Store.init(tmp_path / "thesis.txt")
    assert ["thesis.txt"] == [path.name for path in tmp_path.iterdir()]


def test_a_path_without_a_store_says_how_to_make_one(tmp_path: Path) -> None:
    """Missing, a file, or a folder of other things: there is no store."""
    (tmp_path / "file").write_text("x")

    for path in (tmp_path / "missing", tmp_path / "file", tmp_path):
        with pytest.raises(NoStoreError, match="no store at") as caught:
            Store.open(path)
        assert "prov init" in caught.value.hint


@pytest.mark.parametrize("content", ["", "restic 2\n", "prov-store\n", "prov-store 1\nx", "prov-store one\n", "\xff"])
def test_another_format_is_no_store(store: Store, content: str) -> None:
    """FORMAT says that it is one, or it is none."""
    (store.path / "FORMAT").write_text(content, encoding="latin-1")

    with pytest.raises(NoStoreError, match="FORMAT"):
        Store.open(store.path)


def test_a_newer_format_is_named(store: Store) -> None:
    """What a newer prov wrote is not touched."""
    (store.path / "FORMAT").write_text("prov-store 2\n")

    with pytest.raises(StoreVersionError, match="format 2, this prov knows format 1"):
        Store.open(store.path)


def config(line: str) -> Callable[[Path], object]:
    """Add a line to the repository's configuration."""

    def add(store: Path) -> None:
        with (store / "facts.git/config").open("a") as file:
            file.write(line + "\n")

    return add


def file(path: str, content: str = "x") -> Callable[[Path], object]:
    """Add a file to the repository."""

    def add(store: Path) -> None:
        (store / "facts.git" / path).parent.mkdir(parents=True, exist_ok=True)
        (store / "facts.git" / path).write_text(content)

    return add


def link(path: str) -> Callable[[Path], object]:
    """Put a symbolic link into the place of what is there."""

    def replace(store: Path) -> None:
        place = store / path
        aside = store.parent / "aside"
        place.rename(aside) if place.exists() else aside.touch()
        place.symlink_to(aside)

    return replace


TRAPS = {
    "a hook": (file("hooks/post-commit"), "hooks/post-commit"),
    "alternates": (file("objects/info/alternates"), "alternates"),
    "grafts": (file("info/grafts"), "grafts"),
    "attributes": (file("info/attributes"), "attributes"),
    "another git directory": (file("commondir"), "commondir"),
    "submodules": (file("modules/x"), "modules"),
    "a replaced object": (file("refs/replace/x"), "replace"),
    "a shallow end": (file("shallow"), "shallow"),
    "fsmonitor": (config("[core]\n\tfsmonitor = evil"), "core.fsmonitor"),
    "a filter": (config('[filter "x"]\n\tclean = evil'), "filter.x.clean"),
    "an included file": (config("[include]\n\tpath = /etc/passwd"), "include.path"),
    "an external diff": (config("[diff]\n\texternal = evil"), "diff.external"),
    "an alias on the section's line": (config("[alias] log = !evil"), "alias.log"),
    "a dotted section": (config("[diff.x]\n\ttextconv = evil"), "diff.x.textconv"),
    "an upload-pack": (config('[remote "x"]\n\tuploadpack = evil'), "remote.x.uploadpack"),
    "an ssh command": (config("[core]\n\tsshCommand = evil"), "core.sshcommand"),
    "a continued line": (config("[core]\n\tbare = tr\\\nue"), "bare"),
    "an extension": (config("[extensions]\n\tworktreeConfig = true"), "extensions.worktreeconfig"),
    "a linked repository": (link("facts.git"), "facts.git"),
    "a linked branch": (link("facts.git/refs/heads/main"), "refs/heads/main"),
    "linked objects": (link("facts.git/objects/pack"), "objects/pack"),
    "a linked config": (link("facts.git/config"), "config"),
    "a linked ledger": (link("ledger.sqlite"), "ledger.sqlite"),
    "a linked FORMAT": (link("FORMAT"), "FORMAT"),
}


@pytest.mark.parametrize("trap", TRAPS)
def test_a_store_that_could_run_or_redirect_anything_is_refused(store: Store, trap: str) -> None:
    """A store from elsewhere is opened only if its repository holds nothing but a log; the refusal names what it is."""
    put(store, make())
    Store.open(store.path)
    lay, named = TRAPS[trap]

    lay(store.path)

    with pytest.raises(StoreRefusedError, match=named):
        Store.open(store.path)


def test_a_remote_to_push_to_is_no_reason_to_refuse(store: Store) -> None:
    """A store is cloned and pushed with plain git, and that leaves settings which run nothing."""
    put(store, make())
    config('[remote "origin"]\n\turl = ssh://host/x\n\tfetch = +refs/heads/*:refs/heads/*\n; a comment')(store.path)

    assert store.head() == Store.open(store.path).head() != ""


def test_settings_are_read_as_git_reads_them() -> None:
    """Sections, quoted subsections, values on the section's line, flags without a value, comments."""
    said = '[a]\nb = 1\n# x\n[C "d.E"]f=2\n\tG\n[h.i]\n\tj = 3 ; k = 4\n'

    assert ["a.b", "c.d.E.f", "c.d.E.g", "h.i.j"] == list(settings(said))


def test_lines_of_settings_end_where_git_ends_them() -> None:
    """What other programs take for the end of a line stays inside a value."""
    assert [("a.b", "1\x0b\tc = 2"), ("a.d", "3\u2028e = 4")] == list(values("[a]\nb = 1\x0b\tc = 2\nd = 3\u2028e = 4"))


def test_a_linked_store_is_refused(store: Store, tmp_path: Path) -> None:
    """Name the folder itself."""
    (tmp_path / "link").symlink_to(store.path)

    with pytest.raises(StoreRefusedError, match="symbolic link"):
        Store.open(tmp_path / "link")
    with pytest.raises(StoreRefusedError, match="symbolic link"):
        Store.init(tmp_path / "link")


@pytest.mark.skipif(os.geteuid() != 0, reason="only root can give a folder away")
def test_a_store_of_another_user_is_refused(store: Store) -> None:
    """Who owns it is named."""
    os.chown(store.path, 1, -1)

    with pytest.raises(StoreRefusedError, match="store owned by"):
        Store.open(store.path)


def test_a_head_that_names_no_main_is_damage(store: Store) -> None:
    """Prov would read on, but plain git would show another log."""
    put(store, make())
    (store.path / "facts.git/HEAD").write_text("ref: refs/heads/other\n")

    with pytest.raises(DamageError, match="HEAD"):
        Store.open(store.path)


def test_every_refusal_is_one_line(store: Store, tmp_path: Path) -> None:
    """One line for a person, and a hint what to do."""
    for refused in (lambda: Store.open(tmp_path / "missing"), lambda: Store.init(tmp_path)):
        with pytest.raises(ProvError) as caught:
            refused()
        assert "\n" not in str(caught.value)
        assert caught.value.hint


def test_opening_a_store_and_its_head_needs_no_git(store: Store) -> None:
    """Neither GitPython nor a git process is needed to see whether there is anything new."""
    head = put(store, make())
    script = (
        "import sys; from provenance.store import Store; store = Store.open(sys.argv[1]);"
        "assert [] == list(store.log(store.head())); print(store.head(), 'git' in sys.modules)"
    )

    done = subprocess.run(
        [sys.executable, "-c", script, store.path], capture_output=True, text=True, check=True, env={"PATH": ""}
    )

    assert f"{head} False" == done.stdout.strip()
