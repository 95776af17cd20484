"""The two-level comparison of two texts: which sentences belong together, then which words changed inside them.

Whole paragraphs are compared first, so that cost follows what changed; inside a changed block sentences are paired by
the words that they share, in order; inside a pair the words are diffed by diff-match-patch. The result is a list of
steps that covers both texts without a gap, the same on every machine.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import pairwise

from provenance.engine.diffing import diff
from provenance.engine.sentences import sentences
from provenance.engine.words import key, tokens
from provenance.model import Span

ALIKE = 0.4
"""The share of words that makes two sentences the same sentence, changed."""
RELATED = 0.15
"""The share that makes one sentence stand in place of another."""
LARGEST_GRID = 40_000
"""Sentence pairs compared in one block at most; past it, sentences are paired by place."""


@dataclass(frozen=True, slots=True)
class Step:
    """One step from the old text to the new: what is kept, dropped, put in or replaced, with its places in both."""

    kept: bool
    before: Span
    after: Span


def script(before: str, after: str) -> list[Step]:
    """List the steps from one text to the other; joined, they cover both."""
    old, new = _paragraphs(before), _paragraphs(after)
    steps: list[Step] = []
    i = j = a = b = 0
    changed_old: list[str] = []
    changed_new: list[str] = []
    for op, left, right in [*diff(old, new, semantic=False), (0, 0, 0)]:
        if op:
            changed_old.extend(old[i : i + left])
            changed_new.extend(new[j : j + right])
        else:
            x, y = "".join(changed_old), "".join(changed_new)
            steps.extend(_block(x, y, a, b))
            a, b = a + len(x), b + len(y)
            changed_old, changed_new = [], []
            length = sum(map(len, old[i : i + left]))
            steps.append(Step(kept=True, before=(a, a + length), after=(b, b + length)))
            a, b = a + length, b + length
        i, j = i + left, j + right
    return _joined(_least_moved(_joined(steps), before, after))


def _paragraphs(text: str) -> list[str]:
    """Cut a text into paragraphs, each with the blank line that follows it."""
    pieces = text.split("\n\n")
    return [piece + "\n\n" for piece in pieces[:-1]] + pieces[-1:] if text else []


def _units(text: str) -> list[str]:
    """Cut a block into sentences, each with the white space that follows it."""
    starts = [start for start, _ in sentences(text)]
    if not starts:
        return [text] if text else []
    bounds = [0, *starts[1:], len(text)]
    return [text[left:right] for left, right in pairwise(bounds)]


def _block(before: str, after: str, a: int, b: int) -> Iterator[Step]:
    """Compare two changed blocks that start at *a* and *b*."""
    if not before and not after:
        return
    if not before or not after:
        yield Step(kept=False, before=(a, a + len(before)), after=(b, b + len(after)))
        return
    old, new = _units(before), _units(after)
    for left, right in pairs(old, new):
        x, y = "".join(left), "".join(right)
        if x == y:
            yield Step(kept=True, before=(a, a + len(x)), after=(b, b + len(y)))
        elif x and y and _alike(x, y) >= ALIKE:
            yield from _words(x, y, a, b)
        else:
            yield Step(kept=False, before=(a, a + len(x)), after=(b, b + len(y)))
        a, b = a + len(x), b + len(y)


def _words(before: str, after: str, a: int, b: int) -> Iterator[Step]:
    """Compare two sentences word by word; what is dropped and what is put in its place are one step."""
    old, new = tokens(before), tokens(after)
    i = j = x = y = 0
    for op, left, right in [*diff(old, new, semantic=True), (0, 0, 0)]:
        if op:
            x, y = x + len("".join(old[i : i + left])), y + len("".join(new[j : j + right]))
        else:
            if x or y:
                yield Step(kept=False, before=(a, a + x), after=(b, b + y))
            length = len("".join(old[i : i + left]))
            a, b, x, y = a + x, b + y, 0, 0
            yield Step(kept=True, before=(a, a + length), after=(b, b + length))
            a, b = a + length, b + length
        i, j = i + left, j + right


def _least_moved(steps: list[Step], before: str, after: str) -> list[Step]:
    """Where two neighbouring passages changed places, let the longer one stay and the shorter one move."""
    out: list[Step] = []
    at = 0
    while at < len(steps):
        swapped = _swapped(steps[at : at + 3], before, after)
        out.extend(swapped or steps[at : at + 1])
        at += 3 if swapped else 1
    return out


def _swapped(steps: Sequence[Step], before: str, after: str) -> list[Step]:
    """Turn "X goes, K stays, X comes" into "K comes, X stays, K goes", where K is shorter; [] for anything else."""
    if [step.kept for step in steps] != [False, True, False]:
        return []
    first, kept, last = steps
    goes, comes = (first, last) if first.after[0] == first.after[1] else (last, first)
    if goes.after[0] != goes.after[1] or comes.before[0] != comes.before[1]:
        return []
    passage = before[slice(*goes.before)]
    if len(passage) <= kept.before[1] - kept.before[0] or passage != after[slice(*comes.after)]:
        return []
    (a, b), size, long = (first.before[0], first.after[0]), kept.before[1] - kept.before[0], len(passage)
    if goes is first:  # X K became K X
        return [
            Step(kept=False, before=(a, a), after=(b, b + size)),
            Step(kept=True, before=(a, a + long), after=(b + size, b + size + long)),
            Step(kept=False, before=(a + long, a + long + size), after=(b + size + long, b + size + long)),
        ]
    return [
        Step(kept=False, before=(a, a + size), after=(b, b)),
        Step(kept=True, before=(a + size, a + size + long), after=(b, b + long)),
        Step(kept=False, before=(a + size + long, a + size + long), after=(b + long, b + long + size)),
    ]


def _joined(steps: Sequence[Step]) -> list[Step]:
    """Join neighbours that are kept and leave out steps of nothing."""
    out: list[Step] = []
    for step in steps:
        if step.before[0] == step.before[1] and step.after[0] == step.after[1]:
            continue
        last = out[-1] if out else None
        if last and last.kept and step.kept:
            out[-1] = Step(kept=True, before=(last.before[0], step.before[1]), after=(last.after[0], step.after[1]))
        else:
            out.append(step)
    return out


@lru_cache(maxsize=1 << 12)
def bag(text: str) -> Counter[str]:
    """Count the words of a text by key."""
    return Counter(filter(None, map(key, tokens(text))))


def _alike(x: str, y: str) -> float:
    return likeness(bag(x), bag(y))


def likeness(x: Counter[str], y: Counter[str]) -> float:
    """Give the share of words that two bags have in common, from 0 to 1 (Dice)."""
    total = x.total() + y.total()
    shared = sum(min(x[word], y[word]) for word in x.keys() & y.keys())
    return 2 * shared / total if total else 1.0


def pairs(old: Sequence[str], new: Sequence[str]) -> Iterator[tuple[list[str], list[str]]]:
    """Pair the sentences of two blocks in order: equal ones first, then those that share most words."""
    i = j = 0
    slot_old: list[str] = []
    slot_new: list[str] = []
    opening = True
    for op, left, right in [*diff(old, new, semantic=False), (0, 0, 0)]:
        if op:
            slot_old.extend(old[i : i + left])
            slot_new.extend(new[j : j + right])
        else:
            yield from _slot(slot_old, slot_new, opening=opening, closing=left == 0 or _whole(old[:i]))
            slot_old, slot_new = [], []
            for unit in old[i : i + left]:
                yield [unit], [unit]
            opening = _whole(old[: i + left])
        i, j = i + left, j + right


def _whole(units: Sequence[str]) -> bool:
    """Tell whether sentences end with the end of a paragraph."""
    return not units or units[-1].endswith("\n")


def _slot(old: list[str], new: list[str], *, opening: bool, closing: bool) -> Iterator[tuple[list[str], list[str]]]:
    """Pair the sentences between two equal ones by a monotone alignment of greatest total likeness.

    `opening` and `closing` tell whether the slot begins and ends with a paragraph; where it does not, what is left
    over beside the equal sentence stands in the same paragraph and so in the same place.
    """
    if not old or not new:
        if old or new:
            yield old, new
        return
    i = j = 0
    for x, y in [*_aligned(old, new), (len(old), len(new))]:
        last = x == len(old)
        yield from _leftover(
            old[i:x],
            new[j:y],
            opening=opening if i == 0 and j == 0 else _whole(old[:i]),
            closing=closing if last else _whole(old[:x]),
        )
        if not last:
            yield [old[x]], [new[y]]
        i, j = x + 1, y + 1


def _leftover(old: list[str], new: list[str], *, opening: bool, closing: bool) -> Iterator[tuple[list[str], list[str]]]:
    """Replace what stands in the same paragraph, or is one related sentence for another; else drop, then put in."""
    if old and new and not opening:
        x, y = _to_paragraph_end(old), _to_paragraph_end(new)
        yield old[:x], new[:y]
        old, new = old[x:], new[y:]
    elif old and new and not closing and not (_whole(old) or _whole(new)):
        yield from _leftover(old[:-1], new[:-1], opening=True, closing=True)
        yield old[-1:], new[-1:]
        return
    if len(old) == len(new) == 1 and _alike(old[0], new[0]) >= RELATED:
        yield old, new
        return
    if old:
        yield old, []
    if new:
        yield [], new


def _to_paragraph_end(units: list[str]) -> int:
    """Count the sentences up to the one that ends its paragraph."""
    return next((at + 1 for at, unit in enumerate(units) if unit.endswith("\n")), len(units))


def _aligned(old: list[str], new: list[str]) -> list[tuple[int, int]]:
    """Give the pairs of a monotone alignment (Needleman and Wunsch 1970) whose gain is shared words."""
    rows, columns = len(old), len(new)
    if rows * columns > LARGEST_GRID:
        return [(at, at) for at in range(min(rows, columns)) if _alike(old[at], new[at]) >= ALIKE]
    x, y = [bag(unit) for unit in old], [bag(unit) for unit in new]
    gain = [[0.0] * (columns + 1) for _ in range(rows + 1)]
    pair = [[0.0] * columns for _ in range(rows)]
    for i in range(rows - 1, -1, -1):
        for j in range(columns - 1, -1, -1):
            share = likeness(x[i], y[j])
            pair[i][j] = share * min(x[i].total(), y[j].total()) if share >= ALIKE else -1.0
            gain[i][j] = max(gain[i + 1][j], gain[i][j + 1], pair[i][j] + gain[i + 1][j + 1])
    found, i, j = [], 0, 0
    while i < rows and j < columns:
        if pair[i][j] >= 0 and gain[i][j] == pair[i][j] + gain[i + 1][j + 1]:
            found.append((i, j))
            i, j = i + 1, j + 1
        elif gain[i][j] == gain[i + 1][j]:
            i += 1
        else:
            j += 1
    return found
