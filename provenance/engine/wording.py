"""Wording: whether a copy has the words of an edit within a sentence as they stood, or as they stand now.

The copy's sentences that follow the edited one are found by the words that both sides share. In them the changed
words decide, by the strictest rule that answers: the very words in their place; the values; a qualifier beside the
word that it qualifies; the other words that only one side has. Where none answers, the copy leaves the point out, or it
cannot be told.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from provenance.engine import letters, values
from provenance.engine.comparison import Comparison
from provenance.engine.features import Sentence, Weights
from provenance.engine.tells import Side, Tells, counted, fit
from provenance.engine.words import stem
from provenance.model import Aspect, Edit, State

OWN = 0.25
"""Share of the shared words from which a copy's sentence that follows the edited one is looked at."""
OTHER = 0.5
"""The share for a sentence that follows another one of the article more closely."""
IN_PLACE = 3
"""Words in an unbroken run around the change that make it the very words in their place."""
NEARLY = 0.8
"""How close to its own best match a sentence must come to the edited one to count as following that as well."""
TO_THE_WORD = 1.7
"""Both shares of a match together from which a sentence is another one of the article, to the word."""
MERGED = 0.75
"""Share of the edited sentence that a longer sentence of the copy has when it runs several together."""
NEAR = 0.08
"""Share of the unchanged words that must stand beside a figure for it to be this one."""
CODE = 7
"""Signs of a number or code that names one thing alone: a telephone number, a file number."""
LONG_FIGURE = 4
"""Signs of a figure (with its mark) that is too long to stand for something else by chance."""
PLAIN = 1.0
"""Weight below which the changed words are function words alone and need a longer run in their place."""
CLOSE = 0.6
"""Share of the unchanged words at which the lack of a qualifier tells."""
ANEW = 3
"""How much more changed words than changed figures must weigh for the words to decide where no figure does."""
CLEAR = 0.34
"""Share of a side's own words that a copy must have for them to speak."""


@dataclass(frozen=True, slots=True)
class Reading:
    """What one place of the copy shows of an edit: the old side, the new one, neither, or that it cannot be told."""

    state: State
    confidence: float
    because: str
    sentence: Sentence | None = None
    by_absence: bool = False
    """Told by what the copy lacks, not by what it has."""
    by_meaning: bool = False
    """Told at a place that was found by its meaning, not by its words."""
    share: float = 0.0
    """Share of a passage's own content that the copy has."""


NOTHING = Reading(State.NOT_APPLICABLE, 0.9, "the copy does not contain the passage")


def read(edit: Edit, told: Tells, comparison: Comparison) -> Reading:
    """Read off the copy's body which side of an edit within a sentence it shows."""
    places = list(candidates(edit, told, comparison))
    if told.old.middle == told.new.middle:
        return _to_the_letter(told, [sentence for _, sentence in places], comparison)
    spelt = told.spelt(comparison.language)
    if all(spelt):
        named = {Aspect.NAME, Aspect.SPELLING} & set(edit.aspects)
        return _by_spelling(*spelt, comparison.body if named else [s for _, s in places])
    found = [_in_place(told, [s for _, s in places], comparison.weights) or Reading(State.DIVERGED, 0, "")]
    if found[0].state is State.DIVERGED:
        found = [judged(edit, told, share, sentence, comparison.weights) for share, sentence in places]
    said = [reading for reading in found if reading.state in {State.CARRIED, State.MISSING}]
    if said:
        return max(said, key=lambda reading: reading.confidence)
    return max(found, key=lambda reading: (reading.state is State.DIVERGED, reading.confidence), default=NOTHING)


def _to_the_letter(told: Tells, sentences: Sequence[Sentence], comparison: Comparison) -> Reading:
    """Look for the signs of one side, where no word changed."""
    for sentence in sentences:
        state = letters.shown(told.old, told.new, comparison.copy[slice(*sentence.span)])
        if state:
            side = "as they stand now" if state is State.CARRIED else "as they stood before"
            return Reading(state, 0.95, f"has the signs {side}", sentence)
    return NOTHING


def _by_spelling(old: frozenset[str], new: frozenset[str], sentences: Sequence[Sentence]) -> Reading:
    """Look for a word in one of its two spellings."""
    for words, state, side in (
        (old, State.MISSING, "as it was spelt before"),
        (new, State.CARRIED, "as it is spelt now"),
    ):
        hit = next((s for s in sentences if words & frozenset(s.keys)), None)
        if hit:
            return Reading(state, 0.95, f"has the word {side}", hit)
    return NOTHING


