"""The command line run inside the test's own process, in a folder of its own, with a store that holds one article."""

from __future__ import annotations

from pathlib import Path

import pytest
from inside import ARTICLE, TEXT, Prov, runner


@pytest.fixture
def prov(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str]) -> Prov:
    """Give a function that runs `prov` in an empty folder; `feed` is what stands on its standard input."""
    monkeypatch.chdir(tmp_path)
    return runner(monkeypatch, capfd)


@pytest.fixture
def world(prov: Prov, tmp_path: Path) -> Path:
    """Give a folder with a store in it that holds one article of one revision."""
    (tmp_path / "a.txt").write_text(TEXT, encoding="utf-8")
    assert prov("init").code == 0
    ran = prov(
        "ingest", "a.txt", "--url", ARTICLE, "--modified", "2025-03-04T09:12Z", "--observed", "2025-03-04T10:00Z"
    )
    assert (0, "") == (ran.code, ran.err)
    return tmp_path
