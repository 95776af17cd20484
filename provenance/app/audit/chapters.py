"""Chapters: all that an audit says of one article after the other, a few articles being read at a time."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from provenance.app.audit.exhibits import Room, Stand, as_article, language, to_see
from provenance.app.audit.moments import Out, came_out, worst_first
from provenance.app.audit.scope import fitted
from provenance.app.audit.surroundings import blobs, surroundings
from provenance.app.audit.unanswered import unanswered
from provenance.app.batches import batches
from provenance.app.catch_up import Progress
from provenance.app.texts import Texts
from provenance.app.workspace import Workspace
from provenance.errors import StoreBusyError
from provenance.ledger import Held
from provenance.model import ArticleId, History
from provenance.model.audits import Chapter, Entry, Scope

ARTICLES = 50
ROWS = 500
"""The most articles, and copies and revisions of them, that are read at once."""


@dataclass(frozen=True)
class Reading:
    """How chapters are read: out of which store, what of it, with texts `beside` each other or not.

    All of an audit rests on one commit, `head`: chapters of a ledger that has gone on since are a StoreBusyError.
    """

    workspace: Workspace
    scope: Scope
    beside: bool
    progress: Progress
    head: str

    def chapters(self, entries: Sequence[Entry]) -> Iterator[Chapter]:
        """Yield the chapters of the articles in the contents, in their order."""
        done, room = 0, Room()
        for page in batches(entries, _size, count=ARTICLES, most=ROWS):
            yield from self._page([entry.article.id for entry in page], room)
            done += len(page)
            self.progress(done)

    def _page(self, page: Sequence[ArticleId], room: Room) -> Iterator[Chapter]:
        ledger = self.workspace.ledger
        found = list(self._fitted(page))
        wanted = {copy.article for history, _ in found for copy in history.copies}
        wanted |= {upstream for history, _ in found for upstream in history.article.copy_of}
        known = ledger.held_of({*page, *wanted})
        if ledger.cursor() != self.head:
            raise StoreBusyError("the store was written to while it was reported on", hint="run the command again")
        texts = Texts(self.workspace.store.read)
        if self.beside:
            texts.ahead(_blobs([history for history, _ in found], known, laid=room.any_left))
        for history, out in found:
            yield self._chapter(Stand(self.workspace, history, known, texts, room, self.beside), out)

    def _fitted(self, page: Sequence[ArticleId]) -> Iterator[tuple[History, Out]]:
        for history in self.workspace.ledger.histories_of(page):
            out = came_out(history.revisions)
            if left := fitted(history, self.scope, out):
                updates = {update.id: update for update in left.updates}
                copies = sorted(left.copies, key=lambda copy: worst_first(copy, updates, out))
                yield replace(left, copies=tuple(copies)), out

    def _chapter(self, stand: Stand, out: Out) -> Chapter:
        history = stand.history
        return Chapter(
            history=history,
            out=out,
            digests={each.n: each.text_digest for each in stand.known[history.article.id]},
            upstreams=tuple(as_article(each, stand.known[each]) for each in history.article.copy_of),
            exhibits=tuple(stand.exhibits()),
            unchanged=tuple(unanswered(history, self.scope.since, out)),
            language=language(history.revisions[-1]),
            surroundings=surroundings(history, stand.texts) if self.beside else {},
        )


def _blobs(histories: Iterable[History], known: Mapping[ArticleId, Sequence[Held]], *, laid: bool) -> Iterator[str]:
    """Name the texts that edits are looked up in and, where there is room, those to be laid beside each other."""
    for history in histories:
        yield from blobs(history)
        if not laid:
            continue
        wanted = [known[copy.article][copy.revision].blob for copy in history.copies if to_see(copy)]
        if wanted:
            yield from (revision.blob for revision in history.revisions)
            yield from wanted


def _size(entry: Entry) -> int:
    return entry.article.revisions + sum(entry.copies.values())