def candidates(edit: Edit, told: Tells, comparison: Comparison) -> Iterable[tuple[float, Sentence]]:
    """List the copy's sentences that may show the edit, best first, each with its share of the unchanged words."""
    weights = comparison.weights
    headline = Aspect.HEADLINE in edit.aspects
    total = weights.of(told.anchor)
    found = []
    shared = [told.anchor & sentence.features for sentence in comparison.body]
    sides = zip(*(comparison.followed(side) for side in told.variants), strict=True)
    followed = [max(pairs, key=sum) for pairs in sides] or [(0.0, 0.0)] * len(comparison.body)
    counts = _counts(told, comparison.language)

    def near(at: int) -> float:
        return weights.of(frozenset().union(*shared[max(0, at - 1) : at + 2])) / total if total else 0.0

    for at, (sentence, match) in enumerate(zip(comparison.body, comparison.matches, strict=True)):
        if headline and sentence.paragraph:
            break
        share = weights.of(shared[at]) / total if total else 0.0
        mine, theirs = followed[at]
        closest = match[0] + match[1]
        own = mine + theirs >= closest - 1e-9
        follows = share >= (OWN if own else OTHER) and (own or mine + theirs >= NEARLY * closest)
        other = closest >= TO_THE_WORD and not own
        if (
            follows
            or theirs >= MERGED
            or (headline and share >= OWN / 2)
            or (
                (counts or told.telling & sentence.features)
                and not other
                and _tells(told, sentence, (share, near(at)), counts, comparison)
            )
        ):
            found.append((share, sentence))
    return sorted(found, key=lambda item: (-item[0], item[1].span))


def _tells(
    told: Tells, sentence: Sentence, shares: tuple[float, float], counts: Counts, comparison: Comparison
) -> bool:
    """Tell whether a sentence has a name or a figure that the article has, or had, here alone.

    `shares` are those of the unchanged words that stand in the sentence, and in it and its neighbours.
    """
    share, near = shares
    hits = [feature for feature in told.telling & sentence.features if feature[0] not in " ~"]
    longest = max((len(feature) for feature in hits if feature[0] == "#"), default=0)
    if longest > CODE:
        return True
    if near < NEAR:
        return False
    if longest > LONG_FIGURE or (hits and share >= OWN / 2):
        return True
    return _counts_the_same(told, sentence, counts, comparison)


Counts = frozenset[tuple[str, str]]  # figures by their key, each with what it counts


def _counts(told: Tells, language: str) -> Counts:
    """Give the figures that tell an edit's sides apart and count something."""
    telling = {*told.old_values, *told.new_values}
    sides = [(told.old.text, told.old.values), (told.new.text, told.new.values)]
    found = ((v.key, counted(v, text, language)) for text, side in sides for v in side if v in telling)
    return frozenset(pair for pair in found if pair[1])


def _counts_the_same(told: Tells, sentence: Sentence, counts: Counts, comparison: Comparison) -> bool:
    """Tell whether a sentence has one of the edit's figures for what no other sentence of the article counts by it."""
    if not counts:
        return False
    language = comparison.language
    text = comparison.copy[slice(*sentence.span)]
    here = {(v.key, counted(v, text, language)) for v in sentence.values} & counts
    return bool(here) and not any(
        (v.key, counted(v, comparison.lineage.texts[n][slice(*s.span)], language)) in here
        for n, revision in enumerate(comparison.revisions)
        for s in revision
        if s.features not in told.variants
        for v in s.values
    )


def _in_place(told: Tells, sentences: Sequence[Sentence], weights: Weights) -> Reading | None:
    """Look for the very words of one side in their place."""
    plain = weights.of({*told.gone, *told.come}) < PLAIN
    best: tuple[tuple[int, int], Reading] | None = None
    olds = [told.old, *(side for side in told.earlier if side.middle and side.middle != told.new.middle)]
    for sentence in sentences:
        old, new = max(_fit(side, sentence) for side in olds), _fit(told.new, sentence)
        if max(old, new) < IN_PLACE * (2 if plain else 1) or old == new:
            continue
        state = State.CARRIED if new > old else State.MISSING
        because = "has the words as they stand now" if new > old else "has the words as they stood before"
        rank = (max(old, new), abs(old - new))
        if best is None or rank > best[0]:
            best = (rank, Reading(state, 0.98, because, sentence))
    return best[1] if best else None


def _fit(side: Side, sentence: Sentence) -> int:
    return fit(side, sentence.keys) if side.text else 0


def judged(edit: Edit, told: Tells, share: float, sentence: Sentence, weights: Weights) -> Reading:
    """Judge one sentence of the copy by values, then qualifiers, then words."""
    by_values = _by_values(told, sentence)
    if by_values and by_values.state is State.NOT_APPLICABLE and _mostly_words(told, weights):
        by_values = None
    return by_values or _by_qualifier(told, share, sentence, weights) or _by_words(edit, told, share, sentence, weights)


