"""Scoring: the published scorer's counts, and the figures and tables made of them."""

from __future__ import annotations

from typing import Any

import pytest
from accuracy import scoring
from accuracy.labelled import Articles, cases
from accuracy.table import table

FOLDER = scoring.FIXTURES / "cases"


@pytest.fixture
def nothing() -> Articles:
    """Give the answers of a method that finds no copy and no update."""
    return {each.url: {"url": each.url, "revisions": [], "updates": [], "copies": []} for each in cases(FOLDER)}


def test_a_method_that_says_nothing_has_no_precision(nothing: Articles) -> None:
    """What was not tried is not scored as a failure or a success: it is left blank."""
    found = figures(nothing)

    assert None is found["precision"] is found["declared"] is found["made_from"]
    assert 0.0 == found["labels"] == found["found"] == found["taken"] == found["alarms"]


def test_a_table_has_a_row_for_each_figure_and_a_column_for_each_method(nothing: Articles) -> None:
    """Figures that are not there are dashes."""
    rows = table({"silence": figures(nothing)}).splitlines()

    assert "|  | silence |" == rows[0]
    assert len(scoring.FIGURES) + 2 == len(rows)
    assert "| `missing`: precision | – |" in rows


def figures(articles: Articles) -> dict[str, Any]:
    """Score answers on the cases."""
    tally = scoring.blank()
    scoring.add(tally, cases(FOLDER), articles)
    return scoring.figures(tally)
