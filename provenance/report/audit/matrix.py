"""Copies by updates: which standing each copy has of each update, as a table that stays readable when it is long."""

from __future__ import annotations

from dataclasses import dataclass

from provenance.model import Kind, Standing, State, Update
from provenance.model.audits import Chapter, Exhibit
from provenance.report.audit.passages import OUT_OF_DATE

COLUMNS = 16
"""So many updates stand in a table: those that a copy misses first, then the gravest, then the latest."""
ROWS = 200
"""So many copies stand in a table, worst first."""
SIGNS = {
    State.MISSING: "×",
    State.PARTIAL: "½",
    State.CARRIED: "✓",
    State.DIVERGED: "?",
    State.UNSEEN: "…",
    State.NOT_APPLICABLE: "–",
    State.SUPERSEDED: "»",
}
"""A sign for each standing: with its word beside it, nothing is said by colour alone."""


@dataclass(frozen=True, slots=True)
class Row:
    """A copy with its standing of each update of the table, None where there is none."""

    exhibit: Exhibit
    standings: tuple[Standing | None, ...]


@dataclass(frozen=True, slots=True)
class Matrix:
    """Some copies by some updates, and how many of either are left out."""

    updates: tuple[Update, ...]
    rows: tuple[Row, ...]
    more_updates: int
    more_copies: int


def matrix(chapter: Chapter) -> Matrix:
    """Lay the copies of an article out by its updates."""
    exhibits, updates = chapter.exhibits[:ROWS], chapter.history.updates
    shown = _chosen(updates, chapter.exhibits) if len(updates) > COLUMNS else updates
    rows = tuple(Row(each, _standings(each, shown)) for each in exhibits)
    return Matrix(shown, rows, len(updates) - len(shown), len(chapter.exhibits) - len(exhibits))


def _standings(exhibit: Exhibit, updates: tuple[Update, ...]) -> tuple[Standing | None, ...]:
    by_update = {each.update: each for each in exhibit.copy.standings}
    return tuple(by_update.get(update.id) for update in updates)


def _chosen(updates: tuple[Update, ...], exhibits: tuple[Exhibit, ...]) -> tuple[Update, ...]:
    missed = {each.update for found in exhibits for each in found.copy.standings if each.state in OUT_OF_DATE}
    ranked = sorted(updates, key=lambda each: (each.id in missed, _weight(each.kind), each.revision), reverse=True)
    chosen = {each.id for each in ranked[:COLUMNS]}
    return tuple(each for each in updates if each.id in chosen)


def _weight(kind: Kind) -> int:
    return 0 if kind is Kind.DEVELOPMENT else kind.rank
