"""Unpaired: what a claim discloses that shares no words with any edit.

It may speak of the sentence of an edit, stand in its paragraph, name a sort of thing, or count what changed. Each rule
adds to what was found, and takes no edit that another claim has.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from decimal import Decimal, InvalidOperation
from itertools import pairwise

from provenance.engine import notices
from provenance.engine.aspects import changes_fact, sentence_at
from provenance.engine.lexicon import Lexicon
from provenance.engine.meanings import (
    CONTEXT_WORDS,
    DENSE,
    GONE,
    MENDED,
    Meaning,
    Told,
    alike,
    around,
    beside,
    fits,
    meaning,
    runs,
    states_another,
    words_of,
)
from provenance.engine.words import dense
from provenance.model import Aspect, Edit, Op, Says, Span

SHORT = 6
"""Words that an entry in a list of sorts of things has at most: "number of injured"."""
_SPOKEN = frozenset({Aspect.QUOTE, Aspect.ATTRIBUTION})


@dataclass(frozen=True, slots=True)
class Rest:
    """The edits of a revision with what each changed, the claims of its notices, and its text."""

    edits: Sequence[Edit]
    changed: Sequence[Meaning]
    told: Sequence[Told]
    after: str
    known: Lexicon
    language: str

    def meaning(self, text: str) -> Meaning:
        """Read the telling words of a text in the article's language."""
        return meaning(text, self.known, self.language)

    def idle(self, found: dict[int, Told], says: Iterable[Says]) -> list[Told]:
        """List the claims of these sorts that took no edit."""
        return [t for t in self.told if t.claim.says in says and t not in found.values()]

    def open(self, found: dict[int, Told]) -> list[Edit]:
        """List the edits that no claim took."""
        return [edit for edit in self.edits if edit.n not in found]

    def place(self, edit: Edit) -> Span:
        """Give the span of the sentence in which the later text has an edit, (0, 0) where it has none."""
        return sentence_at(self.after, edit.after_span or (0, 0)) if edit.after else (0, 0)

    def sentence(self, edit: Edit) -> Meaning:
        """Read the sentence of an edit, or what it took out."""
        return self.meaning(self.after[slice(*self.place(edit))] if edit.after else edit.before)


def by_context(rest: Rest, found: dict[int, Told]) -> None:
    """Let a claim that paired with nothing take the edits in whose sentences its own, or its notice's, words stand."""
    idle = [(t, rest.meaning(words_of(t.claim)), rest.meaning(t.notice.text)) for t in rest.idle(found, MENDED | GONE)]
    taken: dict[Span, Told] = {}
    for edit in rest.open(found) if idle else ():
        if edit.op is Op.MOVE:
            continue
        span = rest.place(edit)
        if span in taken:
            found[edit.n] = taken[span]
            continue
        if not changes_fact(edit) and Aspect.PASSAGE not in edit.aspects:
            continue
        for t, own, whole in idle:
            if fits(t.claim, edit) and _speaks_of_sentence(t, own, whole, edit, rest):
                found[edit.n] = t
                if edit.after:
                    taken[span] = t
                break


def _speaks_of_sentence(t: Told, own: Meaning, whole: Meaning, edit: Edit, rest: Rest) -> bool:
    """Tell whether a claim, or its notice, speaks of the sentence of an edit and of no other figure there."""
    if states_another(own, edit, rest.changed[edit.n]):
        return False
    sentence = rest.sentence(edit)
    shared = len(own.stems & sentence.stems)
    named = bool(own.stems) and 2 * shared >= len(own.stems)
    if t.claim.says is Says.ADDED:  # "has changed its advice"
        return edit.op is Op.REPLACE and changes_fact(edit) and shared >= CONTEXT_WORDS
    if edit.op in {Op.INSERT, Op.DELETE} and Aspect.PASSAGE in edit.aspects and t.claim.says in MENDED:
        clarified = t.claim.says is Says.CLARIFIED and whole & sentence >= 2 * CONTEXT_WORDS
        return (named and shared > 1) or clarified  # what is corrected was there before and is still there
    return named or whole & sentence >= CONTEXT_WORDS * (DENSE if dense(edit.after or edit.before) else 1)


