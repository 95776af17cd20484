"""What the verdicts of a chapter rest on: the rules that decided, with what each proves and what it does not."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass

from provenance.model import State
from provenance.model.audits import Chapter
from provenance.report.audit.passages import OUT_OF_DATE
from provenance.report.proof import proves

_DECIDED = frozenset({*OUT_OF_DATE, State.CARRIED, State.DIVERGED})


@dataclass(frozen=True, slots=True)
class Proof:
    """A rule by its reason as one verdict gave it, what it proves, and in how many places it decided."""

    reason: str
    proves: str
    places: int


def proofs(chapter: Chapter) -> tuple[Proof, ...]:
    """List the rules that decided in a chapter, the most frequent first."""
    reasons = Counter(
        each.because
        for exhibit in chapter.exhibits
        for standing in exhibit.copy.standings
        for each in standing.edits
        if each.state in _DECIDED
    )
    found: dict[str, tuple[str, int]] = {}
    for reason, count in reasons.items():
        if line := proves(reason):
            first, places = found.get(line, (reason, 0))
            found[line] = first, places + count
    made = (Proof(reason, line, places) for line, (reason, places) in found.items())
    return tuple(sorted(made, key=lambda each: (-each.places, each.reason)))
