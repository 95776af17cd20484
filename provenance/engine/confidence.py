"""Confidence: how often a verdict by some rule is right, as measured on labelled cases (`confidence.toml`).

A rule's place in the chain of rules says which is stricter; only cases say how often each is right. Two things matter
as much as the rule: whether the copy retells the article in its own words, for what a retelling seems to lack, it
often has; and whether all edits of the update show the same, or some of them show nothing.
`bench/bench_calibration.py --fit` writes the figures.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Mapping, Sequence
from dataclasses import replace
from functools import cache
from importlib import resources

from provenance.model import EditStanding, Standing, State

ELSE = "else"
"""The name in a table for a rule that no case has met."""
Table = Mapping[str, Mapping[str, Mapping[str, float]]]
"""Confidence by the manner of the copy and the update (`manner`), the state and the rule."""
_TOLD = "known from the notice alone: "
_VARIES = re.compile(r"\d+\s?%|“[^”]*”")


def measured(standing: Standing, *, part: float, retold: bool) -> Standing:
    """Put the measured confidence in the place of what each rule states; the verdict itself stays as it is.

    `part` is what is left of it for another reason, 0 to 1; what the rules state has that in it already.
    """

    def sure(each: Standing | EditStanding, how: str) -> float:
        return round(part * of(each.state, each.because, each.confidence / part, how), 2)

    alone = manner([standing.state], retold=retold)
    edits = tuple(replace(each, confidence=sure(each, alone)) for each in standing.edits)
    return replace(
        standing, edits=edits, confidence=sure(standing, manner([e.state for e in standing.edits], retold=retold))
    )


def of(state: State, because: str, stated: float, how: str) -> float:
    """Give the confidence in a verdict, 0 to 1, by its state, reason and manner; `stated` is what the rule states.

    A rule that no case has met is as sure as it states, and no surer than the others that find the same state.
    """
    found = table().get(how, {}).get(state.value, {})
    return found.get(rule(because), min(stated, found.get(ELSE, stated)))


def rule(because: str) -> str:
    """Give the rule behind a reason: the reason without what differs from one copy to the next."""
    return _VARIES.sub("…", because.removeprefix(_TOLD))


def manner(states: Sequence[State], *, retold: bool) -> str:
    """Name the part of the table: for copies that keep to the article's words or retell it; for updates in part.

    `states` are those of the update's edits.
    """
    return ("retold" if retold else "close") + ("-in-part" if len(set(states)) > 1 else "")


@cache
def table() -> Table:
    """Read the measured figures."""
    found: Table = tomllib.loads(resources.files("provenance.engine").joinpath("confidence.toml").read_text("utf-8"))
    return found
