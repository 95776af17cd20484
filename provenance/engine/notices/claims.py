"""Claims: what a notice says was done, read sentence by sentence from the cues of its language.

A cue has words to its left and right; what parts one claim from the next, and where a claim's words end, is data as
well. A sentence without a cue goes on with the claim before it: "An earlier version said X. It is Y."
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from provenance.engine.notices.cues import MENDING, MOST, of_sentence
from provenance.engine.notices.grammar import Grammar, Label, sorts
from provenance.engine.notices.phrases import EDGES, neat, sentences, speaks
from provenance.model import Claim, Says

_ENTRY = 6
"""Words that an entry of a list has at most."""
_COMMAS = re.compile(r",\s|，|、|\s(?:and|und|et|y|e|en|och|og|samt|sowie|i|oraz|та|і|и|ve)\s|\sو")
_CLAUSE = 3
"""Words that a clause has at least."""


def claims(note: str, body: int, grammar: Grammar, label: Label | None) -> tuple[Claim, ...]:
    """Read the claims of a note whose text begins at *body*, behind its label."""
    told = _default(note, body, grammar, label)
    found: list[Claim] = []
    waiting: list[str] = []
    for left, right in sentences(note[body:]):
        sentence = note[body + left : body + right]
        cued = of_sentence(sentence, grammar)
        if cued.claims:
            if not found and not waiting and told in MENDING and _states(cued.head, grammar):
                found.append(_plain(told, neat(cued.head)))
            made = _pointed_back([_by_label(claim, label) for claim in cued.claims], found, waiting, grammar)
            spare = _append(found, [_unselfed(claim, grammar) for claim in made], waiting)
            found[:0] = [_plain(told, each, grammar) for each in spare if told in MENDING]
        elif not grammar.whole["quiet"].match(sentence.lstrip(EDGES)) and speaks(cued.rest):
            for piece in _listed(_bare(cued.rest, grammar)) if told else [_bare(cued.rest, grammar)]:
                _go_on(found, waiting, piece, told, grammar)
    if not found:
        found = [_plain(told, each, grammar) for each in waiting]
    return tuple(_telling(found) or ([Claim(told)] if told else []))


def _listed(sentence: str) -> list[str]:
    """Part a list of what a note is of: "number of injured, date of the hearing"; any other sentence is one piece."""
    pieces = [neat(piece) for piece in _COMMAS.split(sentence)]
    short = len(pieces) > 1 and all(1 <= len(piece.split()) <= _ENTRY for piece in pieces)
    named = [any(pattern.search(piece) for pattern in sorts().values()) for piece in pieces]
    return pieces if short and named[0] and not any(map(str.isdigit, sentence)) else [sentence]


def _states(clause: str, grammar: Grammar) -> bool:
    """Tell whether a clause says what is right: it has some words, and speaks neither of a version nor of an error."""
    names = ("earlier", "loose", "wrong", "sorry", "self", "verb")
    return len(clause.split()) >= _CLAUSE and not any(grammar.patterns[name].search(clause) for name in names)


def _telling(found: Sequence[Claim]) -> list[Claim]:
    """Leave out the announcement ("this article has been updated") where others say what was done."""
    telling = [claim for claim in found if claim.old or claim.new or claim.about]
    kept = [claim for claim in found if not telling or claim in telling or claim.says is Says.RETRACTED]
    return list(dict.fromkeys(kept))[:MOST]


def _default(note: str, body: int, grammar: Grammar, label: Label | None) -> Says | None:
    """Give what a sentence without a cue claims: an update that owns up to an error corrects."""
    told = label.says if label else None
    if told is Says.ADDED and grammar.patterns["wrong"].search(note, body):
        return Says.CORRECTED
    return told


def _bare(sentence: str, grammar: Grammar) -> str:
    """Leave out "In fact," at the head of a sentence."""
    sentence = sentence.strip(EDGES)
    found = grammar.whole["lead"].match(sentence)
    return neat(sentence[found.end() :]) if found and found.end() < len(sentence) else sentence


def _by_label(claim: Claim, label: Label | None) -> Claim:
    """Let "an earlier version said X" be what the note's label says, a clarification; what was wrong is corrected."""
    if claim.says is Says.CORRECTED and claim.old and not claim.new and label and label.says in MENDING:
        return replace(claim, says=label.says)
    return claim


def _pointed_back(
    made: Sequence[Claim], found: list[Claim], waiting: Sequence[str], grammar: Grammar
) -> Sequence[Claim]:
    """Put what was said before in the place of a subject that only points to it: "That projection is withdrawn"."""
    claim = made[0]
    subject = claim.about or claim.old
    if not subject or claim.new or not grammar.whole["anaphora"].fullmatch(subject):
        return made
    if waiting and not found:
        return [replace(claim, about=waiting[-1]) if claim.about else replace(claim, old=waiting[-1]), *made[1:]]
    if found and claim.says in {Says.RETRACTED, Says.REMOVED}:
        found[:] = [replace(each, says=claim.says) for each in found]
        return made[1:]
    return made


def _unselfed(claim: Claim, grammar: Grammar) -> Claim:
    """Leave out an `about` that is but the article itself: "this article has been corrected"."""
    own = claim.about and grammar.whole["subject"].fullmatch(claim.about)
    return replace(claim, about="") if own else claim


def _joined(made: Sequence[Claim]) -> list[Claim]:
    """Put together what one sentence tells in two cues: what was said, and what is right."""
    joined: list[Claim] = []
    for claim in made:
        last = joined[-1] if joined else None
        if last and last.says is claim.says and last.old and not last.new and claim.new and not claim.old:
            joined[-1] = replace(last, new=claim.new, about=last.about or claim.about)
        else:
            joined.append(claim)
    return joined


def _append(found: list[Claim], made: Sequence[Claim], waiting: list[str]) -> list[str]:
    """Add claims; what is right, told in a sentence of its own, belongs to what was said before, or after.

    Gives back the sentences that were waiting for a claim and belong to none.
    """
    made = _joined(made)
    if not made:
        return []
    first = made[0]
    last = found[-1] if found else None
    if last and not last.new and first.new and not first.old and not first.about and last.says is first.says:
        found[-1] = replace(last, new=first.new)
        made = made[1:]
    elif waiting and first.says in MENDING and not first.new and waiting[-1] not in {first.old, first.about}:
        made[0] = replace(first, new=waiting.pop())
    found.extend(made)
    spare = [each for each in waiting if all(each not in {claim.old, claim.about, claim.new} for claim in made)]
    waiting.clear()
    return spare


def _go_on(found: list[Claim], waiting: list[str], sentence: str, told: Says | None, grammar: Grammar) -> None:
    """Let a sentence without a cue go on with the claim before it, or stand for itself in a labelled note."""
    last = found[-1] if found else None
    if last is None:
        waiting.append(sentence)
    elif last.says in MENDING and not last.new and (last.old or last.about):
        found[-1] = replace(last, new=sentence)
    elif last.says in MENDING:
        found.append(_plain(told if told in MENDING else last.says, sentence, grammar))


def _plain(says: Says | None, sentence: str, grammar: Grammar | None = None) -> Claim:
    """Make the claim of a sentence without a cue: what is right, or what is told; an earlier version is not right."""
    says = says or Says.CORRECTED
    if grammar and (version := grammar.patterns["loose"].search(sentence)):
        behind = neat(sentence[version.end() :])
        return Claim(says, about=behind if len(behind.split()) >= _CLAUSE else sentence)
    return Claim(says, new=sentence) if says in {Says.CORRECTED, Says.REFILED} else Claim(says, about=sentence)
