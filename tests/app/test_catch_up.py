"""The ledger against the log: the same rows however it was read."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from newsroom import Newsroom

from provenance.app.catch_up import catch_up
from provenance.app.ingest import ingest
from provenance.app.rebuild import rebuild
from provenance.app.workspace import Workspace, init
from provenance.model import AUTO, Draft, Metadata

START = datetime(2025, 3, 4, 9, 0, tzinfo=UTC)

STORM = (
    "Storm closes the Skerrin bridge",
    "The bridge over the Skerrin was closed to all traffic on Monday after gusts of 140 kilometres an hour.",
    "Engineers from Harrowmouth inspected seventeen cables and found that two of them had slackened overnight.",
    "Commuters were sent through the Ashgill tunnel, where the queue reached nine kilometres before noon.",
    "The road authority expects to reopen one lane on Wednesday if the anemometers stay below eighty.",
)
BATHS = (
    "Ashgill baths to get a new roof",
    "The council of Ashgill voted on Tuesday to spend 3.4 million crowns on a new roof for the public baths.",
    "Asbestos had been found in the ceiling above the learners' pool by surveyors from a Norvane laboratory.",
    "The swimming club, which has 412 members, will train in Pellworth until the works are finished in autumn.",
)


def draft(hour: int, name: str, *lines: str, copy_of: str = "") -> Draft:
    """Give a draft that was written and seen in an hour of the story."""
    at = START + timedelta(hours=hour)
    url = f"https://{name}.example/a"
    metadata = Metadata(url=url, publisher=name, headline=lines[0], modified_at=at, copy_of=copy_of)
    return Draft(metadata, "\n\n".join(lines) + "\n", observed_at=at)


def story() -> list[Draft]:
    """Give a day in which copies come before their upstream, are corrected, rewritten, chained and seen again."""
    mended = tuple(line.replace("3.4", "4.3") for line in BATHS)
    return [
        draft(0, "early", *STORM[:4], copy_of=AUTO),
        draft(1, "gazette", *BATHS),
        draft(2, "bulletin", *BATHS, "Read more in the Gazette.", copy_of=AUTO),
        draft(3, "brief", *BATHS[:3], copy_of="https://bulletin.example/a"),
        draft(4, "wire", *STORM),
        draft(5, "gazette", *mended),
        draft(6, "bulletin", *BATHS, "Read more in the Gazette.", copy_of=AUTO),
        draft(
            7,
            "stranger",
            "Recipe",
            "Boil the leeks for seven minutes, then add the barley and a litre of stock.",
            copy_of=AUTO,
        ),
        draft(8, "wire", *STORM[:2], STORM[2].replace("seventeen", "nineteen"), *STORM[3:]),
        draft(9, "bulletin", *mended, "Read more in the Gazette.", copy_of=AUTO),
        draft(
            10,
            "early",
            "Leeks",
            "Nothing of the storm is left on this page, which has gone over to cookery.",
            copy_of=AUTO,
        ),
        draft(11, "early", *STORM[:4], copy_of=AUTO),
    ]


def filled(path: Path, batch: int) -> Workspace:
    """Fill a store with the story, so many drafts in one ingestion."""
    workspace = Workspace(init(path))
    drafts = story()
    for start in range(0, len(drafts), batch):
        outcomes = list(ingest(workspace, drafts[start : start + batch], lambda: START))
        assert [] == [each.error for each in outcomes if each.error]
    return workspace


@pytest.mark.parametrize("count", [1, 2, 5, 1000])
def test_the_rows_do_not_depend_on_how_the_log_is_cut(tmp_path: Path, count: int) -> None:
    """Emptied and read again in chunks of any size, the ledger has the same rows."""
    workspace = filled(tmp_path / "store", 1)
    before = workspace.ledger.rows()

    workspace.ledger.reset()
    catch_up(workspace, count=count)

    assert before == workspace.ledger.rows()


def test_a_rebuilt_ledger_has_the_same_rows(newsroom: Newsroom) -> None:
    """What was concluded bit by bit is what follows from the whole log."""
    wire = newsroom.publish("Three people died when the ferry went down.")
    copy = newsroom.syndicate(wire, found=True)
    newsroom.correct(wire, "Three people", "Two people")
    newsroom.observe(copy)
    newsroom.retract(wire)
    newsroom.observe(copy)
    before = newsroom.workspace.ledger.rows()

    done = rebuild(newsroom.workspace)

    assert before == newsroom.workspace.ledger.rows()
    assert (4, 6) == (done.revisions, done.runs)


def test_upstreams_are_found_whatever_came_first(tmp_path: Path) -> None:
    """A copy finds an upstream held already, and one that comes later; what is no copy finds none."""
    workspace = filled(tmp_path / "store", 100)
    found = {each.article.url: each.article.copy_of for each in workspace.ledger.articles()}
    names = {each.article.id: each.article.url for each in workspace.ledger.articles()}
    upstreams = {url: [names[each] for each in copy_of] for url, copy_of in found.items() if copy_of}

    assert upstreams == {
        "https://early.example/a": ["https://wire.example/a"],
        "https://bulletin.example/a": ["https://gazette.example/a"],
        "https://brief.example/a": ["https://bulletin.example/a"],
    }


def test_catching_up_twice_does_nothing(newsroom: Newsroom) -> None:
    """A ledger that knows all there is asks git for nothing."""
    newsroom.publish("Three people died.")

    done = catch_up(newsroom.workspace)

    assert (0, 0, 0) == (done.revisions, done.runs, done.judged)


def test_a_ledger_of_the_first_schema_is_worked_out_again(newsroom: Newsroom) -> None:
    """Migrated, it has the same rows, though nothing new has been stored since."""
    wire = newsroom.publish("Three people died when the ferry went down.")
    newsroom.syndicate(wire, found=True)
    before = newsroom.workspace.ledger.rows()
    made_old(newsroom.workspace.path / "ledger.sqlite")

    again = Workspace(newsroom.workspace.path)
    catch_up(again)

    assert before == again.ledger.rows()


def made_old(path: Path) -> None:
    """Turn the tables of fingerprints into those of the first schema."""
    with closing(sqlite3.connect(path)) as connection:
        connection.executescript("""
            DROP TABLE fingerprint_index;
            DROP TABLE fingerprint_queue;
            CREATE TABLE fingerprints (article VARCHAR(16) PRIMARY KEY, prints BLOB);
            CREATE TABLE fingerprint_index (fingerprint BIGINT, article VARCHAR(16));
            CREATE TABLE fingerprint_queue (article VARCHAR(16), partly BOOLEAN);
            UPDATE alembic_version SET version_num = '0001';
        """)


def test_a_damaged_ledger_is_worked_out_again(newsroom: Newsroom) -> None:
    """The ledger is only a projection: bytes of nonsense in its place lose nothing."""
    newsroom.publish("Three people died.")
    before = newsroom.workspace.ledger.rows()
    (newsroom.workspace.path / "ledger.sqlite").write_bytes(b"nonsense " * 1000)

    again = Workspace(newsroom.workspace.path)
    catch_up(again)

    assert before == again.ledger.rows()
