"""Meanings: what a claim says and what an edit changed, as telling stems and values that can be held together."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from provenance.engine import notices, values
from provenance.engine.aspects import sentence_at
from provenance.engine.lexicon import Lexicon
from provenance.engine.words import words
from provenance.model import Aspect, Claim, Edit, Notice, Op, Says, Span

MENDED = frozenset({Says.CORRECTED, Says.CLARIFIED})
GONE = frozenset({Says.REMOVED, Says.RETRACTED})
LONGEST = 60
"""Words of an insertion past which it is an addition, whatever a notice corrects."""
DENSE = 2
"""So many characters tell as much as a word where words are not parted."""
CONTEXT_WORDS = 3
"""Telling words that a notice must share with the sentence of an edit that it does not name."""
_KANA = re.compile("[\u3040-\u309f]")
"""A single sign of the Japanese syllabary, which ends words and tells nothing."""
_ARABIC = frozenset("\u0627\u0648\u0641\u0628\u0643\u0644")
_ARTICLE = re.compile("[\u0648\u0641]?(?:[\u0628\u0643]?\u0627\u0644|\u0644\u0644)(?=.{3})")
"""The Arabic article, with the particles that are written onto it; `_ARABIC` are the letters that these begin with."""
_QUALIFIERS = frozenset({"~former", "~alleged", "~acting", "~deputy"})
_SAME = {"departed": "former"}
"""Who has left an office is a former holder of it."""


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

    def only(self, other: Meaning) -> Meaning:
        """Give what this piece has and another has not."""
        return Meaning(self.stems - other.stems, self.values - other.values)


def meaning(text: str, known: Lexicon, language: str) -> Meaning:
    """Read the telling words of a text: function words left out, qualifiers folded to their concept."""
    stems = set()
    for word in words(text):
        concept = known.concept(word.key)
        if concept and concept != "said":
            stems.add(f"~{_SAME.get(concept, concept)}")
        elif word.key not in known.common and not _KANA.fullmatch(word.key):
            stems.add(_ARTICLE.sub("", word.key)[: len(word.stem)] if word.key[0] in _ARABIC else word.stem)
    return Meaning(frozenset(stems), frozenset(v.key for v in values.read(text, language)))


def difference(edit: Edit, before: str, after: str, known: Lexicon, language: str) -> Meaning:
    """Give the meaning of the words that only one side of an edit has; a value is read in its sentence."""
    old, new = meaning(edit.before, known, language), meaning(edit.after, known, language)
    gone = old.values | _values(before, edit.before_span, language)
    come = new.values | _values(after, edit.after_span, language)
    return Meaning(old.stems ^ new.stems, gone ^ come)


def _values(text: str, span: Span | None, language: str) -> frozenset[str]:
    """Read the values of the sentences that a span lies in, as far as it touches them: "46" of "46 million"."""
    if span is None or span[0] == span[1]:
        return frozenset()
    left, right = sentence_at(text, span)
    found = values.read(text[left:right], language)
    return frozenset(v.key for v in found if left + v.span[0] < span[1] and span[0] < left + v.span[1])


def words_of(claim: Claim) -> str:
    """Give all that a claim says, but where in the article."""
    return notices.unplaced(f"{claim.old} \n {claim.new} \n {claim.about}")


def around(t: Told) -> str:
    """Give the sentence of the notice that makes a claim."""
    text, first = t.notice.text, t.claim.new or t.claim.about or t.claim.old
    at = text.find(first) if first else -1
    return text[slice(*sentence_at(text, (at, at + len(first))))] if at >= 0 else ""


def fits(claim: Claim, edit: Edit) -> bool:
    """Tell whether a claim of this sort can be about an edit of this sort."""
    if claim.says is Says.ADDED:
        return edit.op in {Op.INSERT, Op.REPLACE}
    if claim.says in GONE:
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


def states_another(own: Meaning, edit: Edit, change: Meaning) -> bool:
    """Tell whether a claim states figures, and others than those that an edit changed."""
    return edit.op is Op.REPLACE and bool(own.values and change.values) and not own.values & change.values


def alike(edits: Sequence[Edit], changed: Sequence[Meaning]) -> list[list[Edit]]:
    """Group the edits that are the same change."""
    groups: list[list[Edit]] = []
    homes: dict[object, list[Edit]] = {}
    for edit in edits:
        own = marks(edit, changed[edit.n])
        home = next((homes[mark] for mark in own if mark in homes), None)
        if home is None:
            groups.append(home := [])
        home.append(edit)
        homes |= dict.fromkeys(own, home)
    return groups


def runs(edits: Sequence[Edit]) -> list[list[Edit]]:
    """Group the paragraphs that were put in, or dropped, one after the other."""
    groups: list[list[Edit]] = []
    for edit in edits:
        if groups and beside(groups[-1][-1], edit):
            groups[-1].append(edit)
        else:
            groups.append([edit])
    return groups
