"""Sides: an article and a copy laid beside each other, sentence by sentence, whatever was moved, split or joined.

Equal sentences are paired first, each with the next one of its kind; then each other one with the sentence that shares
most with it, the rarer its words among those, the heavier. What stands in order is the spine; a pair off it has moved.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import chain, groupby

from provenance.engine import evasion
from provenance.engine.features import Weights, features, overlap
from provenance.engine.lexicon import guess
from provenance.engine.original import original
from provenance.engine.sentences import sentences
from provenance.engine.shares import FOLLOWS
from provenance.engine.words import key, tokens
from provenance.model import Span

COMMON = 100
"""A word of more sentences than this pairs none: cost grows with the texts, not with their product."""
JOINED = 0.6
"""The share of a sentence that must stand in a copy's for the copy to have joined it to the one beside it."""


@dataclass(frozen=True, slots=True)
class Row:
    """Neighbouring sentences of the article and those of the copy that tell the same; one side may be empty.

    `moved` where the copy has them in another order. The places are spans in the article's and in the copy's text.
    """

    left: Span | None
    right: Span | None
    moved: bool = False


@dataclass(frozen=True)
class Sentence:
    """A sentence, where it stands, and its words; its features are worked out for those that have no equal."""

    text: str
    span: Span
    keys: tuple[str, ...]
    language: str

    @cached_property
    def features(self) -> frozenset[str]:
        """Give the features of the sentence."""
        return frozenset(features(self.text, self.language))


def _read(text: str, language: str, known: dict[str, tuple[str, ...]]) -> list[Sentence]:
    """Read the sentences of a text; `known` keeps the words of each, most of which stand on both sides."""
    found = []
    for start, end in sentences(text):
        part = text[start:end]
        keys = known.get(part)
        if keys is None:
            keys = known[part] = tuple(name for name in map(key, tokens(part)) if name)
        found.append(Sentence(part, (start, end), keys, language))
    return found


Group = tuple[range, range]
"""Sentences of the article, and those of the copy that tell them, by their numbers."""


def align(text: str, copy: str) -> tuple[Row, ...]:
    """Lay a copy beside a text, in the order of the text; what only the copy has stands where the copy has it."""
    language = guess(text)
    known: dict[str, tuple[str, ...]] = {}
    old = _read(text, language, known)
    new = _read(evasion.see(copy, original((text,), language)).text, language, known)
    groups = _groups(old, new)
    spine = _spine(groups)
    return tuple(
        Row(_place(old, lefts), _place(new, rights), bool(lefts and rights) and (lefts, rights) not in spine)
        for lefts, rights in _ordered(groups, spine, len(old), len(new))
    )


def _place(sentences: Sequence[Sentence], numbers: range) -> Span | None:
    return (sentences[numbers[0]].span[0], sentences[numbers[-1]].span[1]) if numbers else None


def _groups(old: Sequence[Sentence], new: Sequence[Sentence]) -> list[Group]:
    """Pair runs of sentences, in the order of the article."""
    links = _exact(old, new)
    taken = set(links.values())
    weights = Weights(sentence for i, sentence in enumerate(old) if i not in taken)
    near = _near(old, new, [j for j in range(len(new)) if j not in links], taken, weights)
    told: dict[int, range] = {**near, **{i: range(j, j + 1) for j, i in links.items()}}
    groups: list[Group] = []
    for i, rights in sorted(told.items()):
        first, last = i, i + 1
        if i and i - 1 not in told and not (groups and groups[-1][0].stop == i):
            first -= _shares(old[i - 1], new, rights, weights)
        if last < len(old) and last not in told:
            last += _shares(old[last], new, rights, weights)
        groups.append((range(first, last), rights))
    return groups


def _shares(sentence: Sentence, new: Sequence[Sentence], rights: range, weights: Weights) -> bool:
    """Tell whether the copy joined a sentence to the one beside it."""
    there = frozenset(chain.from_iterable(new[j].features for j in rights))
    return overlap(sentence.features, there, weights)[0] >= JOINED


