"""Settling: the edits of one update speak together, where one alone would mislead."""

from __future__ import annotations

from dataclasses import replace

from provenance.engine import passages, wording
from provenance.engine.aspects import sentence_at
from provenance.engine.comparison import Comparison
from provenance.engine.features import grams
from provenance.engine.words import words
from provenance.model import Edit, Op, State, Update

BLANK = 2
"""Code points of the blank line between two paragraphs."""
SHOWN = frozenset({State.CARRIED, State.MISSING})
SURE = 0.94
"""Confidence of a reading that rests on words or values in their place."""


def settled(update: Update, readings: list[wording.Reading], comparison: Comparison) -> list[wording.Reading]:
    """Let the edits of one update speak together where one alone would mislead.

    Lacking what was taken out says nothing in a copy that also lacks what came in its place, or still has the rest of
    it. A paragraph of an addition that the copy retells in its own words is not missing because its sentence was left
    out. In one sentence, what stands there outweighs what can only be inferred.
    """
    out = list(readings)
    for at, (edit, reading) in enumerate(zip(update.edits, readings, strict=True)):
        others = [(e, r) for e, r in zip(update.edits, readings, strict=True) if e is not edit]
        instead = any(r.state is State.MISSING and _at_one_place(e, edit) for e, r in others)
        if reading.by_absence and reading.state is State.CARRIED and instead:
            out[at] = replace(wording.NOTHING, because="its absence alone tells nothing here")
        elif reading.by_absence and reading.state is State.MISSING:
            retold = [
                r
                for e, r in others
                if e.op is edit.op is Op.INSERT
                and r.state is State.CARRIED
                and (reading.share >= passages.HINTED or not _verbatim(e, r))
            ]
            if retold:
                out[at] = replace(retold[0], confidence=0.7, because="tells the addition in its own words")
        elif reading.state is State.DIVERGED and any(r.state in SHOWN and r.confidence >= SURE for _, r in others):
            out[at] = replace(reading, state=State.NOT_APPLICABLE, because="cannot be told here; other places decide")
        elif reading.confidence < SURE:
            near = [
                r
                for e, r in others
                if r.confidence >= SURE and r.state in SHOWN and one_sentence(e, edit, comparison, update)
            ]
            if near and reading.state in SHOWN and len({r.state for r in near}) == 1:
                out[at] = near[0]
    return out


def _at_one_place(x: Edit, y: Edit) -> bool:
    """Tell whether two edits stand side by side in the later text."""
    a, b = x.after_span, y.after_span
    return a is not None and b is not None and min(abs(a[0] - b[1]), abs(b[0] - a[1])) <= BLANK


def _verbatim(edit: Edit, reading: wording.Reading) -> bool:
    """Tell whether a reading found an addition in the article's own words."""
    if reading.sentence is None:
        return False
    mine = {gram for text in (edit.after,) for gram in grams([w.key for w in words(text)], passages.RUN)}
    return bool(mine & grams(reading.sentence.keys, passages.RUN))


def one_sentence(x: Edit, y: Edit, comparison: Comparison, update: Update) -> bool:
    """Tell whether two edits stand in the same sentence of the later text."""
    text = comparison.lineage.texts[update.revision]
    return bool(x.after_span and y.after_span) and sentence_at(text, x.after_span or (0, 0)) == sentence_at(
        text, y.after_span or (0, 0)
    )
