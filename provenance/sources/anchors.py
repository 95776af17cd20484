"""The words of one text found again in another that has more: by runs of words that both have once, and what joins on.

Precision first: a run is kept where it is long, a whole paragraph, or close to one that is; the rest has no place.
Cost is near linear: runs of words are looked up, never searched, and only small gaps are compared word by word.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterator, Sequence
from itertools import pairwise

from provenance.engine import diffing
from provenance.model import Span

Run = tuple[int, int, int]
"""So many words, from this word of the one list and from that word of the other."""

_SIZES = (6, 3)
_SURE = 8  # words in a row that two texts do not have in common by chance
_NEAR = 10  # words that may stand between a short run and its neighbour
_HEAD = 6  # words by which a paragraph is looked up
_MANY = 20
_DEEPEST = 12  # gaps inside gaps
_SMALL = 250_000  # the product of two gaps that is still compared word by word


def runs(ours: Sequence[str], theirs: Sequence[str], paragraphs: Sequence[Span]) -> list[Run]:
    """Find our words among theirs, in order; `paragraphs` are spans of ours, in words."""
    if ours == theirs:
        return [(0, 0, len(ours))] if ours else []
    found = _joined(sorted(_matched(ours, theirs)))
    return _trusted(found, paragraphs)


def whole(ours: Sequence[str], theirs: Sequence[str], wanted: Sequence[Span]) -> dict[Span, list[int]]:
    """Give, for each span of our words, every place where theirs have just these words one after the other.

    A span that begins like too many of their places has none.
    """
    heads = {span: tuple(ours[span[0] : min(span[1], span[0] + _HEAD)]) for span in wanted}
    places: dict[tuple[str, ...], list[int]] = {head: [] for head in heads.values()}
    for size in {len(head) for head in places}:
        for at in range(len(theirs) - size + 1):
            if (key := tuple(theirs[at : at + size])) in places and len(places[key]) <= _MANY:
                places[key].append(at)
    few = {span: places[head] for span, head in heads.items() if len(places[head]) <= _MANY}
    return {
        (start, end): [at for at in few[start, end] if theirs[at : at + end - start] == ours[start:end]]
        for start, end in few
    }


def _matched(ours: Sequence[str], theirs: Sequence[str]) -> Iterator[Run]:
    """Match two lists, gap by gap: by anchors, by what joins on to them, then inside the gaps that they leave."""
    gaps = [((0, len(ours), 0, len(theirs)), (False, False), 0)]
    while gaps:
        (a, b, c, d), (left, right), depth = gaps.pop()
        before, after = _ends(ours[a:b], theirs[c:d], left, right)
        yield from ((a, c, before), (b - after, d - after, after))
        a, b, c, d = a + before, b - after, c + before, d - after
        if a >= b or c >= d:
            continue
        anchors = _anchors(ours, theirs, (a, b, c, d)) if depth < _DEEPEST else []
        if not anchors:
            yield from _compared(ours, theirs, (a, b, c, d))
            continue
        yield from anchors
        edges = [(a, c, 0), *anchors, (b, d, 0)]
        for n, ((i, j, size), (k, m, _)) in enumerate(pairwise(edges)):
            beside = (left or n > 0, right or n < len(anchors))
            gaps.append(((i + size, k, j + size, m), beside, depth + 1))


def _ends(ours: Sequence[str], theirs: Sequence[str], left: bool, right: bool) -> tuple[int, int]:  # noqa: FBT001 - is a match there
    """Count the words that both have at the begin, and at the end, of a gap; none of those that could be either."""
    shorter = min(len(ours), len(theirs))
    before = next((n for n in range(shorter) if ours[n] != theirs[n]), shorter) if left else 0
    after = next((n for n in range(shorter) if ours[-1 - n] != theirs[-1 - n]), shorter) if right else 0
    if before == len(ours) == len(theirs):
        return before, 0
    both = before + after - shorter
    return (before - both, after - both) if both > 0 else (before, after)


def _anchors(ours: Sequence[str], theirs: Sequence[str], gap: tuple[int, int, int, int]) -> list[Run]:
    """Give runs of words that both sides of a gap have once, in an order that both have them in."""
    a, b, c, d = gap
    for size in _SIZES:
        left, right = _once(ours, a, b, size), _once(theirs, c, d, size)
        pairs = [(i, right[key]) for key, i in left.items() if key in right]
        if pairs:
            return _disjoint(_rising(pairs), size)
    return []


def _once(words: Sequence[str], start: int, end: int, size: int) -> dict[tuple[str, ...], int]:
    """Give the runs of words that stand only once between two places, with where."""
    found: dict[tuple[str, ...], int] = {}
    for at in range(start, end - size + 1):
        key = tuple(words[at : at + size])
        found[key] = -1 if key in found else at
    return {key: at for key, at in found.items() if at >= 0}


def _rising(pairs: list[tuple[int, int]]) -> list[tuple[int, int]]:
    """Give the longest series of pairs that rise on both sides (patience)."""
    pairs.sort()
    tops: list[int] = []
    heads: list[int] = []
    behind: list[int] = []
    for n, (_, j) in enumerate(pairs):
        pile = bisect_left(tops, j)
        behind.append(heads[pile - 1] if pile else -1)
        tops[pile : pile + 1] = [j]
        heads[pile : pile + 1] = [n]
    found, n = [], heads[-1]
    while n >= 0:
        found.append(pairs[n])
        n = behind[n]
    return found[::-1]


def _disjoint(pairs: list[tuple[int, int]], size: int) -> list[Run]:
    """Join pairs that overlap on one diagonal; of two that overlap on different ones, keep the first."""
    found: list[Run] = []
    for i, j in pairs:
        if found:
            a, b, n = found[-1]
            if i - a == j - b and i <= a + n:
                found[-1] = (a, b, i - a + size)
                continue
            if i < a + n or j < b + n:
                continue
        found.append((i, j, size))
    return found


def _compared(ours: Sequence[str], theirs: Sequence[str], gap: tuple[int, int, int, int]) -> Iterator[Run]:
    """Compare a small gap word by word; a run that either side has again within the gap could be either: left out."""
    a, b, c, d = gap
    if (b - a) * (d - c) > _SMALL:
        return
    i, j = a, c
    for op, old, new in diffing.diff(ours[a:b], theirs[c:d], semantic=False):
        if op == 0 and _times(ours, (a, b), (i, old)) == _times(theirs, (c, d), (j, new)):
            yield i, j, old
        i, j = i + old, j + new


def _times(words: Sequence[str], gap: Span, run: tuple[int, int]) -> int:
    at, size = run
    wanted = words[at : at + size]
    return sum(1 for n in range(gap[0], gap[1] - size + 1) if words[n] == wanted[0] and words[n : n + size] == wanted)


def _joined(found: list[Run]) -> list[Run]:
    joined: list[Run] = []
    for i, j, size in found:
        if not size:
            continue
        if joined and joined[-1][0] + joined[-1][2] == i and joined[-1][1] + joined[-1][2] == j:
            joined[-1] = (joined[-1][0], joined[-1][1], joined[-1][2] + size)
        else:
            joined.append((i, j, size))
    return joined


def _trusted(found: list[Run], paragraphs: Sequence[Span]) -> list[Run]:
    """Keep the runs that are long or hold a whole paragraph, and those that stand close to one kept, on either side."""
    starts, ends = [start for start, _ in paragraphs], [end for _, end in paragraphs]

    def is_sure(run: Run) -> bool:
        first = bisect_left(starts, run[0])
        return run[2] >= _SURE or (first < len(ends) and ends[first] <= run[0] + run[2])

    sure = [is_sure(run) for run in found]
    for order in (range(1, len(found)), range(len(found) - 2, -1, -1)):
        for n in order:
            beside = n - order.step
            sure[n] = sure[n] or (found[n][2] >= _SIZES[1] and sure[beside] and _is_near(found, min(n, beside)))
    for n in range(1, len(found) - 1):  # a word or two are sure only between two runs that are
        sure[n] = sure[n] or (sure[n - 1] and sure[n + 1] and _is_near(found, n - 1) and _is_near(found, n))
    return [run for run, is_kept in zip(found, sure, strict=True) if is_kept]


def _is_near(found: Sequence[Run], first: int) -> bool:
    """Tell whether a run stands close to the next one, on either side."""
    (i, j, size), (k, m, _) = found[first : first + 2]
    return k - i - size <= _NEAR and m - j - size <= _NEAR
