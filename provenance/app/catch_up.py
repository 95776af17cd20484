"""What does the ledger not know yet? Ingestion, recovery after a crash and `prov rebuild` are this one call."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from provenance.app.batches import batches
from provenance.app.workspace import Workspace
from provenance.ledger import Condition
from provenance.model import Fact, Run

COUNT = 500
BYTES = 4_000_000
"""The most that is worked on, and committed to the ledger, at a time."""

Progress = Callable[[int], None]


@dataclass(frozen=True, slots=True)
class CaughtUp:
    """How many facts were read: revisions and runs, and how many pairs of upstream and copy were judged."""

    revisions: int = 0
    runs: int = 0
    judged: int = 0

    def __add__(self, other: CaughtUp) -> CaughtUp:
        return CaughtUp(self.revisions + other.revisions, self.runs + other.runs, self.judged + other.judged)


def silently(done: int) -> None:
    """Take a report of progress and tell nobody."""


def catch_up(workspace: Workspace, progress: Progress = silently, *, count: int = COUNT) -> CaughtUp:
    """Read every fact after the ledger's cursor and conclude from it; do nothing where there is none.

    A chunk of at most `count` facts and the new cursor go into the ledger in one transaction; the rows do not depend on
    how the log is cut. Raises DamageError where the store's log does not go on from the cursor.
    """
    condition = workspace.ledger.condition
    if condition.rebuild:
        workspace.ledger.reset()
    elif condition is Condition.OLD_SCHEMA:
        workspace.ledger.upgrade()  # which may set the cursor back
    done = CaughtUp()
    while (head := workspace.store.head()) != (cursor := workspace.ledger.cursor()):
        done += _from(workspace, cursor, head, progress, count)
    return done


def _from(workspace: Workspace, cursor: str, head: str, progress: Progress, count: int) -> CaughtUp:
    """Read on from a cursor until the log ends, at `head` or later, or another process has moved it."""
    from provenance.app.chunk import Chunk
    from provenance.app.texts import Texts

    texts = Texts(workspace.store.read)
    done = CaughtUp()
    start = cursor
    for facts in batches(workspace.store.log(since=cursor), _size, count=count, most=BYTES):
        with workspace.ledger.writing() as book:
            if book.cursor != cursor:
                break
            done += CaughtUp(*Chunk(book, texts, workspace.meaning).take(facts))
            cursor = facts[-1].id
            book.advance(cursor)
        del facts  # its texts are not kept while the next chunk is read
        progress(done.revisions)
    if cursor == start:  # commits that hold nothing to conclude from
        with workspace.ledger.writing() as book:
            if book.cursor == cursor:
                book.advance(head)
    return done


def _size(fact: Fact) -> int:
    return 200 * len(fact.observations) if isinstance(fact, Run) else len(fact.text) + 500
