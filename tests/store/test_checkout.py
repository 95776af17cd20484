"""A checkout that is not ours: what git tells of its files, and that nothing of it runs."""

from __future__ import annotations

import os
import subprocess
from pathlib import Path

import pytest

from provenance.errors import GateError, GitMissingError
from provenance.store import checkout
from provenance.store.checkout import Checkout


def git(top: Path, *arguments: str) -> None:
    """Run git as the republisher would."""
    subprocess.run(
        ["git", "-C", top, "-c", "user.name=x", "-c", "user.email=x@x", *arguments], check=True, capture_output=True
    )


@pytest.fixture
def top(tmp_path: Path) -> Path:
    """Give a repository with two files and something that it ignores."""
    made = tmp_path / "site"
    (made / "content").mkdir(parents=True)
    git(tmp_path, "init", "-q", "-b", "main", str(made))
    (made / "content/a.md").write_text("One.\n")
    (made / "content/b.md").write_text("Two.\n")
    (made / ".gitignore").write_text("build/\n*.tmp.md\n")
    git(made, "add", "-A")
    git(made, "commit", "-q", "-m", "first")
    return made


def test_what_differs_from_a_revision_is_named(top: Path) -> None:
    """Changed, staged or not, and files that git does not know yet; not what is ignored, nor what is gone."""
    (top / "content/a.md").write_text("One and a half.\n")
    (top / "content/new é\n.md").write_text("New.\n")
    (top / "content/x.tmp.md").write_text("Ignored.\n")
    (top / "content/staged.md").write_text("Staged.\n")
    git(top, "add", "content/staged.md")
    (top / "content/b.md").unlink()

    assert {"content/a.md", "content/new é\n.md", "content/staged.md"} == Checkout(top).changed("HEAD")


def test_what_is_ignored_is_named(top: Path) -> None:
    """A folder of which all is ignored by its name with a slash."""
    (top / "build").mkdir()
    (top / "build/a.md").write_text("Built.\n")
    (top / "content/x.tmp.md").write_text("Ignored.\n")

    assert {"build/", "content/x.tmp.md"} == Checkout(top).ignored()


@pytest.mark.parametrize("revision", ["nothing", "--output=x", "-", "HEAD:content", "", "a..b", "\x00"])
def test_what_is_no_revision_is_refused(top: Path, revision: str) -> None:
    """And is never an option."""
    with pytest.raises(GateError):
        Checkout(top).changed(revision)
    assert not (top / "x").exists()


def test_the_variables_of_a_git_hook_do_not_lead_elsewhere(
    top: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Git sets GIT_DIR and more of that kind where a check runs as a hook."""
    (top / "content/a.md").write_text("Changed.\n")
    for name in ("GIT_DIR", "GIT_WORK_TREE", "GIT_INDEX_FILE", "GIT_OBJECT_DIRECTORY"):
        monkeypatch.setenv(name, str(tmp_path / "elsewhere"))

    assert {"content/a.md"} == Checkout(top).changed("HEAD")


def test_nothing_of_the_repository_runs(top: Path, tmp_path: Path) -> None:
    """Neither filters nor monitors, hooks, diff drivers and aliases: not for a look at names."""
    sign = tmp_path / "ran"
    command = f"touch {sign}; cat"
    (top / ".gitattributes").write_text("*.md filter=evil diff=evil\n")
    for key in ("filter.evil.clean", "filter.evil.process", "diff.evil.command", "diff.external", "core.fsmonitor"):
        git(top, "config", key, command)
    git(top, "config", "filter.evil.required", "true")
    hook = top / ".git/hooks/post-index-change"
    hook.write_text(f"#!/bin/sh\ntouch {sign}\n")
    hook.chmod(0o755)
    for name in ("a", "b"):  # touched within the second, so that git has to look into them
        (top / f"content/{name}.md").write_text("Changed.\n")
        os.utime(top / f"content/{name}.md")

    Checkout(top).changed("HEAD")
    Checkout(top).ignored()

    assert not sign.exists()
    subprocess.run(["git", "-C", top, "status"], check=False, capture_output=True)
    assert sign.exists()  # the trap is one


def test_a_filter_that_an_included_file_names_does_not_run(top: Path, tmp_path: Path) -> None:
    """What `include.path` brings in counts as the repository's own."""
    sign = tmp_path / "ran"
    (top / "more.cfg").write_text(f'[filter "e=v.il"]\n\tclean = "touch {sign}; cat"\n')
    git(top, "config", "include.path", "../more.cfg")
    (top / ".gitattributes").write_text("*.md filter=e=v.il\n")
    (top / "content/a.md").write_text("Two..\n")

    Checkout(top).changed("HEAD")

    assert not sign.exists()


def test_a_checkout_is_found_from_a_folder_in_it(top: Path, tmp_path: Path) -> None:
    """The nearest one above; none outside."""
    found = checkout.find(top / "content")

    assert found
    assert top == found.top
    assert checkout.find(tmp_path) is None


def test_a_work_tree_of_its_own_is_a_checkout(top: Path, tmp_path: Path) -> None:
    """Where `.git` is a file that leads to the repository."""
    git(top, "worktree", "add", "-q", str(tmp_path / "tree"), "-b", "other")
    (tmp_path / "tree/content/a.md").write_text("Changed.\n")

    assert {"content/a.md"} == Checkout(tmp_path / "tree").changed("HEAD")


def test_without_git_it_is_said(top: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A git in the folder where we are does not count."""
    monkeypatch.setenv("PATH", ".")

    with pytest.raises(GitMissingError):
        Checkout(top).ignored()
