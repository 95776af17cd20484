"""The ledger held against one worked out anew: each kind of row, on a file and on a server, and what is not wrong."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable
from contextlib import closing
from pathlib import Path

import pytest
from newsroom import Newsroom
from sqlalchemy import create_engine, text

from provenance.app.catch_up import catch_up
from provenance.app.fsck import Depth, fsck
from provenance.app.repair import repair
from provenance.app.scratch import scratch
from provenance.app.workspace import Workspace

LIES = {
    "articles": "UPDATE articles SET behind = behind + 1",
    "revisions": "UPDATE revisions SET headline = 'Ferry floats' WHERE n = 1",
    "deltas": "DELETE FROM deltas",
    "updates": "UPDATE updates SET kind = 'refile'",
    "edits": "UPDATE edits SET before = 'Four' WHERE before = 'Three'",
    "copies": "UPDATE copies SET state = 'current'",
    "standings": "UPDATE standings SET state = 'carried'",
    "edit_standings": "UPDATE edit_standings SET quote = ''",
    "fingerprint_index": "DELETE FROM fingerprint_index",
}


@pytest.fixture
def behind(tmp_path: Path) -> Workspace:
    """Give a store with a copy that misses a correction, one that was looked for, and one more story."""
    room = Newsroom(tmp_path / "store")
    (tmp_path / "store/prov.toml").write_text("meaning = false\n")
    room.workspace = Workspace(tmp_path / "store")
    wire = room.publish("Three people died when the ferry sank.")
    room.syndicate(wire)
    room.correct(wire, "Three", "Two")
    room.syndicate(wire, site="late", found=True)
    room.publish("The mayor opened the bridge.", headline="Bridge opens")
    room.workspace.ledger.close()
    return room.workspace


@pytest.mark.parametrize("table", LIES)
def test_a_row_that_says_something_else_is_found_in_every_table(behind: Workspace, table: str) -> None:
    """SQLite has nothing to object to; the table is named, and so is the article where there is one."""
    with closing(sqlite3.connect(behind.path / "ledger.sqlite")) as ledger:
        ledger.execute("PRAGMA foreign_keys = ON")
        assert ledger.execute(LIES[table]).rowcount
        ledger.commit()

    found = fsck(behind, Depth.EVERYTHING)

    assert () == found.damage
    assert all(table in each.message and "rebuild" in each.remedy for each in found.differing)
    assert (
        [bool(each.article) for each in found.differing] == [table != "fingerprint_index"] * len(found.differing) != []
    )
    assert fsck(behind).whole


@pytest.mark.parametrize(
    "lie",
    [
        "UPDATE revisions SET language = x''",
        "UPDATE revisions SET observed_at = lower(observed_at)",
        "UPDATE revisions SET n = n + 0.5 WHERE n = 1",
    ],
)
def test_a_value_that_only_looks_the_same_is_found(behind: Workspace, lie: str) -> None:
    """Bytes for a text, a time in other letters, a number of another kind: what one flipped bit makes of them."""
    with closing(sqlite3.connect(behind.path / "ledger.sqlite")) as ledger:
        assert ledger.execute(lie).rowcount
        ledger.commit()

    assert fsck(behind, Depth.EVERYTHING).differing


def test_a_schema_that_was_changed_is_found(behind: Workspace) -> None:
    """An index that is gone makes every question slow, and none wrong."""
    with closing(sqlite3.connect(behind.path / "ledger.sqlite")) as ledger:
        ledger.execute("DROP INDEX ix_copies_state")

    [wrong] = fsck(behind, Depth.EVERYTHING).differing

    assert "sqlite_master" in wrong.message


def test_a_ledger_that_is_behind_or_waits_for_its_index_is_not_wrong(behind: Workspace) -> None:
    """What is compared is what it has read; fingerprints that wait count as if they were in the index."""
    with closing(sqlite3.connect(behind.path / "ledger.sqlite")) as ledger:
        waiting = ledger.execute("SELECT count(*) FROM fingerprint_queue").fetchone()[0]
    behind.store.append([], [])

    assert waiting
    assert fsck(behind, Depth.EVERYTHING).whole


def test_a_ledger_on_a_server_is_held_against_the_facts_as_well(
    behind: Workspace, new_database: Callable[[], str]
) -> None:
    """The same rows are compared on PostgreSQL; a repair works them out again."""
    (behind.path / "prov.toml").write_text(f'meaning = false\nledger = "{new_database()}"\n')
    workspace = Workspace(behind.path)
    catch_up(workspace)
    assert fsck(workspace, Depth.EVERYTHING).whole
    engine = create_engine(workspace.settings["ledger"])
    with engine.begin() as connection:
        connection.execute(text(LIES["standings"]))
    engine.dispose()

    found = fsck(workspace, Depth.EVERYTHING)

    assert found.differing
    assert all("standings" in each.message for each in found.differing)
    workspace.ledger.close()
    assert repair(behind.path).left.whole


def test_what_the_dead_left_is_removed_and_what_the_living_use_is_not(behind: Workspace) -> None:
    """A folder that is being worked in is locked; one that a crash left is not."""
    (behind.path / ".fsck-dead").mkdir()
    with scratch(behind.path) as folder:
        assert fsck(behind, Depth.EVERYTHING).whole
        assert folder.is_dir()

    assert [] == list(behind.path.glob(".fsck-*"))
