"""Copies with the same text are told together: the evidence once, and where else it stands word for word."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from provenance.model.audits import Exhibit


@dataclass(frozen=True, slots=True)
class Group:
    """A copy that is told in full, and `others` that show the same words in the same lines and miss the same."""

    exhibit: Exhibit
    others: tuple[Exhibit, ...]


def together(exhibits: Iterable[Exhibit]) -> tuple[Group, ...]:
    """Put copies of the same text together, each group where its first one stands."""
    groups: dict[object, list[Exhibit]] = {}
    for n, each in enumerate(exhibits):
        # a copy with disguised words is told by itself: they are in what was received, not in the text
        key = (n,) if each.disguised or not each.digest else (each.digest, each.misses)
        groups.setdefault(key, []).append(each)
    return tuple(Group(first, tuple(others)) for first, *others in groups.values())
