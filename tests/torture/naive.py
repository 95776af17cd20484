"""Writers that are wrong in one way each: a harness that finds nothing wrong with them finds nothing at all.

Some are ours with one line taken out (`VARIANTS`, put in place in the child that runs the command), some are tiny
writers of their own, as one would write them first.
"""

# ruff: noqa: ANN401 - what is passed on as it came

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Callable, Iterable
from pathlib import Path
from typing import Any


def acknowledge_early() -> None:
    """Say that revisions are stored, and store them then."""
    from provenance.store import Store

    append = Store.append

    def hasty(self: Store, revisions: Iterable[Any], *rest: Any, **more: Any) -> str:
        entries = list(revisions)
        for each in entries:
            say(each.article, each.n)
        return append(self, entries, *rest, **more)

    Store.append = hasty  # type: ignore[method-assign]


def flush_no_folder() -> None:
    """Flush files, and not the folders that name them."""
    from provenance.store import durable, folder, stream, upkeep

    for module in (durable, folder, stream, upkeep):
        module.sync_folder = lambda _: None  # type: ignore[attr-defined]


def leave_locks() -> None:
    """Leave what a dead writer left behind."""
    from provenance.store import lock

    lock.clear = lambda _: None


def begin_late() -> None:
    """Begin a transaction of the ledger as SQLite does by itself: as a reader, until the first write."""
    from sqlalchemy import Connection

    run = Connection.exec_driver_sql

    def late(self: Connection, statement: str, *rest: Any) -> Any:
        return run(self, "BEGIN" if statement == "BEGIN IMMEDIATE" else statement, *rest)

    Connection.exec_driver_sql = late  # type: ignore[method-assign]


def read_outside() -> None:
    """Read the ledger's cursor before the transaction that goes on from it."""
    from provenance.ledger import Ledger, core

    writing = Ledger.writing

    def early(self: Ledger, expected: str | None = None) -> Any:
        cursor = self.cursor()
        core.Core.cursor = lambda _: cursor  # type: ignore[method-assign]
        return writing(self, expected)

    Ledger.writing = early  # type: ignore[method-assign]


VARIANTS: dict[str, Callable[[], None]] = {
    "acknowledge early": acknowledge_early,
    "flush no folder": flush_no_folder,
    "leave locks": leave_locks,
    "begin late": begin_late,
    "read outside": read_outside,
}


def say(article: str, n: int) -> None:
    """Report a revision as stored, as prov does."""
    sys.stdout.write(f"stored    {article} @{n}  \n")
    sys.stdout.flush()


def count_up(ledger: str, times: str) -> int:
    """Move the ledger's cursor on by one so many times: what several processes do of that adds up, or was lost."""
    from provenance.ledger import Ledger

    held = Ledger.open(Path(ledger))
    for _ in range(int(times)):
        with held.writing() as book:
            book.advance(str(int(book.cursor or 0) + 1))
    return 0


# --- tiny writers: each stores the first revisions of a feed


def entries(feed: str) -> list[Any]:
    """Read a feed as the first revisions of its articles."""
    from provenance.model import Draft
    from provenance.sources import Options, read
    from provenance.store import Entry

    drafts = [each for each in read(feed, Options()) if isinstance(each, Draft)]
    found = {}
    for each in drafts:
        found.setdefault(each.metadata.url, Entry(each.metadata, 0, each.text, observed_at=each.observed_at))  # type: ignore[arg-type]
    return list(found.values())


def index_commit(feed: str) -> int:
    """Commit through GitPython's index: nothing is flushed, and the branch moves wherever it was."""
    import io

    from git import Actor, Repo
    from git.index.typ import BaseIndexEntry, IndexEntry

    from provenance.store.group import prepare

    facts = Path("store/facts.git")
    repo = Repo.init(facts, bare=True, initial_branch="main", mkdir=True)
    for each in entries(feed):
        from git import IndexFile

        index = IndexFile(repo, f"{facts}/index-{os.getpid()}")
        head = repo.head.commit if repo.head.is_valid() else None
        if head:
            index = IndexFile.from_tree(repo, head.tree)
        ready = prepare(each)
        for ending, content in ready.files.items():
            from gitdb import IStream

            blob = repo.odb.store(IStream("blob", len(content), io.BytesIO(content)))
            path = f"{ready.path.decode()}.{ending.decode()}"
            found = IndexEntry.from_base(BaseIndexEntry((0o100644, blob.binsha, 0, path)))
            index.entries[path, 0] = found
        name = Actor("x", "x@article.invalid")
        index.commit(ready.message, parent_commits=[head] if head else [], author=name, committer=name)
        say(each.article, 0)
    return 0


def plumbing(feed: str, how: str) -> int:
    """Store one article with git's small commands; `git mktree` flushes no tree, whatever `core.fsync` says.

    With `hash-object` instead all is flushed.
    """
    from provenance.store.durable import sync_folder, sync_tree
    from provenance.store.group import prepare

    facts = Path("store/facts.git").absolute()
    command = ["git", f"--git-dir={facts}", "-c", "core.fsync=all"]

    def git(*arguments: str, feed: bytes = b"") -> str:
        return (
            subprocess.run([*command, *arguments], input=feed, capture_output=True, check=True).stdout.decode().strip()
        )

    if not facts.is_dir():
        subprocess.run(["git", "init", "--quiet", "--bare", "--initial-branch=main", facts], check=True)
        sync_tree(facts)
    each = entries(feed)[0]
    ready = prepare(each)
    *above, name = ready.path.decode().split("/")
    rows = []
    for ending, content in ready.files.items():
        blob = git("hash-object", "-w", "--stdin", feed=content)
        rows.append(f"100644 blob {blob}\t{name}.{ending.decode()}\n")

    def write_tree(rows: Iterable[str]) -> str:
        if how == "mktree":
            return git("mktree", feed="".join(rows).encode())
        words = ((row.split()[0].lstrip("0"), row.split()[2], row.rstrip("\n").partition("\t")[2]) for row in rows)
        content = b"".join(f"{mode} {path}\0".encode() + bytes.fromhex(name) for mode, name, path in words)
        return git("hash-object", "-t", "tree", "-w", "--stdin", feed=content)

    tree = write_tree(rows)
    for folder in reversed(above):
        tree = write_tree([f"040000 tree {tree}\t{folder}\n"])
    os.environ |= {
        "GIT_AUTHOR_NAME": "x",
        "GIT_AUTHOR_EMAIL": "x@article.invalid",
        "GIT_AUTHOR_DATE": "1741082400 +0000",
    }
    os.environ |= {"GIT_COMMITTER_NAME": "prov", "GIT_COMMITTER_EMAIL": "prov@invalid"}
    os.environ |= {"GIT_COMMITTER_DATE": "1741082400 +0000"}
    commit = git("commit-tree", tree, "-m", ready.message)
    git("update-ref", "refs/heads/main", commit)
    for folder in (path for path in facts.rglob("*") if path.is_dir()):
        sync_folder(folder)
    for folder in (facts, facts.parent):
        sync_folder(folder)
    say(each.article, 0)
    return 0
