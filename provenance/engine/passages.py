"""Passages: whether a copy has sentences that an update added, took out or moved.

A copy has an addition when it says what is new in it, in whatever words. It lacks one only where it could be expected
to have it: it has the passage beside it, or a quarter of the article.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from provenance.engine.comparison import Comparison
from provenance.engine.features import Sentence, features, grams, overlap
from provenance.engine.shares import QUARTER, content, coverage, retells
from provenance.engine.wording import NOTHING, TO_THE_WORD, Reading
from provenance.model import Edit, Op, Span, State

SAID = 0.35
"""Share of what is new in a passage that says it in other words."""
HINTED = 0.2
"""Share of a passage that makes it more than absent."""
NEAR_QUARTER, TELLS = 0.2, 0.35
"""Part of the article that is a quarter of it when so much of its telling words stand in the copy besides."""
KEPT = 0.5
"""Share of a passage that was taken out, or of one sentence of it, that shows that a copy still has it."""
RUN = 6
"""Words in a row that make a quotation of the passage."""
FOLLOWED = 0.8
"""How close to its own best match a sentence must come to another to count as following that as well."""
BESIDE = 0.5
"""Share of a neighbouring paragraph that a copy must have for the passage to be expected beside it."""


RETELLS = Reading(State.DIVERGED, 0.4, "retells the article, and may say it in words of its own", by_absence=True)


def read(edit: Edit, revision: int, comparison: Comparison) -> Reading:
    """Read off the copy's body whether it has a passage that came, went or moved."""
    if edit.op is Op.MOVE:
        return _moved(edit, revision, comparison)
    text = edit.after if edit.op is Op.INSERT else edit.before
    home = revision if edit.op is Op.INSERT else revision - 1
    span = edit.after_span if edit.op is Op.INSERT else edit.before_span
    share, sentence = held(text, home, span or (0, 0), comparison)
    there = share >= SAID
    if edit.op is Op.INSERT:
        if there:
            return Reading(State.CARRIED, 0.7 + 0.28 * min(1.0, share), "tells what was added", sentence)
        absent = replace(_absent(State.MISSING, "lacks what was added", home, span, comparison), share=share)
        if share >= HINTED and absent.sentence is None and absent.state is State.MISSING:
            return Reading(State.DIVERGED, 0.4, "has something of what was added", sentence, share=share)
        return absent
    if share >= KEPT:
        return Reading(State.MISSING, 0.7 + 0.28 * min(1.0, share), "still has what was taken out", sentence)
    if share >= HINTED:
        return Reading(State.DIVERGED, 0.4, "has something of what was taken out", sentence)
    return _absent(State.CARRIED, "lacks what was taken out, as the article now does", home, span, comparison)


def held(text: str, home: int, span: Span, comparison: Comparison) -> tuple[float, Sentence | None]:
    """Give the share of a passage's own content that the copy has, and the sentence with most of it.

    A passage's own content is what stands nowhere else in the article. Sentences that follow another sentence of the
    article to the word are left out.
    """
    weights, language = comparison.weights, comparison.language
    mine = frozenset(features(text, language))
    own = mine - comparison.elsewhere(home, span, mine) or mine
    inside = {s.keys for n, place in comparison.later(span, home) for s in comparison.within(n, place)}
    runs = set().union(*(grams(keys, RUN) for keys in inside)) if inside else set()
    total = weights.of(own) or 1.0
    best, where = 0.0, None
    union: set[str] = set()
    for sentence, match in zip(comparison.body, comparison.matches, strict=True):
        if match[2] is not None and match[2].keys not in inside and match[0] + match[1] > TO_THE_WORD:
            continue
        common = own & sentence.features
        if sentence.keys in inside or grams(sentence.keys, RUN) & runs:
            return 1.0, sentence
        share = weights.of(common) / total
        if share > best:
            best, where = share, sentence
        if match[2] is None or match[2].keys in inside or match[0] < BESIDE:
            union |= common
    return max(best, 0.8 * weights.of(union) / total), where


