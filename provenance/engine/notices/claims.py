"""Claims: what a notice says was done, read sentence by sentence from the cues of its language.

A cue has words to its left and right; what parts one claim from the next, and where a claim's words end, is data as
well. A sentence without a cue goes on with the claim before it: "An earlier version said X. It is Y."
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from provenance.engine.notices.grammar import Grammar, Label, Rule
from provenance.engine.sentences import sentences
from provenance.model import Claim, Says, Span

MOST = 24
"""Claims that one notice makes at most."""

_EDGES = " \t\n.,;:!?、，。；：·*_–—-\"'“”„«»‘’「」『』()[]（）［］【】《》"
_ABBREVIATED = re.compile(
    r"(?:^|[^\w.])(?:[A-Z]|M[rs]{1,2}s?|Mme|Drs?|St|Prof|Gen|Gov|Sen|Rep|Lt|Col|Sgt|Capt|Rev|Hon|Jan|Feb|Aug|Sept?|Oct|Nov"
    r"|Dec|Nos?|Nr|Sr|Sra|Jr|Inc|Co|vs|Abs|bzw|ca|art|[ap]\.m|U\.[SK]|z\.B)\.\Z"
)
_FIGURE = re.compile(r"(?<=\d[.])\s+(?=[A-ZÀ-Þ])")
_QUOTES = (
    ("“", "”"),
    ("«", "»"),
    ("„", "“"),
    ("‘", "’"),
    ("「", "」"),
    ("『", "』"),
    ("(", ")"),
    ("[", "]"),
    ("（", "）"),
)
_TAILS = (" and", " und", " et", " y", " e", " och", " og", " en", " i", " oraz", " та", " і", " и", " ve", " و")
_ROLES = ("old", "new", "about")
_MENDING = frozenset({Says.CORRECTED, Says.CLARIFIED, Says.REFILED})


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


def claims(note: str, body: int, grammar: Grammar, label: Label | None) -> tuple[Claim, ...]:
    """Read the claims of a note whose text begins at *body*, behind its label."""
    told = _default(note, body, grammar, label)
    found: list[Claim] = []
    waiting: list[str] = []
    for left, right in _sentences(note[body:]):
        sentence = note[body + left : body + right]
        hits = _hits(sentence, grammar)
        made = [_by_label(claim, label) for claim in _of_sentence(sentence, hits, grammar)]
        if made:
            _append(
                found, [_unselfed(claim, grammar) for claim in _pointed_back(made, found, waiting, grammar)], waiting
            )
        elif hits:
            continue
        elif not grammar.whole["quiet"].match(sentence.lstrip(_EDGES)) and _speaks(sentence):
            _go_on(found, waiting, _bare(sentence, grammar), told)
    if not found:
        found = [_plain(told, each) for each in waiting]
    telling = [claim for claim in found if claim.old or claim.new or claim.about]
    found = [claim for claim in found if claim in telling or claim.says not in {each.says for each in telling}]
    if len(found) > len(telling) > 0:  # "this article has been updated", and how: the announcement claims nothing more
        found = [claim for claim in found if claim in telling or claim.says is Says.RETRACTED]
    return tuple(dict.fromkeys(found or ([Claim(told)] if told else [])))[:MOST]


def _default(note: str, body: int, grammar: Grammar, label: Label | None) -> Says | None:
    """Give what a sentence without a cue claims: an update that owns up to an error corrects."""
    told = label.says if label else None
    if told is Says.ADDED and grammar.patterns["wrong"].search(note, body):
        return Says.CORRECTED
    return told


def _sentences(text: str) -> Iterator[Span]:
    """List the sentences of a note; one that ends in an abbreviation goes on."""
    start: int | None = None
    for left, right in _parts(text):
        start = left if start is None else start
        if not _ABBREVIATED.search(text, start, right) or right == len(text.rstrip()):
            yield start, right
            start = None
    if start is not None:
        yield start, len(text.rstrip())


def _parts(text: str) -> Iterator[Span]:
    """List the sentences of a text, parted after a figure as well: "gave the fine as £5,000. It was £50,000."."""
    for left, right in sentences(text):
        at = left
        for found in _FIGURE.finditer(text, left, right):
            yield at, found.start()
            at = found.end()
        yield at, right


def _of_sentence(sentence: str, hits: Sequence[Hit], grammar: Grammar) -> list[Claim]:
    """Read the claims that the cues of one sentence make."""
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
    every = [Hit(rule, match) for rule in grammar.rules for match in rule.pattern.finditer(sentence)]
    kept: list[Hit] = []
    for hit in sorted(every, key=lambda each: each.place):
        last = kept[-1] if kept else None
        if hit.end > hit.start and not (last and (hit.start < last.end or _reported(sentence, last, hit, grammar))):
            kept.append(hit)
    return kept


def _reported(sentence: str, last: Hit, hit: Hit, grammar: Grammar) -> bool:
    """Tell whether a cue stands in what was said: "originally said that the vaccine had been withdrawn"."""
    said = last.rule.right == "old" and not last.rule.pair
    return said and bool(hit.rule.left) and not hit.rule.pair and not _parted(sentence, last.end, hit.start, grammar)


def _rest(sentence: str, hit: Hit, says: Says, grammar: Grammar) -> Iterator[Claim]:
    """Make a claim of what goes on behind an "X, not Y": "not orange, and he is 43"."""
    [(_, right)] = list(_right(sentence, hit, len(sentence), grammar)) or [(0, len(sentence))]
    joined = grammar.patterns["start"].match(sentence, right)
    if joined and _speaks(sentence[joined.end() :]):
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
        if _speaks(piece):
            yield _made(says, {hit.rule.right: piece})


def _pair(sentence: str, hit: Hit, before: Hit, until: int, outer: Claim, grammar: Grammar) -> Claim:
    """Make the claim of an "X, not Y" that stands in another's words: "said Y instead of X" tells the old first."""
    here = sentence[before.end : hit.start]
    there = next((sentence[left:right] for left, right in _right(sentence, hit, until, grammar)), "")
    left, right = hit.rule.left, hit.rule.right
    if before.rule.right == "old":
        left, right = right, left
    says = outer.says if outer.says in _MENDING else Says.CORRECTED
    return _made(says, {left: here, right: there})


