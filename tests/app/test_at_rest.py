"""Whoever looks for long looks at a copy of the ledger, and nobody who writes is kept waiting."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path

import pytest
from newsroom import Newsroom

from provenance.app.at_rest import at_rest
from provenance.app.audit.audit import audit
from provenance.app.workspace import Workspace, init
from provenance.errors import StoreBusyError
from provenance.model.audits import Scope


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
