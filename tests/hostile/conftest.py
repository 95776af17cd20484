"""A store that was made once, copied for each test: an article that was corrected, and a copy of it that is behind."""

from __future__ import annotations

import io
import json
import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from hostile.world import DRAFTS
from inside import Prov, runner

from provenance.app.ingest import ingest
from provenance.app.workspace import Workspace, init
from provenance.cli.context import utc_now
from provenance.sources import read


@pytest.fixture(scope="session")
def made(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Give the folder of the store that all others are copies of."""
    folder = tmp_path_factory.mktemp("made")
    feed = io.BytesIO("".join(json.dumps(each) + "\n" for each in DRAFTS).encode())
    outcomes = list(ingest(Workspace(init(folder / "store")), read("-", stdin=feed), utc_now))
    assert [None] * len(DRAFTS) == [each.error for each in outcomes]
    return folder


@pytest.fixture
def world(made: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """Give a folder of one's own with such a store in it, in which we are."""
    shutil.copytree(made / "store", tmp_path / "store")
    monkeypatch.chdir(tmp_path)
    yield tmp_path
    shutil.rmtree(tmp_path, ignore_errors=True)  # some bad inputs are large


@pytest.fixture
def prov(monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str]) -> Prov:
    """Give a function that runs `prov` where we are; `feed` is what stands on its standard input."""
    return runner(monkeypatch, capfd)
