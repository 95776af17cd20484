"""Stores that are none, that somebody else prepared, that were put back or damaged (rows 84 to 97, 103, 106, 107, 114)."""

# ruff: noqa: E501 - a table reads by its rows
from __future__ import annotations

import json
import shutil
import sqlite3
import subprocess
from collections.abc import Callable
from contextlib import closing
from pathlib import Path

import pytest
from command import clean_environ
from command import prov as installed
from hostile.table import row, tries
from hostile.world import COPY, line, refused, refuses
from inside import ARTICLE, Prov, state

COMMANDS = (
    ["status"],
    ["show", ARTICLE],
    ["fsck"],
    ["rebuild"],
    ["ingest", "-"],
    ["check", "--in-store"],
    ["export", "corrections"],
)


def git(folder: Path, *arguments: str, feed: str = "") -> str:
    """Run plain git on the store's repository."""
    done = subprocess.run(
        ["git", "-c", "user.name=x", "-c", "user.email=x@x", f"--git-dir={folder}/facts.git", *arguments],
        input=feed,
        capture_output=True,
        text=True,
        check=True,
    )
    return done.stdout.strip()


def script(path: Path, body: str) -> Path:
    """Write a program."""
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(f"#!/bin/sh\n{body}\n")
    path.chmod(0o755)
    return path


@pytest.mark.parametrize(
    ("path", "content"),
    [
        row(84, "nowhere", None, what="nothing there"),
        row(84, "other", {}, what="an empty folder"),
        row(84, "other", {"FORMAT": "restic 1\n"}, what="another tool's"),
        row(84, "file", "x", what="a file"),
        row(84, "no\nwhere\x1b[2J", None, what="a name to drive a terminal"),
        row(84, "x" * 300, None, what="a name too long"),
    ],
)
def test_what_is_no_store_is_told(prov: Prov, world: Path, path: str, content: object) -> None:
    """Every command names the path, and nothing is made there."""
    if isinstance(content, dict):
        (world / path).mkdir()
        for name, text in content.items():
            (world / path / name).write_text(text)
    elif isinstance(content, str):
        (world / path).write_text(content)
    before = sorted(world.rglob("*"))

    for command in COMMANDS:
        refused(prov("--store", path, *command, feed=line()), 3, "store")

    assert before == sorted(world.rglob("*"))


TRAPS: dict[str, Callable[[Path, Path], object]] = {
    "a hook": lambda repository, evil: evil.rename(repository / "hooks" / "post-commit"),
    "fsmonitor": lambda repository, evil: setting(repository, f"[core]\n\tfsmonitor = {evil}"),
    "a filter": lambda repository, evil: setting(repository, f'[filter "x"]\n\tclean = {evil}\n\tsmudge = {evil}'),
    "an external diff": lambda repository, evil: setting(repository, f"[diff]\n\texternal = {evil}"),
    "an included file": lambda repository, evil: setting(repository, f"[include]\n\tpath = {evil}"),
    "an alias": lambda repository, evil: setting(repository, f"[alias]\n\tcat-file = !{evil}"),
    "a signer": lambda repository, evil: setting(repository, f"[gpg]\n\tprogram = {evil}"),
    "a name with an escape": lambda repository, evil: setting(repository, f'[a "\x1b[2J\u202e"]\n\tb = {evil}'),
    "a file with an escape": lambda repository, evil: evil.rename(repository / "x\x1b[2J\n\u202e"),
}


def setting(repository: Path, lines: str) -> None:
    """Add to the repository's settings."""
    with (repository / "config").open("a") as out:
        out.write(lines + "\n")


@pytest.mark.parametrize("trap", [row(86, lay, what=name) for name, lay in TRAPS.items()])
def test_a_store_that_was_prepared_runs_nothing(prov: Prov, world: Path, trap: Callable[[Path, Path], object]) -> None:
    """No command opens it, reading or writing; the line names what was found, and the trap does not snap."""
    (world / "store" / "facts.git" / "hooks").mkdir()
    trap(world / "store" / "facts.git", script(world / "evil", f"touch {world}/ran"))

    for command in COMMANDS:
        refuses(prov, world, *command, feed=line(), words="not a store to open")

    assert not (world / "ran").exists()


