"""Waivers in the log: one file an article, one decision a line, one commit a decision, and nothing taken away."""

from __future__ import annotations

from datetime import datetime

from provenance.errors import StorageError
from provenance.model import ArticleId, Waiver
from provenance.store import commits, layout
from provenance.store.codec import read_waiver, write_waiver
from provenance.store.git import Git
from provenance.store.objects import blobs
from provenance.store.stream import Stream


def append(git: Git, head: str, article: ArticleId, waiver: Waiver, at: datetime, *, keep: int) -> str:
    """Append a decision about an article to the log at `head`, and give the new head; one that is there stays."""
    path, line = layout.waivers(article), write_waiver(waiver)
    held = _files(git, head).get(path)
    before = next(blobs(git, [held])).data if held else b""
    if line in before.splitlines(keepends=True):
        return head
    content = before + line
    seconds = commits.seconds(at)
    with Stream(git, head, keep=keep) as stream:
        files = b"M 100644 inline %b\ndata %d\n%b\n" % (path.encode(), len(content), content)
        stream.commit(f"{commits.COMMITTER} {seconds} +0000", seconds, commits.waiver_message(article), files)
        stream.finish()
        return stream.head


def read(git: Git, head: str) -> dict[ArticleId, tuple[Waiver, ...]]:
    """Give all decisions by article, in the order in which they were made."""
    files = _files(git, head)
    found: dict[ArticleId, tuple[Waiver, ...]] = {}
    for path, blob in zip(sorted(files), blobs(git, (files[path] for path in sorted(files))), strict=True):
        place = layout.place(path)
        assert place is not None  # no other paths are listed
        found[ArticleId(place.id)] = tuple(map(read_waiver, blob.data.splitlines()))
    return found


def _files(git: Git, head: str) -> dict[str, str]:
    """Give the files with waivers by their paths, each with the object that holds it."""
    if not head:
        return {}
    status, output, complaint = git.run("ls-tree", "-r", "-z", head, "--", "waivers/")
    if status:
        raise StorageError(f"the waivers cannot be listed: {complaint.strip()}", hint="`prov fsck` says what is wrong")
    rows = (row.partition("\t") for row in output.split("\0") if row)
    found = {path: said.split()[2] for said, _, path in rows}
    return {path: blob for path, blob in found.items() if layout.place(path)}
