"""Alike: a copy's sentences laid beside an article's by what they mean, where their words have little in common.

Whoever can tell how alike two sentences are is handed in as a `Meaning`; the engine itself knows no model. Likeness is
compared within one copy and one article only: a sentence follows another when it is more alike to it than to every
other sentence of the article.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Protocol

from provenance.engine.comparison import Comparison
from provenance.engine.features import Sentence, read
from provenance.engine.lexicon import guess
from provenance.model import Edit, Span

FREE = 1.7
"""Both shares of a match together from which a sentence has a place in the article by its words, and needs no other."""
LONG = 30
"""Bytes in UTF-8 that a sentence must have to mean enough: a name, a label or a date line does not."""
ALIKE = 0.84
"""Likeness from which a sentence may follow another; unlike sentences on one subject come to 0.80."""
NEARLY = 0.01
"""How much more alike to another sentence one may be that is clearly retold: two sentences told in one follow both."""
CLEARLY = 0.9
"""Likeness from which a sentence is clearly retold."""
MOST = 400
"""Sentences of a copy, and of an article, above which none of them is compared: cost stays bounded."""

Keys = tuple[str, ...]


class Meaning(Protocol):
    """Whatever can tell how alike sentences are in meaning, whatever their words and their language."""

    def likeness(self, these: Sequence[str], those: Sequence[str]) -> Sequence[Sequence[float]]:
        """Give for each of `these` its likeness to each of `those`, up to 1."""
        ...


@dataclass(frozen=True, slots=True)
class Place:
    """The copy's sentence that follows an edited one: how alike, by how much more than to any other sentence.

    `side` is how much more alike it is to the sentence as it stands now than as it stood before; None where the
    sentence stands on one side only.
    """

    sentence: Sentence
    likeness: float
    margin: float
    side: float | None


class Alike:
    """One copy beside one article by meaning; nothing is compared before it is asked for."""

    def __init__(self, comparison: Comparison, meaning: Meaning) -> None:
        self.comparison = comparison
        self._meaning = meaning

    @cached_property
    def article(self) -> dict[Keys, str]:
        """Give the distinct sentences of all revisions, with their texts."""
        found: dict[Keys, str] = {}
        for text, sentences in zip(self.comparison.lineage.texts, self.comparison.revisions, strict=True):
            for sentence in sentences:
                found.setdefault(sentence.keys, text[slice(*sentence.span)])
        return found

    @cached_property
    def spoken(self) -> str:
        """Name the copy's language where it is another one than the article's, "" where it is not."""
        found = guess(self.comparison.copy)
        return "" if found == self.comparison.language.lower().partition("-")[0] else found

    @cached_property
    def told(self) -> tuple[Sentence, ...]:
        """List the copy's sentences that are long enough to mean something, read in the copy's own language."""
        body = self.comparison.body
        if self.spoken:
            places = {s.span for s in body}
            body = tuple(s for s in read(self.comparison.copy, self.spoken) if s.span in places)
        return tuple(s for s in body if len(self._text(s).encode()) >= LONG)

    def rows(self, sentences: Sequence[Sentence]) -> list[dict[Keys, float]]:
        """Give the likeness of each of some sentences to each of the article's; none where there are too many."""
        if not sentences or max(len(sentences), len(self.article)) > MOST:
            return []
        found = self._meaning.likeness([self._text(s) for s in sentences], list(self.article.values()))
        return [dict(zip(self.article, row, strict=True)) for row in found]

    @cached_property
    def free(self) -> tuple[Sentence, ...]:
        """List the sentences whose words give them no place in the article."""
        body = zip(self.comparison.body, self.comparison.matches, strict=True)
        taken = {sentence.span for sentence, match in body if match[0] + match[1] >= FREE}
        return tuple(s for s in self.told if s.span not in taken)

    @cached_property
    def _rows(self) -> list[dict[Keys, float]]:
        return self.rows(self.free)

    def follows(self, wanted: frozenset[Keys]) -> Place | None:
        """Find the free sentence that follows one of some sentences of the article more than any other."""
        return self._best(wanted, wanted, frozenset())

    def place(self, edit: Edit, revision: int) -> Place | None:
        """Find the free sentence that follows the edited one, as it stood in any revision."""
        old, new = self._sides(edit, revision)
        return self._best(old | new, new - old, old - new)

    def _best(self, wanted: frozenset[Keys], new: frozenset[Keys], old: frozenset[Keys]) -> Place | None:
        best: Place | None = None
        for sentence, row in zip(self.free, self._rows, strict=False) if wanted else ():
            here = max(row[keys] for keys in wanted)
            margin = here - max((alike for keys, alike in row.items() if keys not in wanted), default=0.0)
            follows = (here >= ALIKE and margin > 0) or (here >= CLEARLY and margin >= -NEARLY)
            if follows and (best is None or here > best.likeness):
                side = max(row[k] for k in new) - max(row[k] for k in old) if new and old else None
                best = Place(sentence, here, margin, side)
        return best

    def _sides(self, edit: Edit, revision: int) -> tuple[frozenset[Keys], frozenset[Keys]]:
        """Give the sentences that the edit stands in, in the revisions before it and in those from it on."""
        old = self._standing(edit.before_span, revision - 1, range(revision))
        return old, self._standing(edit.after_span, revision, range(revision, len(self.comparison.revisions)))

    def _standing(self, span: Span | None, home: int, revisions: Iterable[int]) -> frozenset[Keys]:
        """Follow a span through some revisions; a sentence that stands beside it in its own is not in it elsewhere."""
        comparison = self.comparison
        if span is None or not (here := comparison.within(home, span)):
            return frozenset()
        beside = {s.keys for s in comparison.revisions[home]} - {s.keys for s in here}
        places = ((n, comparison.lineage.carry(span, home, n)) for n in revisions)
        return frozenset(s.keys for n, place in places for s in comparison.within(n, place)) - beside

    def _text(self, sentence: Sentence) -> str:
        return self.comparison.copy[slice(*sentence.span)]
