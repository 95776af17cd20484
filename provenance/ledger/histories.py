"""Whole articles out of the ledger: lists, look-ups by the beginning of a name, and histories page by page."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any, NamedTuple, TypeVar

from provenance.ledger.codec import (
    ARTICLE,
    COPY,
    EDIT,
    EDIT_STANDING,
    NOTICE,
    REVISION,
    STANDING,
    UPDATE,
    among,
    chunks,
    columns,
    copies_of,
    notice_of,
    revision_of,
    summary_of,
    updates_of,
)
from provenance.ledger.rows import Rows
from provenance.ledger.values import Summary
from provenance.model import ArticleId, History, Notice, article_id

V = TypeVar("V")

PAGE = 200
"""How many articles are read at once: what a stream of histories takes of memory."""

_RANGE = "{within}"
"""Where a statement says which articles it is about."""

_ARTICLES = f"SELECT {columns(ARTICLE)} FROM articles WHERE id {_RANGE} ORDER BY id"
_NEXT = "SELECT id FROM articles WHERE id > :after ORDER BY id LIMIT :size"
# those that are no copies, and those that have copies themselves
_NEXT_AT_THE_HEAD = """
    SELECT a.id FROM articles a
    WHERE a.id > :after AND (a.copies > 0 OR NOT EXISTS (SELECT 1 FROM copies c WHERE c.article = a.id))
    ORDER BY a.id LIMIT :size"""
_UPSTREAMS = f"SELECT article, upstream FROM copies WHERE article {_RANGE} ORDER BY article, upstream"
_EXACT = "SELECT id FROM articles WHERE id = :id OR id = :text"
# literally: no LIKE, whose % and _ would be read as patterns
_BEGINNING = """
    SELECT id FROM articles WHERE substr(id, 1, length(:text)) = :text OR substr(url, 1, length(:text)) = :text
    ORDER BY id"""

_REVISIONS = f"SELECT {columns(REVISION)} FROM revisions WHERE article {_RANGE} ORDER BY article, n"
_NOTICES = f"SELECT {columns(NOTICE)} FROM notices WHERE article {_RANGE} ORDER BY article, revision, position"
_UPDATES = f"SELECT {columns(UPDATE)} FROM updates WHERE article {_RANGE} ORDER BY article, revision, position"
_EDITS = f"SELECT {columns(EDIT)} FROM edits WHERE article {_RANGE} ORDER BY article, update_id, n"
_COPIES = f"SELECT {columns(COPY)} FROM copies WHERE upstream {_RANGE} ORDER BY upstream, article"
_STANDINGS = f"SELECT {columns(STANDING)} FROM standings WHERE upstream {_RANGE} ORDER BY upstream, article, position"
_EDIT_STANDINGS = f"""
    SELECT {columns(EDIT_STANDING)} FROM edit_standings WHERE upstream {_RANGE}
    ORDER BY upstream, article, update_id, n"""


def articles(rows: Rows, after: ArticleId | str, size: int = PAGE) -> list[Summary]:
    """Give the next articles after an id, by id."""
    page = _page(rows, after, size)
    return list(_summaries(_all_between(rows, page))) if page else []


def find(rows: Rows, text: str) -> tuple[Summary, ...]:
    """Give the articles that a URL, an id or a beginning of one names; one named whole is the only match."""
    if not text:
        return ()
    found = [row[0] for row in rows.rows(_EXACT, {"id": article_id(text), "text": text})]
    found = found or [row[0] for row in rows.rows(_BEGINNING, {"text": text})]
    return tuple(summary for article in found for summary in _summaries(_these(rows, [article])))


def history(rows: Rows, article: ArticleId) -> History | None:
    """Give all that is held of one article, None where it is not."""
    return next(_histories(_these(rows, [article])), None)


def histories(rows: Rows, after: ArticleId | str, size: int = PAGE) -> list[History]:
    """Give all that is held of the next articles after an id, by id."""
    page = _page(rows, after, size)
    return list(_histories(_all_between(rows, page))) if page else []


def outlines(rows: Rows, after: ArticleId | str, size: int = PAGE) -> list[History]:
    """Do so for articles that are not copies alone, without edits of updates and standings."""
    page = _page(rows, after, size, _NEXT_AT_THE_HEAD)
    return list(_histories(_these(rows, page), evidence=False)) if page else []


def histories_of(rows: Rows, articles: Sequence[ArticleId]) -> Iterator[History]:
    """Yield all that is held of some articles, in the order in which they are named; keep them few."""
    found = {history.article.id: history for page in chunks(articles) for history in _histories(_these(rows, page))}
    return (found[article] for article in articles if article in found)


def _page(rows: Rows, after: str, size: int, following: str = _NEXT) -> list[ArticleId]:
    """Give the next ids of articles: of all, or of those that a statement names."""
    return [row[0] for row in rows.rows(following, {"after": after, "size": size})]


class _Page(NamedTuple):
    """Articles to ask about: how a statement names them, and the parameters that belong to it."""

    rows: Rows
    within: str
    params: Mapping[str, Any]

    def ask(self, sql: str) -> Iterable[Any]:
        """Run a SELECT for these articles."""
        return self.rows.rows(sql.replace(_RANGE, self.within), self.params)


def _all_between(rows: Rows, page: Sequence[ArticleId]) -> _Page:
    """Name a page by its first and last article: no other lies between them."""
    return _Page(rows, "BETWEEN :first AND :last", {"first": page[0], "last": page[-1]})


def _these(rows: Rows, articles: Sequence[ArticleId]) -> _Page:
    named, params = among("a", articles)
    return _Page(rows, f"IN {named}", params)


def _summaries(page: _Page) -> Iterator[Summary]:
    upstreams: dict[ArticleId, list[ArticleId]] = defaultdict(list)
    for article, upstream in page.ask(_UPSTREAMS):
        upstreams[article].append(upstream)
    for row in list(page.ask(_ARTICLES)):
        yield summary_of(row, upstreams[row[0]])


def _histories(page: _Page, *, evidence: bool = True) -> Iterator[History]:
    """Read a page; without `evidence`, updates and standings come without their edits."""
    revisions = _grouped((row[0], revision_of(row)) for row in page.ask(_REVISIONS))
    notices = _notices(page.ask(_NOTICES))
    edits = list(page.ask(_EDITS)) if evidence else []
    updates = _grouped(updates_of(page.ask(_UPDATES), edits))
    standings, shown = list(page.ask(_STANDINGS)), list(page.ask(_EDIT_STANDINGS)) if evidence else []
    copies = _grouped((copy.upstream, copy) for copy in copies_of(page.ask(_COPIES), standings, shown))
    for summary in _summaries(page):
        key = summary.article.id
        yield History(summary.article, revisions[key], notices.get(key, {}), updates.get(key, ()), copies.get(key, ()))


def _notices(rows: Iterable[Any]) -> dict[ArticleId, dict[int, tuple[Notice, ...]]]:
    found: dict[ArticleId, dict[int, tuple[Notice, ...]]] = defaultdict(dict)
    for row in rows:
        on = found[row[0]]
        on[row[1]] = (*on.get(row[1], ()), notice_of(row))
    return found


def _grouped(pairs: Iterable[tuple[ArticleId, V]]) -> dict[ArticleId, tuple[V, ...]]:
    found: dict[ArticleId, list[V]] = defaultdict(list)
    for article, value in pairs:
        found[article].append(value)
    return {article: tuple(values) for article, values in found.items()}