def _mostly_words(told: Tells, weights: Weights) -> bool:
    """Tell whether an edit writes a sentence anew, so that a figure in it is the least of what changed."""
    changed = {*told.gone, *told.come}
    return weights.of(f for f in changed if f[0] != "#") >= ANEW * weights.of(f for f in changed if f[0] == "#")


def _by_values(told: Tells, sentence: Sentence) -> Reading | None:
    """Compare figures and dates as values."""
    if not told.new_values and (told.new.values or not told.old_values):
        return None  # the figure of the new side stood in the old sentence as well: it tells nothing
    old = any(values.same(v, w) for v in told.old_values for w in sentence.values)
    new = any(values.agrees(v, w) for v in told.new_values for w in sentence.values)
    if old and not new:
        return Reading(State.MISSING, 0.95, "has the figure as it stood before", sentence)
    if new and not old:
        return Reading(State.CARRIED, 0.95, "has the figure as it stands now", sentence)
    if old and new:
        kept = any(values.same(v, w) for v in told.old_values for w in told.new.all_values)
        if kept:
            return Reading(State.CARRIED, 0.9, "has both figures, as the article now does", sentence)
        return Reading(State.DIVERGED, 0.5, "has both figures", sentence)
    if told.old_values and told.new_values:
        return Reading(State.NOT_APPLICABLE, 0.8, "tells of it without the figure", sentence)
    return None


def _by_qualifier(told: Tells, share: float, sentence: Sentence, weights: Weights) -> Reading | None:
    """Look for a qualifier (former, alleged, not) beside the word that it qualifies."""
    for side, extra, state, other in (
        (told.new, told.come, State.CARRIED, State.MISSING),
        (told.old, told.gone, State.MISSING, State.CARRIED),
    ):
        concepts = [name for name in extra if name.startswith("~") and name != "~said"]
        for name in concepts:
            here = sentence.counts[name]
            plain = side.features[name] - extra[name]
            if here > plain:
                return Reading(state, 0.9, f"says \u201c{name[1:]}\u201d or a word for it", sentence)
            head = _head(side)
            if head and weights.of(head & sentence.features) >= OTHER * weights.of(head):
                if share < CLOSE:
                    return Reading(State.DIVERGED, 0.5, "says it in other words, which may or may not tell", sentence)
                return Reading(other, 0.85, f"names it without \u201c{name[1:]}\u201d", sentence)
            return Reading(State.NOT_APPLICABLE, 0.7, "does not name what was qualified", sentence)
    return None


def _head(side: Side) -> frozenset[str]:
    """Give what a qualifier qualifies: the telling word right before it ("consejera en funciones"), or those after."""
    before = [stem(word) for word in side.left[-1:] if side.attached]
    near = [name for name in before if name in side.features] or [stem(word) for word in side.right[:5]]
    telling = [name for name in near if name in side.features and not name.startswith(" ")]
    return frozenset(telling[:3])


def _by_words(edit: Edit, told: Tells, share: float, sentence: Sentence, weights: Weights) -> Reading:
    """Weigh the words that only one side has."""
    if weights.of({*told.gone, *told.come}) < PLAIN:
        return Reading(State.NOT_APPLICABLE, 0.6, "says it in other words; only function words changed", sentence)
    gone, come = weights.of(told.gone), weights.of(told.come)
    old = weights.of(set(told.gone) & sentence.features) / gone if gone else 0.0
    new = weights.of(set(told.come) & sentence.features) / come if come else 0.0
    if max(old, new) >= CLEAR and abs(old - new) > 0.2:  # noqa: PLR2004 - a clear difference
        state = State.CARRIED if new > old else State.MISSING
        return Reading(
            state,
            0.75,
            "has the words that stand there now" if new > old else "has the words that stood there before",
            sentence,
        )
    if share >= OTHER and not old and not new:
        if not edit.before.strip() or (come >= 2 * gone and len(told.come) > 2):  # noqa: PLR2004 - an addition in effect
            return Reading(State.MISSING, 0.75, "tells the sentence without what was added", sentence)
        if not edit.after.strip():
            return Reading(State.CARRIED, 0.75, "tells the sentence without what was taken out", sentence)
        return Reading(State.NOT_APPLICABLE, 0.6, "tells the sentence without the words that changed", sentence)
    if share < OTHER and not old and not new:
        return Reading(State.NOT_APPLICABLE, 0.6, "tells something near it, not the point that changed", sentence)
    if share >= OTHER and not new and Aspect.ATTRIBUTION in edit.aspects and Aspect.NAME in edit.aspects:
        return Reading(State.MISSING, 0.7, "has the words without the one who now stands as their speaker", sentence)
    return Reading(State.DIVERGED, 0.4, "too far from both wordings to tell", sentence)
