"""A fresh ledger for every test of the ledger."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from provenance.ledger import Ledger


@pytest.fixture
def path(tmp_path: Path) -> Path:
    """Give the place of a ledger that does not exist yet."""
    return tmp_path / "ledger.sqlite"


@pytest.fixture
def ledger(path: Path) -> Iterator[Ledger]:
    """Give a new ledger."""
    with Ledger.open(path) as opened:
        yield opened
