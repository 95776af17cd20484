"""Cues: the rules that fit in a sentence, and the words to their left and right that make their claims."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import islice

from provenance.engine.notices.grammar import Grammar, Rule
from provenance.engine.notices.phrases import neat, speaks
from provenance.model import Claim, Says, Span

MOST = 24
"""Cues that one sentence has at most, and claims that one notice makes."""

MENDING = frozenset({Says.CORRECTED, Says.CLARIFIED, Says.REFILED})
"""What may tell both what was said and what is right."""

_COMMA = re.compile(r"[,，、](?!\d)")
_ROLES = ("old", "new", "about")


@dataclass(frozen=True, slots=True)
class Hit:
    """A rule that fits in a sentence, and where."""

    rule: Rule
    match: re.Match[str]

    @property
    def start(self) -> int:
        """Give where the cue begins."""
        return self.match.start()

    @property
    def place(self) -> int:
        """Give where the cue's first word begins."""
        return self.end - len(self.match[0].lstrip(" ,"))

    @property
    def end(self) -> int:
        """Give where the cue ends."""
        return self.match.end()


@dataclass(frozen=True, slots=True)
class Reading:
    """What the cues of a sentence say: its claims, what no cue tells, and the clause that stands before the first cue.

    Where no cue claims anything, `rest` is the sentence without what only parts: "Because of an error, we said X.".
    """

    claims: tuple[Claim, ...]
    rest: str = ""
    head: str = ""


def of_sentence(sentence: str, grammar: Grammar) -> Reading:
    """Read the claims that the cues of one sentence make."""
    hits = _hits(sentence, grammar)
    if not any(hit.rule.says for hit in hits):
        ends = [0, *(hit.end for hit in hits)]
        starts = [*(hit.start for hit in hits), len(sentence)]
        return Reading((), max((sentence[left:right] for left, right in zip(ends, starts, strict=True)), key=len))
    return Reading(tuple(_claims(sentence, hits, grammar)), head=_head(sentence, hits[0], grammar))


def _head(sentence: str, first: Hit, grammar: Grammar) -> str:
    """Give the clauses before the one that the first cue stands in: "The fine is £50, and the first version ..."."""
    borders = [
        found.start()
        for found in grammar.patterns["start"].finditer(sentence, 0, first.place)
        if found[0][:1] in {",", ";"}
    ]
    return sentence[: borders[-1]] if borders and not first.rule.left else ""


def _claims(sentence: str, hits: Sequence[Hit], grammar: Grammar) -> list[Claim]:
    """Make the claims of the cues of one sentence."""
    made: list[Claim] = []
    for n, hit in enumerate(hits):
        before = hits[n - 1] if n else None
        until = hits[n + 1].start if n + 1 < len(hits) else len(sentence)
        within = before and before.rule.right and not before.rule.pair
        if hit.rule.pair and before and within and not _parted(sentence, before.end, hit.start, grammar):
            outer = made.pop() if made else Claim(Says.CORRECTED)
            made.append(_pair(sentence, hit, before, until, outer, grammar))
        elif hit.rule.says:
            made.extend(_claim(sentence, hit, before, until, grammar))
        if hit.rule.pair and until == len(sentence):
            made.extend(_rest(sentence, hit, made[-1].says, grammar))
    return made


def _hits(sentence: str, grammar: Grammar) -> list[Hit]:
    """List the rules that fit, in order of place, none within another."""
    every = [Hit(rule, match) for rule in grammar.rules for match in islice(rule.pattern.finditer(sentence), MOST)]
    kept: list[Hit] = []
    for hit in sorted(every, key=lambda each: each.place):
        last = kept[-1] if kept else None
        if hit.end > hit.start and not (last and (hit.start < last.end or _reported(sentence, last, hit, grammar))):
            kept.append(hit)
    return kept[:MOST]