def _parted(sentence: str, start: int, end: int, grammar: Grammar) -> bool:
    return bool(grammar.patterns["split"].search(sentence, start, end))


def _left(sentence: str, hit: Hit, before: Hit | None, grammar: Grammar) -> int:
    """Give where the words to the left of a cue begin; an aside in brackets between two cues has no subject."""
    floor = before.end if before else 0
    between = sentence[floor : hit.start].strip()
    if not _speaks(between) or (between.startswith("(") and between.endswith(")")):
        return 0
    places = [found.end() for found in grammar.patterns["start"].finditer(sentence, floor, hit.start)]
    places = [place for place in places if _speaks(sentence[place : hit.start])]
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
    found = re.compile(r"[,，、](?!\d)").search(sentence, left + 1, right)
    return found.start() if found else 0


def _made(says: Says, values: dict[str, str]) -> Claim:
    return Claim(says, **{role: _neat(values[role]) for role in _ROLES if role in values})


def _neat(phrase: str) -> str:
    """Leave out the marks and the conjunction at the edges of a phrase; what is left stands in the note as it is."""
    left, right = len(phrase) - len(phrase.lstrip(_EDGES)), len(phrase.rstrip(_EDGES))
    for tail in _TAILS:
        if phrase.endswith(tail, left, right):
            right = len(phrase[: right - len(tail)].rstrip(_EDGES))
    inner = phrase[left:right]
    for opening, closing in _QUOTES:
        if inner.count(opening) > inner.count(closing) and phrase.startswith(closing, right):
            right += 1
        elif inner.count(opening) < inner.count(closing) and phrase.endswith(opening, 0, left):
            left -= 1
    return phrase[left:right]


def _bare(sentence: str, grammar: Grammar) -> str:
    """Leave out "In fact," at the head of a sentence."""
    sentence = sentence.strip(_EDGES)
    found = grammar.whole["lead"].match(sentence)
    return _neat(sentence[found.end() :]) if found and found.end() < len(sentence) else sentence


def _speaks(phrase: str) -> bool:
    """Tell whether a phrase has a word or a figure of more than one letter."""
    return sum(character.isalnum() for character in phrase) > 1


def _by_label(claim: Claim, label: Label | None) -> Claim:
    """Let "an earlier version said X" be what the note's label says, a clarification; what was wrong is corrected."""
    if claim.says is Says.CORRECTED and claim.old and not claim.new and label and label.says in _MENDING:
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


def _append(found: list[Claim], made: Sequence[Claim], waiting: list[str]) -> None:
    """Add claims; what is right, told in a sentence of its own, belongs to what was said before, or after."""
    made = _joined(made)
    if not made:
        return
    first = made[0]
    last = found[-1] if found else None
    if last and not last.new and first.new and not first.old and not first.about and last.says is first.says:
        found[-1] = replace(last, new=first.new)
        made = made[1:]
    elif waiting and first.says in _MENDING and first.old and not first.new and first.old not in waiting:
        made[0] = replace(first, new=waiting[-1])
    found.extend(made)
    waiting.clear()


def _go_on(found: list[Claim], waiting: list[str], sentence: str, told: Says | None) -> None:
    """Let a sentence without a cue go on with the claim before it, or stand for itself in a labelled note."""
    last = found[-1] if found else None
    if last is None:
        waiting.append(sentence)
    elif last.says in _MENDING and not last.new and (last.old or last.about):
        found[-1] = replace(last, new=sentence)
    elif last.says in _MENDING:
        found.append(_plain(told if told in _MENDING else last.says, sentence))


def _plain(says: Says | None, sentence: str) -> Claim:
    """Make the claim of a sentence without a cue: what is right, or what is told."""
    says = says or Says.CORRECTED
    return Claim(says, new=sentence) if says in {Says.CORRECTED, Says.REFILED} else Claim(says, about=sentence)
