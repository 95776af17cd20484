"""One running `git fast-import` on the log: what is sent, what git answers, and the branch that moves afterwards.

What is sent is stored only when it is acknowledged: first the pack is on the disk, then the branch moves to it, by
compare-and-swap from where we last saw it. A crash anywhere before that leaves objects that nothing names.
"""

from __future__ import annotations

from pathlib import Path
from types import TracebackType
from typing import NoReturn, Self

from provenance.errors import StorageError
from provenance.store import commits, layout
from provenance.store.complaints import AGAIN, failure, why_not
from provenance.store.durable import sync_folder
from provenance.store.failpoints import reach
from provenance.store.folder import unwritable
from provenance.store.git import Git, Process

_ARGUMENTS = (
    "fast-import",
    "--quiet",
    "--done",  # a stream that breaks off moves nothing
    "--date-format=raw",
    "--force",  # it moves no branch: see _END_GROUP
)
_NO_CHAINS = "--big-file-threshold=1"

_NOTHING = "0" * 40

_END_GROUP = b"get-mark :1\nreset refs/prov/incoming\n\n"
"""Asks for the id of the last commit, and forgets the name that the commits went by.

fast-import would move a branch without compare-and-swap, or check by walking the log that it moves forward: for
commits of one date, all of the log. So the branch is none of its business; `git update-ref` moves it.
"""


class Stream:
    """A `git fast-import` on a store's log, started by the first thing that is sent.

    `head` is the last commit that was acknowledged, `waiting` the number of commits sent since. `keep` is an open
    file that git inherits: the lock, so that it is held for as long as a git that we left behind still writes.
    `chained` says that blobs come after the ones that they are like: git then tries a delta for each, which is
    lost time otherwise (trees always get theirs). It counts until the stream starts.
    """

    def __init__(self, git: Git, head: str, *, keep: int) -> None:
        self.head = head
        self.waiting = 0
        self.chained = False
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

    def send(self, data: bytes) -> None:
        """Send commands, or a part of one; raise StorageError where git has stopped."""
        if self._process is None:
            chains = () if self.chained else (_NO_CHAINS,)
            self._process = self._git.start(*_ARGUMENTS, *chains, keep=(self._keep,))
        try:
            self._process.stdin.write(data)
        except OSError:
            self._fail(self._process)

    def commit(self, author: str, at: int, message: str, files: bytes) -> None:
        """Send a commit on top of what the stream or the log has; `at` is when it was observed, in seconds."""
        said = message.encode()
        head = b"commit refs/prov/incoming\nmark :1\nauthor %b\ncommitter %b %d +0000\ndata %d\n%b" % (
            author.encode(),
            commits.COMMITTER.encode(),
            at,
            len(said),
            said,
        )
        self.send(b"%b%b%b\n" % (head, self._from, files))
        self._tip, self._from = b":1", b""
        self.waiting += 1

    def holds(self, path: str) -> bool:
        """Ask whether the log has a file, with what was sent so far."""
        if not self._tip:
            return False
        return not self._ask(b"ls %b %b\n" % (self._tip, path.encode())).startswith("missing ")

    def acknowledge(self) -> None:
        """Wait until all that was sent is on the disk and the branch is there."""
        head = self._ask(_END_GROUP + b"checkpoint\nprogress stored\n")
        if self._ask(b"") != "progress stored":
            raise StorageError("git did not acknowledge what it was sent", hint=AGAIN)
        self._move(head)

    def finish(self) -> None:
        """Acknowledge what is left, and end git."""
        if self._process is None:
            return
        head = self._ask(_END_GROUP) if self.waiting else ""
        self.send(b"done\n")
        status, complaint = self._process.finish()
        if status:
            raise failure(status, complaint)
        if head:
            self._move(head)

    def _move(self, head: str) -> None:
        """Move the branch to a commit whose pack is on the disk, if it is still where we last saw it."""
        reach("before_branch")
        self._sync(self._git.repository / "objects" / "pack")
        move = self._git.start("update-ref", layout.BRANCH, head, self.head or _NOTHING, keep=(self._keep,))
        status, _, complaint = move.outcome()
        heads = (self._git.repository / layout.BRANCH).parent
        if status:
            raise failure(status, f"{complaint}\n{why_not(heads)}")
        reach("after_branch")
        self._sync(heads)
        self.head, self.waiting, self._from = head, 0, b"from :1\n"
        reach("after_sync")

    def _sync(self, path: Path) -> None:
        try:
            sync_folder(path)
        except OSError as error:  # and never again: after a failed flush the kernel may call lost pages clean
            raise unwritable(self._git.repository.parent, error) from error

    def _ask(self, question: bytes) -> str:
        """Send commands, and read the next line that git says."""
        self.send(question)
        assert self._process is not None  # sending started it
        try:
            self._process.stdin.flush()
        except OSError:
            self._fail(self._process)
        line = self._process.stdout.readline()
        if not line.endswith(b"\n"):
            self._fail(self._process)
        return line.decode().rstrip("\n")

    def _fail(self, process: Process) -> NoReturn:
        """Say why git stopped."""
        raise failure(*process.finish())
