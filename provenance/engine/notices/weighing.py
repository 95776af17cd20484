"""Weighing: whether a stretch of text is a notice, by the cues that it shows, and by which of them."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from provenance.engine.notices.grammar import Grammar, Label, weights

_QUOTED = re.compile(
    r"“[^”“]{1,600}”|\"[^\"]{1,600}\"|«[^»]{1,600}»|„[^“”\"]{1,600}[“”\"]|「[^」]{1,300}」|『[^』]{1,300}』|‘[^’]{12,600}’(?!\w)"
)
_LETTERS = re.compile(r"[^\W\d_]")
_CONTRAST = re.compile(r"[,–—-] (?:and )?not |,? (?:instead of|rather than) ", re.IGNORECASE)
SHORT = 60
"""Characters of a stamp ("Updated on Tuesday at 14:05") at most."""
LONG = 800
"""Characters from which on a paragraph is less likely to be a note."""


@dataclass(frozen=True, slots=True)
class Weight:
    """What a stretch of text weighs as a notice of one language: `body` is where the text behind its label begins."""

    grammar: Grammar
    total: float
    rule: str
    label: Label | None = None
    body: int = 0
    alone: bool = False


def label_of(note: str, grammar: Grammar) -> tuple[Label, re.Match[str]] | None:
    """Read the label that a note is headed with: of several that fit, the longest."""
    found = [(label, hit) for label in grammar.labels if (hit := label.pattern.match(note))]
    return max(found, key=lambda each: each[1].end(), default=None)


def weigh(note: str, grammar: Grammar, *, edge: bool = False, bracket: bool = False) -> Weight:
    """Add up the cues of a note: `edge` where it stands first or last in its text, `bracket` for a remark in brackets."""
    headed = label_of(note, grammar)
    label, body = (headed[0], headed[1].end()) if headed else (None, 0)
    shown = dict(_shown(note, body, grammar, label, edge=edge, bracket=bracket))
    if headed and headed[1].groupdict().get("date"):
        shown["dated"] = weights()["dated"]
    telling = [name for name in shown if name not in {"dated", "edge", "bracket", "refuse", "long"}]
    rule = max(telling, key=lambda name: shown[name], default="")
    total = sum(shown.values()) if telling else 0.0
    alone = label is not None and not _LETTERS.search(note, body)
    return Weight(grammar, total, f"{grammar.language}.{rule}", label, body, alone)


def _shown(
    note: str, body: int, grammar: Grammar, label: Label | None, *, edge: bool, bracket: bool
) -> Iterator[tuple[str, float]]:
    """List the cues that a note shows, with what each weighs; what it quotes is left out."""
    bare = _QUOTED.sub(lambda quoted: "\x00" * len(quoted[0]), note) if _telling(note, grammar) else note
    weight = weights()
    if label:
        yield label.name, label.weight
    if grammar.wire.search(note):
        yield "wire", 3.0
    for name in ("earlier", "self", "wrong", "verb", "sorry"):
        if grammar.patterns[name].search(bare, 0 if name in {"earlier", "self"} else body):
            yield name, weight[name]
    if _CONTRAST.search(note, body):
        yield "contrast", weight["contrast"]
    if edge:
        yield "edge", weight["edge"]
    if bracket:
        yield "bracket", weight["bracket"]
    if len(note) > LONG:
        yield "long", weight["long"]
    if grammar.refuse.search(bare) or (len(note) - body <= SHORT and grammar.whole["stamp"].fullmatch(note)):
        yield "refuse", weight["refuse"]


def _telling(note: str, grammar: Grammar) -> bool:
    """Tell whether a note has quotation marks at all."""
    return bool(grammar) and any(mark in note for mark in "“\"«„「『‘")
