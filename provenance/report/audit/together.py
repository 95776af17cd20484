"""Copies with the same text are told together: the evidence once, and where else it stands word for word."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from provenance.model import CopyState
from provenance.model.audits import Exhibit

TITLES = {
    CopyState.BEHIND: "Copies that are behind",
    CopyState.DIVERGED: "What could not be told",
    CopyState.UNSEEN: "What was not observed",
    CopyState.CURRENT: "Up to date",
    CopyState.WITHDRAWN: "Taken down",
}


@dataclass(frozen=True, slots=True)
class Group:
    """A copy that is told in full, and `others` that show the same words in the same lines and miss the same."""

    exhibit: Exhibit
    others: tuple[Exhibit, ...]

    @property
    def all(self) -> tuple[Exhibit, ...]:
        """Give all of them."""
        return (self.exhibit, *self.others)


def together(exhibits: Iterable[Exhibit]) -> tuple[Group, ...]:
    """Put copies of the same text together, each group where its first one stands."""
    groups: dict[object, list[Exhibit]] = {}
    for n, each in enumerate(exhibits):
        # a copy with disguised words is told by itself: they are in what was received, not in the text
        key = (n,) if each.disguised or not each.digest else (each.digest, each.misses)
        groups.setdefault(key, []).append(each)
    return tuple(Group(first, tuple(others)) for first, *others in groups.values())


@dataclass(frozen=True, slots=True)
class Shelf:
    """The copies of one article in the same state, under one title."""

    state: CopyState
    title: str
    count: int
    groups: tuple[Group, ...]


def shelves(exhibits: Iterable[Exhibit]) -> tuple[Shelf, ...]:
    """Sort copies by how they stand, worst first."""
    found: dict[CopyState, list[Exhibit]] = {state: [] for state in TITLES}
    for each in exhibits:
        found[each.copy.state].append(each)
    return tuple(Shelf(state, TITLES[state], len(each), together(each)) for state, each in found.items() if each)
