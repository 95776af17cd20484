"""Pairing: which claim of a notice discloses which edit.

A claim and an edit belong together when the words that the edit changed, or their values, stand in what the claim says
of old and new. The same change at other places, and paragraphs put in side by side, follow the one that was paired. A
claim that names nothing ("this story has been updated") discloses the edits of its sort that no other claim takes.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise

from provenance.engine import notices, values
from provenance.engine.aspects import changes_fact, sentence_at
from provenance.engine.lexicon import Lexicon
from provenance.engine.words import words
from provenance.model import Aspect, Claim, Edit, Notice, Op, Says

_GONE = frozenset({Says.REMOVED, Says.RETRACTED})
_MENDED = frozenset({Says.CORRECTED, Says.CLARIFIED})
LONGEST = 60
"""Words of an insertion past which it is an addition, whatever a notice corrects."""
_QUALIFIERS = frozenset({"~former", "~alleged", "~acting", "~deputy"})
_SAME = {"departed": "former"}
"""Who has left an office is a former holder of it."""
CONTEXT_WORDS = 3
"""Telling words that a notice must share with the sentence of an edit that it does not name."""


@dataclass(frozen=True, slots=True)
class Told:
    """One claim with the notice that makes it."""

    notice: Notice
    claim: Claim


@dataclass(frozen=True, slots=True)
class Meaning:
    """The telling stems, values and concepts of a piece of text."""

    stems: frozenset[str]
    values: frozenset[str]

    def __and__(self, other: Meaning) -> int:
        """Count what two pieces have in common, a value for three words."""
        return len(self.stems & other.stems) + 3 * len(self.values & other.values)


def meaning(text: str, known: Lexicon, language: str) -> Meaning:
    """Read the telling words of a text: function words left out, qualifiers folded to their concept."""
    stems = set()
    for word in words(text):
        concept = known.concept(word.key)
        if concept and concept != "said":
            stems.add(f"~{_SAME.get(concept, concept)}")
        elif word.key not in known.common:
            stems.add(word.stem)
    return Meaning(frozenset(stems), frozenset(v.key for v in values.read(text, language)))


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
    said = [(meaning(_words_of(t.claim), known, language), meaning(_around(t), known, language)) for t in told]
    found: dict[int, Told] = {}
    for edit, change in zip(edits, changed, strict=True):
        scores = [_score(t, edit, change, own, around) for t, (own, around) in zip(told, said, strict=True)]
        best = max(range(len(told)), key=scores.__getitem__)
        if scores[best]:
            found[edit.n] = told[best]
    _spread(edits, changed, found)
    _by_context(edits, told, found, after, known, language)
    _by_place(edits, told, found, after)
    _spread(edits, changed, found)
    _by_sort(edits, told, found)
    _by_count(edits, changed, told, found)
    _by_aspect(edits, changed, told, found)
    return found


def _words_of(claim: Claim) -> str:
    return f"{claim.old} \n {claim.new} \n {claim.about}"


def _around(t: Told) -> str:
    """Give the sentence of the notice that makes a claim."""
    text, first = t.notice.text, t.claim.new or t.claim.about or t.claim.old
    at = text.find(first) if first else -1
    return text[slice(*sentence_at(text, (at, at + len(first))))] if at >= 0 else ""


def _score(t: Told, edit: Edit, change: Meaning, own: Meaning, around: Meaning) -> float:
    """Weigh how well a claim fits an edit: its own words first, its sentence's next, whole paragraphs for additions."""
    if not _fits(t.claim, edit):
        return 0.0
    shared, near = own & change, around & change
    whole = Aspect.PASSAGE in edit.aspects and edit.op is Op.INSERT and edit.after[-1:] != ","
    if whole and t.claim.says is not Says.ADDED:
        return 0.4 * shared if shared >= CONTEXT_WORDS else 0.0
    if t.claim.says is Says.ADDED and not whole:
        return 0.4 * shared
    if shared == 1 and "~not" in own.stems & change.stems and len(change.stems) >= CONTEXT_WORDS:
        shared = 0  # "not" alone, among other words, is of another matter
    return shared + near / 2 if shared or near >= CONTEXT_WORDS else 0.0


def difference(edit: Edit, known: Lexicon, language: str) -> Meaning:
    """Give the meaning of the words that only one side of an edit has."""
    old, new = meaning(edit.before, known, language), meaning(edit.after, known, language)
    return Meaning(old.stems ^ new.stems, old.values ^ new.values)


def _fits(claim: Claim, edit: Edit) -> bool:
    """Tell whether a claim of this sort can be about an edit of this sort."""
    if claim.says is Says.ADDED:
        return edit.op is Op.INSERT or (edit.op is Op.REPLACE and len(edit.after) > len(edit.before))
    if claim.says in _GONE:
        return edit.op in {Op.DELETE, Op.REPLACE}
    if claim.says is Says.REFILED:
        return edit.op is not Op.MOVE
    return edit.op is not Op.MOVE and not (edit.op is Op.INSERT and len(edit.after.split()) > LONGEST)


def beside(left: Edit, right: Edit) -> bool:
    """Tell whether two edits are whole paragraphs put in, or dropped, one after the other."""
    if left.op is not right.op or Aspect.PASSAGE not in left.aspects or Aspect.PASSAGE not in right.aspects:
        return False
    a, b = (left.after_span, right.after_span) if left.op is Op.INSERT else (left.before_span, right.before_span)
    return left.op in {Op.INSERT, Op.DELETE} and a is not None and b is not None and 0 <= b[0] - a[1] <= 2  # noqa: PLR2004 - a blank line


