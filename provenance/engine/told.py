"""Told: updates that only a notice tells of, where the text before them is not held.

A store may hold nothing but an article's last revision. Its notice then says what was clarified, corrected or added;
the passages that it speaks of are located in the text by the words and values of the claim, and a copy is held against
them, with lower confidence.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from collections.abc import Set as AbstractSet

from provenance.engine.features import Sentence, Weights, features, read
from provenance.engine.lexicon import guess, lexicon
from provenance.engine.updates import name, standing
from provenance.engine.words import words
from provenance.model import KIND_OF, Aspect, Claim, Edit, Notice, Op, Revision, Says, Span, Update

NEAR = 4
"""Words after a qualifier among which the one that it qualifies stands."""
LOCATED = 0.34
"""Share of a claim's telling words that a sentence must have to be what the claim speaks of."""


def told(revision: Revision) -> tuple[Update, ...]:
    """List the updates that the notices of an article's first held revision tell of."""
    found: list[Update] = []
    language = revision.metadata.language or guess(revision.text)
    notices = standing(revision)
    sentences = _body(revision.text, notices, language)
    if not sentences:
        return ()
    weights = Weights(sentences)
    for notice in notices:
        for claim in notice.claims:
            edits = tuple(_edits(claim, sentences, revision.text, weights, language))
            if edits:
                because = "known from the notice alone; the text before it is not held"
                update = Update(
                    id=name(revision, edits),
                    revision=revision.n,
                    kind=KIND_OF[claim.says],
                    declared=True,
                    because=because,
                    edits=edits,
                    notice=notice.text,
                    told=True,
                )
                found.append(update)
    return tuple(found)


def _body(text: str, notices: Iterable[Notice], language: str) -> tuple[Sentence, ...]:
    spans = [notice.span for notice in notices if notice.span]
    return tuple(s for s in read(text, language) if not any(a <= s.span[0] < b for a, b in spans))


def _edits(claim: Claim, sentences: Sequence[Sentence], text: str, weights: Weights, language: str) -> Iterable[Edit]:
    """Locate what a claim speaks of: the added paragraphs, or each place with the words that are now right."""
    if claim.says is Says.ADDED:
        yield from _added(claim, sentences, text, weights, language)
        return
    if claim.says not in {Says.CORRECTED, Says.CLARIFIED}:
        return
    said = claim.new or claim.about
    numbers = [f for f in features(claim.new, language) if f.startswith("#")]
    heads = {word.key for word in words(said)} - lexicon(language).common
    n = 0
    for sentence in sentences:
        found = _figures(numbers, sentence) if numbers else _qualified(said, heads, sentence, text, language)
        for span in found:
            aspects = (
                Aspect.NUMBER if numbers else Aspect.QUALIFIER,
                *([] if sentence.paragraph else [Aspect.HEADLINE]),
            )
            op = Op.REPLACE if claim.old and numbers else Op.INSERT
            yield Edit(n, op, aspects, claim.old if numbers else "", text[slice(*span)], None, span)
            n += 1


def _figures(numbers: Sequence[str], sentence: Sentence) -> Iterable[Span]:
    """Find where a sentence has the figures that are now right."""
    start = sentence.span[0]
    return [(start + v.span[0], start + v.span[1]) for v in sentence.values if f"#{v.key}" in numbers]


def _qualified(said: str, heads: AbstractSet[str], sentence: Sentence, text: str, language: str) -> Iterable[Span]:
    """Find where a sentence qualifies what the claim qualifies: "former", with "official" among the next words."""
    known = lexicon(language)
    wanted = {mention.concept for mention in known.mentions(said)} - {"said"}
    start, end = sentence.span
    for mention in known.mentions(text[start:end]):
        if mention.concept in wanted:
            following = words(text[start + mention.span[1] : end])[:NEAR]
            if any(word.key in heads for word in following):
                yield (start + mention.span[0], start + mention.span[1])


def _added(claim: Claim, sentences: Sequence[Sentence], text: str, weights: Weights, language: str) -> Iterable[Edit]:
    """Locate the paragraphs that a notice says were added: those with most of the claim's telling words."""
    wanted = frozenset(f for f in features(claim.about, language) if f[0] not in " ~")
    total = weights.of(wanted)
    if not total:
        return
    paragraphs: dict[int, list[Sentence]] = {}
    for sentence in sentences:
        paragraphs.setdefault(sentence.paragraph, []).append(sentence)
    shares = {
        n: weights.of(wanted & frozenset(f for s in group for f in s.features)) / total
        for n, group in paragraphs.items()
        if n
    }
    best = max(shares.values(), default=0.0)
    if best < LOCATED:
        return
    for n, share in sorted(shares.items()):
        if share >= max(LOCATED, best / 2):
            span = (paragraphs[n][0].span[0], paragraphs[n][-1].span[1])
            yield Edit(n, Op.INSERT, (Aspect.PASSAGE,), "", text[slice(*span)], None, span)