@tries(88)
def test_variables_of_git_are_ignored(prov: Prov, world: Path, monkeypatch: pytest.MonkeyPatch, rows: object) -> None:
    """Other repositories, objects, programs and settings: every command does as it does without them."""
    evil = script(world / "evil", f"touch {world}/ran")
    folders = ("GIT_DIR", "GIT_OBJECT_DIRECTORY", "GIT_INDEX_FILE", "GIT_COMMON_DIR", "GIT_WORK_TREE", "GIT_NAMESPACE")
    programs = ("GIT_EXTERNAL_DIFF", "GIT_PAGER", "GIT_SSH_COMMAND", "GIT_EDITOR", "GIT_ASKPASS", "GIT_PROXY_COMMAND")
    for name in folders:
        monkeypatch.setenv(name, str(world / "elsewhere"))
    for name in (*programs, "GIT_EXEC_PATH", "GIT_TEMPLATE_DIR", "GIT_PYTHON_GIT_EXECUTABLE"):
        monkeypatch.setenv(name, str(evil))
    for name, value in {"COUNT": "1", "KEY_0": "core.fsmonitor", "VALUE_0": str(evil)}.items():
        monkeypatch.setenv(f"GIT_CONFIG_{name}", value)
    monkeypatch.setenv("GIT_TRACE", str(world / "trace"))
    before = set(world.iterdir())

    assert "1 behind" in prov("status").out
    assert 0 == prov("ingest", "-", feed=line()).code
    assert 0 == prov("fsck", "--deep").code
    assert 0 == prov("rebuild").code
    assert "Three people" in prov("show", COPY).out
    assert before == set(world.iterdir())


@tries(89)
def test_a_git_that_is_not_gits_is_not_run(world: Path, rows: object) -> None:
    """Neither one in the folder that we are in, nor one on a relative part of the search path."""
    for place in ("git", "bin/git"):
        script(world / place, f'touch {world}/ran; exec /usr/bin/git "$@"')
    path = clean_environ(world)["PATH"]
    (world / "x.jsonl").write_bytes(line())

    for given, command in (
        (f".:{path}", ["ingest", "x.jsonl"]),
        (f":{path}", ["show", ARTICLE]),
        (f"bin:{path}", ["fsck"]),
    ):
        ran = installed(*command, cwd=world, environ={"PATH": given})
        assert (0, "") == (ran.returncode, ran.stderr)

    assert not (world / "ran").exists()


# --- put back, taken away, damaged


def rewound(world: Path) -> None:
    """Set the branch back."""
    git(world / "store", "update-ref", "refs/heads/main", "main~2")


def forked(world: Path) -> None:
    """Put another commit in the place of the last."""
    tree, parent = git(world / "store", "rev-parse", "main^{tree}"), git(world / "store", "rev-parse", "main~1")
    commit = git(world / "store", "commit-tree", tree, "-p", parent, "-m", "x")
    git(world / "store", "update-ref", "refs/heads/main", commit)


def merged(world: Path) -> None:
    """Put a merge on top."""
    tree, parents = git(world / "store", "rev-parse", "main^{tree}"), ("main", "main~1")
    commit = git(world / "store", "commit-tree", tree, "-p", parents[0], "-p", parents[1], "-m", "x")
    git(world / "store", "update-ref", "refs/heads/main", commit)


def deleted(world: Path) -> None:
    """Take the branch away."""
    git(world / "store", "update-ref", "-d", "refs/heads/main")


