"""`prov export corrections`: what a partner needs to check its copies without our store, drawn article by article.

The origins go out whole. Of their copies only the address goes out, and what each was taken from: their texts are
somebody else's.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import NamedTuple

from provenance.app.batches import batches
from provenance.app.catch_up import catch_up
from provenance.app.lookup import the_article
from provenance.app.workspace import Workspace
from provenance.engine import ENGINE
from provenance.errors import DamageError, NotFoundError, UsageError
from provenance.model import LOCAL, Article, ArticleId, Delta, Extent, History, Revision

ARTICLES = 50
REVISIONS = 500
"""The most articles, and revisions of them, whose texts are held at a time."""

_COMMIT = re.compile(r"[0-9a-f]{40}(?:[0-9a-f]{24})?")


class Part(NamedTuple):
    """An article with the texts of its revisions, and for each but the last the delta that leads back to it."""

    history: History
    back: tuple[Delta, ...]


class Corrections(NamedTuple):
    """What goes into a corrections file: how far it reaches, the origins, and the addresses of their copies."""

    extent: Extent
    parts: Iterator[Part]
    copies: Iterator[Article]


def corrections(
    workspace: Workspace, named: Sequence[str] = (), publishers: Collection[str] = (), since: str = ""
) -> Corrections:
    """Give all that is held, or the articles named, or those of some publishers; with `since`, what came after it.

    A copy that is named stands for its origin. Raises NotFoundError for an article, a publisher or a commit that is
    not held, UsageError for a cursor that can be none.
    """
    catch_up(workspace)
    cursor = workspace.ledger.cursor()
    changed = _changed(workspace, since) if since else None
    held = _Held.of(workspace)
    if unknown := sorted(set(publishers) - set(held.publishers.values())):
        raise NotFoundError(f"no article by {unknown[0]} is held", hint="`prov status` lists the publishers")
    ids = tuple(sorted({held.root(the_article(workspace, each).id) for each in named}))
    origins = frozenset(held.origins(ids, publishers))
    extent = Extent(ENGINE, cursor, since, tuple(sorted(set(publishers))), ids)
    wanted = [each for each in sorted(origins) if held.is_touched(each, changed)]
    copies = (each for each in held.copies_of(origins) if held.is_touched(each, changed))
    return Corrections(extent, _parts(workspace, wanted, held.revisions), _addresses(workspace, copies))


def _changed(workspace: Workspace, since: str) -> frozenset[ArticleId]:
    """Give the articles that have a revision after a commit of the log."""
    if not _COMMIT.fullmatch(since):
        raise UsageError(f"--since {since} is no cursor", hint="it stands in the file that came before, as cursor")
    try:
        return frozenset(fact.article for fact in workspace.store.log(since, texts=False) if isinstance(fact, Revision))
    except DamageError as error:
        raise NotFoundError(
            f"the store does not go on from {since}: {error}", hint="without --since everything is exported"
        ) from error


@dataclass(frozen=True, slots=True)
class _Held:
    """All articles held, by as little of each as their choice needs: publisher, revisions, what it was taken from."""

    publishers: Mapping[ArticleId, str]
    revisions: Mapping[ArticleId, int]
    above: Mapping[ArticleId, tuple[ArticleId, ...]]

    @classmethod
    def of(cls, workspace: Workspace) -> _Held:
        publishers, revisions = {}, {}
        for each in workspace.ledger.articles():
            publishers[each.article.id] = each.article.publisher
            revisions[each.article.id] = each.article.revisions
        return cls(publishers, revisions, workspace.ledger.upstreams_of(publishers))

    def root(self, article: ArticleId) -> ArticleId:
        """Follow an article to the first of its line, as a check does."""
        seen = [article]
        while (at := next(iter(self.above.get(seen[-1], ())), None)) and at not in seen:
            seen.append(at)
        return seen[-1]

    def origins(self, named: Collection[ArticleId], publishers: Collection[str]) -> Iterator[ArticleId]:
        """Give the first of every line, of those that were asked for."""
        for article in named or {self.root(each) for each in self.publishers}:
            if not publishers or self.publishers[article] in publishers:
                yield article

    def copies_of(self, origins: Collection[ArticleId]) -> Iterator[ArticleId]:
        """Give what was taken from origins, by whatever way."""
        roots = {self.root(each) for each in self.publishers}
        return (each for each in sorted(self.above) if each not in roots and self.root(each) in origins)

    def is_touched(self, article: ArticleId, changed: Collection[ArticleId] | None) -> bool:
        """Tell whether an article, or what it was taken from, is among those that have changed; None: all have."""
        return changed is None or article in changed or any(each in changed for each in self.above.get(article, ()))


def _parts(workspace: Workspace, wanted: Iterable[ArticleId], sizes: Mapping[ArticleId, int]) -> Iterator[Part]:
    from provenance.app.gate.upstreams import LedgerUpstreams

    upstreams, ledger = LedgerUpstreams(workspace), workspace.ledger
    for page in batches(wanted, sizes.__getitem__, count=ARTICLES, most=REVISIONS):
        stories, deltas, notices = upstreams.stories(page), ledger.deltas_of(page), ledger.notices_of(page)
        for article in page:
            story = stories[article]
            told = {n: listed for (owner, n), listed in notices.items() if owner == article}
            history = History(story.article, story.revisions, told, story.updates)
            yield Part(history, _back(story.revisions, deltas))


def _back(revisions: Sequence[Revision], deltas: Mapping[tuple[ArticleId, int], Delta]) -> tuple[Delta, ...]:
    from provenance.engine import delta

    made = []
    for before, after in pairwise(revisions):
        known = deltas.get((after.article, after.n))
        made.append(delta.inverse(known, before.text) if known else delta.make(after.text, before.text))
    return tuple(made)


def _addresses(workspace: Workspace, copies: Iterable[ArticleId]) -> Iterator[Article]:
    for page in batches(copies, lambda _: 0, count=10 * ARTICLES, most=1):
        held = workspace.ledger.current(page)
        above = workspace.ledger.upstreams_of(page)
        for article in page:
            known = held[article]
            if not known.metadata.url.startswith(LOCAL):  # a file of ours, and no address
                yield Article(article, known.metadata.url, "", "", known.n + 1, above[article])
