"""What a check asks of the articles held, and how a store's ledger answers; nothing is written by asking."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING, NamedTuple, Protocol

from provenance.model import Article, ArticleId, Revision, Update

if TYPE_CHECKING:
    from provenance.app.texts import Texts
    from provenance.app.workspace import Workspace
    from provenance.engine.alike import Meaning
    from provenance.ledger import Held, Ledger


@dataclass(frozen=True, slots=True)
class Story:
    """An article with all that a copy of it is judged by: its revisions with their texts, oldest first, and updates."""

    article: Article
    revisions: tuple[Revision, ...]
    updates: tuple[Update, ...]


class Match(NamedTuple):
    """An article that shares rare fingerprints with a text, and how many."""

    article: ArticleId
    shared: int


class Upstreams(Protocol):
    """Whatever knows articles and their updates: a store's ledger, or a corrections file."""

    @property
    def head(self) -> str:
        """Name the state that all answers are of; it changes whenever an answer could."""
        ...

    @property
    def engine(self) -> str:
        """Name the rules by which updates were told, and copies are judged."""
        ...

    @property
    def meaning(self) -> Meaning | None:
        """Give what tells how alike sentences are in meaning, None where there is nothing of that kind."""
        ...

    def articles(self, wanted: Collection[ArticleId]) -> Mapping[ArticleId, Article]:
        """Give those of the articles that are held, each with what it is a copy of."""
        ...

    def stories(self, wanted: Collection[ArticleId]) -> Mapping[ArticleId, Story]:
        """Give those of the articles that are held, with their revisions and updates."""
        ...

    def candidates(self, texts: Iterable[Collection[int]], limit: int) -> Iterator[list[Match]]:
        """Give for each text, by its fingerprints, at most `limit` articles that it may come from, likeliest first."""
        ...


class LedgerUpstreams:
    """The articles of a store, answered for by its ledger, which is caught up first as for every question."""

    def __init__(self, workspace: Workspace) -> None:
        """Name the store; raises what opening and catching up raise."""
        self._workspace = workspace

    @cached_property
    def head(self) -> str:
        """Give the last commit of the log."""
        return self._workspace.store.head()

    @property
    def engine(self) -> str:
        """Name the engine that the ledger's conclusions are of."""
        return self._workspace.engine

    @property
    def meaning(self) -> Meaning | None:
        """Give the model that the ledger's conclusions were made with, so that files are judged as copies held are."""
        return self._workspace.meaning

    @cached_property
    def _ledger(self) -> Ledger:
        """Open the ledger, caught up with the log: only where something is asked that is not known from before."""
        from provenance.app.catch_up import catch_up

        catch_up(self._workspace)
        return self._workspace.ledger

    def articles(self, wanted: Collection[ArticleId]) -> Mapping[ArticleId, Article]:
        """Give those of the articles that are held."""
        held = self._ledger.current(wanted)
        above = self._ledger.upstreams_of(held)
        return {article: _article(each, above.get(article, ())) for article, each in held.items()}

    def stories(self, wanted: Collection[ArticleId]) -> Mapping[ArticleId, Story]:
        """Give those of the articles that are held, all texts read in one go."""
        ledger = self._ledger
        articles = self.articles(wanted)
        revisions = ledger.revisions_of(articles)
        updates = ledger.updates_of(articles)
        self._texts.of(each.blob for listed in revisions.values() for each in listed)
        return {
            article: Story(about, self._texts.fill(revisions[article]), updates[article])
            for article, about in articles.items()
        }

    def candidates(self, texts: Iterable[Collection[int]], limit: int) -> Iterator[list[Match]]:
        """Give the articles that share the rarest fingerprints with each text."""
        for found in self._ledger.candidates(texts, limit):
            yield [Match(each.article, each.shared) for each in found]

    @cached_property
    def _texts(self) -> Texts:
        from provenance.app.texts import Texts

        return Texts(self._workspace.store.read, most=32_000_000)


def _article(held: Held, above: tuple[ArticleId, ...]) -> Article:
    metadata = held.metadata
    return Article(held.article, metadata.url, metadata.publisher, metadata.headline, held.n + 1, above)