@pytest.mark.parametrize(
    "harm",
    [
        row(93, rewound, what="rewound"),
        row(93, forked, what="forked"),
        row(93, merged, what="a merge"),
        row(93, deleted, what="deleted"),
        row(97, rewound),
    ],
)
def test_a_log_that_was_put_back_is_found(prov: Prov, world: Path, harm: Callable[[Path], None]) -> None:
    """The next command of any sort says that the store is damaged, and writes nothing on top of it."""
    harm(world)

    for command in (["status"], ["ingest", "-"], ["fsck"]):
        before = state(world / "store")
        ran = prov(*command, feed=line())
        assert 4 == ran.code, ran
        assert 1 <= ran.err.count("\n") <= (4 if command == ["fsck"] else 1)
        assert "Traceback" not in ran.err
        assert before == state(world / "store")


@tries(95)
def test_a_ledger_that_is_gone_is_made_again(prov: Prov, world: Path, rows: object) -> None:
    """The status is what it was, and who asks for it is told in one line."""
    before = prov("status", "--format", "json").out
    for file in (world / "store").glob("ledger.sqlite*"):
        file.unlink()

    ran = prov("status", "--format", "json")
    assert before == ran.out
    assert (0, 1) == (ran.code, ran.err.count("\n"))
    assert "ledger.sqlite is not there: it is worked out from the store's facts" in ran.err
    assert "" == prov("status").err


def test_a_ledger_that_is_worked_out_anew_is_told(prov: Prov, world: Path) -> None:
    """One that is damaged, and one of another engine: with what became of it."""
    ledger = world / "store" / "ledger.sqlite"
    before = prov("status", "--format", "json").out
    with closing(sqlite3.connect(ledger)) as opened:
        opened.execute("UPDATE meta SET value = '1' WHERE name = 'engine'")
        opened.commit()
    outdated = prov("status", "--format", "json")
    ledger.write_bytes(ledger.read_bytes()[:5_000])
    damaged = prov("status", "--format", "json")

    assert [(0, before)] * 2 == [(each.code, each.out) for each in (outdated, damaged)]
    assert "was worked out by another engine: it is worked out anew" in outdated.err
    assert "is damaged: it is moved aside and worked out anew" in damaged.err


def newer(ledger: Path) -> None:
    """Say that a newer prov wrote it."""
    with closing(sqlite3.connect(ledger)) as opened:
        opened.execute("UPDATE alembic_version SET version_num = '9999'")
        opened.commit()


def foreign(ledger: Path) -> None:
    """Put another program's database in its place."""
    ledger.unlink()
    with closing(sqlite3.connect(ledger)) as opened:
        opened.execute("CREATE TABLE holidays (day)")
        opened.commit()


@pytest.mark.parametrize(
    ("harm", "code"),
    [
        row(96, lambda ledger: ledger.write_bytes(b"x" * 10_000), 4, what="no database"),
        row(96, lambda ledger: ledger.write_bytes(b"SQLite format 3\x00" + bytes(5000)), 0, what="zeros"),
        row(96, lambda ledger: ledger.write_bytes(b""), 0, what="empty"),
        row(96, newer, 4, what="newer"),
        row(96, foreign, 4, what="foreign"),
    ],
)
def test_a_ledger_that_is_none(prov: Prov, world: Path, harm: Callable[[Path], object], code: int) -> None:
    """What prov did not write is left alone; what is broken is made again; the answer is right or there is none."""
    before = prov("status", "--format", "json").out
    harm(world / "store" / "ledger.sqlite")

    ran = prov("status", "--format", "json")

    assert ran.code in {0, 4}, ran
    if ran.code:
        refused(ran, 4, "ledger")
    else:
        assert before == ran.out


