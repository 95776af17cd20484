"""Blocks: the sentences around an edit as the article had them and has them now, and where a copy has them."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from provenance.engine.aspects import sentence_at
from provenance.engine.features import Sentence
from provenance.engine.lineage import Lineage
from provenance.engine.script import bag
from provenance.model import Edit, Span

LONGEST = 2_500
"""Characters that a block has at most: past it, it is no place any more."""
LIKE = 0.5
"""Share of words that a copy's sentences have in common with a block from which they may be a wording of it."""
WITHIN = 0.75
"""Share of the shorter of the two, where one is a part of the other."""
FEWEST = 4
"""Words in common that it takes to be a wording of the same."""


@dataclass(frozen=True, slots=True)
class Block:
    """Sentences of an earlier revision, and those that stand in their place in the last one."""

    revision: int
    old: Span
    new: Span


def blocks(edits: Sequence[Edit], revision: int, lineage: Lineage) -> Iterator[Block]:
    """Give the sentences around neighbouring edits as each revision before them had them, the latest first.

    One wording is given once.
    """
    last = len(lineage.texts) - 1
    gone = [edit.before_span for edit in edits if edit.before_span]
    come = [edit.after_span for edit in edits if edit.after_span]
    if not gone or not come:
        return
    known: set[str] = set()
    for n in range(revision - 1, -1, -1):
        new = lineage.carry((min(come)[0], max(b for _, b in come)), revision, last)
        old = lineage.carry((min(gone)[0], max(b for _, b in gone)), revision - 1, n)
        for _ in range(3):
            new = sentence_at(lineage.texts[last], _union(new, lineage.carry(old, n, last)))
            old = sentence_at(lineage.texts[n], _union(old, lineage.carry(new, last, n)))
        words = lineage.texts[n][slice(*old)]
        if max(old[1] - old[0], new[1] - new[0]) <= LONGEST and words.strip() and words not in known:
            known.add(words)
            yield Block(n, old, new)


def _union(x: Span, y: Span) -> Span:
    if x[0] == x[1]:
        return y
    if y[0] == y[1]:
        return x
    return min(x[0], y[0]), max(x[1], y[1])


def windows(words: str, copy: str, body: Sequence[Sentence]) -> list[tuple[float, Span]]:
    """Find the places in a copy that may be a wording of some sentences, likest first, none within another."""
    found: dict[Span, float] = {}
    for at in range(len(body)):
        first, last = at, at + 1
        best = _like(words, copy[slice(*body[at].span)])
        grown = True
        while grown and best:
            grown = False
            for left, right in ((first, last + 1), (first - 1, last)):
                if left < 0 or right > len(body):
                    continue
                share = _like(words, copy[body[left].span[0] : body[right - 1].span[1]])
                if share > best:
                    first, last, best, grown = left, right, share, True
        span = body[first].span[0], body[last - 1].span[1]
        if best >= LIKE:
            found[span] = best
    ranked = sorted(((share, span) for span, share in found.items()), key=lambda each: (-each[0], each[1]))
    return [each for n, each in enumerate(ranked) if not any(_meet(each[1], other) for _, other in ranked[:n])]


def _meet(x: Span, y: Span) -> bool:
    return x[0] < y[1] and y[0] < x[1]


def _like(x: str, y: str) -> float:
    """Give the share of words that two texts have in common; of the shorter one alone if it is a part of it."""
    left, right = bag(x), bag(y)
    shared = sum(min(left[word], right[word]) for word in left.keys() & right.keys())
    shorter = min(left.total(), right.total())
    if shared < min(FEWEST, left.total()):
        return 0.0
    dice = 2 * shared / (left.total() + right.total())
    return max(dice, LIKE + 0.1 * dice) if shorter and shared >= WITHIN * shorter else dice