def _absent(state: State, because: str, home: int, span: Span | None, comparison: Comparison) -> Reading:
    """Say what the absence of a passage means: something where it could be expected, nothing elsewhere."""
    neighbour = beside(home, span or (0, 0), comparison)
    if neighbour is not None:
        return Reading(state, 0.9, f"has the passage beside it and {because}", neighbour, by_absence=True)
    if state is State.MISSING and _elaborates(home, span or (0, 0), comparison):
        return NOTHING  # it says more of a passage of which the copy has nothing
    share = coverage(comparison)
    plainly = share >= QUARTER or (share >= NEAR_QUARTER and content(comparison) >= TELLS)
    if not plainly and retells(comparison):
        if state is State.MISSING:
            return RETELLS  # to accuse takes more
        plainly = True
    if plainly:
        share = max(share, QUARTER)
        because = f"has {share:.0%} of the article and {because}"
        return Reading(state, 0.6 + min(0.35, share / 2), because, by_absence=True)
    return NOTHING


def _elaborates(home: int, span: Span, comparison: Comparison) -> bool:
    """Tell whether a passage was put into a paragraph that had been there before."""
    text = comparison.lineage.texts[home]
    left, right = text.rfind("\n\n", 0, span[0] + 1) + 2, text.find("\n\n", max(span[1] - 1, 0))
    known = {s.keys for s in comparison.revisions[home - 1]} if home else set()
    around = (s for s in comparison.revisions[home] if s.span[1] <= span[0] or s.span[0] >= span[1])
    return any(left <= s.span[0] and (right < 0 or s.span[1] <= right) and s.keys in known for s in around)


def beside(home: int, span: Span, comparison: Comparison) -> Sentence | None:
    """Find the copy's sentence that has the paragraph right before a passage, or right after it."""
    for group in neighbours(home, span, comparison):
        found = _has(group, comparison)
        if found:
            return found
    return None


def neighbours(home: int, span: Span, comparison: Comparison) -> list[list[Sentence]]:
    """Give the paragraphs right before and right after a passage, the headline left out."""
    sentences = comparison.revisions[home]
    before = [s for s in sentences if s.span[1] <= span[0]]
    after = [s for s in sentences if s.span[0] >= span[1]]
    groups = [
        [s for s in before if s.paragraph == before[-1].paragraph] if before else [],
        [s for s in after if s.paragraph == after[0].paragraph] if after else [],
    ]
    return [group for group in groups if group and group[0].paragraph]


def whole(home: int, span: Span, comparison: Comparison) -> bool:
    """Tell whether a span takes in whole sentences."""
    return any(span[0] <= s.span[0] and s.span[1] <= span[1] for s in comparison.revisions[home])


def _has(group: Sequence[Sentence], comparison: Comparison) -> Sentence | None:
    """Find the copy's sentence that has most of a paragraph, where the copy has half of it or more."""
    weights = comparison.weights
    total = weights.of(f for s in group for f in s.features)
    have, where, most = 0.0, None, 0.0
    for wanted in group:
        best, sentence = 0.0, None
        for other, match in zip(comparison.body, comparison.matches, strict=True):
            mine, theirs = overlap(other.features, wanted.features, weights)
            if mine + theirs >= FOLLOWED * (match[0] + match[1]) and theirs > best:
                best, sentence = theirs, other
        weight = weights.of(wanted.features) * (best if best >= BESIDE else 0.0)
        have += weight
        if weight > most:
            most, where = weight, sentence
    return where if have >= BESIDE * total else None


def _moved(edit: Edit, revision: int, comparison: Comparison) -> Reading:
    """Read the order in which the copy has a moved passage and its neighbours."""
    lineage = comparison.lineage
    old = _neighbour(comparison.revisions[revision - 1], edit.before_span or (0, 0))
    new = _neighbour(comparison.revisions[revision], edit.after_span or (0, 0))
    del lineage
    order = [match[2].keys if match[2] is not None and match[0] + match[1] > 1 else () for match in comparison.matches]
    first = next((s.keys for s in comparison.revisions[revision] if s.span[0] == (edit.after_span or (0, 0))[0]), ())
    if not first or first not in order:
        return NOTHING
    at = order.index(first)
    previous = order[at - 1] if at else ()
    sentence = comparison.body[at]
    if previous and previous == old:
        return Reading(State.MISSING, 0.8, "has the passage where it stood before", sentence)
    if previous and previous == new:
        return Reading(State.CARRIED, 0.8, "has the passage where it stands now", sentence)
    return Reading(State.NOT_APPLICABLE, 0.7, "has the passage in an order of its own", sentence)


def _neighbour(sentences: Sequence[Sentence], span: Span) -> tuple[str, ...]:
    before = [s for s in sentences if s.span[1] <= span[0]]
    return before[-1].keys if before else ()