def _reported(sentence: str, last: Hit, hit: Hit, grammar: Grammar) -> bool:
    """Tell whether a cue stands in what was said: "originally said that the vaccine had been withdrawn"."""
    said = last.rule.right == "old" and not last.rule.pair
    return said and bool(hit.rule.left) and not hit.rule.pair and not _parted(sentence, last.end, hit.start, grammar)


def _rest(sentence: str, hit: Hit, says: Says, grammar: Grammar) -> Iterator[Claim]:
    """Make a claim of what goes on behind an "X, not Y": "not orange, and he is 43"."""
    [(_, right)] = list(_right(sentence, hit, len(sentence), grammar)) or [(0, len(sentence))]
    joined = grammar.patterns["start"].match(sentence, right)
    if joined and speaks(sentence[joined.end() :]):
        yield _made(says, {"new": sentence[joined.end() :]})


def _claim(sentence: str, hit: Hit, before: Hit | None, until: int, grammar: Grammar) -> Iterator[Claim]:
    """Make the claims of one cue: several where its words go on with "and that"."""
    says = hit.rule.says or Says.CORRECTED
    values = {name.rstrip("2"): value for name, value in hit.match.groupdict().items() if value}
    if hit.rule.left:
        values[hit.rule.left] = sentence[_left(sentence, hit, before, grammar) : hit.start]
    pieces = [sentence[left:right] for left, right in _right(sentence, hit, until, grammar)] if hit.rule.right else []
    if hit.rule.right:
        values[hit.rule.right] = pieces[0] if pieces else ""
    yield _made(says, values)
    for piece in pieces[1:]:
        if speaks(piece):
            yield _made(says, {hit.rule.right: piece})


def _pair(sentence: str, hit: Hit, before: Hit, until: int, outer: Claim, grammar: Grammar) -> Claim:
    """Make the claim of an "X, not Y" that stands in another's words: "said Y instead of X" tells the old first."""
    here = sentence[before.end : hit.start]
    there = next((sentence[left:right] for left, right in _right(sentence, hit, until, grammar)), "")
    left, right = hit.rule.left, hit.rule.right
    if before.rule.right == "old":
        left, right = right, left
    says = outer.says if outer.says in MENDING else Says.CORRECTED
    return _made(says, {left: here, right: there})


def _parted(sentence: str, start: int, end: int, grammar: Grammar) -> bool:
    return bool(grammar.patterns["split"].search(sentence, start, end))


def _left(sentence: str, hit: Hit, before: Hit | None, grammar: Grammar) -> int:
    """Give where the words to the left of a cue begin; an aside in brackets between two cues has no subject."""
    floor = before.end if before else 0
    between = sentence[floor : hit.start].strip()
    if not speaks(between) or (between.startswith("(") and between.endswith(")")):
        return 0
    places = [found.end() for found in grammar.patterns["start"].finditer(sentence, floor, hit.start)]
    places = [place for place in places if speaks(sentence[place : hit.start])]
    return places[-1] if places else floor


def _right(sentence: str, hit: Hit, until: int, grammar: Grammar) -> Iterator[Span]:
    """List the stretches to the right of a cue that its claim is about, parted at "and that"."""
    left = hit.end
    while left < until:
        parting = grammar.patterns["split"].search(sentence, left, until)
        right = parting.start() if parting else until
        stop = grammar.patterns["stop"].search(sentence, left, right)
        right = stop.start() if stop else right
        pair = hit.rule.pair and _comma(sentence, left, right)
        yield left, pair or right
        if not parting or hit.rule.pair:
            return
        left = parting.end()


def _comma(sentence: str, left: int, right: int) -> int:
    """End the second half of "X, not Y" at its first comma that is none of a number."""
    found = _COMMA.search(sentence, left + 1, right)
    return found.start() if found else 0


def _made(says: Says, values: dict[str, str]) -> Claim:
    return Claim(says, **{role: neat(values[role]) for role in _ROLES if role in values})
