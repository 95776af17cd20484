"""Asides: what a copy says, in a paragraph of its own, about the text that it took over.

"EDIT: the kayak is YELLOW, not orange" under a pasted appeal is no notice of a publisher's making, but whoever reads it
is told. An aside tells of an edit when it has what is new in it, and either what was there before, or the opening or
the words of a correction.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import groupby
from typing import TYPE_CHECKING

from provenance.engine import notices, values
from provenance.engine.features import Sentence, Weights, grams
from provenance.engine.original import RUN, Match
from provenance.engine.values import Value

if TYPE_CHECKING:
    from provenance.engine.tells import Tells  # which reads a comparison, of which asides are a part

OWN = 1.0
"""Both shares of a match together up to which a sentence is the copy's own."""
HALF = 0.5
"""Share of what is new (or was there before) that an aside must have of it."""
PLAIN = 1.0
"""Weight below which what is new is function words alone."""
ABOUT = 0.2
"""Share of the unchanged words that must stand beside a word as common as "not"."""


@dataclass(frozen=True, slots=True)
class Aside:
    """A paragraph of the copy's own: what it says, and whether it reads as a correction."""

    features: frozenset[str]
    values: tuple[Value, ...]
    corrects: bool


def read(
    body: Sequence[Sentence], matches: Sequence[Match], runs: frozenset[tuple[str, ...]], text: str, language: str
) -> tuple[Aside, ...]:
    """List the paragraphs of a copy's body that follow the article nowhere."""
    found = []
    for _, pairs in groupby(zip(body, matches, strict=True), key=lambda pair: pair[0].paragraph):
        group = list(pairs)
        own = [s for s, match in group if match[0] + match[1] <= OWN and not grams(s.keys, RUN) & runs]
        if 2 * len(own) > len(group):
            said = text[group[0][0].span[0] : group[-1][0].span[1]]
            held = frozenset(f for s in own for f in s.features)
            found.append(Aside(held, _distinct(own), notices.corrects(said, language)))
    return tuple(found)


def noted(notes: Sequence[Sentence]) -> Aside:
    """Take a copy's own notices for one aside that corrects."""
    held = frozenset(f for s in notes for f in s.features)
    return Aside(held, _distinct(notes), corrects=True)


def _distinct(sentences: Sequence[Sentence]) -> tuple[values.Value, ...]:
    """Give each value once, wherever it stands: every edit is held against all of them."""
    found = {(v.kind, v.key, v.unit, v.hedged): v for s in sentences for v in s.values}
    return tuple(found.values())


def tells_of(asides: Sequence[Aside], told: Tells, weights: Weights) -> bool:
    """Tell whether one of a copy's asides tells of an edit."""
    return any(_tells(aside, told, weights) for aside in asides)


def _tells(aside: Aside, told: Tells, weights: Weights) -> bool:
    if aside.corrects and weights.of(told.come) < PLAIN and not told.new_values:
        return _gone(told, aside, weights)  # what was taken out is told of by its name
    if told.new_values:
        new = any(values.agrees(v, w) for v in told.new_values for w in aside.values)
    else:
        new = _has(told.come, aside, weights) and _in_place(told, aside, weights)
    return new and (aside.corrects or _gone(told, aside, weights))


def _gone(told: Tells, aside: Aside, weights: Weights) -> bool:
    """Tell whether an aside has what stood there before."""
    return any(values.same(v, w) for v in told.old_values for w in aside.values) or _has(told.gone, aside, weights)


def _has(side: Sequence[str] | dict[str, int], aside: Aside, weights: Weights) -> bool:
    total = weights.of(side)
    return bool(total) and weights.of(frozenset(side) & aside.features) >= HALF * total


def _in_place(told: Tells, aside: Aside, weights: Weights) -> bool:
    """Tell whether what is new stands in the aside for this passage: a rare word does by itself, "not" does not."""
    if any(feature[0] not in "~ " for feature in told.come if feature in aside.features):
        return True
    return weights.of(told.anchor & aside.features) >= ABOUT * weights.of(told.anchor)
