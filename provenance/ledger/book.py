"""The writing side: what the projection puts into the ledger within one transaction.

Rows are gathered and written in bulk. Every answer sees what was put before it, so the outcome does not depend on how
the log is cut into transactions.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import replace
from datetime import datetime
from typing import Any

from provenance.ledger import fingerprints as prints
from provenance.ledger import questions
from provenance.ledger.codec import article_row, copy_rows, delta_row, notice_rows, revision_row, update_rows
from provenance.ledger.rows import Writing
from provenance.ledger.values import Candidate, Held, Link
from provenance.model import AUTO, ArticleId, Copy, Delta, Notice, Revision, Sighting, Update, digest

FULL = 4000
"""How many rows are gathered before they are written."""

_CHILDREN = ("notices", "deltas", "updates", "edits")


class Book:
    """One transaction of the ledger: conclusions go in, and with them the cursor to the facts that they rest on.

    Put the facts of the log in its order, and end with `advance`. A revision goes in before what is said about it; a
    copy goes in after both articles and after the upstream's updates.
    """

    def __init__(self, writing: Writing, cursor: str) -> None:
        self._out = writing
        self._cursor = cursor
        self._moved_to: str | None = None
        self._touched = False
        self._pending: set[ArticleId] | None = None
        self._forget()

    def _forget(self) -> None:
        """Start gathering anew."""
        self._size = 0
        self._held: dict[ArticleId, Held] = {}
        self._born: set[ArticleId] = set()
        self._about: set[ArticleId] = set()
        self._revisions: list[dict[str, Any]] = []
        self._rows: dict[str, list[dict[str, Any]]] = {table: [] for table in _CHILDREN}
        self._copies: dict[tuple[ArticleId, ArticleId], Copy | None] = {}
        self._prints: dict[ArticleId, set[int]] = defaultdict(set)
        self._observed: dict[ArticleId, tuple[int, datetime | None]] = {}

    # --- the cursor ----------------------------------------------------------------------------------------------

    @property
    def cursor(self) -> str:
        """Give the last commit that the ledger had read when the transaction began: go on from there."""
        return self._cursor

    def begin(self, first: str) -> None:
        """Say which commit the log begins with: by it the ledger is known as that of its store."""
        self._out.delete("meta", [{"name": "store"}])
        self._out.insert("meta", [{"name": "store", "value": first}])

    def advance(self, cursor: str) -> None:
        """Say which commit of the log was read last; it is kept with all that was put, or nothing is."""
        self._moved_to = cursor

    def close(self) -> None:
        """Write all that is gathered and the cursor. Raises ValueError when there is more to keep than a cursor."""
        if self._moved_to is None:
            if self._touched:
                raise ValueError("conclusions without the commit that they rest on: call `advance`")
            return
        self._flush()
        self._out.update("meta", "name", [{"name": "cursor", "value": self._moved_to}])

    # --- revisions -----------------------------------------------------------------------------------------------

    def put_revision(self, revision: Revision, text_digest: str = "", *, before_seen: datetime | None = None) -> None:
        """Keep the next revision of an article; give the sha256 of its text where the revision comes without it.

        The revision counts as an observation of its article; `before_seen` is when the one before it was last observed.
        """
        held = Held(revision, text_digest or digest(revision.text), revision.observed_at)
        article = held.article
        self._revisions.append(revision_row(revision, held.text_digest, before_seen))
        self._held[article] = held
        self._about.add(article)
        self._observed.pop(article, None)
        if revision.n == 0:
            self._born.add(article)
        if self._pending is not None:
            self._look_for_upstream(held)
        self._gathered(2)

    def put_notices(self, article: ArticleId, n: int, notices: Sequence[Notice]) -> None:
        """Keep the notices on revision n, in order."""
        self._add("notices", list(notice_rows(article, n, notices)))

    def put_delta(self, article: ArticleId, n: int, delta: Delta) -> None:
        """Keep the delta that leads from revision n-1 to revision n."""
        self._add("deltas", [delta_row(article, n, delta)])

    def put_updates(self, article: ArticleId, n: int, updates: Sequence[Update]) -> None:
        """Keep the updates of revision n, in order; the ids are unique within the article, `n` of edits within each."""
        if any(update.revision != n for update in updates):
            raise ValueError(f"an update of another revision than {n}")
        self._about.add(article)
        rows, edits = update_rows(article, updates)
        self._add("updates", rows)
        self._add("edits", edits)

    def observe(self, article: ArticleId, n: int, observed_at: datetime) -> None:
        """Keep that a run saw revision n at a time; the last call for an article holds."""
        self._observed[article] = (n, observed_at)
        if article in self._held:
            self._held[article] = self._held[article]._replace(observed_at=observed_at)
        self._gathered(1)

    def current(self, articles: Iterable[ArticleId]) -> dict[ArticleId, Held]:
        """Give what is held of each article that is; ask for many at once."""
        wanted = set(articles)
        found = {article: _without_text(self._held[article]) for article in wanted & self._held.keys()}
        for article, held in questions.current(self._out, wanted - found.keys()).items():
            seen = self._observed.get(article)
            found[article] = held._replace(observed_at=seen[1]) if seen else held
        return found

    def revisions_of(self, article: ArticleId) -> tuple[Revision, ...]:
        """Give all revisions of an article, without their texts."""
        self._settle(article)
        return questions.revisions(self._out, [article]).get(article, ())

    def sightings_of(self, article: ArticleId) -> tuple[Sighting, ...]:
        """Give when each revision of an article was first and last observed, oldest first."""
        self._settle(article)
        found = questions.sightings(self._out, [article]).get(article, ())
        seen = self._observed.get(article)
        return (*found[:-1], replace(found[-1], last=seen[1])) if seen and found else found

    def updates_of(self, article: ArticleId) -> tuple[Update, ...]:
        """Give all updates of an article, in the order of its revisions."""
        self._settle(article)
        return questions.updates(self._out, article)

    # --- copies --------------------------------------------------------------------------------------------------

    def put_copy(self, copy: Copy) -> None:
        """Keep what a copy shows of its upstream, in place of what was kept of the pair before."""
        self._copies[copy.upstream, copy.article] = copy
        if self._pending is not None:
            self._pending.discard(copy.article)
        self._gathered(1 + len(copy.standings) + sum(len(each.edits) for each in copy.standings))

    def copy(self, upstream: ArticleId, article: ArticleId) -> Copy | None:
        """Give what is kept of a pair by now, without the evidence of its standings; None where it is no pair."""
        if (upstream, article) in self._copies:
            return self._copies[upstream, article]
        return questions.copy(self._out, upstream, article)

    def drop_copy(self, article: ArticleId, upstream: ArticleId) -> None:
        """Forget that an article is a copy of another."""
        self._copies[upstream, article] = None
        self._pending = None
        self._gathered(1)

    def downstream_of(self, article: ArticleId) -> tuple[Link, ...]:
        """Give the copies of an article: those judged, and those that declare it and have not been judged to be one."""
        return self.links((), [article])

    def upstreams_of(self, article: ArticleId) -> tuple[Link, ...]:
        """Give what an article is a copy of: the upstreams judged, and the one declared if it is held."""
        return self.links([article], ())

    def links(self, copies: Collection[ArticleId], upstreams: Collection[ArticleId]) -> tuple[Link, ...]:
        """Give every link whose copy is among `copies` or whose upstream is among `upstreams`: ask for many at once."""
        self._flush()
        return questions.links(self._out, copies, upstreams)

    def pending_auto(self) -> AbstractSet[ArticleId]:
        """Give the articles that ask for their upstream to be found, and have none yet.

        Cheap after the first call: it is the book's own set, which changes with the book.
        """
        if self._pending is None:
            self._flush()
            self._pending = questions.pending(self._out)
        return self._pending

    def _look_for_upstream(self, held: Held) -> None:
        pending = self._pending if self._pending is not None else set()
        if held.metadata.copy_of != AUTO:
            pending.discard(held.article)
        elif held.n == 0 or not any(link.judged for link in self.upstreams_of(held.article)):
            pending.add(held.article)

    # --- fingerprints --------------------------------------------------------------------------------------------

    def put_fingerprints(self, article: ArticleId, fingerprints: Collection[int]) -> None:
        """Keep the fingerprints of an article's text beside those that it has from earlier texts."""
        self._prints[article].update(fingerprints)
        self._gathered(1)

    def index(self) -> None:
        """Bring the index of fingerprints up to date, for readers who look for an upstream."""
        self._flush()
        prints.index(self._out)

    def candidates(
        self, fingerprints: Collection[int], limit: int = 10, besides: ArticleId | None = None
    ) -> list[Candidate]:
        """Give the articles that share rare fingerprints with a text, heaviest first, `besides` left out."""
        self._flush()
        prints.index(self._out)
        return prints.candidates(self._out, fingerprints, limit, besides)

    def common(self, fingerprints: Collection[int]) -> frozenset[int]:
        """Give those of the fingerprints that stand in too many articles to tell anything, as of the last look-up."""
        return prints.common(self._out, fingerprints)

    # --- gathering and writing -----------------------------------------------------------------------------------

    def _add(self, table: str, rows: list[dict[str, Any]]) -> None:
        self._rows[table] += rows
        self._gathered(len(rows))

    def _gathered(self, rows: int) -> None:
        self._touched = True
        self._size += rows
        if self._size > FULL:
            self._flush()

    def _settle(self, article: ArticleId) -> None:
        """Write what is gathered if any of it is about an article."""
        if article in self._about:
            self._flush()

    def _flush(self) -> None:
        if not self._size:
            return
        self._flush_articles()
        self._out.insert("revisions", self._revisions)
        for table in _CHILDREN:
            self._out.insert(table, self._rows[table])
        self._flush_copies()
        prints.keep(self._out, self._prints, self._born)
        self._forget()

    def _flush_articles(self) -> None:
        rows = {article: article_row(held.revision) for article, held in self._held.items()}
        seen = []
        for article, (n, observed_at) in self._observed.items():
            row = {"id": article, "observed_n": n, "observed_at": observed_at}
            if article in rows:
                rows[article].update(row)
            else:
                seen.append(row)
        self._out.insert("articles", [row for article, row in rows.items() if article in self._born])
        self._out.update("articles", "id", [row for article, row in rows.items() if article not in self._born])
        self._out.update("articles", "id", seen)

    def _flush_copies(self) -> None:
        if not self._copies:
            return
        pairs = [{"upstream": upstream, "article": article} for upstream, article in self._copies]
        self._out.delete("copies", pairs)
        copies = [copy_rows(copy) for copy in self._copies.values() if copy]
        self._out.insert("copies", [row for row, _, _ in copies])
        self._out.insert("standings", [row for _, standings, _ in copies for row in standings])
        self._out.insert("edit_standings", [row for _, _, edits in copies for row in edits])
        upstreams = {upstream for upstream, _ in self._copies}
        self._out.update("articles", "id", questions.counts(self._out, upstreams))


def _without_text(held: Held) -> Held:
    """Give what the ledger would give: it keeps no texts."""
    return held._replace(revision=replace(held.revision, text="")) if held.revision.text else held
