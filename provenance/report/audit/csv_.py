"""The audit as a table: one row for each copy and update, as RFC 4180 has it, in UTF-8.

A spreadsheet takes a cell that begins with = + - @ or a tab or line end for a formula. In front of these stands an
apostrophe, which it shows as text; who reads the table by a program takes it away again.
"""

from __future__ import annotations

import csv
from collections.abc import Iterator, Sequence
from datetime import UTC, datetime
from io import StringIO

from provenance.model import Standing, State, Update
from provenance.model.audits import Audit, Chapter, Exhibit, Miss

_FORMULA = ("=", "+", "-", "@", "\t", "\r", "\n")

COLUMNS = (
    "article_id",
    "article_url",
    "article_publisher",
    "article_headline",
    "update_id",
    "revision",
    "kind",
    "declared",
    "told",
    "since",
    "copy_id",
    "copy_url",
    "copy_publisher",
    "copy_headline",
    "copy_revision",
    "derivation",
    "copy_state",
    "state",
    "confidence",
    "because",
    "notice_dropped",
    "observed_at",
    "first_seen",
    "last_missing",
    "missed_edits",
    "line",
    "quote",
    "wanted",
)
"""`since` is when the update came out; `line`, `quote` and `wanted` are of the first edit that the copy misses."""

Cell = str | int | float


def stream(audit: Audit) -> Iterator[str]:
    """Yield the header, and then the rows of a chapter at a time."""
    yield _lines([COLUMNS])
    for chapter in audit.chapters():
        updates = {update.id: update for update in chapter.history.updates}
        for exhibit in chapter.exhibits:
            rows = [_row(chapter, updates[each.update], exhibit, each) for each in exhibit.copy.standings]
            if rows:
                yield _lines(rows)


def _lines(rows: Sequence[Sequence[Cell]]) -> str:
    text = StringIO()
    csv.writer(text, lineterminator="\r\n").writerows([[_inert(cell) for cell in row] for row in rows])
    return text.getvalue()


def _inert(cell: Cell) -> Cell:
    return f"'{cell}" if isinstance(cell, str) and cell.startswith(_FORMULA) else cell


def _row(chapter: Chapter, update: Update, exhibit: Exhibit, standing: Standing) -> tuple[Cell, ...]:
    article, copy = chapter.history.article, exhibit.copy
    misses = [miss for miss in exhibit.misses if miss.update.id == update.id]
    first = min(misses, key=_tells_most, default=None)
    return (
        article.id,
        article.url,
        article.publisher,
        article.headline,
        update.id,
        update.revision,
        update.kind.value,
        _truth(update.declared),
        _truth(update.told),
        _time(chapter.out.get(update.revision)),
        copy.article,
        exhibit.article.url,
        exhibit.article.publisher,
        exhibit.article.headline,
        copy.revision,
        copy.derivation.value,
        copy.state.value,
        standing.state.value,
        standing.confidence,
        standing.because,
        _truth(standing.notice_dropped),
        _time(copy.observed_at),
        _time(standing.first_seen),
        _time(standing.last_missing),
        len(misses),
        first.line or "" if first else "",
        first.sentence if first else "",
        first.standing.wanted if first else "",
    )


def _tells_most(miss: Miss) -> tuple[bool, bool, int]:
    """Put an edit that shows the old words before one of which nothing stands in the copy."""
    return (miss.standing.state is not State.MISSING, not miss.sentence, miss.edit.n)


def _truth(value: bool) -> str:  # noqa: FBT001 - what is written is a truth value
    return "true" if value else "false"


def _time(value: datetime | None) -> str:
    return value.astimezone(UTC).isoformat() if value else ""
