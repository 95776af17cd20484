"""Commits that would unfold into more files than any fact has: found without unfolding them.

A few small trees that name each other many times over stand for billions of paths, and `git log` would list them all.
Here two trees are compared only as far as a fact goes.
"""

from __future__ import annotations

from contextlib import closing

from provenance.errors import DamageError
from provenance.store.git import Git, Process
from provenance.store.objects import read_one

FEW = 40
"""Files and folders that differ between a commit and the next: a fact has three files in four folders."""

_RAW = 20

Tree = dict[bytes, tuple[bytes, bytes]]
"""For each name of a tree the mode and the id."""


def check(git: Git, head: str) -> None:
    """Raise DamageError where a commit of the line that ends at `head` changes more files than a fact has."""
    status, listed, complaint = git.run("rev-list", "--reverse", "--first-parent", "--format=%T", head, "--")
    if status:
        raise DamageError(f"the log cannot be read: {complaint.strip()[:200]}", hint="it is not whole")
    roots = [line for line in listed.splitlines() if not line.startswith("commit ")]
    with closing(_Trees(git)) as trees:
        before = ""
        for root in roots:
            if trees.differ(before, root, FEW) < 0:
                raise DamageError(
                    f"a commit with the tree {root} changes more than a fact does", hint="no prov made it"
                )
            trees.forget()
            before = root


class _Trees:
    """The trees of a repository, those of the last two commits kept."""

    def __init__(self, git: Git) -> None:
        self._process: Process = git.reading("cat-file", "--batch")
        self._older: dict[str, Tree] = {}
        self._read: dict[str, Tree] = {}

    def close(self) -> None:
        """End git."""
        self._process.stop()

    def forget(self) -> None:
        """Keep what was read since the last time, and no more."""
        self._older, self._read = self._read, {}

    def differ(self, before: str, after: str, left: int) -> int:
        """Go through what differs between two trees ("" for none), and give how much is left of what was allowed."""
        if left < 0 or before == after:
            return left
        old, new = self._tree(before), self._tree(after)
        for name in sorted(old.keys() | new):
            one, other = old.get(name), new.get(name)
            if one != other:
                left = self.differ(_folder(one), _folder(other), left - 1)
            if left < 0:
                break
        return left

    def _tree(self, id: str) -> Tree:
        if not id:
            return {}
        found = self._read.get(id) or self._older.get(id)
        if found is None:
            found = _entries(read_one(self._process, id, "tree"))
        self._read[id] = found
        return found


def _folder(entry: tuple[bytes, bytes] | None) -> str:
    return entry[1].hex() if entry and entry[0] in {b"40000", b"040000"} else ""


def _entries(data: bytes) -> Tree:
    found, place = {}, 0
    while place < len(data):
        end = data.index(b"\0", place)
        mode, _, name = data[place:end].partition(b" ")
        found[name] = mode, data[end + 1 : end + 1 + _RAW]
        place = end + 1 + _RAW
    return found
