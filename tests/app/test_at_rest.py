"""Whoever looks for long looks at a copy of the ledger, and nobody who writes is kept waiting."""

from __future__ import annotations

import json
from collections.abc import Callable
from datetime import datetime
from pathlib import Path

import pytest
from newsroom import Newsroom

from provenance.app.at_rest import at_rest
from provenance.app.audit.audit import audit
from provenance.app.workspace import SETTINGS, Workspace, init
from provenance.errors import StoreBusyError
from provenance.model.audits import Scope


@pytest.fixture(params=["sqlite", "postgresql"])
def newsroom(request: pytest.FixtureRequest, newsroom: Newsroom) -> Newsroom:
    """Give a newsroom whose ledger is a file, and one whose ledger is a database."""
    if request.param == "postgresql":
        new_database: Callable[[], str] = request.getfixturevalue("new_database")
        path = newsroom.workspace.path
        (path / SETTINGS).write_text(f"ledger = {json.dumps(new_database())}\n", encoding="utf-8")
        newsroom.workspace = Workspace(path)
    return newsroom


def test_a_copy_of_the_ledger_has_the_same_rows(newsroom: Newsroom) -> None:
    """Whatever keeps the ledger: a store at rest says what the store says."""
    wire = newsroom.publish("Three died when the ferry went down, the harbour police said on Tuesday.")
    copy = newsroom.syndicate(wire)
    newsroom.correct(wire, "Three", "Two")
    newsroom.observe(copy)

    with at_rest(newsroom.workspace) as still:
        assert newsroom.workspace.ledger.rows() == still.ledger.rows()
        assert newsroom.workspace.ledger.cursor() == still.store.head()


def test_an_audit_of_a_store_at_rest_ends_whoever_writes_meanwhile(newsroom: Newsroom) -> None:
    """An audit that loses its ledger is a StoreBusyError; one of a store at rest is of the moment when it began."""
    wire = newsroom.publish("Three died.")
    newsroom.syndicate(wire)

    moving = audit(newsroom.workspace, Scope(), newsroom.now)
    with at_rest(newsroom.workspace) as still:
        quiet = audit(still, Scope(), newsroom.now)
        newsroom.correct(wire, "Three", "Two")

        assert [1] == [chapter.history.article.revisions for chapter in quiet.chapters()]
        with pytest.raises(StoreBusyError):
            list(moving.chapters())

    assert [2] == [
        chapter.history.article.revisions for chapter in audit(newsroom.workspace, Scope(), newsroom.now).chapters()
    ]
    assert [] == [path.name for path in newsroom.workspace.path.iterdir() if path.is_dir() and path.name != "facts.git"]


def test_a_store_at_rest_may_be_empty(tmp_path: Path, now: datetime) -> None:
    """Where nothing is held there is no ledger to copy, and nothing to tell."""
    with at_rest(Workspace(init(tmp_path / "store"))) as still:
        assert () == audit(still, Scope(), now).entries
