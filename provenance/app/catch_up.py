"""What does the ledger not know yet? Ingestion, recovery after a crash and `prov rebuild` are this one call.

One process at a time concludes, under the store's lock. Who only looks and finds another at work waits until the ledger
knows what the log held when it was asked: until that writer is done with its batch, and no longer.
"""

from __future__ import annotations

from collections.abc import Callable, Generator, Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass

from provenance.app.batches import batches
from provenance.app.workspace import Annex, Happening, Workspace
from provenance.errors import DamageError, LedgerRefusedError
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
    how the log is cut. A ledger that is not to be trusted is worked out beside it and then takes its place.

    Raises StoreBusyError where another process works on the store for too long, DamageError where the store's log does
    not go on from the cursor, LedgerRefusedError where the ledger is another store's.
    """
    wanted = _Wanted(workspace)
    if wanted.known():
        return CaughtUp()
    with workspace.locked_unless(wanted.known) as alone:
        if not alone:
            return CaughtUp()
        condition = workspace.ledger.condition
        if condition in _HAPPENINGS:
            workspace.tell(_HAPPENINGS[condition], workspace.ledger.where)
        if not condition.rebuild:
            return conclude(workspace, progress, count=count)
        with anew(workspace) as fresh:
            done = conclude(fresh, progress, count=count)
            workspace.ledger.replace(fresh.ledger)
        return done


def conclude(workspace: Workspace, progress: Progress = silently, *, count: int = COUNT) -> CaughtUp:
    """Do so without the lock: for who has it already, and for a ledger that nobody else knows."""
    if workspace.ledger.condition is Condition.OLD_SCHEMA:
        workspace.ledger.upgrade()  # which may set the cursor back
    done = CaughtUp()
    while (head := workspace.store.head()) != (cursor := workspace.ledger.cursor()):
        workspace.store.settle()
        done += _from(workspace, cursor, head, progress, count)
    return done


@contextmanager
def anew(workspace: Workspace) -> Iterator[Annex]:
    """Begin an empty ledger beside a store's own; `Ledger.replace` puts it in its place, else nothing is left of it."""
    with workspace.ledger.beside() as fresh:
        yield Annex(workspace.path, workspace, fresh)


_HAPPENINGS = {
    Condition.NEW: Happening.LEDGER_GONE,
    Condition.DAMAGED: Happening.LEDGER_DAMAGED,
    Condition.OTHER_ENGINE: Happening.LEDGER_OUTDATED,
}


class _Wanted:
    """What a question must rest on: all that the log held when it was asked."""

    def __init__(self, workspace: Workspace) -> None:
        self._workspace = workspace
        self._head = workspace.store.head()
        self._short: str | None = None

    def known(self) -> bool:
        """Tell whether the ledger can be trusted, and has read the log up to there or further."""
        ledger = self._workspace.ledger
        condition = ledger.condition
        if condition is not Condition.READY:
            return condition is Condition.NEW and not self._head
        cursor = ledger.cursor()
        if cursor == self._short:
            return False
        if cursor == self._head or (self._short is not None and self._passed(cursor)):
            return True
        self._short = cursor
        return False

    def _passed(self, cursor: str) -> bool:
        return bool(cursor) and self._workspace.store.until(cursor).follows(self._head)


def _from(workspace: Workspace, cursor: str, head: str, progress: Progress, count: int) -> CaughtUp:
    """Read on from a cursor until the log ends, at `head` or later, or another process has moved it."""
    from provenance.app.chunk import Chunk
    from provenance.app.texts import Texts

    texts = Texts(workspace.store.read)
    done = CaughtUp()
    start = cursor
    with closing(_facts(workspace, cursor)) as log:
        for facts in batches(log, _size, count=count, most=BYTES):
            with workspace.ledger.writing() as book:
                if book.cursor != cursor:
                    break
                if not cursor:
                    book.begin(facts[0].id)
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


def _facts(workspace: Workspace, cursor: str) -> Generator[Fact, None, None]:
    """Yield the facts after a cursor; where the log does not go on from it, say whose ledger that is, if known."""
    try:
        yield from workspace.store.log(since=cursor)
    except DamageError as error:
        if workspace.store.follows(cursor):
            raise
        raise _ahead(workspace, error) from error


def _ahead(workspace: Workspace, error: DamageError) -> DamageError:
    """Say how a ledger comes to know what the log does not: by another store's facts, or by facts that were lost."""
    store, ledger = workspace.store, workspace.ledger
    first = ledger.store()
    if first and not store.follows(first):
        whose = f"{ledger.where} is the ledger of another store, whose log begins with {first}"
        return LedgerRefusedError(whose, hint=_ANOTHER)
    log = {fact.id for fact in store.log(texts=False)}
    unknown = sum(held.commit not in log for held in ledger.revisions())
    return DamageError(f"the ledger knows {unknown} unknown commits: {error}", hint=error.hint)


_ANOTHER = "name a database or a file of its own as `ledger` in this store's prov.toml"


def _size(fact: Fact) -> int:
    return 200 * len(fact.observations) if isinstance(fact, Run) else len(fact.text) + 500
