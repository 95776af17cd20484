"""Whole sentences and paragraphs: where in a copy an added one goes, and which of a copy's own are to go.

An addition goes beside the neighbour that it has in the article, where the copy has that neighbour once and in the
article's words. What was taken out is taken out of the copy where it stands there to the word.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from provenance.engine import notices, passages
from provenance.engine.comparison import Comparison
from provenance.engine.features import Sentence
from provenance.engine.patching import house
from provenance.engine.patching.splices import Splice
from provenance.engine.patching.values import Placing, Proposal, Why
from provenance.engine.script import bag, likeness
from provenance.model import Edit, Op

_LABEL = re.compile(r"\W{0,3}[^\W\d][^.:：\n]{1,30}[:：]|[(\[（【]")
NEIGHBOUR = 0.7
"""Share of words that makes a sentence of the copy the neighbour in question."""
TELLING = 4
"""Words that a neighbour needs to be told from any other."""
FEWEST = 5
"""Words that an addition needs for the copy to be told to lack it."""


def added(edit: Edit, revision: int, comparison: Comparison) -> Placing:
    """Find where in the copy added sentences go, as they stand in the article now."""
    last = len(comparison.revisions) - 1
    text = comparison.lineage.texts[last]
    start, end = comparison.lineage.carry(edit.after_span or (0, 0), revision, last)
    words = text[start:end].strip()
    if not words:
        return Why.GONE
    start = text.index(words, start)
    end = start + len(words)
    if sum(len(s.keys) for s in comparison.within(last, (start, end))) < FEWEST:
        return Why.SHORT
    if _LABEL.match(words) and notices.corrects(words, comparison.language):
        return Why.REMARK
    share, _ = passages.held(words, last, (start, end), comparison)
    if share >= passages.HINTED:
        return Why.TOLD
    before = _neighbour([s for s in comparison.revisions[last] if s.span[1] <= start][-1:], last, comparison)
    after = _neighbour([s for s in comparison.revisions[last] if s.span[0] >= end][:1], last, comparison)
    words = house.quotes(words, comparison.copy)
    opens = start == 0 or text.endswith("\n\n", 0, start)
    closes = text.startswith("\n", end) or end == len(text)
    if not (opens and closes):
        return _sentence(words, None if opens else before, None if closes else after, (text, start, end))
    return _paragraph(words, before, after, comparison)


def _sentence(words: str, before: Sentence | None, after: Sentence | None, there: tuple[str, int, int]) -> Placing:
    """Put sentences beside the neighbour in their own paragraph, with the white space that the article has there."""
    text, start, end = there
    if before:
        gap = text[len(text[:start].rstrip()) : start]
        return Proposal((Splice((before.span[1],) * 2, gap + words),))
    if after:
        gap = text[end : end + len(text[end:]) - len(text[end:].lstrip())]
        return Proposal((Splice((after.span[0],) * 2, words + gap),))
    return Why.NO_NEIGHBOUR


def _paragraph(words: str, before: Sentence | None, after: Sentence | None, comparison: Comparison) -> Placing:
    """Put a paragraph below the neighbour's or above it, or between two that the copy has run together."""
    copy, body = comparison.copy, comparison.body
    if before and copy.startswith("\n", before.span[1]):
        return Proposal((Splice((before.span[1],) * 2, f"\n\n{words}"),))
    if after and copy.endswith("\n\n", 0, after.span[0]):
        return Proposal((Splice((after.span[0] - 2,) * 2, f"\n\n{words}"),))
    if before and after and body.index(before) + 1 == body.index(after):
        return Proposal((Splice((before.span[1],) * 2, f"{copy[before.span[1] : after.span[0]]}{words}"),))
    return Why.NO_NEIGHBOUR


def _neighbour(found: Sequence[Sentence], revision: int, comparison: Comparison) -> Sentence | None:
    """Find the copy's one sentence that is a neighbour of a passage, in the wording of any revision."""
    if not found or found[0].paragraph == 0 or len(found[0].keys) < TELLING:
        return None
    variants = [found[0].keys]
    for n in range(revision):
        there = comparison.lineage.carry(found[0].span, revision, n)
        variants += [s.keys for s in comparison.within(n, there)]
    bags = [bag(" ".join(keys)) for keys in variants]
    hits = []
    for sentence in comparison.body:
        mine = bag(" ".join(sentence.keys))
        share = max(likeness(mine, each) for each in bags)
        if share >= NEIGHBOUR:
            hits.append((share, sentence))
    best = max((share for share, _ in hits), default=0.0)
    same = [sentence for share, sentence in hits if share == best]
    return same[0] if len(same) == 1 else None


def removed(edit: Edit, revision: int, comparison: Comparison) -> Placing:
    """Find the sentences of the copy that are to the word those that were taken out."""
    assert edit.op is Op.DELETE
    span = edit.before_span or (0, 0)
    wanted = set()
    for n in range(revision):
        there = comparison.lineage.carry(span, revision - 1, n)
        wanted |= {s.keys for s in comparison.within(n, there) if there[0] <= s.span[0] and s.span[1] <= there[1]}
    wanted -= comparison.standing
    hits = [n for n, sentence in enumerate(comparison.body) if sentence.keys in wanted]
    if not hits:
        return Why.RETOLD
    return Proposal(tuple(_without(first, last, comparison) for first, last in _runs(hits, comparison.body)))


def _runs(hits: Sequence[int], body: Sequence[Sentence]) -> list[tuple[int, int]]:
    """Join numbers of neighbouring sentences of one paragraph into runs."""
    found: list[tuple[int, int]] = []
    for n in hits:
        if found and found[-1][1] == n - 1 and body[n].paragraph == body[n - 1].paragraph:
            found[-1] = (found[-1][0], n)
        else:
            found.append((n, n))
    return found


def _without(first: int, last: int, comparison: Comparison) -> Splice:
    """Take a run of sentences out with the white space after them, or else that before them."""
    copy, body = comparison.copy, comparison.body
    start, end = body[first].span[0], body[last].span[1]
    opens, closes = start == 0 or copy.endswith("\n\n", 0, start), copy.startswith("\n", end)
    after = end + len(copy[end:]) - len(copy[end:].lstrip())
    before = len(copy[:start].rstrip())
    if opens and closes:
        return Splice((before, end) if start else (start, after), "")
    if closes:
        return Splice((before, end), "")
    return Splice((start, after), "")
