"""Comparison: a copy laid beside all revisions of an article, sentence by sentence.

The copy's own notices are kept apart from its body: a notice tells of an update, it does not carry the passage.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import cached_property

from provenance.engine import notices
from provenance.engine.features import Sentence, Weights, read
from provenance.engine.lexicon import guess
from provenance.engine.lineage import Lineage
from provenance.model import Notice, Span

ALIGNED = 0.3
"""The share of weight from which a copy's sentence is taken to follow an article's."""


class Comparison:
    """One copy against the texts of an article's revisions, oldest first."""

    def __init__(self, texts: Sequence[str], copy: str, language: str = "") -> None:
        self.lineage = Lineage(texts)
        self.copy = copy
        self.language = language or guess(texts[-1])

    @cached_property
    def notices(self) -> tuple[Notice, ...]:
        """Find the copy's own notices."""
        return notices.find(self.copy, self.language)

    @cached_property
    def revisions(self) -> tuple[tuple[Sentence, ...], ...]:
        """Read the sentences of each revision, its notices left out."""
        return tuple(
            _outside(read(text, self.language), [n.span for n in notices.find(text, self.language) if n.span])
            for text in self.lineage.texts
        )

    def features(self, n: int) -> frozenset[str]:
        """Give all features of one revision."""
        return self._features[n]

    @cached_property
    def _features(self) -> tuple[frozenset[str], ...]:
        return tuple(frozenset(f for s in sentences for f in s.features) for sentences in self.revisions)

    def within(self, n: int, span: Span) -> tuple[Sentence, ...]:
        """List the sentences of a revision that a span lies in or touches."""
        return tuple(s for s in self.revisions[n] if s.span[0] < span[1] and span[0] < s.span[1])

    def later(self, span: Span, home: int) -> tuple[tuple[int, Span], ...]:
        """Follow a span from its revision to the last."""
        return tuple((n, self.lineage.carry(span, home, n)) for n in range(home, len(self.lineage.texts)))

    @cached_property
    def standing(self) -> frozenset[tuple[str, ...]]:
        """Give the sentences that stand in the last revision."""
        return frozenset(sentence.keys for sentence in self.revisions[-1])

    @cached_property
    def inventory(self) -> tuple[Sentence, ...]:
        """List the distinct sentences of all revisions, the latest first."""
        distinct = {s.keys: s for sentences in self.revisions for s in sentences}
        return tuple(distinct.values())[::-1]

    @cached_property
    def weights(self) -> Weights:
        """Weigh features by how rare they are in the article as it stands."""
        return Weights(self.revisions[-1])

    @cached_property
    def _read(self) -> tuple[Sentence, ...]:
        return read(self.copy, self.language)

    @cached_property
    def body(self) -> tuple[Sentence, ...]:
        """Read the copy's sentences that are no notice."""
        return _outside(self._read, [notice.span for notice in self.notices if notice.span])

    @cached_property
    def notes(self) -> tuple[Sentence, ...]:
        """Read the copy's sentences that are a notice."""
        outside = set(self.body)
        return tuple(sentence for sentence in self._read if sentence not in outside)

    @cached_property
    def matches(self) -> tuple[tuple[float, float, Sentence | None], ...]:
        """Give, for each sentence of the body, the article's closest sentence and the share of each that both have."""
        exact = {s.keys: s for s in self.inventory}
        return tuple(
            (1.0, 1.0, exact[sentence.keys]) if sentence.keys in exact else self._best(sentence)
            for sentence in self.body
        )

    @cached_property
    def _postings(self) -> dict[str, list[int]]:
        """List, for each telling feature, the sentences of the inventory that have it."""
        found: dict[str, list[int]] = {}
        for at, sentence in enumerate(self.inventory):
            for feature in sentence.features:
                if self.weights[feature]:
                    found.setdefault(feature, []).append(at)
        return found

    @cached_property
    def _loads(self) -> list[float]:
        return [self.weights.of(sentence.features) for sentence in self.inventory]

    def _best(self, sentence: Sentence) -> tuple[float, float, Sentence | None]:
        common: dict[int, float] = {}
        total = 0.0
        for feature in sorted(sentence.features):  # in one order, so that sums are the same on every run
            weight = self.weights[feature]
            total += weight
            for at in self._postings.get(feature, ()):
                common[at] = common.get(at, 0.0) + weight
        if not common:
            return (0.0, 0.0, None)
        best = max(sorted(common), key=lambda at: common[at] / total + common[at] / self._loads[at])
        return (common[best] / total, common[best] / self._loads[best], self.inventory[best])

    def line(self, at: int) -> int:
        """Give the line of a place in the copy, from 1."""
        return self.copy.count("\n", 0, at) + 1


def _outside(sentences: Sequence[Sentence], spans: Sequence[Span]) -> tuple[Sentence, ...]:
    """Leave out the sentences that lie in one of the spans by more than half."""
    return tuple(s for s in sentences if not any(_inside(s.span, span) for span in spans))


def _inside(inner: Span, outer: Span) -> bool:
    shared = min(inner[1], outer[1]) - max(inner[0], outer[0])
    return 2 * shared > inner[1] - inner[0]