def _exact(old: Sequence[Sentence], new: Sequence[Sentence]) -> dict[int, int]:
    """Pair equal sentences: each of the copy with the article's next one that is free, else with the first."""
    free: dict[tuple[str, ...], list[int]] = defaultdict(list)
    for i, sentence in enumerate(old):
        free[sentence.keys].append(i)
    links: dict[int, int] = {}
    last = -1
    for j, sentence in enumerate(new):
        if places := free.get(sentence.keys):
            at = bisect_right(places, last)
            last = links[j] = places.pop(at if at < len(places) else 0)
    return links


def _near(
    old: Sequence[Sentence], new: Sequence[Sentence], wanted: Sequence[int], taken: set[int], weights: Weights
) -> dict[int, range]:
    """Give the neighbouring sentences of the copy that follow each one of the article, where they follow any."""
    postings: dict[str, list[int]] = defaultdict(list)
    for i, sentence in enumerate(old):
        for feature in sentence.features if i not in taken else ():
            if weights[feature]:
                postings[feature].append(i)
    rare = {feature: found for feature, found in postings.items() if len(found) <= COMMON}
    best = {j: found for j in wanted if (found := _closest(new[j], old, rare, weights))}
    runs: dict[int, list[tuple[float, range]]] = defaultdict(list)
    for i, listed in groupby(sorted(best), key=lambda j: best[j][1]):
        for run in _runs(list(listed)):
            runs[i].append((sum(best[j][0] for j in run), run))
    return {i: max(found, key=lambda each: (each[0], -each[1].start))[1] for i, found in runs.items()}


def _closest(
    sentence: Sentence, old: Sequence[Sentence], postings: dict[str, list[int]], weights: Weights
) -> tuple[float, int] | None:
    """Find the sentence that shares most with another, None where none follows it."""
    common: dict[int, float] = defaultdict(float)
    for feature in sorted(sentence.features & postings.keys()):  # in one order, so that sums are the same on every run
        for i in postings[feature]:
            common[i] += weights[feature]
    if not common:
        return None
    total = weights.whole(sentence.features)
    score, i = max((common[i] / total + common[i] / weights.whole(old[i].features), -i) for i in common)
    return (score, -i) if score >= FOLLOWS else None


def _runs(numbers: Sequence[int]) -> Iterator[range]:
    """Cut ascending numbers into runs without a gap."""
    start = 0
    for at in range(1, len(numbers) + 1):
        if at == len(numbers) or numbers[at] != numbers[at - 1] + 1:
            yield range(numbers[start], numbers[at - 1] + 1)
            start = at


def _spine(groups: Sequence[Group]) -> frozenset[Group]:
    """Choose the most pairs that stand in the same order on both sides."""
    ends: list[int] = []
    at: list[int] = []
    before: list[int] = []
    for number, (_, rights) in enumerate(groups):
        length = bisect_left(ends, rights.start)
        ends[length : length + 1] = [rights.start]
        before.append(at[length - 1] if length else -1)
        at[length : length + 1] = [number]
    chosen: list[Group] = []
    number = at[-1] if at else -1
    while number >= 0:
        chosen.append(groups[number])
        number = before[number]
    return frozenset(chosen)


def _ordered(groups: Sequence[Group], spine: frozenset[Group], olds: int, news: int) -> Iterator[Group]:
    """Give all sentences of both sides, paired or not, in the order of the article."""
    paired = {j for _, rights in groups for j in rights}
    nothing = range(0)
    i = j = 0
    for group in (*groups, (range(olds, olds), range(news, news))):
        yield from ((range(n, n + 1), nothing) for n in range(i, group[0].start))
        i = group[0].stop
        if group in spine or group[0].start == olds:
            yield from ((nothing, range(n, n + 1)) for n in range(j, group[1].start) if n not in paired)
            j = group[1].stop
        if group[0]:
            yield group
