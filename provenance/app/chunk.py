"""A chunk of the log turned into conclusions: each fact in its order, then each pair that it touched, once.

What depends on order (updates, which upstream a copy was taken from) is decided fact by fact; what depends on the
outcome alone (standings) is judged at the end. So the ledger is the same however the log is cut into chunks.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import datetime

from provenance.app.linking import Linking
from provenance.app.pairs import judge_pairs
from provenance.app.texts import Texts
from provenance.app.verdicts import Verdicts
from provenance.engine import fingerprints, updates
from provenance.engine.alike import Meaning
from provenance.engine.told import told
from provenance.ledger import Book
from provenance.model import AUTO, ArticleId, Event, Fact, Observation, Revision, Run


class Chunk:
    """One transaction's worth of facts on their way into the ledger."""

    def __init__(self, book: Book, texts: Texts, meaning: Meaning | None = None) -> None:
        self._book = book
        self._texts = texts
        self._changed: set[ArticleId] = set()
        self._verdicts = Verdicts(book, texts, meaning, self._changed)
        self._linking = Linking(book, texts, self._verdicts)
        self._latest: dict[ArticleId, Revision] = {}
        self._last_seen: dict[ArticleId, datetime | None] = {}
        self._seen: set[ArticleId] = set()

    def take(self, facts: Sequence[Fact]) -> tuple[int, int, int]:
        """Conclude from facts; give the number of revisions, runs, and pairs judged."""
        self._recall(fact for fact in facts if isinstance(fact, Revision))
        revisions = runs = 0
        for fact in facts:
            if isinstance(fact, Run):
                runs += 1
                self._observe(fact.observations)
            else:
                revisions += 1
                self._revise(fact)
        return revisions, runs, judge_pairs(self._book, self._verdicts, self._changed, self._seen)

    def _recall(self, revisions: Iterable[Revision]) -> None:
        """Read the texts that the first revision of each article in this chunk is compared with."""
        first: dict[ArticleId, Revision] = {}
        for revision in revisions:
            self._texts.keep(revision.blob, revision.text)
            first.setdefault(revision.article, revision)
        wanted = [article for article, revision in first.items() if revision.n]
        held = self._book.current(wanted)
        self._last_seen = {article: each.observed_at for article, each in held.items()}
        self._latest = {each.article: each for each in self._texts.fill(found.revision for found in held.values())}

    def _revise(self, revision: Revision) -> None:
        article, book = revision.article, self._book
        before = self._latest.get(article)
        self._latest[article] = revision
        book.put_revision(revision, before_seen=self._last_seen.get(article))
        self._last_seen[article] = revision.observed_at
        if before is None:
            notices = updates.standing(revision)
            book.put_notices(article, revision.n, notices)
            book.put_updates(article, revision.n, told(revision) if notices else ())
        else:
            changes = updates.revise(before, revision)
            book.put_notices(article, revision.n, changes.notices)
            if changes.delta is not None:
                book.put_delta(article, revision.n, changes.delta)
            book.put_updates(article, revision.n, changes.updates)
        self._changed.add(article)
        self._link(revision, before.text if before else None)

    def _link(self, revision: Revision, before: str | None) -> None:
        copy_of = revision.metadata.copy_of
        if copy_of not in {"", AUTO} and revision.n:
            self._linking.give_way(revision.article)
        fresh = before != revision.text
        if not fresh and copy_of != AUTO:
            return
        prints = fingerprints.of(revision.text)
        if added := prints - (fingerprints.of(before) if before is not None else frozenset()):
            self._book.put_fingerprints(revision.article, added)
        if copy_of == AUTO:
            self._linking.seek(revision, prints)
        if fresh:
            self._linking.offer(revision.article, prints)

    def _observe(self, observations: Iterable[Observation]) -> None:
        for seen in observations:
            if seen.event is not Event.STALE:  # what was delivered late does not say what stands there now
                self._book.observe(seen.article, seen.n, seen.observed_at)
                self._last_seen[seen.article] = seen.observed_at
                self._seen.add(seen.article)
