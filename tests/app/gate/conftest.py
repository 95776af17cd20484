"""A republisher's project in a folder of its own."""

from __future__ import annotations

from pathlib import Path

import pytest
from newsroom import Newsroom
from republisher import Republisher

from provenance.model import ArticleId


@pytest.fixture
def site(newsroom: Newsroom, tmp_path: Path) -> Republisher:
    """Give an empty project, which is its own top folder."""
    root = tmp_path / "site"
    root.mkdir()
    made = Republisher(newsroom, root)
    made.settings()
    return made


@pytest.fixture
def behind(site: Republisher) -> ArticleId:
    """Give a story that was copied into `content/a.md` and corrected afterwards."""
    wire = site.newsroom.publish("Three people died when the ferry went down off Skerrin Point, the police said.")
    site.copy(wire)
    site.newsroom.correct(wire, "Three people died", "Two people died")
    return wire
