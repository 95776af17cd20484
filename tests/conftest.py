"""The small world every test lives in: its own folder, a fixed clock, no git settings from outside, no network."""

from __future__ import annotations

import os
import socket
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING

import hypothesis
import pytest
from newsroom import Newsroom

if TYPE_CHECKING:
    from provenance.store import Store

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
