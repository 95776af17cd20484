"""Verdicts of one chunk of the log: a pair of article and copy is judged once, for as long as neither changes."""

from __future__ import annotations

from collections.abc import Sequence
from collections.abc import Set as AbstractSet
from dataclasses import replace
from datetime import datetime

from provenance.app.judging import judge
from provenance.app.texts import Texts
from provenance.engine import standings
from provenance.engine.alike import Meaning
from provenance.ledger import Book
from provenance.model import ArticleId, Copy, Revision, Sighting, Standing, State, Update

Key = tuple[ArticleId, int, ArticleId, int, datetime | None]
"""What a verdict rests on: an article up to a revision of it, a copy's revision, and when that was last seen."""


class Verdicts:
    """Judges pairs from what the book holds by now, and remembers what came of it.

    `changed` are the articles that have a new revision since the book was opened, however many there will be.
    """

    def __init__(
        self,
        book: Book,
        texts: Texts,
        meaning: Meaning | None = None,
        changed: AbstractSet[ArticleId] = frozenset(),
    ) -> None:
        self._book = book
        self._texts = texts
        self._meaning = meaning
        self._changed = changed
        self._found: dict[Key, Copy | None] = {}
        self._read: tuple[ArticleId, int, Sequence[Revision], Sequence[Update]] | None = None

    @property
    def by_meaning(self) -> bool:
        """Tell whether there is a model to judge with."""
        return self._meaning is not None

    def on(self, upstream: ArticleId, copy: ArticleId, *, declared: bool) -> Copy | None:
        """Judge what an article's current revision shows of another; None where it is not declared and no copy of it.

        That it is declared makes a copy of any text, and changes nothing else in a verdict.
        """
        held = self._book.current([upstream, copy])
        key = (upstream, held[upstream].n, copy, held[copy].n, held[copy].observed_at)
        if key not in self._found or (declared and self._found[key] is None):
            self._found[key] = self._judge(key, held[copy].revision, declared=declared)
        verdict = self._found[key]
        return replace(verdict, declared=declared) if verdict else None

    def timed(self, verdict: Copy) -> Copy:
        """Add when the copy was first seen to carry each update, and last seen without it."""
        from provenance.engine.caught_up import caught_up
        from provenance.engine.published import published

        held = self._book.current([verdict.upstream, verdict.article])
        revisions, updates = self._article(verdict.upstream, held[verdict.upstream].n)
        copy = held[verdict.article]
        only = not copy.n or not any(each.state is State.CARRIED for each in verdict.standings)
        sightings: Sequence[Sighting]
        if only:
            sightings = [Sighting(n, copy.revision.observed_at, copy.observed_at) for n in range(copy.n + 1)]
        else:
            sightings = self._book.sightings_of(verdict.article)

        def shown(n: int) -> Sequence[Standing]:
            [earlier] = self._texts.fill([self._book.revisions_of(verdict.article)[n]])
            seen = sightings[n].last
            found = standings.judge(revisions, updates, earlier, seen, declared=True, meaning=self._meaning)
            return found.standings if found else ()

        return caught_up(
            verdict, updates, published(revisions), sightings, shown, None if only else self._before(verdict)
        )

    def _before(self, verdict: Copy) -> Copy | None:
        """Give what is kept of a pair, None where the article has changed since."""
        return None if verdict.upstream in self._changed else self._book.copy(verdict.upstream, verdict.article)

    def _judge(self, key: Key, copy: Revision, *, declared: bool) -> Copy | None:
        revisions, updates = self._article(key[0], key[1])
        [filled] = self._texts.fill([copy])
        return judge(revisions, updates, filled, key[-1], declared=declared, meaning=self._meaning)

    def _article(self, article: ArticleId, n: int) -> tuple[Sequence[Revision], Sequence[Update]]:
        """Read an article up to its revision n: once, where one copy after the other is held against it."""
        if self._read is None or self._read[:2] != (article, n):
            revisions = self._texts.fill(self._book.revisions_of(article))
            self._read = (article, n, revisions, self._book.updates_of(article))
        return self._read[2:]
