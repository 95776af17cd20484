"""Scoring: each splice of a patch held against the labelled edits that it stands for, by words alone.

A splice is right where the words that it takes out and puts in are, together with those of the same labelled edits,
exactly the words in which `before` and what stands there now differ; or where the sentence that it makes is one of the
article's last revision. Nothing here asks the verdict that the patch was proved by, but which edits it still lacks.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from enum import Enum
from functools import cached_property
from itertools import combinations, product

from accuracy.scoring import evaluate

from patching.labels import Label, words
from provenance.engine.patching import EditName, Patch, Splice
from provenance.engine.sentences import sentences
from provenance.model import Revision, Update

Change = tuple[Counter[str], Counter[str]]
"""The words that went and those that came, each counted."""
MOST = 6
"""Labelled edits that one splice can stand for at most."""


class Outcome(Enum):
    """What became of an update that a copy misses."""

    RIGHTLY = "rightly"
    PARTLY = "partly, the rest listed"
    WRONGLY = "wrongly"
    LISTED = "listed, not placed"
    UNSEEN = "not seen by the verdict"

    @property
    def is_placed(self) -> bool:
        """Tell whether something was placed."""
        return self in {Outcome.RIGHTLY, Outcome.PARTLY, Outcome.WRONGLY}


@dataclass(frozen=True)
class Placed:
    """A copy's text and its patch, with the article that both are of."""

    revisions: Sequence[Revision]
    updates: Sequence[Update]
    text: str
    patch: Patch

    def labelled(self, splice: Splice, known: Iterable[Label]) -> list[Label]:
        """Give the labelled edits that a splice stands for."""
        return [label for label in known if any(self._touches(label, name) for name in splice.edits)]

    def of(self, mine: Sequence[Label]) -> list[Splice]:
        """Give the splices that stand for one of some labelled edits."""
        return [splice for splice in self.patch.made.splices if self.labelled(splice, mine)]

    def lacking(self, mine: Sequence[Label]) -> bool:
        """Tell whether an edit that belongs to one of some labelled edits was left."""
        names = [(left.update.id, left.edit.n) for left in self.patch.left]
        return any(self._touches(label, name) for label in mine for name in names)

    def _touches(self, label: Label, name: EditName) -> bool:
        update = next(each for each in self.updates if each.id == name[0])
        edit = next(each for each in update.edits if each.n == name[1])
        spans = {"before_span": edit.before_span, "after_span": edit.after_span}
        return update.revision == label.revision and bool(evaluate.touches(label.spans, spans))

    @cached_property
    def article(self) -> frozenset[tuple[str, ...]]:
        """Give the words of each sentence of the last revision."""
        text = self.revisions[-1].text
        return frozenset(words(text[slice(*span)]) for span in sentences(text))

    def is_articles(self, splice: Splice) -> bool:
        """Tell whether every sentence that a splice touches is one of the article's, as it stands now."""
        before = (each for each in self.patch.made.splices if each.span < splice.span)
        shift = sum(len(each.text) - (each.span[1] - each.span[0]) for each in before)
        start = splice.span[0] + shift
        text = self.patch.made.text
        hit = [span for span in sentences(text) if span[0] < start + len(splice.text) and start < span[1]]
        return bool(hit) and all(words(text[slice(*span)]) in self.article for span in hit)


def outcome(mine: list[Label], placed: Placed) -> Outcome:
    """Say what became of one update, given by its labelled edits."""
    splices = placed.of(mine)
    if any(not _is_right(splice, splices, mine, placed) for splice in splices):
        return Outcome.WRONGLY
    text = placed.patch.made.text
    if splices and not placed.lacking(mine) and not any(label.old_stands(text) for label in mine):
        whole = all(label.new_stands(text) for label in mine if not label.before)
        return Outcome.RIGHTLY if whole else Outcome.PARTLY
    if splices:
        return Outcome.PARTLY
    return Outcome.LISTED if placed.lacking(mine) else Outcome.UNSEEN


def strayed(mine: list[Label], placed: Placed, known: list[Label], missed: set[str]) -> bool:
    """Tell whether an update that is not missed was changed by a splice that stands for no missed one."""
    return any(
        not any(label.update in missed for label in placed.labelled(splice, known)) for splice in placed.of(mine)
    )


def _is_right(splice: Splice, splices: list[Splice], mine: list[Label], placed: Placed) -> bool:
    if placed.is_articles(splice):
        return True
    hit = placed.labelled(splice, mine)
    together = [each for each in splices if any(label in hit for label in placed.labelled(each, mine))]
    made = _sum(_change(placed.text[slice(*each.span)], each.text) for each in together)
    if any(made == meant for meant in _meant(hit)):
        return True
    # some of the passages that came or went, whole
    whole = all("\n\n" in each.text or not each.text.strip() for each in together)
    wanted = bag(" ".join(each.now for each in hit)), bag(" ".join(each.before for each in hit))
    return whole and not made[1] - wanted[0] and not made[0] - wanted[1]


def _meant(hit: Sequence[Label]) -> Iterator[Change]:
    """Give the changes that some of the labelled edits ask for, from each wording that the article had.

    A later update of the same passage is labelled by itself, and has splices of its own: so its part may be missing.
    """
    for size in range(1, min(len(hit), MOST) + 1):
        for some in combinations(hit, size):
            for ways in product(*(product(label.olds, dict.fromkeys((label.now, label.after))) for label in some)):
                yield _sum(_change(old, new) for old, new in ways)


def _change(old: str, new: str) -> Change:
    x, y = bag(old), bag(new)
    return x - y, y - x


def _sum(changes: Iterable[Change]) -> Change:
    """Add changes up: what goes in one and comes in another has not changed."""
    gone: Counter[str] = Counter()
    come: Counter[str] = Counter()
    for left, right in changes:
        gone += left
        come += right
    return gone - come, come - gone


def bag(text: str) -> Counter[str]:
    """Count the words of a text."""
    return Counter(words(text))
