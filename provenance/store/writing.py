"""Revisions and a run become commits: one `git fast-import` stream, acknowledged in groups.

What is sent is stored only when it is acknowledged: first the pack is on the disk, then the branch moves to it, by
compare-and-swap from where we last saw it. A crash anywhere before that leaves objects that nothing names.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from hashlib import sha256
from pathlib import Path
from signal import SIGXFSZ
from types import TracebackType
from typing import NoReturn, Self

from provenance.errors import StorageError
from provenance.model import Observation
from provenance.store import commits, layout
from provenance.store.codec import Record, write_observation, write_record
from provenance.store.durable import sync_folder
from provenance.store.entry import Entry
from provenance.store.failpoints import reach
from provenance.store.folder import unwritable
from provenance.store.git import Git, Process

GROUP = 1_000
"""Commits between two acknowledgements: each costs two waits for the disk and leaves a pack."""

GROUP_BYTES = 64 * 2**20
"""Bytes between two acknowledgements, where articles are long."""

_ARGUMENTS = (
    "fast-import",
    "--quiet",
    "--done",  # a stream that breaks off moves nothing
    "--date-format=raw",
    "--force",  # it moves no branch: see _END_GROUP
    "--big-file-threshold=1",  # no delta against the blob before, which is of another article; trees get theirs
)
_RUN_ENDS = b"end of the run"

_NOTHING = "0" * 40

_END_GROUP = b"get-mark :1\nreset refs/prov/incoming\n\n"
"""Asks for the id of the last commit, and forgets the name that the commits went by.