def by_place(rest: Rest, found: dict[int, Told]) -> None:
    """Let a note inside a paragraph take the edits of that paragraph."""
    for t in rest.told:
        within = _paragraph(t, rest.after)
        if within is None or t.claim.says not in MENDED | GONE:
            continue
        start, end = within
        inside = [
            e
            for e in rest.open(found)
            if e.after_span and start <= e.after_span[0] and e.after_span[1] <= end and fits(t.claim, e)
        ]
        left = t.notice.span[0] if t.notice.span else 0
        sentence = sentence_at(rest.after, (max(start, left - 2), max(start, left - 2)))
        near = [e for e in inside if e.after_span and sentence[0] <= e.after_span[0] < sentence[1]]
        found |= {edit.n: t for edit in near or inside}


def _paragraph(t: Told, text: str) -> Span | None:
    """Give the paragraph that a note stands in with other words; None for one that is a paragraph of its own."""
    if t.notice.span is None:
        return None
    left, right = t.notice.span
    start, end = text.rfind("\n\n", 0, left) + 2, text.find("\n\n", right)
    end = len(text.rstrip()) if end < 0 else end
    return None if left <= start and right >= end else (start, end)


def by_sort(rest: Rest, found: dict[int, Told]) -> None:
    """Let a claim that names nothing disclose the edits of its sort that are left; a remark, those of its place."""
    for t in rest.told:
        if t.claim.old or t.claim.new or t.claim.about or (t in found.values() and _paragraph(t, rest.after)):
            continue
        for edit in rest.open(found):
            fact = changes_fact(edit) or Aspect.PASSAGE in edit.aspects
            if fact and fits(t.claim, edit) and not (t.claim.says is Says.ADDED and _no_addition(edit)):
                found[edit.n] = t


def _no_addition(edit: Edit) -> bool:
    return edit.op is Op.REPLACE and len(edit.after) <= len(edit.before)


def by_difference(rest: Rest, found: dict[int, Told]) -> None:
    """Let "two of them were in the workshop" tell of seven that are now five, where no other number changed so."""
    for t in rest.idle(found, MENDED | {Says.ADDED}):
        steps = {v for key in rest.meaning(words_of(t.claim)).values if (v := _number(key)) and v > 1}
        fitting = [e for e in rest.open(found) if e.op is Op.REPLACE and _step(rest.changed[e.n]) in steps]
        if len({rest.changed[e.n].values for e in fitting}) == 1:
            found |= {edit.n: t for edit in fitting}


def _step(change: Meaning) -> Decimal | None:
    """Give by how much the one number that an edit changed was raised or lowered."""
    numbers = sorted(number for key in change.values if (number := _number(key)) is not None)
    return numbers[1] - numbers[0] if len(numbers) == 2 else None  # noqa: PLR2004 - the old and the new one


def _number(key: str) -> Decimal | None:
    try:
        return Decimal(key)
    except InvalidOperation:
        return None


def by_entry(rest: Rest, found: dict[int, Told]) -> None:
    """Let an entry in an update's list of sorts of things take the one change of that sort, before any words tell."""
    _by_sorts([t for t in rest.idle(found, {Says.ADDED}) if _sorts(t)], rest, found)


def by_aspect(rest: Rest, found: dict[int, Told]) -> None:
    """Let a claim that paired with nothing take the one change left of the sort of thing that it names."""
    _by_sorts(rest.idle(found, Says), rest, found)


def _by_sorts(told: Iterable[Told], rest: Rest, found: dict[int, Told]) -> None:
    for t in told:
        facts = [
            edit
            for edit in rest.open(found)
            if _sorts(t) & _aspects(edit, rest)
            and (t.claim.says not in MENDED or fits(t.claim, edit))
            and (changes_fact(edit) or {Aspect.QUOTE, Aspect.HEADLINE, Aspect.DATE} & _aspects(edit, rest))
        ]
        groups = alike(facts, rest.changed)
        if len(groups) > 1:
            own = rest.meaning(words_of(t.claim)).stems
            groups = [group for group in groups if any(own & rest.sentence(edit).stems for edit in group)]
        if len(groups) == 1:
            found |= {edit.n: t for edit in groups[0]}


def _aspects(edit: Edit, rest: Rest) -> set[Aspect]:
    """Give what an edit touches, a day of the week as a date."""
    return {*edit.aspects, *([Aspect.DATE] if _weekday(edit, rest) else [])}


