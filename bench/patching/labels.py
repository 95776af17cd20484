"""Labels: one labelled edit of an article, with the words that stand for it now and those that stood before."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from accuracy.labelled import Case
from accuracy.scoring import evaluate

from provenance.engine.lineage import Lineage
from provenance.engine.patching.merging import folded
from provenance.engine.sentences import sentences
from provenance.engine.words import tokens
from provenance.model import Revision, Span


@dataclass(frozen=True)
class Label:
    """An edit that `before` gave way to `after` in; `now` is what stands for it in the last revision.

    `olds` are the wordings of every earlier revision, `beside` the sentences that stand right before and after it now.
    """

    update: str
    n: int
    kind: str
    revision: int
    before: str
    after: str
    now: str
    spans: tuple[Span | None, Span | None]
    olds: tuple[str, ...]
    beside: tuple[str, ...]

    def old_stands(self, text: str) -> bool:
        """Tell whether a text has the old words, and they are no part of the new ones."""
        return stands(self.before, text) and not stands(self.before, self.now)

    def new_stands(self, text: str) -> bool:
        """Tell whether a text has what stands there now; where nothing does, that is so."""
        return stands(self.now, text)

    def neighbour_stands(self, text: str) -> bool:
        """Tell whether a text has one of the sentences beside it."""
        return any(stands(sentence, text) for sentence in self.beside)


def stands(passage: str, text: str) -> bool:
    """Tell whether a text has the words of a passage in a row, however they are written."""
    return f" {' '.join(words(passage))} " in f" {' '.join(words(text))} "


def words(text: str) -> tuple[str, ...]:
    """Give the words of a text as they are compared, signs left out."""
    found = (folded(token).replace(".", "") if token[0].isalpha() else folded(token) for token in tokens(text))
    return tuple(word for word in found if any(map(str.isalnum, word)))


def labels(case: Case, revisions: Sequence[Revision]) -> list[Label]:
    """List the labelled edits of an article."""
    lineage = Lineage([each.text for each in revisions])
    return [
        _label(update, n, edit, lineage) for update in case.labels["updates"] for n, edit in enumerate(update["edits"])
    ]


def _label(update: dict[str, str], n: int, edit: dict[str, str | None], lineage: Lineage) -> Label:
    revision, last = int(update["revision"]), len(lineage.texts) - 1
    before, after = edit["before"] or "", edit["after"] or ""
    gone = evaluate.locate(lineage.texts[revision - 1], before) if before else None
    come = evaluate.locate(lineage.texts[revision], after) if after else None
    span = lineage.carry(come, revision, last) if come else None
    earlier = (
        (lineage.texts[m][slice(*lineage.carry(gone, revision - 1, m))] for m in range(revision - 1)) if gone else ()
    )
    return Label(
        update=update["id"],
        n=n,
        kind=update["kind"],
        revision=revision,
        before=before,
        after=after,
        now=lineage.texts[last][slice(*span)] if span else after,
        spans=(gone, come),
        olds=tuple(dict.fromkeys((before, *earlier))),
        beside=tuple(_beside(lineage.texts[last], span)) if span else (),
    )


def _beside(text: str, span: Span) -> list[str]:
    found = sentences(text)
    before = [s for s in found if s[1] <= span[0]][-1:]
    after = [s for s in found if s[0] >= span[1]][:1]
    return [text[slice(*each)] for each in (*before, *after)]
