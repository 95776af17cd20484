"""A fresh ledger for every test of the ledger, in SQLite and in PostgreSQL.

A test that asks for the `path` of its ledger is about the file, and runs in SQLite alone.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from provenance.ledger import Ledger

DATABASES = ("sqlite", "postgresql")


def pytest_generate_tests(metafunc: pytest.Metafunc) -> None:
    """Run every test that is not about the file on each database."""
    asked = set(metafunc.fixturenames)
    if "new_place" in asked:
        metafunc.parametrize("database", DATABASES[:1] if "path" in asked else DATABASES, scope="session")


@pytest.fixture
def path(tmp_path: Path) -> Path:
    """Give the place of a ledger that does not exist yet."""
    return tmp_path / "ledger.sqlite"


@pytest.fixture
def new_place(database: str, tmp_path: Path, request: pytest.FixtureRequest) -> Callable[[], str]:
    """Give a function that names a place where no ledger is, another one each time."""
    if database == "postgresql":
        made: Callable[[], str] = request.getfixturevalue("new_database")
        return made
    names = iter(("ledger.sqlite", *(f"ledger-{n}.sqlite" for n in range(1_000))))
    return lambda: str(tmp_path / next(names))


@pytest.fixture
def place(new_place: Callable[[], str]) -> str:
    """Name a place where no ledger is, by a path or a URL."""
    return new_place()


@pytest.fixture
def ledger(place: str) -> Iterator[Ledger]:
    """Give a new ledger."""
    with Ledger.open(place) as opened:
        yield opened
