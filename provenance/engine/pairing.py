"""Pairing: which claim of a notice discloses which edit.

A claim and an edit belong together when the words that the edit changed, or their values, stand in what the claim says
of old and new. The same change at other places, and paragraphs put in side by side, follow the one that was paired.
What a claim takes that shares no words with any edit is another matter (`unpaired`).
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from itertools import pairwise

from provenance.engine import unpaired
from provenance.engine.lexicon import Lexicon
from provenance.engine.meanings import (
    CONTEXT_WORDS,
    DENSE,
    MENDED,
    Meaning,
    Told,
    around,
    beside,
    fits,
    marks,
    meaning,
    states_another,
    words_of,
)
from provenance.engine.words import dense
from provenance.model import Aspect, Edit, Op, Says

LABEL_ENDS = ":\uff1a([\uff08\u2013\u2014)]\uff09"
"""Marks that a note's label ends with."""
PART = 3
"""One word of so many, at most, is no chance that a claim shares with an edit."""


def pair(
    edits: Sequence[Edit],
    changed: Sequence[Meaning],
    told: Sequence[Told],
    after: str,
    known: Lexicon,
    language: str,
) -> Mapping[int, Told]:
    """Give the claim that discloses each edit, by the edit's number; silent edits are left out.

    `changed` is the meaning of the words that only one side of each edit has.
    """
    if not told:
        return {}
    said = [(meaning(words_of(t.claim), known, language), meaning(around(t), known, language)) for t in told]
    found: dict[int, Told] = {}
    rest = unpaired.Rest(edits, changed, told, after, known, language)
    unpaired.by_entry(rest, found)
    for edit, change in zip(edits, changed, strict=True):
        if edit.n in found:
            continue
        scores = [_score(t, edit, change, own, near) for t, (own, near) in zip(told, said, strict=True)]
        best = max(range(len(told)), key=scores.__getitem__)
        if scores[best]:
            found[edit.n] = told[best]
    _spread(edits, changed, found)
    unpaired.by_context(rest, found)
    unpaired.by_place(rest, found)
    _spread(edits, changed, found)
    for rule in unpaired.RULES:
        rule(rest, found)
    return found


def _score(t: Told, edit: Edit, change: Meaning, own: Meaning, near: Meaning) -> float:
    """Weigh how well a claim fits an edit: its own words first, its sentence's next, whole paragraphs for additions."""
    if not fits(t.claim, edit) or states_another(own, edit, change):
        return 0.0
    shared, nearby = own & change, near & change
    if Aspect.PASSAGE in edit.aspects and edit.op is Op.INSERT and edit.after[-1:] != ",":
        return _of_passage(t, change, own)
    if Aspect.PASSAGE in edit.aspects and edit.op is Op.DELETE and t.claim.says in MENDED:
        return shared if shared >= CONTEXT_WORDS * (DENSE if dense(edit.before) else 1) else 0.0
    if not _weighty(own, change):
        shared = 0
    if t.claim.says is Says.ADDED:
        grown = edit.op is Op.INSERT or len(edit.after) > len(edit.before)
        return 0.4 * shared if grown or own.values & change.values or shared >= CONTEXT_WORDS else 0.0
    if shared == 1 and "~not" in own.stems & change.stems and len(change.stems) >= CONTEXT_WORDS:
        shared = 0  # "not" alone, among other words, is of another matter
    return shared + nearby / 2 if shared or nearby >= CONTEXT_WORDS else 0.0


def _of_passage(t: Told, change: Meaning, own: Meaning) -> float:
    """Weigh a claim beside a passage that was put in: its words tell, as any figure may stand in a passage.

    What is named as added may be long ("with the charge and a statement"); a whole sentence that only states something
    has to be in the passage for a good part, and what is corrected for more of it.
    """
    shared = len(own.stems & change.stems)
    part = PART * shared >= len(own.stems)
    if t.claim.says is Says.ADDED:
        return shared if part or not _states(t) else 0.0
    most = 2 * shared >= len(own.stems) or t.claim.says is Says.CLARIFIED
    return 0.4 * shared if shared >= CONTEXT_WORDS and most else 0.0


def _states(t: Told) -> bool:
    """Tell whether a claim is a whole sentence, or all that stands behind a note's label."""
    sentence = around(t)
    lead = sentence[: max(sentence.find(t.claim.about), 0)].strip()
    return not lead or lead[-1] in LABEL_ENDS


def _weighty(own: Meaning, change: Meaning) -> bool:
    """Tell whether what a claim and a change share is no small part of both: a value, two words, or one of few."""
    shared = len(own.stems & change.stems)
    return bool(own.values & change.values) or shared > 1 or PART * shared >= min(len(own.stems), len(change.stems)) > 0


def _spread(edits: Sequence[Edit], changed: Sequence[Meaning], found: dict[int, Told]) -> None:
    """Let the same change elsewhere, and the paragraph beside, follow an edit that was paired."""
    if not found:
        return
    known: dict[object, Told] = {}
    for edit, change in zip(edits, changed, strict=True):
        if edit.n in found:
            known |= dict.fromkeys(marks(edit, change), found[edit.n])
    for edit, change in zip(edits, changed, strict=True):
        hit = (
            next((known[mark] for mark in marks(edit, change) if mark in known), None) if edit.n not in found else None
        )
        if hit:
            found[edit.n] = hit
    for left, right in [*pairwise(edits), *pairwise(edits[::-1])]:
        first, second = sorted((left, right), key=lambda edit: edit.n)
        if left.n in found and right.n not in found and beside(first, second):
            found[right.n] = found[left.n]