@tries(91)
def test_a_bundle_from_a_stranger_brings_nothing_in(prov: Prov, world: Path, rows: object) -> None:
    """A bad pack, foreign refs, no bundle at all: nothing is restored, nothing is left behind."""
    git(world / "store", "bundle", "create", f"{world}/good.bundle", "main")
    good = (world / "good.bundle").read_bytes()
    git(world / "store", "update-ref", "refs/heads/evil", "main")
    git(world / "store", "bundle", "create", f"{world}/foreign.bundle", "evil")
    bundles = {
        "cut.bundle": good[:-100],
        "flipped.bundle": good[:-200] + bytes([good[-200] ^ 1]) + good[-199:],
        "none.bundle": b"# v2 git bundle\n" + b"0" * 40 + b" refs/prov/../x\n\nPACK",
        "text.bundle": b"\x1b[2J" * 100,
        "empty.bundle": b"",
    }
    for name, content in bundles.items():
        (world / name).write_bytes(content)
    for name in (*bundles, "foreign.bundle"):
        before = sorted(world.rglob("*"))
        ran = prov("restore", name, "restored")
        assert ran.code in {3, 4}, ran
        assert 1 == ran.err.count("\n")
        assert before == sorted(world.rglob("*"))


@tries(103)
def test_a_server_that_is_down_is_told_without_the_password(prov: Prov, world: Path, rows: object) -> None:
    """The line names the place; the password is in none of what is printed."""
    for url in ("postgresql://u:SECRET@127.0.0.1:1/d", "postgresql+psycopg://u:SECRET@/d?host=/nowhere"):
        (world / "store" / "prov.toml").write_text(f'ledger = "{url}"\n')
        for command in (["status"], ["ingest", "-"], ["rebuild"]):
            ran = prov(*command, feed=line())
            refused(ran, 3)
            assert "SECRET" not in ran.err + ran.out


# --- what is written outside of the store


@tries(107)
def test_a_result_is_not_written_through_a_link(prov: Prov, world: Path, rows: object) -> None:
    """A link, a folder and a device in the place of a file are refused, and what the link leads to stays."""
    (world / "target").write_text("x")
    (world / "link").symlink_to("target")
    (world / "dangling").symlink_to("nothing")
    (world / "site").mkdir()
    (world / "site" / "a.txt").write_text("Nothing to see here.\n")
    commands = (
        ["check", "site", "--format", "json", "--output"],
        ["export", "corrections", "-o"],
        ["report", "--format", "json", "-o"],
        ["report", "--format", "html", "-o"],
    )
    for command in commands:
        for name in ("link", "dangling", "site"):
            ran = prov(*command, name)
            refused(ran, 3, name)
    assert "x" == (world / "target").read_text()
    assert not (world / "nothing").exists()


@tries(106, 114)
def test_a_bug_is_one_line_in_the_log(prov: Prov, world: Path, monkeypatch: pytest.MonkeyPatch, rows: object) -> None:
    """Whatever its message holds: one JSON line an entry, for the owner alone; on the screen an id, and no trace."""
    from provenance.store import Store

    message = 'x\n{"id": "fake"}\n\x1b[2J\u202e'

    def broken(self: Store) -> str:
        raise RuntimeError(message)

    monkeypatch.setattr(Store, "head", broken)

    for _ in range(2):
        ran = prov("status")
        refused(ran, 70, "internal error, id ")
        assert "fake" not in ran.err

    [log] = (world / "store" / "log").iterdir()
    lines = log.read_text().splitlines()
    assert 2 == len(lines)
    assert all(each.isascii() and each.isprintable() for each in lines)
    assert all(message in json.loads(each)["trace"] for each in lines)
    assert json.loads(lines[0])["id"] in ran.err
    assert 0o600 == log.stat().st_mode & 0o777


@tries(106, 114)
def test_a_log_that_is_a_link_is_not_followed(
    prov: Prov, world: Path, monkeypatch: pytest.MonkeyPatch, rows: object
) -> None:
    """The bug is told all the same, and what the link leads to stays."""
    from provenance.store import Store

    def broken(self: Store) -> str:
        raise RuntimeError("out of cheese")

    monkeypatch.setattr(Store, "head", broken)
    (world / "target").write_text("x")
    (world / "store" / "log").mkdir()
    (world / "store" / "log" / "bugs.jsonl").symlink_to(world / "target")

    refused(prov("status"), 70, "internal error, id ")
    shutil.rmtree(world / "store" / "log")
    (world / "store" / "log").symlink_to(world)
    refused(prov("status"), 3, "symbolic link")

    assert "x" == (world / "target").read_text()
