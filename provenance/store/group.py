"""Revisions that are sent together: the commands that make each a commit, its blobs after those that they are like.

git keeps a text small as the difference from another one. `git gc` looks for that other text in other packs only, so
revisions of one article that come in one pack must have found each other before: they are sent one after the other.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from hashlib import sha256

from provenance.store import commits, layout
from provenance.store.codec import Record, write_record
from provenance.store.entry import Entry
from provenance.store.stream import Stream

_FIRST_MARK = 10
"""Marks below are the stream's own."""


@dataclass(frozen=True, slots=True)
class Prepared:
    """An entry as git is told of it: author, time and message of its commit, and its files by their endings."""

    author: str
    at: int
    message: str
    path: bytes
    files: dict[bytes, bytes]

    @property
    def size(self) -> int:
        """Give the bytes of its files."""
        return sum(map(len, self.files.values()))


def prepare(entry: Entry) -> Prepared:
    """Turn an entry into what its commit says and holds."""
    text = entry.text.encode()
    digest = sha256(text).hexdigest()
    source = sha256(entry.source).hexdigest() if entry.source else ""
    record = write_record(Record(entry.metadata, entry.n, digest, source, entry.reader, entry.flags))
    files = {b"json": record, b"txt": text}
    if entry.source:
        files[b"source"] = entry.source
    return Prepared(
        author=commits.author(entry),
        at=commits.seconds(entry.observed_at),
        message=commits.message(entry, text=digest, source=source),
        path=layout.article(entry.article).encode(),
        files=files,
    )


def send(stream: Stream, group: Sequence[Prepared]) -> None:
    """Send revisions, each as one commit, in their order."""
    if len({each.path for each in group}) == len(group):
        for each in group:
            _commit(stream, each, dict.fromkeys(each.files, b"inline"))
        return
    stream.chained = True
    for each, marks in zip(group, _send_blobs(stream, group), strict=True):
        _commit(stream, each, marks)


def _send_blobs(stream: Stream, group: Sequence[Prepared]) -> list[dict[bytes, bytes]]:
    """Send the files of a group, those of an article and an ending together, and give the marks that they got."""
    order = sorted((ending, each.path, number) for number, each in enumerate(group) for ending in each.files)
    marks: list[dict[bytes, bytes]] = [{} for _ in group]
    for mark, (ending, _, number) in enumerate(order, _FIRST_MARK):
        content = group[number].files[ending]
        stream.send(b"blob\nmark :%d\ndata %d\n%b\n" % (mark, len(content), content))
        marks[number][ending] = b":%d" % mark
    return marks


def _commit(stream: Stream, each: Prepared, names: dict[bytes, bytes]) -> None:
    """Send a commit whose files are named by marks, or stand in it (`inline`)."""
    commands = []
    for ending, name in names.items():
        commands.append(b"M 100644 %b %b.%b\n" % (name, each.path, ending))
        if name == b"inline":
            commands.append(b"data %d\n%b\n" % (len(each.files[ending]), each.files[ending]))
    if b"source" not in names:
        commands.append(b"D %b.source\n" % each.path)
    stream.commit(each.author, each.at, each.message, b"".join(commands))
