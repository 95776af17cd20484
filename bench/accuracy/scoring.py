"""Scoring: a method's answers held against the labels, by the definitions of `fixtures/cases/evaluate.py`."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable
from importlib.util import module_from_spec, spec_from_file_location
from pathlib import Path
from types import ModuleType
from typing import Any

from accuracy.labelled import Articles, Case

FIXTURES = Path(__file__).resolve().parents[2] / "fixtures"

FIGURES = {
    "labels": "labels right",
    "precision": "`missing`: precision",
    "recall": "`missing`: recall",
    "alarms": "false alarms on what is carried or absent",
    "made_from": "revision that the copy was made from",
    "found": "copies found with `auto`",
    "taken": "texts wrongly taken for copies",
    "declared": "declared or silent, right",
    "paraphrases": "paraphrases, labels right",
    "told": "of the labels that get an answer, right",
}
"""Every figure by its name, with what it is."""
UNSAID = frozenset({"diverged", "unseen", "undetected"})
"""Answers that say that nothing can be said."""


def _evaluate() -> ModuleType:
    spec = spec_from_file_location("evaluate", FIXTURES / "cases" / "evaluate.py")
    assert spec is not None
    assert spec.loader is not None
    module = module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


evaluate = _evaluate()
"""The published scorer."""

Tally = Counter[Any]
"""Counts under the names that the published scorer uses."""


def blank() -> Tally:
    """Make a tally in which nothing has been counted."""
    tally: Tally = Counter()
    tally["matrix"] = Counter()  # type: ignore[assignment]  # the published scorer keeps these two beside its counts
    tally["by"] = defaultdict(lambda: [0, 0])  # type: ignore[assignment]
    return tally


def add(tally: Tally, cases: Iterable[Case], articles: Articles) -> None:
    """Count what a method answered for each case."""
    for case in cases:
        evaluate.score_case(case.labels, articles, tally, verbose=False)
    if not any("declared" in update for each in articles.values() for update in each["updates"]):
        tally["declared_of"] = 0  # a method that knows no notices has said nothing


def figures(tally: Tally) -> dict[str, float | None]:
    """Give the figures of a tally, None where there was nothing to count."""
    matrix: dict[tuple[str, str], int] = tally["matrix"]  # type: ignore[assignment]
    by: dict[str, list[int]] = tally["by"]  # type: ignore[assignment]
    right, labels = by.get("paraphrase", [0, 0])
    told = sum(count for (_, have), count in matrix.items() if have not in UNSAID)
    return {
        "labels": _ratio(tally["right"], tally["labels"]),
        "precision": _ratio(tally["tp"], tally["tp"] + tally["fp"]),
        "recall": _ratio(tally["tp"], tally["tp"] + tally["fn"]),
        "alarms": _ratio(tally["fp"], tally["fp"] + tally["tn"]),
        "made_from": _ratio(tally["base_right"], tally["found"]),
        "found": _ratio(tally["found"], tally["positives"]),
        "taken": _ratio(tally["false_copies"], tally["negatives"]),
        "declared": _ratio(tally["declared_right"], tally["declared_of"]),
        "paraphrases": _ratio(right, labels),
        "told": _ratio(tally["right"], told),
    }


def _ratio(part: int, whole: int) -> float | None:
    return part / whole if whole else None
