"""The same ledger on a server: equal values, equal rows, the same schema. Runs where a PostgreSQL comes from pip."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from hypothesis import given, settings
from ledger.made import Story, stories, tell

from provenance.errors import StorageError
from provenance.ledger import Condition, Ledger


@pytest.fixture
def url(new_database: Callable[[], str]) -> str:
    """Name an empty place on the server."""
    return new_database()


@settings(max_examples=12)
@given(story=stories())
def test_sqlite_and_postgresql_hold_the_same(story: Story, url: str, tmp_path_factory: pytest.TempPathFactory) -> None:
    """What either answers about any article is the same, and so is every row."""
    article = story.revisions[0].article
    with Ledger.open(url) as server, Ledger.open(tmp_path_factory.getbasetemp() / "same.sqlite") as file:
        for ledger in (server, file):
            with ledger.writing() as book:
                tell(book, story, asking=True)
                book.advance("x")

        assert file.history(article) == server.history(article)
        assert file.overview() == server.overview()
        assert file.rows() == server.rows()
        assert list(file.histories()) == list(server.histories())


def test_a_server_is_reset_and_migrated_like_a_file(url: str) -> None:
    """A reset leaves nothing; what the migrations build there is what the tables say."""
    from provenance.ledger import core
    from provenance.ledger.tables import METADATA

    with Ledger.open(url) as ledger:
        ledger.reset()
        assert Condition.NEW is ledger.condition

        ledger.upgrade()
        assert Condition.READY is ledger.condition
        engine = core.of_url(url)
        with engine.connect() as connection:
            assert [] == compare_metadata(MigrationContext.configure(connection), METADATA)
        engine.dispose()
        ledger.reset()


def test_a_server_that_does_not_answer_is_one_line_without_the_password(tmp_path: Path) -> None:
    """What is said of a database never holds the password of its URL."""
    ledger = Ledger.open(f"postgresql+psycopg://prov:secret@/name?host={tmp_path}")

    with pytest.raises(StorageError) as caught:
        ledger.cursor()

    assert "secret" not in f"{caught.value} {caught.value.hint}"
