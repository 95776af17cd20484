"""The status table: which copies have not got which updates, in their own words, worst first."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection
from datetime import UTC, datetime

from provenance.ledger.codec import Out, columns, span_of, strings_of, time_of
from provenance.ledger.rows import Rows
from provenance.ledger.values import OPEN, CopyLine, Named, OpenStanding, Overview
from provenance.model import CopyState, Derivation, Kind, State

_NAMED = ("id", "url", "publisher", "headline")

_REVISIONS = "SELECT count(*), coalesce(sum(revisions), 0) FROM articles"
_STATES = "SELECT state, count(*) FROM copies GROUP BY state"
_SILENT = "SELECT kind, count(*) FROM updates WHERE NOT declared GROUP BY kind"

_COPIES = f"""
    SELECT c.state, c.derivation, c.declared, c.made_from, c.coverage, c.observed_at,
        {columns(_NAMED, "a")}, {columns(_NAMED, "u")}, c.flags
    FROM copies c JOIN articles a ON a.id = c.article JOIN articles u ON u.id = c.upstream
    WHERE c.state IN """

_OPEN = "(" + ", ".join(f"'{state.value}'" for state in OPEN) + ")"
_OF_STANDING = """x.upstream = s.upstream AND x.article = s.article AND x.update_id = s.update_id"""
_OPEN_EDITS = f"FROM edit_standings x WHERE {_OF_STANDING} AND x.state IN {_OPEN}"

# the first evidence is the first edit that has words to show; one for which nothing stands in the copy comes last
_STANDINGS = f"""
    SELECT s.upstream, s.article, s.update_id, s.state, s.confidence, s.because, s.notice_dropped,
        p.revision, p.kind, p.declared, p.told, r.published_at, r.modified_at, r.observed_at,
        coalesce(b.modified_at, b.published_at), (SELECT count(*) {_OPEN_EDITS}),
        e.quote, e.wanted, e.span_start, e.span_end, e.line, d.before, d.after
    FROM copies c
    JOIN standings s ON s.upstream = c.upstream AND s.article = c.article
    JOIN updates p ON p.article = s.upstream AND p.id = s.update_id
    JOIN revisions r ON r.article = p.article AND r.n = p.revision
    LEFT JOIN revisions b ON b.article = p.article AND b.n = p.revision - 1
    LEFT JOIN edit_standings e ON e.upstream = s.upstream AND e.article = s.article AND e.update_id = s.update_id
        AND e.n = (SELECT x.n {_OPEN_EDITS} ORDER BY x.state <> 'missing', x.quote = '', x.n LIMIT 1)
    LEFT JOIN edits d ON d.article = e.upstream AND d.update_id = e.update_id AND d.n = e.n
    WHERE s.state IN {_OPEN} AND c.state IN """

_PROVEN = (State.MISSING, State.PARTIAL)
_EVER = datetime.max.replace(tzinfo=UTC)
_STATES_WORST_FIRST = list(CopyState)


def overview(rows: Rows, states: Collection[CopyState]) -> Overview:
    """Give the copies in any of the states, worst first, and the totals."""
    [(articles, revisions)] = list(rows.rows(_REVISIONS)) or [(0, 0)]
    return Overview(
        articles=articles,
        revisions=int(revisions),
        copies={CopyState(state): count for state, count in rows.rows(_STATES)},
        silent={Kind(kind): count for kind, count in rows.rows(_SILENT)},
        lines=_lines(rows, "(" + ", ".join(f"'{state.value}'" for state in states) + ")"),
    )


def _lines(rows: Rows, states: str) -> tuple[CopyLine, ...]:
    standings: dict[tuple[str, str], list[OpenStanding]] = defaultdict(list)
    for row in rows.rows(_STANDINGS + states):
        standings[row[0], row[1]].append(_standing(row))
    lines = [_line(row, standings) for row in rows.rows(_COPIES + states)]
    return tuple(sorted(lines, key=_worst_first))


def _line(row: Out, standings: dict[tuple[str, str], list[OpenStanding]]) -> CopyLine:
    copy, upstream = Named(*row[6:10]), Named(*row[10:14])
    return CopyLine(
        copy=copy,
        upstream=upstream,
        state=CopyState(row[0]),
        derivation=Derivation(row[1]),
        declared=bool(row[2]),
        made_from=row[3],
        coverage=row[4],
        observed_at=time_of(row[5]),
        standings=tuple(sorted(standings.get((upstream.id, copy.id), ()), key=_gravest_first)),
        flags=strings_of(row[14]),
    )


def _standing(row: Out) -> OpenStanding:
    return OpenStanding(
        update=row[2],
        revision=row[7],
        kind=Kind(row[8]),
        declared=bool(row[9]),
        told=bool(row[10]),
        since=since(time_of(row[12] or (None if row[7] else row[11])), time_of(row[13]), time_of(row[14])),
        state=State(row[3]),
        confidence=row[4],
        because=row[5],
        notice_dropped=bool(row[6]),
        edits=row[15],
        quote=row[16] or "",
        wanted=row[17] or "",
        span=span_of(row[18], row[19]),
        line=row[20],
        before=row[21] or "",
        after=row[22] or "",
    )


def since(stated: datetime | None, observed_at: datetime | None, before: datetime | None) -> datetime | None:
    """Say when a revision came out: the time it states, where that is later than what the one `before` it states.

    Who changes a text and leaves its time as it was says nothing of when. And a publisher's clock may be ahead, but
    nothing is out later than it was seen.
    """
    if stated and before and stated <= before:
        stated = None
    return min(stated, observed_at) if stated and observed_at else stated or observed_at


def _gravest_first(standing: OpenStanding) -> tuple[int, int, datetime, int, str]:
    return (
        OPEN.index(standing.state),
        -standing.kind.rank,
        standing.since or _EVER,
        standing.revision,
        standing.update,
    )


def _worst_first(line: CopyLine) -> tuple[int, int, datetime, str, str]:
    proven = [standing for standing in line.standings if standing.state in _PROVEN] or line.standings
    gravest = max((standing.kind.rank for standing in proven), default=-1)
    longest = min((standing.since or _EVER for standing in proven), default=_EVER)
    return (_STATES_WORST_FIRST.index(line.state), -gravest, longest, line.upstream.id, line.copy.id)
