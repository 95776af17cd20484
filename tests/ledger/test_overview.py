"""The status table: what each copy has not got, in its own words, worst first."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from ledger.made import NOON, article, copy, put, revision, standing, update

from provenance.ledger import Ledger, overview
from provenance.ledger.codec import COLUMNS
from provenance.model import By, CopyState, EditStanding, Kind, State


def test_a_copy_behind_shows_its_own_words_and_what_should_stand_there(ledger: Ledger) -> None:
    """The line names both articles, the update, since when, and the first evidence."""
    fix = update("a")
    put(ledger, revision("a"), revision("a", 1, "Two died.\n"), ("a", fix), revision("b"))
    put(ledger, copy("b", "a", CopyState.BEHIND, [standing(fix)]))

    found = ledger.overview()
    [line] = found.lines
    [shown] = line.standings

    assert (3, 2, 1) == (found.revisions, found.articles, found.behind)
    assert (article("b"), article("a"), "B", "A") == (
        line.copy.id,
        line.upstream.id,
        line.copy.headline,
        line.upstream.headline,
    )
    assert (State.MISSING, Kind.CORRECTION, 1, True) == (shown.state, shown.kind, shown.revision, shown.declared)
    assert ("Three", "Two", (0, 5), 1, 1) == (shown.quote, shown.wanted, shown.span, shown.line, shown.edits)
    assert NOON + timedelta(hours=1) == shown.since


def test_the_worst_comes_first(ledger: Ledger) -> None:
    """Behind before diverged before unseen before current; then the gravest kind; then the longest time."""
    mild, early, late = update("a", 1, Kind.REFILE), update("a", 2), update("a", 3)
    put(ledger, *(revision("a", n) for n in range(4)), *(("a", each) for each in (mild, early, late)))
    put(ledger, *(revision(name) for name in "bcdefg"))
    put(
        ledger,
        copy("b", "a", CopyState.CURRENT, [standing(late, State.CARRIED)]),
        copy("c", "a", CopyState.UNSEEN, [standing(late, State.UNSEEN, "")]),
        copy("d", "a", CopyState.BEHIND, [standing(mild)]),
        copy("e", "a", CopyState.BEHIND, [standing(late)]),
        copy("f", "a", CopyState.BEHIND, [standing(mild), standing(early), standing(late)]),
        copy("g", "a", CopyState.DIVERGED, [standing(late, State.DIVERGED)]),
    )

    lines = ledger.overview().lines

    assert [article(name) for name in "fedgcb"] == [line.copy.id for line in lines]
    assert [early.id, late.id, mild.id] == [each.update for each in lines[0].standings]
    assert () == lines[-1].standings
    assert [article(name) for name in "fed"] == [line.copy.id for line in ledger.overview(behind_only=True).lines]
    assert {
        CopyState.BEHIND: 3,
        CopyState.DIVERGED: 1,
        CopyState.UNSEEN: 1,
        CopyState.CURRENT: 1,
    } == ledger.overview().copies


def test_silent_updates_are_counted_by_kind(ledger: Ledger) -> None:
    """An update that no notice discloses is counted, whether or not anything was copied."""
    put(ledger, revision("a"), revision("a", 1), revision("a", 2))
    put(ledger, ("a", update("a", 1)), ("a", update("a", 2, Kind.REFILE, declared=False)))

    assert {Kind.REFILE: 1} == ledger.overview().silent


def test_the_first_evidence_is_one_with_words(ledger: Ledger) -> None:
    """Of the edits that are open, one that is missing and can be quoted is shown; all that are open are counted."""
    fix = update("a")
    put(ledger, revision("a"), revision("a", 1), ("a", fix), revision("b"))
    states = [(State.CARRIED, "fine"), (State.DIVERGED, "who knows"), (State.MISSING, ""), (State.MISSING, "Three")]
    edits = tuple(EditStanding(n, state, 0.9, "", By.TEXT, quote=quote) for n, (state, quote) in enumerate(states))
    put(ledger, copy("b", "a", CopyState.BEHIND, [replace(standing(fix, State.PARTIAL), edits=edits)]))

    [line] = ledger.overview().lines

    assert ("Three", 3) == (line.standings[0].quote, line.standings[0].edits)


@pytest.mark.parametrize(
    ("stated", "observed", "before", "expected"),
    [
        (9, 10, None, 9),
        (9, 10, 8, 9),
        (9, 10, 9, 10),  # changed, and the time left as it was
        (8, 10, 9, 10),
        (None, 10, None, 10),
        (99, 10, None, 10),  # a publisher's clock that is ahead
        (None, None, None, None),
    ],
)
def test_nothing_is_out_later_than_it_was_seen(
    stated: int | None, observed: int | None, before: int | None, expected: int | None
) -> None:
    """An update is out since the time that its revision states anew, at the latest since it was seen."""
    given = [
        None if day is None else datetime(2026, 1, 1, tzinfo=UTC) + timedelta(days=day)
        for day in (stated, observed, before, expected)
    ]

    assert given[3] == overview.since(*given[:3])


def test_no_question_scans_what_grows_with_the_texts(ledger: Ledger, path: Path) -> None:
    """The status table goes by keys and indexes into revisions, updates, standings and their edits."""
    put(ledger, revision("a"))
    plans = []
    with closing(sqlite3.connect(path)) as connection:
        for sql in (
            overview._STANDINGS + "('behind')",
            overview._COPIES + "('behind')",
            overview._SILENT,
            overview._REVISIONS,
        ):
            plans += [row[-1] for row in connection.execute(f"EXPLAIN QUERY PLAN {sql}")]

    large = set(COLUMNS) - {"articles"}
    scans = [plan for plan in plans if plan.startswith("SCAN") and "INDEX" not in plan]
    assert [] == [plan for plan in scans if plan.split()[1] in large | {"c", "s", "p", "r", "e", "x"}]
