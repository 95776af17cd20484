"""Confidence: how often a verdict by some rule is right, as measured on labelled cases (`confidence.toml`).

A rule's place in the chain of rules says which is stricter; only cases say how often each is right. Whether the copy
retells the article in its own words matters as much as the rule: what a retelling seems to lack, it often has.
`bench/bench_calibration.py --fit` writes the figures.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Mapping
from dataclasses import replace
from functools import cache
from importlib import resources

from provenance.model import Standing, State

ELSE = "else"
"""The name in a table for a rule that no case has met."""
Table = Mapping[str, Mapping[str, Mapping[str, float]]]
"""Confidence by the copy's manner ("close" or "retold"), the state and the rule."""
_TOLD = "known from the notice alone: "
_VARIES = re.compile(r"\d+\s?%|“[^”]*”")


def measured(standing: Standing, *, part: float, retold: bool) -> Standing:
    """Put the measured confidence in the place of what each rule states; the verdict itself stays as it is.

    `part` is what is left of it for another reason, 0 to 1; what the rules state has that in it already.
    """

    def sure(state: State, because: str, stated: float) -> float:
        return round(part * of(state, because, stated / part, retold=retold), 2)

    edits = tuple(replace(each, confidence=sure(each.state, each.because, each.confidence)) for each in standing.edits)
    return replace(standing, edits=edits, confidence=sure(standing.state, standing.because, standing.confidence))


def of(state: State, because: str, stated: float, *, retold: bool) -> float:
    """Give the confidence in a verdict, 0 to 1, by its state and reason; `stated` is what the rule states.

    A rule that no case has met is as sure as it states, and no surer than the others that find the same state.
    """
    found = table().get(manner(retold=retold), {}).get(state.value, {})
    return found.get(rule(because), min(stated, found.get(ELSE, stated)))


def rule(because: str) -> str:
    """Give the rule behind a reason: the reason without what differs from one copy to the next."""
    return _VARIES.sub("…", because.removeprefix(_TOLD))


def manner(*, retold: bool) -> str:
    """Name the part of the table for copies that retell, or for those that keep to the article's words."""
    return "retold" if retold else "close"


@cache
def table() -> Table:
    """Read the measured figures."""
    found: Table = tomllib.loads(resources.files("provenance.engine").joinpath("confidence.toml").read_text("utf-8"))
    return found
