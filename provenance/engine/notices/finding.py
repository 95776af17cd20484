"""Finding notices: those that stand in a canonical text, and those that came as metadata."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from functools import cache

from provenance.engine.notices.claims import claims
from provenance.engine.notices.grammar import LIMIT, Grammar, data, weights
from provenance.engine.notices.search import Candidate, candidates, of_text
from provenance.engine.notices.weighing import Weight, weigh
from provenance.model import Claim, Notice, Says, Span

EDGE = 3
"""Paragraphs at the head and at the end of a text where notes mostly stand, the headline's included."""

INNER = 1.0
"""What a note at the end of another paragraph has to weigh above the threshold."""


def find(text: str, language: str = "") -> tuple[Notice, ...]:
    """Find the notices that stand in a canonical text, in order, each with its span; none overlaps another."""
    found = [tag] if (tag := _tag(text)) else []
    reached = found[-1].span[1] if found and found[-1].span else 0
    for candidate in candidates(text):
        if candidate.span[0] < reached:
            continue
        span, weight = _heaviest(text, candidate, language)
        if weight and weight.total >= weights()["threshold"] + INNER * candidate.inner:
            found.append(_notice(text[slice(*span)], span, weight))
            reached = span[1]
    return tuple(found)


def read(note: str, language: str = "") -> Notice | None:
    """Read a note that came as metadata: any text is one, whatever it claims; None for a blank."""
    note = note.strip()
    if not note:
        return None
    known = _ordered(note, language)
    if len(note) > LIMIT or not known:
        return Notice(note, None, (), "metadata", language)
    weight = max((weigh(note, grammar) for grammar in known), key=lambda each: each.total)
    return _notice(note, None, weight)


def strip(text: str, notices: Iterable[Notice]) -> tuple[Span, ...]:
    """List the spans of a text that are no notice, without the white space at their ends."""
    spans = sorted(notice.span for notice in notices if notice.span)
    starts = [0, *(right for _, right in spans)]
    ends = [*(left for left, _ in spans), len(text)]
    bodies = (_trimmed(text, left, right) for left, right in zip(starts, ends, strict=True))
    return tuple((left, right) for left, right in bodies if left < right)


def _heaviest(text: str, candidate: Candidate, language: str) -> tuple[Span, Weight | None]:
    """Weigh a candidate in the languages that it may be written in; a label alone takes the next paragraph in."""
    span = candidate.span
    note = text[slice(*span)]
    edge = text.count("\n\n", 0, span[0]) < EDGE or text.count("\n\n", span[1]) < EDGE
    best: Weight | None = None
    for grammar in _ordered(note, language):
        weight = weigh(note, grammar, edge=edge, bracket=candidate.bracket)
        if weight.alone:
            weight, wider = _with_next(text, span, grammar, weight)
        else:
            wider = candidate.span
        if best is None or weight.total > best.total:
            best, span = weight, wider
    return span, best


def _with_next(text: str, span: Span, grammar: Grammar, weight: Weight) -> tuple[Weight, Span]:
    """Weigh a label that stands alone together with the paragraph below it, or with the one below its date line."""
    right = span[1]
    for _ in range(2):
        following = _trimmed(text, right, len(text))
        if following[0] == following[1]:
            break
        end = text.find("\n\n", following[0])
        right = following[1] if end < 0 else end
        note = text[span[0] : right]
        if len(note) > LIMIT:
            break
        both = weigh(note, grammar, edge=True)
        told = both.total - weight.total > weights()["edge"]  # more than the label's own weight: the text tells as well
        if told and both.total >= weights()["threshold"]:
            return both, (span[0], right)
        if right - following[0] > 40 or not any(character.isdigit() for character in text[slice(*following)]):  # noqa: PLR2004
            break
    return Weight(grammar, 0.0, weight.rule), span


def _ordered(note: str, language: str) -> Sequence[Grammar]:
    """List the grammars that a note may be written in: those that it opens as, the named language first."""
    name = language.replace("_", "-").split("-")[0].lower()
    known = sorted(of_text(note), key=lambda grammar: grammar.language != name)
    opened = [grammar for grammar in known if grammar.opener.match(note) or any(cue in note for cue in grammar.cues)]
    return opened or known[:1]


def _notice(note: str, span: Span | None, weight: Weight) -> Notice:
    return Notice(
        note, span, claims(note, weight.body, weight.grammar, weight.label), weight.rule, weight.grammar.language
    )


@cache
def _tags() -> tuple[tuple[Says, re.Pattern[str], re.Pattern[str]], ...]:
    """Give what a headline's tags say, with the patterns of one before the headline and of one behind it."""
    return tuple(
        (
            Says(tag["says"]),
            re.compile(rf"[\[(【（]?(?:{tag['pattern']})(?:[\])】）]:?|\s?[:：＝=]| ?[–—-](?=\S)| [–—-] )\s?"),
            re.compile(rf"\s?[\[(【（](?:{tag['pattern']})[\])】）]$", re.IGNORECASE),
        )
        for tag in data()["tags"]
    )


def _tag(text: str) -> Notice | None:
    """Find the tag before or behind a headline: CORRECTED-, UPDATE 2-, (updated)."""
    headline = text[: max(text.find("\n"), 0) or len(text)][:LIMIT]
    for says, before, behind in _tags():
        hit = before.match(headline) or behind.search(headline)
        if hit and len(hit[0]) < len(headline):
            left, right = _trimmed(text, *hit.span())
            return Notice(text[left:right], (left, right), (Claim(says),), "headline-tag")
    return None


def _trimmed(text: str, left: int, right: int) -> Span:
    piece = text[left:right]
    return left + len(piece) - len(piece.lstrip()), left + len(piece.rstrip())
