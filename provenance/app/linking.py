"""Finding the upstream of a copy that names none, among the articles held, one fact of the log after the other."""

from __future__ import annotations

from collections.abc import Collection
from collections.abc import Set as AbstractSet
from typing import NamedTuple

from provenance.app.texts import Texts
from provenance.app.verdicts import Verdicts
from provenance.engine import fingerprints
from provenance.ledger import Book, Candidate
from provenance.model import ArticleId, Copy, Revision

JUDGED = 6
"""So many articles are read, of those that share the most with a text."""
WIDER = 20
"""So many where there is a model: an article retold in other words shares little more than names with its copy."""
OFFERED = 100
CROWDED = 2
"""What a text shares with an article is looked at again where so many articles, on average, share it."""
CLOSER = 1.25
"""An intermediate copy is named as upstream only where it shares so many times as much as its own upstream does."""


class Found(NamedTuple):
    """A possible upstream: the fingerprints it shares with the copy, and what the copy shows of it."""

    shared: int
    copy: Copy


class Linking:
    """Decides on the upstreams of copies that ask for theirs to be found, from what the ledger holds by now."""

    def __init__(self, book: Book, texts: Texts, verdicts: Verdicts) -> None:
        self._book = book
        self._texts = texts
        self._verdicts = verdicts

    def seek(self, copy: Revision, prints: AbstractSet[int]) -> None:
        """Decide on the upstream of a copy's new revision, whatever was decided on an earlier one."""
        former = {link.upstream for link in self._book.upstreams_of(copy.article) if link.judged}
        best = self._best(copy, prints)
        for upstream in former - ({best.upstream} if best else set()):
            self._book.drop_copy(copy.article, upstream)
        if best:
            self._book.put_copy(self._verdicts.timed(best))

    def offer(self, article: ArticleId, prints: AbstractSet[int]) -> None:
        """Let the copies that still have no upstream look again, if they are copies of an article's new text.

        Whatever else there is has been held against them before, and found wanting.
        """
        waiting = self._book.pending_auto() - {article}
        if not waiting:
            return
        near = {each.article for each in self._book.candidates(prints, limit=OFFERED, besides=article)}
        held = self._book.current(waiting & near)
        for each in sorted(held):
            if not self._verdicts.on(article, each, declared=False):
                continue
            [copy] = self._texts.fill([held[each].revision])
            self.seek(copy, fingerprints.of(copy.text))

    def give_way(self, article: ArticleId) -> None:
        """Take back what was found where the article now says itself what it is a copy of, and that closes a ring."""
        above = {*self._above(article), article}
        for link in self._book.downstream_of(article):
            if link.judged and not link.declared and link.article in above:
                self._book.drop_copy(link.article, article)

    def _best(self, copy: Revision, prints: AbstractSet[int]) -> Copy | None:
        found: dict[ArticleId, Found] = {}
        for each in self._book.candidates(prints, limit=JUDGED, besides=copy.article):
            if copy.article in self._above(each.article):
                continue
            verdict = self._verdicts.on(each.article, copy.article, declared=False)
            if verdict and not self._is_boilerplate(each, copy.article, prints):
                found[each.article] = Found(each.shared, verdict)
        found = {article: each for article, each in found.items() if self._is_likely(article, found)}
        if not found:
            return None
        best = max(found, key=lambda article: (found[article].shared, found[article].copy.coverage, article))
        return found[self._yielded(best, found)].copy

    def _is_boilerplate(self, one: Candidate, copy: ArticleId, prints: AbstractSet[int]) -> bool:
        """Doubt an article that shares with a copy only what many share, unless they are copies of it or reprints."""
        [article] = self._prints([one.article])
        if one.weight * CROWDED >= len(prints & article):
            return False
        near = self._book.candidates(prints, limit=OFFERED, besides=copy)
        near = sorted(near, key=lambda each: (-each.shared, each.article))[:JUDGED]
        others = [each.article for each in near if one.article not in {each.article, *self._above(each.article)}]
        return fingerprints.boilerplate(prints, article, self._book.common(prints), self._prints(others))

    def _prints(self, articles: Collection[ArticleId]) -> list[frozenset[int]]:
        """Read the fingerprints of articles as they stand."""
        held = self._texts.fill(each.revision for each in self._book.current(articles).values())
        return [fingerprints.of(each.text) for each in held]

    def _is_likely(self, article: ArticleId, found: dict[ArticleId, Found]) -> bool:
        """Doubt a copy as upstream where the text is no copy of what that was taken from."""
        above = self._above(article)
        return not above or any(upstream in found for upstream in above)

    def _yielded(self, best: ArticleId, found: dict[ArticleId, Found]) -> ArticleId:
        """Go up from a copy of a copy to the first upstream that the text follows nearly as closely."""
        for upstream in self._above(best):
            if upstream in found and found[best].shared < CLOSER * found[upstream].shared:
                return self._yielded(upstream, found)
        return best

    def _above(self, article: ArticleId) -> tuple[ArticleId, ...]:
        """Give everything that an article was taken from, nearest first."""
        found: dict[ArticleId, None] = {}
        open_ends = [article]
        while open_ends:
            for link in self._book.upstreams_of(open_ends.pop()):
                if link.upstream not in found:
                    found[link.upstream] = None
                    open_ends.append(link.upstream)
        return tuple(found)
