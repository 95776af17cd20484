"""Stores made for reports: the starter set, an Arabic case, and one that holds all that a report can show."""

from __future__ import annotations

import json
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

from provenance.app.audit.audit import audit
from provenance.app.ingest import ingest
from provenance.app.workspace import Workspace, init
from provenance.model.audits import Audit, Scope
from provenance.sources import Options, read

CHECKOUT = Path(__file__).resolve().parent.parent
SEEDS = CHECKOUT / "seeds"
ARABIC = CHECKOUT / "fixtures" / "harder" / "b-raas-almaha"
NOW = datetime(2026, 11, 22, 12, 0, tzinfo=UTC)


def audited(workspace: Workspace, scope: Scope | None = None) -> Audit:
    """Give the audit of a store at the one moment at which tests happen."""
    return audit(workspace, scope or Scope(), NOW)


def of_files(path: Path, *files: Path) -> Workspace:
    """Make a store and ingest files of drafts, in their order."""
    workspace = Workspace(init(path))
    (path / "prov.toml").write_text("meaning = false\n", encoding="utf-8")  # quicker
    drafts = [each for file in files for each in read(str(file), Options())]
    refused = [each.error for each in ingest(workspace, drafts, lambda: NOW) if each.error]
    assert not refused
    return workspace


def of_case(path: Path, case: Path) -> Path:
    """Write a labelled case as a file of drafts."""
    path.write_text("".join(json.dumps(each) + "\n" for each in _drafts(case)), encoding="utf-8")
    return path


def _drafts(folder: Path) -> Iterator[dict[str, str]]:
    case = json.loads((folder / "case.json").read_text("utf-8"))
    origin, language = case["origin"], case["language"]
    first = origin["revisions"][0]["published"]
    for each in origin["revisions"]:
        text = _text(folder / each["file"])
        times = {"published_at": first, "modified_at": each["published"], "observed_at": each["published"]}
        yield {"url": origin["url"], "publisher": origin["outlet"], "language": language, **text, **times}
    for each in case["copies"]:
        text = _text(folder / each["file"])
        names = {"url": each["url"], "publisher": each["outlet"], "copy_of": origin["url"]}
        yield {**names, "language": language, "observed_at": each["published"], **text}


def _text(path: Path) -> dict[str, str]:
    headline, _, body = path.read_text("utf-8").lstrip("\ufeff\n").partition("\n")
    return {"headline": headline.strip(), "body": body.strip()}
