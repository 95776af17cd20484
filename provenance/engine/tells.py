"""Tells: what tells the old side of an edit from the new one, read in the sentences where it stands.

The passage as a whole decides nothing: most of it is the same on both sides. What decides are the words and values
that only one side has, and how often a qualifier stands there.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache

from provenance.engine import values
from provenance.engine.aspects import sentence_at
from provenance.engine.comparison import Comparison
from provenance.engine.features import features, figures
from provenance.engine.lexicon import lexicon
from provenance.engine.original import Original
from provenance.engine.values import Value
from provenance.engine.words import key, stem, tokens, words
from provenance.model import Edit, Span


@dataclass(frozen=True, slots=True)
class Side:
    """One side of an edit: its sentence, the words around and in it, and the values in it."""

    text: str
    place: Span
    """Where the changed words stand in `text`."""
    left: tuple[str, ...]
    middle: tuple[str, ...]
    right: tuple[str, ...]
    features: Counter[str]
    values: tuple[Value, ...]
    all_values: tuple[Value, ...]
    attached: bool
    """No sign stands between the changed words and the one before them."""


@dataclass(frozen=True, slots=True)
class Tells:
    """What tells an edit's sides apart.

    `earlier` are the old side in still older revisions, where it was another; `gone` and `come` are features that one
    side has more often, `telling` those of them that the other revision has nowhere; `variants` are the features of the
    sentence in every revision that has it.
    """

    old: Side
    new: Side
    earlier: tuple[Side, ...]
    anchor: frozenset[str]
    gone: Counter[str]
    come: Counter[str]
    telling: frozenset[str]
    variants: tuple[frozenset[str], ...]

    @property
    def old_values(self) -> tuple[Value, ...]:
        """Give the values that stood here before, in any revision, and are not the one that stands here now."""
        older = (value for side in self.earlier for value in side.values)
        return tuple(v for v in (*self.old.values, *older) if not any(values.same(v, n) for n in self.new.values))

    @property
    def new_values(self) -> tuple[Value, ...]:
        """Give the values that stand here now and stood nowhere in the old sentence."""
        return tuple(v for v in self.new.values if not any(values.same(v, o) for o in self.old.all_values))

    def spelt(self, language: str) -> tuple[frozenset[str], frozenset[str]]:
        """Give the words that only one side has where both sides have the same stems: Marangoni, Marangon."""
        common = lexicon(language).common
        old, new = (frozenset(w for w in side.middle if w not in common) for side in (self.old, self.new))
        stems = (frozenset(map(stem, old - new)), frozenset(map(stem, new - old)))
        return (old - new, new - old) if stems[0] == stems[1] else (frozenset(), frozenset())

    def is_telling(self, feature: str) -> bool:
        """Tell whether a feature stands in one of the two revisions only: where a copy has it, it has it from there."""
        return feature in self.telling


def tells(edit: Edit, revision: int, comparison: Comparison) -> Tells:
    """Work out what tells the two sides of an edit apart.

    An edit that only a notice tells of has no place in an earlier text: its old side is the new sentence undone.
    """
    return _tells(edit, revision, comparison.original)


@lru_cache(maxsize=1 << 9)  # what tells its sides apart is the same for every copy
def _tells(edit: Edit, revision: int, original: Original) -> Tells:
    lineage, language = original.lineage, original.language
    before, after = edit.before_span, edit.after_span or (0, 0)
    new = _side(lineage.texts[revision], after, language)
    _, *places = lineage.path(after, revision, len(lineage.texts) - 1)
    later = _sides(lineage.texts[revision + 1 :], places, language)
    if before is None:
        old, earlier = _undone(edit, lineage.texts[revision], language), []
        known = frozenset[str](), frozenset[str]()
    else:
        old = _side(lineage.texts[revision - 1], before, language)
        _, *places = lineage.path(before, revision - 1, 0)
        earlier = _sides(lineage.texts[: revision - 1], places[::-1], language)
        known = original.features[revision - 1], original.features[revision]
    variants = {frozenset(side.features): None for side in (new, *later, old, *earlier) if side.text}
    gone, come = old.features - new.features, new.features - old.features
    anchor = frozenset(old.features) & frozenset(new.features) - frozenset(gone) - frozenset(come)
    mine = features(edit.before, language) + features(edit.after, language)
    gone, come = _only(gone, mine, old.values), _only(come, mine, new.values)
    telling = frozenset(f for f in gone if f not in known[1]) | frozenset(f for f in come if f not in known[0])
    return Tells(old, new, tuple(earlier), anchor, gone, come, telling if before else frozenset(), tuple(variants))


def _undone(edit: Edit, text: str, language: str) -> Side:
    """Read the sentence of an edit as it stood before, by what the notice says of it."""
    span = edit.after_span or (0, 0)
    left, right = sentence_at(text, span)
    sentence = f"{text[left : span[0]]}{edit.before}{text[span[1] : right]}".replace("  ", " ")
    start = span[0] - left
    return _side(sentence, (start, start + len(edit.before)), language)


def _only(side: Counter[str], mine: Counter[str], here: Sequence[Value]) -> Counter[str]:
    """Keep of what differs in the sentence what this edit changed, other edits of the sentence left out."""
    known = {f"#{value.key}" for value in here}
    return Counter({f: n for f, n in side.items() if f in mine or f in known or (len(f) == 2 and not f.isascii())})  # noqa: PLR2004


def _sides(texts: Sequence[str], places: Sequence[Span], language: str) -> list[Side]:
    """Read a place in several revisions; what stands there unchanged is listed once."""
    found = (_side(text, span, language) for text, span in zip(texts, places, strict=True))
    return list({id(side): side for side in found}.values())


def _side(text: str, span: Span, language: str) -> Side:
    left, right = sentence_at(text, span)
    parts = (text[left : span[0]], text[span[0] : span[1]], text[span[1] : right])
    return _read(text[left:right], parts, (span[0] - left, span[1] - left), language)


@lru_cache(maxsize=1 << 12)  # an article's sides are the same for every copy of it, and in most of its revisions
def _read(sentence: str, parts: tuple[str, str, str], span: Span, language: str) -> Side:
    found = figures(sentence, language)
    empty = span[0] == span[1]
    hit = tuple(v for v in found if not empty and v.span[0] < span[1] and span[0] < v.span[1])
    return Side(
        sentence,
        (max(0, span[0]), max(0, span[1])),
        _keys(parts[0]),
        _keys(parts[1]),
        _keys(parts[2]),
        features(sentence, language),
        hit,
        found,
        parts[0].rstrip()[-1:].isalnum(),
    )


def _keys(text: str) -> tuple[str, ...]:
    return tuple(filter(None, map(key, tokens(text))))


def fit(side: Side, sentence: Sequence[str]) -> int:
    """Count the words that stand in a sentence around a side's changed words, without a gap; 0 where they do not.

    The nearest word on each side must agree, where there is one. A sentence that begins or ends where the side's does
    counts as one word more.
    """
    size, before = len(side.middle), side.left[::-1]
    best = 0
    for at in range(len(sentence) - size + 1):
        if tuple(sentence[at : at + size]) != side.middle:
            continue
        left = _run(before, sentence[max(0, at - len(before) - 1) : at][::-1])
        right = _run(side.right, sentence[at + size : at + size + len(side.right) + 1])
        if (left or (size and not side.left)) and (right or (size and not side.right)):
            best = max(best, left + right + size)
    return best


def _run(wanted: Sequence[str], found: Sequence[str]) -> int:
    """Count the words that agree from the start, and one more where both end together."""
    count = 0
    for x, y in zip(wanted, found, strict=False):
        if x != y:
            return count
        count += 1
    return count + (len(wanted) == len(found))


def counted(value: Value, sentence: str, language: str) -> str:
    """Give the beginning of the word that a figure counts: "year" for both "31-year" and "31 years"."""
    return value.unit or _counted(sentence[value.span[1] : value.span[1] + 40], language)


@lru_cache(maxsize=1 << 12)  # the article's figures are held against every sentence of every copy
def _counted(following: str, language: str) -> str:
    common = lexicon(language).common
    for word in words(following)[:3]:
        if word.key not in common and not word.key[0].isdigit():
            return word.key[:4]
    return ""
