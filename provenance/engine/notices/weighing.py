"""Weighing: whether a stretch of text is a notice, by the cues that it shows, and by which of them."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from provenance.engine.notices.grammar import Grammar, Label, substance, weights

_QUOTED = re.compile(
    r"“[^”“]{1,600}”|\"[^\"]{1,600}\"|«[^»]{1,600}»|„[^“”\"]{1,600}[“”\"]|「[^」]{1,300}」|『[^』]{1,300}』|‘[^’]{12,600}’(?!\w)"
)
_MARKS = '“"«„「『‘'
_DIGIT = re.compile(r"\d")
_SENTENCE = re.compile(r"[^\W\d_]{5,}[.。]|다\.|。")
_LETTERS = re.compile(r"[^\W\d_]")
_CONTRAST = re.compile(r"[,–—-] (?:and )?not ", re.IGNORECASE)
_ANCHORS = frozenset({"wire", "remark", "earlier", "loose", "self", "sorry", "sure"})
"""Cues of which a notice without a label has one: the others are found in any story about an error."""
_CHANGES = frozenset({"wire", "remark", "wrong", "verb", "sorry", "sure"})
_EVIDENCE = _ANCHORS | {"wrong", "verb", "contrast"}
LONG = 800
"""Characters from which on a paragraph is less likely to be a note."""


@dataclass(frozen=True, slots=True)
class Weight:
    """What a stretch of text weighs as a notice of one language.

    `body` is where the text behind its label begins, `alone` marks a label with no text behind it, and `tells` a text
    that would be telling without its label.
    """

    grammar: Grammar
    total: float
    rule: str
    label: Label | None = None
    body: int = 0
    alone: bool = False
    tells: bool = False


def label_of(note: str, grammar: Grammar) -> tuple[Label, re.Match[str]] | None:
    """Read the label that a note is headed with: of several that fit, the longest."""
    hits = ((label, label.match(note)) for label in grammar.labels)
    found = [(label, hit) for label, hit in hits if hit and not _SENTENCE.search(hit.groupdict().get("date") or "")]
    return max(found, key=lambda each: each[1].end(), default=None)


def weigh(note: str, grammar: Grammar, *, edge: bool = False, bracket: bool = False) -> Weight:
    """Add up the cues of a note: `edge` for one first or last in its text, `bracket` for a remark in brackets."""
    headed = label_of(note, grammar)
    label, body = (headed[0], headed[1].end()) if headed else (None, 0)
    if not headed and grammar.hints and not _hinted(note.casefold(), grammar):
        return Weight(grammar, 0.0, grammar.language)
    bare = _unquoted(note)
    shown = dict(_telling(note, bare, body, grammar, label, bracket=bracket))
    total = 0.0
    if _stands(note, label, shown, grammar):
        dated = headed is not None and any(headed[1].groupdict().get(name) for name in ("date", "day"))
        slight = {"edge": edge, "bracket": bracket, "long": len(note) > LONG}
        slight |= {"refuse": _is_refused(note, bare, body, grammar), "dated": dated}
        total = sum([*shown.values(), *(weights()[name] for name, there in slight.items() if there)])
    rule = max(shown, key=shown.__getitem__, default="")
    alone = label is not None and not _LETTERS.search(note, body)
    tells = any(name in _EVIDENCE for name in shown)
    return Weight(grammar, total, f"{grammar.language}.{rule}", label, body, alone, tells)


def _hinted(note: str, grammar: Grammar) -> bool:
    return any(hint in note for hint in grammar.hints)


def _stands(note: str, label: Label | None, shown: Mapping[str, float], grammar: Grammar) -> bool:
    """Tell whether a note has what every note has: it speaks of this article, and of a change.

    A label of its own will do; that of an editor's note, which may be an introduction, will not.
    """
    if label and label.says:
        return True
    changes = bool(shown.keys() & _CHANGES) or (
        "earlier" in shown and any(r.pattern.search(note) for r in grammar.rules)
    )
    if label and "contrast" in shown:
        return True
    return changes and (label is not None or bool(shown.keys() & _ANCHORS))


def _unquoted(note: str) -> str:
    """Blank what a note quotes, every character in its place."""
    return _QUOTED.sub(lambda quoted: "\x00" * len(quoted[0]), note) if any(mark in note for mark in _MARKS) else note


def _telling(
    note: str, bare: str, body: int, grammar: Grammar, label: Label | None, *, bracket: bool
) -> Iterator[tuple[str, float]]:
    """List the telling cues that a note shows, with what each weighs; what it quotes is left out of `bare`."""
    weight = weights()
    if label:
        yield label.name, label.weight
    if grammar.wire.search(note):
        yield "wire", 3.0
    if _sure(note, grammar):
        yield "sure", weight["sure"]
    if bracket and grammar.remark.search(note):
        yield "remark", weight["remark"]
    for name in ("earlier", "self", "wrong", "verb", "sorry"):
        if grammar.patterns[name].search(bare, 0 if name in {"earlier", "self"} else body):
            yield name, weight[name]
        elif name == "earlier" and grammar.patterns["loose"].search(bare):
            yield "loose", weight["loose"]
    if _CONTRAST.search(note, body):
        yield "contrast", weight["contrast"]


def _is_refused(note: str, bare: str, body: int, grammar: Grammar) -> bool:
    """Tell whether something speaks against a notice: asked last, as it costs the most."""
    return _is_stamp(note, body, grammar) or (grammar.refuse.search(bare) is not None and not _sure(note, grammar))


def _sure(note: str, grammar: Grammar) -> bool:
    """Tell whether a note begins as no other text does: "This article was amended on 3 May 2025."."""
    return grammar.whole["sure"].match(note) is not None


def _is_stamp(note: str, body: int, grammar: Grammar) -> bool:
    """Tell whether a note is but the time of a change: "Updated on Tuesday at 14:05"."""
    timed = _DIGIT.search(note, body) is not None
    return timed and grammar.whole["stamp"].fullmatch(note) is not None and not substance().search(note)
