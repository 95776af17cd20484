"""A partner without our store: it gets corrections files, and checks a project against them."""

from __future__ import annotations

import os
from collections.abc import Sequence
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

from provenance import meaning
from provenance.app.export import corrections
from provenance.app.gate.check import check
from provenance.app.gate.corrections import CorrectionsUpstreams
from provenance.app.gate.project import find
from provenance.app.gate.scope import Scope
from provenance.app.gate.upstreams import LedgerUpstreams, Upstreams
from provenance.app.workspace import Workspace
from provenance.model import Verdict
from provenance.report import corrections_json

NOW = datetime(2027, 1, 1, tzinfo=UTC)


def exported(
    workspace: Workspace, file: Path, named: Sequence[str] = (), publishers: Sequence[str] = (), since: str = ""
) -> Path:
    """Write a corrections file as the command does."""
    found = corrections(workspace, named, publishers, since)
    file.write_text("".join(corrections_json.stream(found.extent, found.parts, found.copies)), encoding="utf-8")
    return file


def held_against(upstreams: Upstreams, root: Path) -> Verdict:
    """Check all of a project."""
    return check(upstreams, Scope(find([root]), (root,)), NOW)


def from_store(workspace: Workspace, root: Path) -> Verdict:
    """Check a project against a store."""
    return replace(held_against(LedgerUpstreams(workspace), root), head="")


def from_files(root: Path, *files: Path) -> Verdict:
    """Check a project against corrections files, oldest first."""
    model = meaning.opened(Path(os.devnull)) if meaning.installed() else None
    return replace(held_against(CorrectionsUpstreams(files, model), root), head="")
