"""Features: what a sentence says, in a form in which two wordings of it can be counted against each other.

A feature is a stem (`offic`), a value (`#48000`), a qualifier (`~former`), or, in scripts that part no words, a pair of
neighbouring characters. Names and figures weigh more than other words, function words nothing; within an
article a feature weighs the more, the fewer of its sentences have it.
"""

from __future__ import annotations

from bisect import bisect_right
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import accumulate
from math import fsum, log
from typing import Protocol

from provenance.engine import values
from provenance.engine.lexicon import lexicon
from provenance.engine.sentences import sentences
from provenance.engine.words import dense, words
from provenance.model import Span

FUNCTION_WORD = 0.0
NAMED = 1.5
"""What a figure or a name weighs against a plain word."""


@dataclass(frozen=True, slots=True)
class Sentence:
    """One sentence of a text: where it stands, its words in order, its features and the values in it."""

    span: Span
    keys: tuple[str, ...]
    counts: Counter[str]
    features: frozenset[str]
    values: tuple[values.Value, ...]
    paragraph: int

    def __hash__(self) -> int:
        return hash(self.span)


@lru_cache(maxsize=128)  # an article is read again beside every text that may be a copy of it
def read(text: str, language: str) -> tuple[Sentence, ...]:
    """Read the sentences of a canonical text."""
    found = []
    paragraph, last = 0, 0
    for start, end in sentences(text):
        paragraph += "\n\n" in text[last:start]
        last = end
        keys, counts, held, said = _analysed(text[start:end], language)
        found.append(Sentence((start, end), keys, counts, held, said, paragraph))
    return tuple(found)


def features(text: str, language: str) -> Counter[str]:
    """Count the features of a piece of text."""
    return _analysed(text, language)[1]


def figures(text: str, language: str) -> tuple[values.Value, ...]:
    """Read the values of a piece of text that are no part of a qualifier (the "one" of "one-time")."""
    return _analysed(text, language)[3]


@lru_cache(maxsize=1 << 14)
def _analysed(
    sentence: str, language: str
) -> tuple[tuple[str, ...], Counter[str], frozenset[str], tuple[values.Value, ...]]:
    known = lexicon(language)
    listed = words(sentence)
    mentions = known.mentions(sentence)
    said = tuple(_outside(values.read(sentence, language), [mention.span for mention in mentions]))
    found = Counter(f"#{value.key}" for value in said)
    found.update(f"~{mention.concept}" for mention in mentions)
    taken = bytearray(len(sentence))  # one sign each: a sentence may be a megabyte long
    for left, right in (*(value.span for value in said), *(mention.span for mention in mentions)):
        taken[left:right] = b"1" * (right - left)
    dense_text = dense(sentence)
    for at, word in enumerate(listed):
        if taken[word.span[0]]:
            continue
        if dense_text and len(word.key) == 1:
            if at + 1 < len(listed) and listed[at + 1].span[0] == word.span[1]:
                found[word.key + listed[at + 1].key] += 1
        elif word.key in known.common:
            found[f" {word.key}"] += 1
        else:
            found[word.stem] += 1
    return tuple(word.key for word in listed), found, frozenset(found), said


def _outside(found: Iterable[values.Value], spans: Iterable[Span]) -> Iterator[values.Value]:
    """Leave out the values that lie in one of the spans."""
    ordered = sorted(spans)
    starts = [start for start, _ in ordered]
    ends = list(accumulate((end for _, end in ordered), max))
    for value in found:
        before = bisect_right(starts, value.span[0])
        if not before or ends[before - 1] < value.span[1]:
            yield value


class Featured(Protocol):
    """What has features."""

    @property
    def features(self) -> frozenset[str]:
        """Give them."""
        ...


class Weights(dict[str, float]):
    """How much each feature tells within one article: rare ones much, function words nothing.

    A feature's weight is worked out when it is first asked for; one that the article lacks weighs like one that stands
    in it once. A dictionary, for most of a comparison is looking weights up.
    """

    def __init__(self, article: Iterable[Featured]) -> None:
        counts: dict[str, int] = {}
        total = 0
        for sentence in article:
            total += 1
            for feature in sentence.features:
                counts[feature] = counts.get(feature, 0) + 1
        self._total = total
        self._counts = counts
        self._sums: dict[frozenset[str], float] = {}

    def __missing__(self, feature: str) -> float:
        weight = log(1 + self._total / max(1, self._counts.get(feature, 1)))
        weight *= FUNCTION_WORD if feature[0] == " " or feature == "~said" else NAMED if feature[0] == "#" else 1.0
        self[feature] = weight
        return weight

    def of(self, features: Iterable[str]) -> float:
        """Give the weight of several features together."""
        return fsum(map(self.__getitem__, features))  # exact, so that the order of a set does not show

    def whole(self, features: frozenset[str]) -> float:
        """Give the weight of all features of a sentence, as `of` does, and remember it."""
        found = self._sums.get(features)
        if found is None:
            found = self._sums[features] = self.of(features)
        return found


def overlap(x: frozenset[str], y: frozenset[str], weights: Weights) -> tuple[float, float]:
    """Give the share of each side's weight that both have."""
    shared = x & y
    if not shared:
        return (0.0, 0.0)
    common = weights.of(shared)
    left, right = weights.whole(x), weights.whole(y)
    return (common / left if left else 0.0, common / right if right else 0.0)


def grams(sentence: Sequence[str], size: int) -> set[tuple[str, ...]]:
    """List the runs of *size* neighbouring words."""
    return {tuple(sentence[at : at + size]) for at in range(len(sentence) - size + 1)}
