"""Comparison: a copy laid beside all revisions of an article, sentence by sentence.

The copy's own notices are kept apart from its body: a notice tells of an update, it does not carry the passage.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from functools import cached_property

from provenance.engine import asides, evasion, notices
from provenance.engine.asides import Aside
from provenance.engine.features import Sentence, Weights, overlap, read
from provenance.engine.lexicon import guess
from provenance.engine.lineage import Lineage
from provenance.engine.original import Match, original, outside
from provenance.model import Notice, Span

REMEMBERED = 64
"""Sides of edits that are remembered at least: enough for the edits of one update and those beside it."""
SHARES = 200_000
"""As many shares are remembered of a short copy's sentences: the sides of one passage in five hundred revisions."""


class Comparison:
    """One copy against the texts of an article's revisions, oldest first.

    `copy` is its text as a reader sees it, `received` as it came: of the same length, disguised words apart.
    """

    def __init__(self, texts: Sequence[str], copy: str, language: str = "") -> None:
        self.language = language or guess(texts[-1])
        self.original = original(tuple(texts), self.language)
        self.seen = evasion.see(copy, self.original)
        self.copy = self.seen.text
        self.received = copy
        self._followed: dict[frozenset[str], tuple[tuple[float, float], ...]] = {}

    @property
    def lineage(self) -> Lineage:
        """Give the ways from one revision to the next."""
        return self.original.lineage

    @property
    def revisions(self) -> tuple[tuple[Sentence, ...], ...]:
        """Give the sentences of each revision, its notices left out."""
        return self.original.revisions

    @property
    def inventory(self) -> tuple[Sentence, ...]:
        """List the distinct sentences of all revisions, the latest first."""
        return self.original.inventory

    @property
    def weights(self) -> Weights:
        """Weigh features by how rare they are in the article as it stands."""
        return self.original.weights

    @property
    def standing(self) -> frozenset[tuple[str, ...]]:
        """Give the sentences that stand in the last revision."""
        return self.original.standing

    def features(self, n: int) -> frozenset[str]:
        """Give all features of one revision."""
        return self.original.features[n]

    def within(self, n: int, span: Span) -> tuple[Sentence, ...]:
        """List the sentences of a revision that a span lies in or touches."""
        return self.original.within(n, span)

    def elsewhere(self, n: int, span: Span, features: Iterable[str]) -> frozenset[str]:
        """Give those of some features that a sentence of a revision has which a span does not touch."""
        return self.original.elsewhere(n, span, features)

    def later(self, span: Span, home: int) -> tuple[tuple[int, Span], ...]:
        """Follow a span from its revision to the last."""
        return self.original.later(span, home)

    @cached_property
    def notices(self) -> tuple[Notice, ...]:
        """Find the copy's own notices."""
        return notices.find(self.copy, self.language)

    @cached_property
    def _read(self) -> tuple[Sentence, ...]:
        return read(self.copy, self.language)

    @cached_property
    def body(self) -> tuple[Sentence, ...]:
        """Read the copy's sentences that are no notice."""
        return outside(self._read, [notice.span for notice in self.notices if notice.span])

    @cached_property
    def notes(self) -> tuple[Sentence, ...]:
        """Read the copy's sentences that are a notice."""
        body = set(self.body)
        return tuple(sentence for sentence in self._read if sentence not in body)

    @cached_property
    def matches(self) -> tuple[Match, ...]:
        """Give, for each sentence of the body, the article's closest sentence and the share of each that both have."""
        return tuple(map(self.original.closest, self.body))

    @cached_property
    def asides(self) -> tuple[Aside, ...]:
        """Find what the copy says of the text in its own notices and in paragraphs of its own."""
        noted = (asides.noted(self.notes),) if self.notes else ()
        return noted + asides.read(self.body, self.matches, self.original.runs, self.copy, self.language)

    def followed(self, side: frozenset[str]) -> tuple[tuple[float, float], ...]:
        """Give, for each sentence of the body, the share of its weight and of a side's that both have."""
        found = self._followed.get(side)
        if found is None:
            if len(self._followed) >= max(REMEMBERED, SHARES // (len(self.body) + 1)):
                self._followed.clear()
            found = tuple(overlap(sentence.features, side, self.weights) for sentence in self.body)
            self._followed[side] = found
        return found

    def line(self, at: int) -> int:
        """Give the line of a place in the copy, from 1."""
        return self.copy.count("\n", 0, at) + 1
