"""Tables: the figures of several methods side by side, as Markdown."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from accuracy.scoring import FIGURES

Figures = Mapping[str, float | None]
SHARES = {"alarms"}
"""Figures that read better as a percentage with one decimal."""


def table(columns: Mapping[str, Figures], names: Sequence[str] = tuple(FIGURES)) -> str:
    """Give one row for each figure, one column for each method."""
    head = ["", *columns]
    rows = [[FIGURES[name], *(_number(name, column[name]) for column in columns.values())] for name in names]
    return "\n".join(f"| {' | '.join(row)} |" for row in [head, ["---"] * len(head), *rows])


def _number(name: str, value: float | None) -> str:
    if value is None:
        return "\u2013"
    return f"{value:.1%}".replace("%", " %") if name in SHARES else f"{value:.2f}"