fast-import would move a branch without compare-and-swap, or check by walking the log that it moves forward: for
commits of one date, all of the log. So the branch is none of its business; `git update-ref` moves it.
"""


def append(
    git: Git,
    head: str,
    entries: Iterable[Entry],
    observations: Iterable[Observation],
    *,
    keep: int,
    stored: Callable[[int], None],
) -> str:
    """Append revisions and their run to the log at `head`, and give the new head; `stored` hears of each group."""
    with Stream(git, head, keep=keep) as stream:
        for entry in entries:
            stream.revision(entry)
            if stream.full:
                stored(stream.acknowledge())
        revisions = stream.waiting
        stream.run(observations)
        stream.finish()
        if revisions:
            stored(revisions)
        return stream.head


class Stream:
    """A `git fast-import` on a store's log, started by the first thing that is sent.

    `head` is the last commit that git acknowledged, `waiting` the number of commits sent since. `keep` is an open
    file that git inherits: the lock, so that it is held for as long as a git that we left behind still writes.
    """

    def __init__(self, git: Git, head: str, *, keep: int) -> None:
        self.head = head
        self.waiting = 0
        self._bytes = 0
        self._tip = head.encode()
        self._from = b"from %b\n" % self._tip if head else b""
        self._git = git
        self._keep = keep
        self._process: Process | None = None

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        if self._process is not None:
            self._process.stop()

    @property
    def full(self) -> bool:
        """Say whether enough was sent for it to be acknowledged as a group."""
        return self.waiting >= GROUP or self._bytes >= GROUP_BYTES

    def revision(self, entry: Entry) -> None:
        """Send a revision as one commit."""
        text = entry.text.encode()
        text_digest = sha256(text).hexdigest()
        source_digest = sha256(entry.source).hexdigest() if entry.source else ""
        record = write_record(Record(entry.metadata, entry.n, text_digest, source_digest, entry.reader, entry.flags))
        path = layout.article(entry.article).encode()
        message = commits.message(entry, text=text_digest, source=source_digest)
        source = _file(path + b".source", entry.source) if entry.source else b"D %b.source\n" % path
        self._commit(
            commits.author(entry),
            commits.seconds(entry.observed_at),
            message,
            _file(path + b".json", record) + _file(path + b".txt", text) + source,
        )
        reach("after_revision")

    def run(self, observations: Iterable[Observation]) -> None:
        """Send a run as one commit, unless nothing was observed or the log has that very run already."""
        content, count, last = sha256(), 0, None
        for seen in observations:
            if last is None:
                self._send(b"blob\nmark :2\ndata <<%b\n" % _RUN_ENDS)
            line = write_observation(seen)
            content.update(line)
            self._send(line)
            last = seen.observed_at if last is None else max(last, seen.observed_at)
            count += 1
        if last is None:
            return
        self._send(_RUN_ENDS + b"\n")
        name = content.hexdigest()[:16]
        path = layout.run(last, name)
        if not self._holds(path):
            at = commits.seconds(last)
            author = f"{commits.COMMITTER} {at} +0000"
            self._commit(author, at, commits.run_message(name, count), b"M 100644 :2 %b\n" % path.encode())

    def acknowledge(self) -> int:
        """Wait until all that was sent is on the disk and the branch is there; say how many commits that were."""
        sent = self.waiting
        self._send(_END_GROUP + b"checkpoint\nprogress stored\n")
        head = self._answer()
        if self._answer() != "progress stored":
            self._fail()
        self._move(head)
        return sent

    def finish(self) -> None:
        """Acknowledge what is left, and end git."""
        if self._process is None:
            return
        head = ""
        if self.waiting:
            self._send(_END_GROUP)
            head = self._answer()
        self._send(b"done\n")
        status, complaint = self._process.finish()
        if status:
            raise failure(status, complaint)
        if head:
            self._move(head)

    def _commit(self, author: str, at: int, message: str, files: bytes) -> None:
        """Send a commit on top of what the stream or the log has; `at` is when it was observed, in seconds."""
        said = message.encode()
        head = b"commit refs/prov/incoming\nmark :1\nauthor %b\ncommitter %b %d +0000\ndata %d\n%b" % (
            author.encode(),
            commits.COMMITTER.encode(),
            at,
            len(said),
            said,
        )
        self._send(b"%b%b%b\n" % (head, self._from, files))
        self._tip, self._from = b":1", b""
        self.waiting += 1
        self._bytes += len(files)

    def _holds(self, path: str) -> bool:
        """Ask whether the log has a file."""
        if not self._tip:
            return False
        self._send(b"ls %b %b\n" % (self._tip, path.encode()))
        return not self._answer().startswith("missing ")

    def _move(self, head: str) -> None:
        """Move the branch to a commit whose pack is on the disk, if it is still where we last saw it."""
        reach("before_branch")
        self._sync(self._git.repository / "objects" / "pack")
        move = self._git.start("update-ref", layout.BRANCH, head, self.head or _NOTHING, keep=(self._keep,))
        status, _, complaint = move.outcome()
        if status:
            raise failure(status, complaint)
        reach("after_branch")
        self._sync((self._git.repository / layout.BRANCH).parent)
        self.head, self.waiting, self._bytes = head, 0, 0
        self._from = b"from :1\n"
        reach("after_sync")

    def _sync(self, path: Path) -> None:
        try:
            sync_folder(path)
        except OSError as error:  # and never again: after a failed flush the kernel may call lost pages clean
            raise unwritable(self._git.repository.parent, error) from error

    def _send(self, data: bytes) -> None:
        if self._process is None:
            self._process = self._git.start(*_ARGUMENTS, keep=(self._keep,))
        try:
            self._process.stdin.write(data)
        except OSError:
            self._fail()

    def _answer(self) -> str:
        """Read the next line that git says."""
        assert self._process is not None
        try:
            self._process.stdin.flush()
        except OSError:
            self._fail()
        line = self._process.stdout.readline()
        if not line.endswith(b"\n"):
            self._fail()
        return line.decode().rstrip("\n")

    def _fail(self) -> NoReturn:
        """Say why git stopped."""
        assert self._process is not None
        raise failure(*self._process.finish())


def _file(path: bytes, content: bytes) -> bytes:
    return b"M 100644 inline %b\ndata %d\n%b\n" % (path, len(content), content)


_KNOWN = {
    "No space left on device": "the disk is full",
    "Out of diskspace": "the disk is full",
    "Disk quota exceeded": "the disk quota is used up",
    "Read-only file system": "it is read-only",
    "Permission denied": "permission denied",
    "Input/output error": "the disk has an error",
}


def failure(status: int, complaint: str) -> StorageError:
    """Say in one line why git could not store, from its exit status and what it complained of."""
    for words, reason in _KNOWN.items():
        if words in complaint:
            return StorageError(f"cannot write to the store: {reason}", hint=_AGAIN)
    if status == -SIGXFSZ:
        return StorageError("cannot write to the store: the limit on the size of a file is reached", hint=_AGAIN)
    if status < 0:
        return StorageError(f"git was ended by signal {-status} while it stored", hint=_AGAIN)
    lines = [line for line in complaint.splitlines() if line.startswith(("fatal:", "error:", "warning:"))]
    why = lines[0].partition(": ")[2] if lines else f"exit status {status}"
    return StorageError(f"git could not store: {why}", hint=_AGAIN)


_AGAIN = "nothing half-stored is left; the same command goes on from there"
