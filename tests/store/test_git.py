"""git runs with our settings and environment alone, and only a git that is new enough."""

from __future__ import annotations

import os
from pathlib import Path

import pytest
from store.world import git, make, put

from provenance.errors import GitMissingError
from provenance.store import Store


def script(folder: Path, body: str) -> Path:
    """Put a program named git into a folder."""
    folder.mkdir(exist_ok=True)
    (folder / "git").write_text(f"#!/bin/sh\n{body}\n")
    (folder / "git").chmod(0o755)
    return folder


def test_without_git_the_version_that_is_needed_is_named(
    store: Store, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A machine without git gets one line and a way out."""
    monkeypatch.setenv("PATH", str(tmp_path))

    with pytest.raises(GitMissingError, match="not installed") as caught:
        put(store, make())
    assert "2.36" in caught.value.hint


def test_a_git_that_is_too_old_is_named(store: Store, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Before 2.36 git cannot flush everything that it writes."""
    monkeypatch.setenv("PATH", str(script(tmp_path / "bin", "echo git version 2.30.2")))

    with pytest.raises(GitMissingError, match=r"git 2\.30\.2 at .* is too old") as caught:
        put(store, make())
    assert "2.36" in caught.value.hint


def test_a_git_in_the_folder_where_we_are_is_not_run(
    store: Store, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Relative parts of the search path do not count."""
    evil = script(tmp_path / "evil", f"touch {tmp_path}/ran")
    monkeypatch.chdir(evil)
    monkeypatch.setenv("PATH", os.pathsep.join((".", "", "bin", os.environ["PATH"])))

    put(store, make())

    assert not (tmp_path / "ran").exists()


def test_git_variables_of_the_environment_are_ignored(
    store: Store, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Inside a git hook GIT_DIR points to another repository; other variables run commands."""
    evil = script(tmp_path / "evil", f"touch {tmp_path}/ran") / "git"
    for name in ("GIT_DIR", "GIT_OBJECT_DIRECTORY", "GIT_INDEX_FILE", "GIT_COMMON_DIR", "GIT_WORK_TREE"):
        monkeypatch.setenv(name, str(tmp_path / "elsewhere"))
    for name in ("GIT_EXTERNAL_DIFF", "GIT_PAGER", "GIT_SSH_COMMAND", "GIT_EXEC_PATH", "GIT_PYTHON_GIT_EXECUTABLE"):
        monkeypatch.setenv(name, str(evil))
    monkeypatch.setenv("GIT_CONFIG_COUNT", "1")
    monkeypatch.setenv("GIT_CONFIG_KEY_0", "core.fsmonitor")
    monkeypatch.setenv("GIT_CONFIG_VALUE_0", str(evil))
    monkeypatch.setenv("GIT_TRACE", str(tmp_path / "trace"))

    put(store, make())

    assert 2 == sum(1 for _ in store.log())
    assert {"evil", "store"} == {path.name for path in tmp_path.iterdir()}


def test_settings_of_the_user_are_ignored(store: Store, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Neither hooks nor formats nor signatures of the user's own git come into a store."""
    home = Path(os.environ["HOME"])
    script(tmp_path / "hooks", "touch $0.ran").joinpath("git").rename(tmp_path / "hooks" / "reference-transaction")
    (home / ".gitconfig").write_text(
        f"[core]\n\thooksPath = {tmp_path}/hooks\n[log]\n\tshowSignature = true\n\tdate = relative\n"
        "[diff]\n\tnoprefix = true\n\trenames = copies\n[i18n]\n\tlogOutputEncoding = utf-16\n"
        "[commit]\n\tgpgSign = true\n"
    )

    put(store, make(0), make(1))

    assert 3 == sum(1 for _ in store.log())
    assert ["reference-transaction"] == [path.name for path in (tmp_path / "hooks").iterdir()]
    git(store, "update-ref", "refs/heads/x", "main")
    assert 2 == len(list((tmp_path / "hooks").iterdir())), "the trap works for a git that is not ours"


def test_a_store_may_lie_under_any_name(tmp_path: Path) -> None:
    """Names of folders are never options, patterns or variables."""
    for name in ("--upload-pack=x", "$HOME", "~", "a b", "ü\n", "-c", "*", "%s"):
        store = Store.init(tmp_path / name)
        put(store, make())
        assert 2 == sum(1 for _ in store.log())
    assert 8 == len(list(tmp_path.iterdir()))
