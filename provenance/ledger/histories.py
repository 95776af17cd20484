"""Whole articles out of the ledger: lists, look-ups by the beginning of a name, and histories page by page."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from typing import Any, TypeVar

from provenance.ledger.codec import (
    ARTICLE,
    COPY,
    EDIT,
    EDIT_STANDING,
    NOTICE,
    REVISION,
    STANDING,
    UPDATE,
    columns,
    copies_of,
    notice_of,
    revision_of,
    summary_of,
    updates_of,
)
from provenance.ledger.rows import Rows
from provenance.ledger.values import Summary
from provenance.model import ArticleId, Copy, History, Notice, Revision, Update, article_id

V = TypeVar("V")

PAGE = 200
"""How many articles are read at once: what a stream of histories takes of memory."""

_RANGE = "BETWEEN :first AND :last"

_ARTICLES = f"SELECT {columns(ARTICLE)} FROM articles WHERE id {_RANGE} ORDER BY id"
_NEXT = "SELECT id FROM articles WHERE id > :after ORDER BY id LIMIT :size"
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


def articles(rows: Rows) -> Iterator[Summary]:
    """Yield every article, by id."""
    for page in _pages(rows, PAGE):
        yield from _summaries(rows, page)


def find(rows: Rows, text: str) -> tuple[Summary, ...]:
    """Give the articles that a URL, an id or a beginning of one names; one named whole is the only match."""
    if not text:
        return ()
    found = [row[0] for row in rows.rows(_EXACT, {"id": article_id(text), "text": text})]
    found = found or [row[0] for row in rows.rows(_BEGINNING, {"text": text})]
    return tuple(summary for article in found for summary in _summaries(rows, [article]))


def history(rows: Rows, article: ArticleId) -> History | None:
    """Give all that is held of one article, None where it is not."""
    return next(_histories(rows, [article]), None)


def histories(rows: Rows, size: int = PAGE) -> Iterator[History]:
    """Yield all that is held, article by article, by id, so many being read at once."""
    for page in _pages(rows, size):
        yield from _histories(rows, page)


def histories_of(rows: Rows, articles: Sequence[ArticleId]) -> Iterator[History]:
    """Yield all that is held of some articles, in the order in which they are named."""
    for article in articles:
        yield from _histories(rows, [article])


def _pages(rows: Rows, size: int) -> Iterator[list[ArticleId]]:
    """Yield the ids of all articles, a page at a time."""
    last = ""
    while page := [row[0] for row in rows.rows(_NEXT, {"after": last, "size": size})]:
        yield page
        last = page[-1]


def _summaries(rows: Rows, page: Sequence[ArticleId]) -> Iterator[Summary]:
    within = _within(page)
    upstreams: dict[ArticleId, list[ArticleId]] = defaultdict(list)
    for article, upstream in rows.rows(_UPSTREAMS, within):
        upstreams[article].append(upstream)
    for row in list(rows.rows(_ARTICLES, within)):
        yield summary_of(row, upstreams[row[0]])


def _histories(rows: Rows, page: Sequence[ArticleId]) -> Iterator[History]:
    within = _within(page)
    revisions = _revisions(rows.rows(_REVISIONS, within))
    notices = _notices(rows.rows(_NOTICES, within))
    updates = _updates(rows, within)
    copies = _copies(rows, within)
    for summary in _summaries(rows, page):
        key = summary.article.id
        yield History(summary.article, revisions[key], notices.get(key, {}), updates.get(key, ()), copies.get(key, ()))


def _within(page: Sequence[ArticleId]) -> dict[str, str]:
    """Name a page by its first and last article: no other lies between them."""
    return {"first": page[0], "last": page[-1]}


def _revisions(rows: Iterable[Any]) -> dict[ArticleId, tuple[Revision, ...]]:
    return _grouped((row[0], revision_of(row)) for row in rows)


def _notices(rows: Iterable[Any]) -> dict[ArticleId, dict[int, tuple[Notice, ...]]]:
    found: dict[ArticleId, dict[int, tuple[Notice, ...]]] = defaultdict(dict)
    for row in rows:
        on = found[row[0]]
        on[row[1]] = (*on.get(row[1], ()), notice_of(row))
    return found


def _updates(rows: Rows, within: dict[str, str]) -> dict[ArticleId, tuple[Update, ...]]:
    edits = list(rows.rows(_EDITS, within))
    return _grouped(updates_of(rows.rows(_UPDATES, within), edits))


def _copies(rows: Rows, within: dict[str, str]) -> dict[ArticleId, tuple[Copy, ...]]:
    standings, edits = list(rows.rows(_STANDINGS, within)), list(rows.rows(_EDIT_STANDINGS, within))
    return _grouped((copy.upstream, copy) for copy in copies_of(rows.rows(_COPIES, within), standings, edits))


def _grouped(pairs: Iterable[tuple[ArticleId, V]]) -> dict[ArticleId, tuple[V, ...]]:
    found: dict[ArticleId, list[V]] = defaultdict(list)
    for article, value in pairs:
        found[article].append(value)
    return {article: tuple(values) for article, values in found.items()}
