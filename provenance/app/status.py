"""Which copies are behind, and by what: the overview, one article in depth, and everything for programs."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from provenance.app.catch_up import catch_up
from provenance.app.lookup import the_article
from provenance.app.workspace import Workspace
from provenance.model import Article, ArticleId, CopyState, History

if TYPE_CHECKING:
    from provenance.ledger import Held, Overview

_PAGE = 100


@dataclass(frozen=True, slots=True)
class Subject:
    """A history, and the articles by id that its copies and its upstreams are."""

    history: History
    known: Mapping[ArticleId, Article]


def overview(workspace: Workspace) -> Overview:
    """Give all copies, worst first, and the totals."""
    catch_up(workspace)
    return workspace.ledger.overview()


def overview_of_behind(workspace: Workspace) -> Overview:
    """Give the copies that are behind, worst first, and the totals of all."""
    catch_up(workspace)
    return workspace.ledger.overview(behind_only=True)


def subject(workspace: Workspace, article: str) -> Subject:
    """Give all that is held of the article that a URL, an id or the beginning of one names."""
    catch_up(workspace)
    found = workspace.ledger.history(the_article(workspace, article).id)
    return _with_known(workspace, [found])[0]


def subjects(workspace: Workspace) -> Iterator[Subject]:
    """Yield all that is held, article by article."""
    catch_up(workspace)
    page: list[History] = []
    for history in workspace.ledger.histories():
        page.append(history)
        if len(page) == _PAGE:
            yield from _with_known(workspace, page)
            page = []
    yield from _with_known(workspace, page)


def only_behind(subjects: Iterable[Subject]) -> Iterator[Subject]:
    """Pass on the articles that have a copy which is behind, with those copies alone."""
    return (each for each in map(narrowed, subjects) if each.history.copies)


def narrowed(found: Subject) -> Subject:
    """Leave only the copies that are behind."""
    behind = tuple(copy for copy in found.history.copies if copy.state is CopyState.BEHIND)
    return replace(found, history=replace(found.history, copies=behind))


def with_texts(workspace: Workspace, subjects: Iterable[Subject]) -> Iterator[Subject]:
    """Read the text of every revision."""
    from provenance.app.texts import Texts

    texts = Texts(workspace.store.read)
    for page in _pages(subjects):
        texts.of(revision.blob for each in page for revision in each.history.revisions)
        for each in page:
            yield replace(each, history=replace(each.history, revisions=texts.fill(each.history.revisions)))


def _pages(subjects: Iterable[Subject]) -> Iterator[list[Subject]]:
    from provenance.app.batches import batches

    return batches(subjects, lambda each: len(each.history.revisions), count=_PAGE, most=10 * _PAGE)


def _with_known(workspace: Workspace, page: list[History]) -> list[Subject]:
    wanted = {copy.article for history in page for copy in history.copies}
    wanted |= {upstream for history in page for upstream in history.article.copy_of}
    known = {each: _article(held) for each, held in workspace.ledger.current(wanted).items()}
    return [Subject(history, known) for history in page]


def _article(held: Held) -> Article:
    metadata = held.metadata
    return Article(held.article, metadata.url, metadata.publisher, metadata.headline, held.n + 1)
