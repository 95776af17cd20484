"""One ledger for a team: a database with one writer at a time, of one store alone, with the same rows as a file."""

from __future__ import annotations

import json
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path

import pytest
from newsroom import Newsroom

from provenance.app.catch_up import catch_up
from provenance.app.ingest import ingest
from provenance.app.rebuild import rebuild
from provenance.app.workspace import SETTINGS, Workspace, init
from provenance.errors import DamageError, LedgerRefusedError, StoreRefusedError
from provenance.sources import Options, read

Rows = dict[str, list[tuple[object, ...]]]


def told_of(newsroom: Newsroom) -> None:
    """Let happen what can happen: every kind of update, declared and silent; copies, and copies of copies."""
    wire = newsroom.publish("Eleven people died when the ferry went down, the harbour police said on Tuesday.")
    copy, brief = newsroom.syndicate(wire), newsroom.excerpt(wire, 1)
    newsroom.syndicate(copy, site="echo", found=True)
    newsroom.correct(wire, "Eleven", "Ten")
    newsroom.observe(copy)
    newsroom.syndicate(wire, site="late", found=True)
    newsroom.clarify(wire, "the harbour police", "the harbour police of Harrowmouth")
    newsroom.revise(wire, "on Tuesday", "on Wednesday")
    newsroom.add(wire, "The owner has asked the court of Harrowmouth for time until the end of the year.")
    newsroom.correct(copy, "Eleven", "Ten")
    newsroom.observe(brief)
    killed = newsroom.publish("The mayor has stepped down over the harbour, two people said.", headline="Mayor gone")
    newsroom.syndicate(killed, site="digest")
    newsroom.retract(killed)


def stored(workspace: Workspace, *files: Path) -> None:
    """Ingest files as they lie there."""
    moment = datetime(2026, 11, 22, 12, tzinfo=UTC)
    for file in files:
        assert not [each.error for each in ingest(workspace, read(str(file), Options()), lambda: moment) if each.error]


def on(workspace: Workspace, ledger: str) -> Workspace:
    """Open a store anew, its ledger in another place."""
    (workspace.path / SETTINGS).write_text(f"ledger = {json.dumps(ledger)}\n", encoding="utf-8")
    return Workspace(workspace.path)


@pytest.fixture
def rich(newsroom: Newsroom, checkout: Path) -> Workspace:
    """Give a store with the starter set, a set of labelled cases and a story in it."""
    told_of(newsroom)
    stored(newsroom.workspace, checkout / "seeds" / "articles.jsonl", checkout / "seeds" / "copies.jsonl")
    return newsroom.workspace


def test_the_same_facts_give_the_same_rows_on_both(rich: Workspace, new_database: Callable[[], str]) -> None:
    """Table by table, row by row: as they came in, caught up from nothing, in small steps, and rebuilt."""
    in_file: Rows = rich.ledger.rows()
    assert all(in_file[table] for table in in_file), "a world that is rich enough has rows in every table"

    server = on(rich, new_database())
    catch_up(server, count=3)
    assert_equal(in_file, server.ledger.rows())
    rebuild(server)
    assert_equal(in_file, server.ledger.rows())

    again = on(rich, "again.sqlite")
    rebuild(again)
    assert_equal(in_file, again.ledger.rows())
    for each in (rich, server, again):
        each.ledger.close()


def assert_equal(one: Rows, other: Rows) -> None:
    """Hold two ledgers against each other, table by table, so that a difference can be read."""
    for table, rows in one.items():
        assert rows == other[table], table


@pytest.fixture(params=["sqlite", "postgresql"])
def shared(request: pytest.FixtureRequest, tmp_path: Path) -> str:
    """Name a place for a ledger that several stores can reach."""
    return str(tmp_path / "shared.sqlite" if request.param == "sqlite" else request.getfixturevalue("new_database")())


def test_two_stores_never_share_a_ledger(newsroom: Newsroom, shared: str, tmp_path: Path) -> None:
    """Whoever comes second is told so, whatever it does, and what the first one has stays as it is."""
    mine = on(newsroom.workspace, shared)
    mine_newsroom = replace_workspace(newsroom, mine)
    mine_newsroom.publish("Three people died.")
    theirs = Newsroom(tmp_path / "theirs")
    before = mine.ledger.rows()

    with pytest.raises(StoreRefusedError, match="holds the ledger of a store already"):
        init(tmp_path / "third", shared)
    assert not (tmp_path / "third").exists()
    theirs.workspace = on(theirs.workspace, shared)
    with pytest.raises(DamageError):
        theirs.publish("Two people died.")
    theirs.workspace = on(theirs.workspace, "own.sqlite")
    theirs.publish("Two people died.")
    for use in (catch_up, rebuild):
        with pytest.raises(LedgerRefusedError, match="the ledger of another store"):
            use(on(theirs.workspace, shared))

    assert before == mine.ledger.rows()


def replace_workspace(newsroom: Newsroom, workspace: Workspace) -> Newsroom:
    """Let a newsroom go on with another ledger."""
    newsroom.workspace = workspace
    return newsroom


def test_a_ledger_that_is_ahead_of_the_log_counts_what_was_lost(newsroom: Newsroom) -> None:
    """A store that was put back to an earlier state is said, with the number of revisions; nothing is changed."""
    wire = newsroom.publish("Three people died.")
    early = newsroom.workspace.store.head()
    newsroom.correct(wire, "Three", "Two")
    newsroom.publish("Another story.")
    (newsroom.workspace.path / "facts.git/refs/heads/main").write_text(early + "\n")
    before = newsroom.workspace.ledger.rows()

    with pytest.raises(DamageError, match="the ledger knows 2 unknown commits"):
        catch_up(Workspace(newsroom.workspace.path))

    assert before == newsroom.workspace.ledger.rows()


def test_a_new_store_names_its_ledger(tmp_path: Path, shared: str) -> None:
    """`init` writes where the ledger is, for the owner's eyes only."""
    made = Workspace(init(tmp_path / "store", shared))

    settings = made.path / SETTINGS
    assert 0o600 == settings.stat().st_mode & 0o777
    assert {"ledger": shared} == made.settings
    assert made.ledger.cursor() == ""
