"""A ledger made at once and one that went through every migration are the same."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from pathlib import Path

from alembic import command
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory
from ledger.made import article, put, revision
from sqlalchemy import create_engine
from sqlalchemy.dialects import postgresql
from sqlalchemy.schema import CreateIndex, CreateTable

from provenance.engine import ENGINE
from provenance.ledger import Condition, Ledger
from provenance.ledger.codec import COLUMNS
from provenance.ledger.migrations import settings
from provenance.ledger.schema import APPLICATION, SCHEMAS
from provenance.ledger.tables import METADATA


def test_a_migrated_ledger_has_the_schema_of_a_fresh_one(tmp_path: Path) -> None:
    """Every table and index is the same to the letter, and so are the rows of a ledger that holds nothing."""
    fresh, migrated = tmp_path / "fresh.sqlite", tmp_path / "migrated.sqlite"
    with Ledger.open(fresh) as ledger, ledger.writing():
        pass
    with closing(sqlite3.connect(migrated)) as connection:
        connection.execute(f"PRAGMA application_id = {APPLICATION}")
    with Ledger.open(migrated) as ledger:
        ledger.upgrade()

    assert schema(fresh) == schema(migrated)
    assert "CREATE TABLE revisions" in schema(fresh)["revisions"]
    with Ledger.open(fresh) as one, Ledger.open(migrated) as other:
        assert one.rows() == other.rows()
        assert one.condition is other.condition


def test_what_cannot_be_turned_into_the_new_form_is_read_again(tmp_path: Path) -> None:
    """A ledger with the long fingerprints is emptied and its cursor set back: the log is read from its beginning."""
    path = tmp_path / "old.sqlite"
    path.touch()
    engine = create_engine(f"sqlite:///{path}")
    with engine.begin() as connection:
        command.upgrade(settings(connection), "0001")
    engine.dispose()
    with closing(sqlite3.connect(path)) as connection:
        connection.execute(f"PRAGMA application_id = {APPLICATION}")
        connection.execute("INSERT INTO meta VALUES ('cursor', 'c0ffee'), ('engine', ?)", (ENGINE,))
        connection.execute("INSERT INTO articles VALUES ('a', 'u', 'p', 'h', 1, 'c', 'b', '', '', 0, NULL, 0, 0, '')")
        connection.execute("INSERT INTO fingerprints VALUES ('a', x'000000000001')")
        connection.execute("INSERT INTO fingerprint_index VALUES (1, 'a')")
        connection.commit()
    with Ledger.open(path) as ledger:
        assert (Condition.OLD_SCHEMA, "c0ffee") == (ledger.condition, ledger.cursor())

        put(ledger, revision("a"))

        assert Condition.READY is ledger.condition
        assert [article("a")] == [each.article.id for each in ledger.articles()]
    with Ledger.open(tmp_path / "fresh.sqlite") as fresh:
        put(fresh, revision("a"))
    assert schema(path) == schema(tmp_path / "fresh.sqlite")


def test_alembic_finds_nothing_left_to_migrate(tmp_path: Path) -> None:
    """What the tables say and what the migrations build do not differ."""
    with Ledger.open(tmp_path / "ledger.sqlite") as ledger, ledger.writing():
        pass
    engine = create_engine(f"sqlite:///{tmp_path}/ledger.sqlite")
    with engine.connect() as connection:
        assert [] == compare_metadata(MigrationContext.configure(connection), METADATA)
    engine.dispose()


def test_every_migration_is_known_by_name() -> None:
    """The names in the code, which tell a newer ledger from an older one, are those of the migrations, in order."""
    script = ScriptDirectory.from_config(settings())

    assert list(SCHEMAS) == [each.revision for each in script.walk_revisions()][::-1]
    assert SCHEMAS[-1] == script.get_current_head()


def test_the_columns_of_the_rows_are_those_of_the_tables() -> None:
    """Rows are read by place: the order in the codec is the order in the table."""
    apart = {"alembic_version", "fingerprint_index", "fingerprint_queue"}
    tables = {name: tuple(table.c.keys()) for name, table in METADATA.tables.items() if name not in apart}

    assert COLUMNS == tables


def test_every_table_can_be_made_in_postgresql() -> None:
    """The types are portable: times have a zone there, and no name is reserved."""
    for table in METADATA.sorted_tables:
        made = str(CreateTable(table).compile(dialect=postgresql.dialect()))
        assert '"' not in made
        assert ("TIMESTAMP WITH TIME ZONE" in made) == any(column.name.endswith("_at") for column in table.c)
        for index in table.indexes:
            assert "CREATE INDEX" in str(CreateIndex(index).compile(dialect=postgresql.dialect()))


def schema(path: Path) -> dict[str, str]:
    """Give the statement that made each table and index, by name."""
    with closing(sqlite3.connect(path)) as connection:
        return dict(connection.execute("SELECT name, sql FROM sqlite_master WHERE sql IS NOT NULL"))
