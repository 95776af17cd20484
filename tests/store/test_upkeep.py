"""A store of many small appends stays one of few files."""

from __future__ import annotations

import pytest
from store.world import make, put

from provenance.model import Revision
from provenance.store import Store, upkeep


def test_packs_are_put_together_when_there_are_many(store: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    """Appending one by one leaves a pack each time, but never many of them, and loses nothing."""
    monkeypatch.setattr(upkeep, "MANY", 5)
    for n in range(14):
        put(store, make(n))

    assert len(list(store.path.rglob("*.pack"))) <= 6
    assert [*range(14)] == [fact.n for fact in store.log() if isinstance(fact, Revision)]
    assert () == store.fsck(deep=True)