def marks(edit: Edit, changed: Meaning) -> list[object]:
    """Give what makes two edits the same change, closest first: the same words, the same values, the same qualifier.

    A whole passage is the same as another only to the word: it says too much for a figure in it to tell.
    """
    found: list[object] = [changed] if changed.stems else []
    if Aspect.PASSAGE in edit.aspects:
        return found
    if changed.values:
        found.append(changed.values)
    return [*found, *sorted(stem for stem in changed.stems if stem in _QUALIFIERS)]


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


def _by_context(
    edits: Sequence[Edit],
    told: Sequence[Told],
    found: dict[int, Told],
    after: str,
    known: Lexicon,
    language: str,
) -> None:
    """Let a claim that paired with nothing take the edits in whose sentences its own, or its notice's, words stand."""
    idle = [
        (t, meaning(_words_of(t.claim), known, language), meaning(t.notice.text, known, language))
        for t in told
        if t not in found.values() and t.claim.says in _MENDED | _GONE
    ]
    taken: dict[tuple[int, int], Told] = {}
    for edit in edits if idle else ():
        if edit.n in found or edit.op is Op.MOVE:
            continue
        span = sentence_at(after, edit.after_span or (0, 0)) if edit.after else (0, 0)
        if span in taken:
            found[edit.n] = taken[span]
            continue
        if not changes_fact(edit) and Aspect.PASSAGE not in edit.aspects:
            continue
        sentence = meaning(after[slice(*span)] if edit.after else edit.before, known, language)
        for t, own, whole in idle:
            named = bool(own.stems) and 2 * len(own.stems & sentence.stems) >= len(own.stems)
            if _fits(t.claim, edit) and (named or whole & sentence >= CONTEXT_WORDS):
                found[edit.n] = t
                if edit.after:
                    taken[span] = t
                break


def _by_place(edits: Sequence[Edit], told: Sequence[Told], found: dict[int, Told], after: str) -> None:
    """Let a note inside a paragraph take the edits of that paragraph."""
    for t in told:
        if t.notice.span is None or t.claim.says not in _MENDED | _GONE:
            continue
        left, right = t.notice.span
        start, end = after.rfind("\n\n", 0, left) + 2, after.find("\n\n", right)
        if left <= start and right >= (len(after.rstrip()) if end < 0 else end):
            continue  # a paragraph of its own
        open_ = [e for e in edits if e.n not in found and e.after_span and _fits(t.claim, e)]
        inside = [e for e in open_ if e.after_span and start <= e.after_span[0] and (end < 0 or e.after_span[1] <= end)]
        sentence = sentence_at(after, (max(start, left - 2), max(start, left - 2)))
        near = [e for e in inside if e.after_span and sentence[0] <= e.after_span[0] < sentence[1]]
        found |= {edit.n: t for edit in near or inside}


def _by_count(edits: Sequence[Edit], changed: Sequence[Meaning], told: Sequence[Told], found: dict[int, Told]) -> None:
    """Let a notice that paired with nothing take the changes of fact that are left, where it makes a claim for each."""
    paired = {id(t.notice) for t in found.values()}
    idle = [t for t in told if id(t.notice) not in paired and t.claim.says in _MENDED]
    groups: list[list[Edit]] = []
    homes: dict[object, list[Edit]] = {}
    for edit, change in zip(edits, changed, strict=True):
        fact = changes_fact(edit) or Aspect.QUOTE in edit.aspects
        if edit.n in found or not fact or (edit.op is Op.INSERT and Aspect.PASSAGE in edit.aspects):
            continue
        home = next((homes[mark] for mark in marks(edit, change) if mark in homes), None)
        if home is None:
            groups.append(home := [])
        home.append(edit)
        homes |= dict.fromkeys(marks(edit, change), home)
    if idle and len(groups) <= len(idle):
        for group, t in zip(groups, idle, strict=False):
            found |= {edit.n: t for edit in group}
    gone = [t for t in told if t not in found.values() and t.claim.says in _GONE]
    left = [e for e in edits if e.n not in found and e.op is Op.DELETE and Aspect.PASSAGE in e.aspects]
    if gone and left and all(beside(x, y) for x, y in pairwise(left)):
        found |= {edit.n: gone[0] for edit in left}


def _by_aspect(edits: Sequence[Edit], changed: Sequence[Meaning], told: Sequence[Told], found: dict[int, Told]) -> None:
    """Let a claim that paired with nothing take the one change left of the sort of thing that its sentence names."""
    for t in told:
        if t in found.values():
            continue
        if t.claim.says in _MENDED:
            named = notices.speaks_of(_around(t) or _words_of(t.claim))
            open_ = [e for e in edits if e.n not in found and named & set(e.aspects) and _fits(t.claim, e)]
        else:  # "recasts headline"
            named = notices.speaks_of(t.claim.about) & {Aspect.HEADLINE}
            open_ = [e for e in edits if e.n not in found and named & set(e.aspects)]
        facts = [e for e in open_ if changes_fact(e) or {Aspect.QUOTE, Aspect.HEADLINE} & set(e.aspects)]
        alike = {tuple(map(str, marks(e, changed[e.n])[:1])) for e in facts}
        if len(alike) == 1:
            found |= {edit.n: t for edit in facts}


def _by_sort(edits: Sequence[Edit], told: Sequence[Told], found: dict[int, Told]) -> None:
    """Let a claim that names nothing disclose the edits of its sort that are left."""
    for t in told:
        if t.claim.old or t.claim.new or t.claim.about:
            continue
        for edit in edits:
            fact = changes_fact(edit) or Aspect.PASSAGE in edit.aspects
            if edit.n not in found and fact and _fits(t.claim, edit):
                found[edit.n] = t
