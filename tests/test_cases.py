"""The labelled cases, scored through the installed command: figures that may not fall."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
from command import PROV, clean_environ, run, status

FIXTURES = Path(__file__).resolve().parent.parent / "fixtures"
CASES = FIXTURES / "cases"

COUNTS = {"cases": (22, 79, 307), "harder": (17, 94, 346)}
"""Folder of cases → its cases, copies and labels."""

FLOORS = {
    ("cases", "label_accuracy"): 0.91,
    ("cases", "missing_f1"): 0.94,
    ("cases", "made_from_accuracy"): 0.98,
    ("cases", "copies_found"): 0.98,
    ("cases", "updates_seen"): 1.0,
    ("cases", "declared_accuracy"): 0.97,
    ("harder", "label_accuracy"): 0.73,
    ("harder", "missing_precision"): 0.97,
    ("harder", "missing_recall"): 0.80,
    ("harder", "copies_found"): 0.90,
    ("harder", "updates_seen"): 1.0,
    ("harder", "declared_accuracy"): 0.85,
}
"""Folder and figure → the least that it may be."""

CEILINGS = {
    ("cases", "false_alarm_rate"): 0.06,
    ("cases", "non_copies_taken"): 0.0,
    ("harder", "false_alarm_rate"): 0.02,
    ("harder", "non_copies_taken"): 0.04,
}
"""Folder and figure → the most that it may be."""

pytestmark = pytest.mark.slow


@pytest.fixture(scope="module")
def figures(tmp_path_factory: pytest.TempPathFactory) -> dict[str, dict[str, Any]]:
    """Give what `evaluate.py` says of the cases of each folder."""
    return {folder: scored(folder, tmp_path_factory.mktemp(folder)) for folder in COUNTS}


def scored(folder: str, world: Path) -> dict[str, Any]:
    """Score the installed command on the cases of one folder, in a store of its own."""
    scores = world / "scores.json"
    ran = subprocess.run(
        [sys.executable, CASES / "evaluate.py", "--prov", str(PROV), "--json", scores, FIXTURES / folder],
        cwd=world,
        env=clean_environ(world),
        capture_output=True,
        text=True,
        check=False,
    )
    assert ran.returncode == 0, ran.stderr
    found: dict[str, Any] = json.loads(scores.read_text(encoding="utf-8"))
    return found


@pytest.mark.parametrize("folder", sorted(COUNTS))
def test_every_case_is_scored(figures: dict[str, dict[str, Any]], folder: str) -> None:
    """The whole of every case goes through the command."""
    found = figures[folder]

    assert COUNTS[folder] == (found["cases"], found["copies"], found["labels"])


@pytest.mark.parametrize(("folder", "figure"), sorted(FLOORS))
def test_a_figure_does_not_fall(figures: dict[str, dict[str, Any]], folder: str, figure: str) -> None:
    """What the verdicts got right once, they go on getting right."""
    assert figures[folder][figure] >= FLOORS[folder, figure]


@pytest.mark.parametrize(("folder", "figure"), sorted(CEILINGS))
def test_a_false_alarm_does_not_come_back(figures: dict[str, dict[str, Any]], folder: str, figure: str) -> None:
    """What was not held against anybody once is not held against them later."""
    assert figures[folder][figure] <= CEILINGS[folder, figure]


def test_every_declared_copy_is_listed_under_its_upstream(tmp_path: Path) -> None:
    """A copy that says what it was made from is one, however little of it is left; none is dropped from the list."""
    from_cases(tmp_path)

    articles = status(cwd=tmp_path)

    for case in cases():
        listed = {copy["url"] for copy in articles[case["origin"]["url"]]["copies"]}
        assert {copy["url"] for copy in case["copies"] if copy["is_copy"]} <= listed


def cases() -> list[dict[str, Any]]:
    """Give every case's labels."""
    return [json.loads(path.read_text(encoding="utf-8")) for path in sorted(CASES.glob("*/case.json"))]


def from_cases(world: Path) -> None:
    """Fill a store with every case, its copies declared."""
    lines = [*origins(), *copies()]
    run("init", cwd=world)
    run("ingest", "-", cwd=world, feed="".join(json.dumps(line, ensure_ascii=False) + "\n" for line in lines))


def origins() -> list[dict[str, Any]]:
    """Give every revision of every origin as a draft."""
    return [
        draft(CASES / case["id"] / revision["file"], case["origin"]["url"], revision["published"])
        for case in cases()
        for revision in case["origin"]["revisions"]
    ]


def copies() -> list[dict[str, Any]]:
    """Give every text that is a copy as a draft that says so."""
    return [
        draft(CASES / case["id"] / copy["file"], copy["url"], copy["published"]) | {"copy_of": case["origin"]["url"]}
        for case in cases()
        for copy in case["copies"]
        if copy["is_copy"]
    ]


def draft(path: Path, url: str, at: str) -> dict[str, Any]:
    """Give one text as a draft line."""
    headline, _, body = path.read_text(encoding="utf-8").partition("\n")
    return {"url": url, "headline": headline, "body": body.strip("\n"), "modified_at": at, "observed_at": at}
