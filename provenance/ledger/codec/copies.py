"""Copies as rows: the pair, its standings update by update, and the evidence edit by edit."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator

from provenance.ledger.codec.plain import Out, Row, canonical_json, span_of, strings_of, time_of
from provenance.model import By, Copy, CopyState, Derivation, EditStanding, Standing, State

PAIR = ("upstream", "article")
COPY = (
    *PAIR,
    "revision",
    "derivation",
    "made_from",
    "made_first",
    "made_last",
    "coverage",
    "observed_at",
    "state",
    "declared",
    "flags",
)
STANDING = (
    *PAIR,
    "update_id",
    "position",
    "state",
    "confidence",
    "because",
    "notice_dropped",
    "first_seen_at",
    "last_missing_at",
)
EDIT_STANDING = (
    *PAIR,
    "update_id",
    "n",
    "state",
    "confidence",
    "because",
    "shown_by",
    "span_start",
    "span_end",
    "line",
    "quote",
    "wanted",
)


def copy_rows(copy: Copy) -> tuple[Row, list[Row], list[Row]]:
    """Give the row of a copy, those of its standings, and those of their edits."""
    pair = {"upstream": copy.upstream, "article": copy.article}
    row = {
        **pair,
        "revision": copy.revision,
        "derivation": copy.derivation.value,
        "made_from": copy.made_from,
        "made_first": copy.made_from_range[0],
        "made_last": copy.made_from_range[1],
        "coverage": copy.coverage,
        "observed_at": copy.observed_at,
        "state": copy.state.value,
        "declared": copy.declared,
        "flags": canonical_json(copy.flags),
    }
    standings = [_standing_row(pair, position, each) for position, each in enumerate(copy.standings)]
    return row, standings, [_edit_row(pair, each.update, edit) for each in copy.standings for edit in each.edits]


def _standing_row(pair: Row, position: int, standing: Standing) -> Row:
    return {
        **pair,
        "update_id": standing.update,
        "position": position,
        "state": standing.state.value,
        "confidence": standing.confidence,
        "because": standing.because,
        "notice_dropped": standing.notice_dropped,
        "first_seen_at": standing.first_seen,
        "last_missing_at": standing.last_missing,
    }


def _edit_row(pair: Row, update: str, edit: EditStanding) -> Row:
    start, end = edit.span or (None, None)
    return {
        **pair,
        "update_id": update,
        "n": edit.n,
        "state": edit.state.value,
        "confidence": edit.confidence,
        "because": edit.because,
        "shown_by": edit.by.value,
        "span_start": start,
        "span_end": end,
        "line": edit.line,
        "quote": edit.quote,
        "wanted": edit.wanted,
    }


def copies_of(copies: Iterable[Out], standings: Iterable[Out], edits: Iterable[Out]) -> Iterator[Copy]:
    """Read copies out of the columns of COPY, STANDING (by position) and EDIT_STANDING (by `n`)."""
    evidence: dict[tuple[str, str, str], list[EditStanding]] = defaultdict(list)
    for row in edits:
        evidence[row[0], row[1], row[2]].append(_edit_of(row))
    within: dict[tuple[str, str], list[Standing]] = defaultdict(list)
    for row in standings:
        shown = tuple(evidence.get((row[0], row[1], row[2]), ()))
        times = (time_of(row[8]), time_of(row[9]))
        within[row[0], row[1]].append(Standing(row[2], State(row[4]), row[5], row[6], shown, bool(row[7]), *times))
    for row in copies:
        yield _copy_of(row, tuple(within.get((row[0], row[1]), ())))


def _copy_of(row: Out, standings: tuple[Standing, ...]) -> Copy:
    return Copy(
        article=row[1],
        upstream=row[0],
        revision=row[2],
        derivation=Derivation(row[3]),
        made_from=row[4],
        made_from_range=(row[5], row[6]),
        coverage=row[7],
        observed_at=time_of(row[8]),
        state=CopyState(row[9]),
        declared=bool(row[10]),
        standings=standings,
        flags=strings_of(row[11]),
    )


def _edit_of(row: Out) -> EditStanding:
    return EditStanding(
        n=row[3],
        state=State(row[4]),
        confidence=row[5],
        because=row[6],
        by=By(row[7]),
        span=span_of(row[8], row[9]),
        line=row[10],
        quote=row[11],
        wanted=row[12],
    )
