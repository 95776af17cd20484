"""Commits become facts again: revisions with their texts, and runs, in the order of the log.

One `git log` walks, one `git cat-file` reads; both stream, so memory does not grow with the log.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import closing
from dataclasses import dataclass
from datetime import UTC, datetime
from itertools import tee

from provenance.errors import DamageError
from provenance.model import ArticleId, Fact, Revision, Run
from provenance.store import codec, commits, layout, walk
from provenance.store.git import Git
from provenance.store.layout import Part
from provenance.store.objects import Blob, blobs
from provenance.store.walk import Commit

_FSCK = "`prov fsck --deep` says what else is damaged"
_BACK = "get the lost commits from a clone; where an older store was put back on purpose, run `prov rebuild`"


@dataclass(frozen=True, slots=True)
class Step:
    """One commit as this format understands it: the id of its article or run, and its blobs by what they hold."""

    commit: Commit
    id: str
    blobs: dict[Part, str]

    def names(self, *, texts: bool) -> Iterator[str]:
        """Name the objects that make the fact, in the order in which they are read."""
        if Part.RUN in self.blobs:
            yield self.blobs[Part.RUN]
        elif Part.RECORD in self.blobs:
            yield self.blobs[Part.RECORD]
            if Part.TEXT not in self.blobs:  # a revision of the metadata alone
                yield f"{self.commit.id}:{layout.article(ArticleId(self.id))}.txt"
            elif texts:
                yield self.blobs[Part.TEXT]


def facts(git: Git, since: str, head: str, *, texts: bool) -> Iterator[Fact]:
    """Give every fact after `since` up to `head`, oldest first.

    Raise DamageError where the log cannot be read, or, naming both ids, where `head` does not follow `since`.
    """
    with closing(walk.commits(git, since, head)) as found:
        # gone through twice in step: once to name objects, which are read ahead, and once to put them together
        to_name, to_make = tee(map(step, _in_line(found, since, head)))
        with closing(blobs(git, (name for each in to_name for name in each.names(texts=texts)))) as read:
            for each in to_make:
                if Part.RUN in each.blobs:
                    yield _run(each, next(read))
                elif Part.RECORD in each.blobs:
                    yield _revision(each, read, texts=texts)


def source(git: Git, revision: str, article: ArticleId) -> bytes:
    """Give the bytes that a revision was read from, empty where its record names none."""
    path = f"{revision}:{layout.article(article)}"
    [record] = blobs(git, [f"{path}.json"])
    if not codec.read_record(record.data).source:
        return b""
    [found] = blobs(git, [f"{path}.source"])
    return found.data


def step(commit: Commit) -> Step:
    """Say what a commit of the log holds; raise DamageError where it is not one fact of this format.

    A commit that changed nothing holds nothing: somebody appended what was there.
    """
    if not commit.changes:
        return Step(commit, "", {})
    places = [(layout.place(change.path), change) for change in commit.changes]
    found = {place.part: change.blob for place, change in places if place and change.letter != "D"}
    ids = {place.id if place else "" for place, _ in places}
    if len(ids) != 1 or "" in ids:
        raise DamageError(f"commit {commit.id} is not one revision, run or waiver", hint=_FSCK)
    return Step(commit, ids.pop(), found)


def forked(since: str, head: str) -> DamageError:
    """Say that a log does not go on from where it was last read."""
    where = f"at {head}, which does not follow" if head else "empty, and not at"
    return DamageError(f"the log is {where} {since}, where it was last read: commits were lost or replaced", hint=_BACK)


def _in_line(found: Iterator[Commit], since: str, head: str) -> Iterator[Commit]:
    """Pass on commits that follow one another, the first one following `since`."""
    before = since
    for commit in found:
        if commit.parents != ((before,) if before else ()):
            if before == since:
                raise forked(since, head)
            raise DamageError(f"commit {commit.id} does not follow {before}: the log is forked", hint=_FSCK)
        before = commit.id
        yield commit
    if before != head:
        raise forked(since, head)


def _revision(each: Step, read: Iterator[Blob], *, texts: bool) -> Revision:
    record = codec.read_record(next(read).data)
    if record.metadata.article != each.id:
        raise DamageError(f"commit {each.commit.id} files {record.metadata.article} as {each.id}", hint=_FSCK)
    blob, text = each.blobs.get(Part.TEXT), b""
    if texts or blob is None:
        blob, text = next(read)
    return Revision(
        metadata=record.metadata,
        n=record.n,
        id=each.commit.id,
        observed_at=datetime.fromtimestamp(each.commit.at, UTC),
        blob=blob,
        text=_decoded(text, blob) if texts else "",
        reader=record.reader,
        flags=record.flags,
        technical=commits.trailers(each.commit.message).technical,
    )


def _run(each: Step, blob: Blob) -> Run:
    return Run(tuple(map(codec.read_observation, blob.data.removesuffix(b"\n").split(b"\n"))), each.commit.id)


def _decoded(text: bytes, blob: str) -> str:
    try:
        return text.decode()
    except UnicodeDecodeError as error:
        raise DamageError(f"object {blob} is no text: {error}", hint=_FSCK) from error