def _sorts(t: Told) -> frozenset[Aspect]:
    """Name the sorts of things that a claim speaks of: an update's, where it is an entry in a list of them."""
    if t.claim.says in MENDED:
        return notices.speaks_of(around(t) or words_of(t.claim))
    named = notices.speaks_of(t.claim.about)
    return named - {Aspect.QUOTE} if len(t.claim.about.split()) <= SHORT else named & {Aspect.HEADLINE}


def by_count(rest: Rest, found: dict[int, Told]) -> None:
    """Let a notice that paired with nothing take the changes of fact that are left, where it makes a claim for each."""
    paired = {id(t.notice) for t in found.values()}
    idle = [t for t in rest.told if id(t.notice) not in paired and t.claim.says in MENDED]
    left = [
        edit
        for edit in rest.open(found)
        if (changes_fact(edit) or Aspect.QUOTE in edit.aspects)
        and not (edit.op is Op.INSERT and Aspect.PASSAGE in edit.aspects)
    ]
    groups = alike(left, rest.changed)
    if idle and len(groups) <= len(idle):
        for group, t in zip(groups, idle, strict=False):
            found |= {edit.n: t for edit in group}
    gone = rest.idle(found, GONE)
    dropped = [e for e in rest.open(found) if e.op is Op.DELETE and Aspect.PASSAGE in e.aspects]
    if gone and dropped and all(beside(x, y) for x, y in pairwise(dropped)):
        found |= {edit.n: gone[0] for edit in dropped}


def by_addition(rest: Rest, found: dict[int, Told]) -> None:
    """Let a claim that a statement was added take the one passage left in which somebody speaks."""
    for t in rest.idle(found, {Says.ADDED}):
        if Aspect.QUOTE not in notices.speaks_of(t.claim.about):
            continue
        left = [e for e in rest.open(found) if e.op is Op.INSERT and Aspect.PASSAGE in e.aspects]
        groups = [group for group in runs(left) if any(_SPOKEN & set(edit.aspects) for edit in group)]
        if len(groups) == 1:
            found |= {edit.n: t for edit in groups[0]}


def by_overlap(rest: Rest, found: dict[int, Told]) -> None:
    """Let a notice that disclosed nothing take the change whose sentence shares most with it.

    A new notice tells of something; a change that it does not speak of is taken only where it is the one of fact.
    """
    silent = {id(t.notice): t for t in reversed(rest.told) if t.claim.says in MENDED | {Says.ADDED}}
    for t in found.values():
        silent.pop(id(t.notice), None)
    for t in silent.values():
        left = [edit for edit in rest.open(found) if _could_be(t, edit, rest)]
        facts = [edit for edit in left if changes_fact(edit) or _weekday(edit, rest)]
        groups = alike(facts or (left if t.claim.says in MENDED else []), rest.changed)
        whole = rest.meaning(t.notice.text)
        shared = [max(whole & rest.sentence(edit) for edit in group) for group in groups]
        best = max(shared, default=0)
        chosen = [edit for group, score in zip(groups, shared, strict=True) if score == best for edit in group]
        if not best and t.notice.rule == notices.LIKELY:
            continue
        if len({rest.place(edit) for edit in chosen} if best else groups) == 1:
            found |= {edit.n: t for edit in chosen}


def _could_be(t: Told, edit: Edit, rest: Rest) -> bool:
    """Tell whether a notice may speak of an edit that it does not name: no passage, and no figure but its own."""
    passage = Aspect.PASSAGE in edit.aspects and edit.op is not Op.REPLACE
    if passage or not fits(t.claim, edit) or {Aspect.LAYOUT, Aspect.SPELLING} & set(edit.aspects):
        return False
    return not states_another(rest.meaning(words_of(t.claim)), edit, rest.changed[edit.n])


def _weekday(edit: Edit, rest: Rest) -> bool:
    """Tell whether an edit changed the day of the week, which is no value but a date all the same."""
    return all(any(rest.known.weekday(word.strip(".,")) for word in side.split()) for side in (edit.before, edit.after))


RULES = (by_difference, by_sort, by_aspect, by_count, by_addition, by_overlap)
"""What is asked last, in this order."""
