"""The original: what every comparison with an article needs of its revisions, worked out once.

Many copies are held against one article, and many articles against one page; the article's side of a comparison does
not change between them.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections import Counter
from collections.abc import Iterable, Sequence
from functools import cached_property, lru_cache

from provenance.engine import notices
from provenance.engine.features import Sentence, Weights, grams, read
from provenance.engine.lineage import Lineage
from provenance.model import Span

Match = tuple[float, float, Sentence | None]
"""Two shares of weight, the text's sentence's and the article's, that both have; and the article's sentence."""

RUN = 5
"""Words in a row that are the article's own."""


class Original:
    """The texts of an article's revisions, oldest first, read for comparison."""

    def __init__(self, texts: tuple[str, ...], language: str) -> None:
        self.lineage = Lineage(texts)
        self.language = language

    @cached_property
    def revisions(self) -> tuple[tuple[Sentence, ...], ...]:
        """Read the sentences of each revision, its notices left out."""
        return tuple(
            outside(read(text, self.language), [n.span for n in notices.find(text, self.language) if n.span])
            for text in self.lineage.texts
        )

    @cached_property
    def features(self) -> tuple[frozenset[str], ...]:
        """Give all features of each revision."""
        return tuple(frozenset(f for s in sentences for f in s.features) for sentences in self.revisions)

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
    def vocabulary(self) -> frozenset[str]:
        """Give every word of all revisions by its key."""
        return frozenset(word for sentence in self.inventory for word in sentence.keys)

    @cached_property
    def runs(self) -> frozenset[tuple[str, ...]]:
        """Give every run of five words that stands in some revision."""
        return frozenset(gram for sentence in self.inventory for gram in grams(sentence.keys, RUN))

    @cached_property
    def weights(self) -> Weights:
        """Weigh features by how rare they are in the article as it stands."""
        return Weights(self.revisions[-1])

    def within(self, n: int, span: Span) -> tuple[Sentence, ...]:
        """List the sentences of a revision that a span lies in or touches."""
        starts = self._starts[n]
        first = max(bisect_right(starts, span[0]) - 1, 0)  # sentences stand in order: only one can reach over it
        return tuple(s for s in self.revisions[n][first : bisect_left(starts, span[1])] if span[0] < s.span[1])

    def elsewhere(self, n: int, span: Span, features: Iterable[str]) -> frozenset[str]:
        """Give those of some features that a sentence of a revision has which a span does not touch."""
        here = Counter(f for s in self.within(n, span) for f in s.features)
        return frozenset(f for f in features if self._counts[n][f] > here[f])

    @cached_property
    def _starts(self) -> tuple[list[int], ...]:
        return tuple([s.span[0] for s in sentences] for sentences in self.revisions)

    @cached_property
    def _counts(self) -> tuple[Counter[str], ...]:
        """Count, for each revision, the sentences that have a feature."""
        return tuple(Counter(f for s in sentences for f in s.features) for sentences in self.revisions)

    def later(self, span: Span, home: int) -> tuple[tuple[int, Span], ...]:
        """Follow a span from its revision to the last."""
        return tuple((n, self.lineage.carry(span, home, n)) for n in range(home, len(self.lineage.texts)))

    @cached_property
    def _exact(self) -> dict[tuple[str, ...], Sentence]:
        return {sentence.keys: sentence for sentence in self.inventory}

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

    def closest(self, sentence: Sentence) -> Match:
        """Find the article's sentence that shares most with one of a text."""
        same = self._exact.get(sentence.keys)
        if same is not None:
            return (1.0, 1.0, same)
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


@lru_cache(maxsize=32)
def original(texts: tuple[str, ...], language: str) -> Original:
    """Read the revisions of an article for comparison, or give what was read of them before."""
    return Original(texts, language)


def outside(sentences: Sequence[Sentence], spans: Sequence[Span]) -> tuple[Sentence, ...]:
    """Leave out the sentences that lie in one of the spans by more than half."""
    return tuple(s for s in sentences if not any(_inside(s.span, span) for span in spans))


def _inside(inner: Span, outer: Span) -> bool:
    shared = min(inner[1], outer[1]) - max(inner[0], outer[0])
    return 2 * shared > inner[1] - inner[0]
