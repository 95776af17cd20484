"""Finding notices: those that stand in a canonical text, and those that came as metadata."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import replace
from functools import cache, lru_cache

from provenance.engine.notices.claims import claims
from provenance.engine.notices.grammar import (
    LIMIT,
    Grammar,
    afterthought,
    data,
    grammars,
    mends,
    paragraphs,
    reply,
    sorts,
    weights,
)
from provenance.engine.notices.search import Candidate, candidates, of_text
from provenance.engine.notices.weighing import Weight, weigh
from provenance.model import Aspect, Claim, Notice, Says, Span

EDGE = 3
"""Paragraphs at the head and at the end of a text where notes mostly stand, the headline's included."""

BUDGET = 6_000
"""Characters that are weighed in one text at most, so that no text can make the search slow."""

SHORT = 320
"""Characters that a passage has at most which may be a note without showing what every note shows."""

LIKELY = "likely"
"""The rule that such a note is known by."""

_CLOSING = ("]", ")", "】", "）")
_NAMED = 2
_SURE = 3
_WORD = re.compile(r"[^\W\d_]+")
INNER = 1.0
"""What a note at the end of another paragraph has to weigh above the threshold."""


@lru_cache(maxsize=256)  # a text is looked at as one revision, then as the one before the next, and as a copy
def find(text: str, language: str = "") -> tuple[Notice, ...]:
    """Find the notices that stand in a canonical text, in order, each with its span; none overlaps another."""
    found = [tag] if (tag := _tag(text)) else []
    reached = found[-1].span[1] if found and found[-1].span else 0
    left, known = BUDGET, of_text(text)
    for candidate in candidates(text):
        size = candidate.span[1] - candidate.span[0]
        if candidate.span[0] < reached or size > left:
            continue
        left -= size
        span, weight = _weighed(text, candidate, language, known)
        if weight.total >= weights()["threshold"] + INNER * candidate.inner:
            found.append(_notice(text[slice(*span)], span, weight))
            reached = span[1]
    return tuple(found)


def read(note: str, language: str = "") -> Notice | None:
    """Read a note that came as metadata: any text is one, whatever it claims; None for a blank."""
    note = note.strip()
    if not note:
        return None
    if len(note) > LIMIT:
        return Notice(note, None, (), "metadata", language)
    return _notice(note, None, weigh(note, _grammar(note, language)))


def corrects(text: str, language: str = "") -> bool:
    """Tell whether a paragraph opens as an afterthought or owns up to an error or a change, in whatever tone."""
    if afterthought().match(text):
        return True
    grammar = _grammar(text[:LIMIT], language)
    return bool(grammar.patterns["wrong"].search(text[:LIMIT]) or grammar.patterns["verb"].search(text[:LIMIT]))


def likely(passage: str, language: str = "") -> Notice | None:
    """Read a short passage as the note that it may be: one that has a word for a change, or says "X, not Y"."""
    note = passage.strip()
    if len(note) > SHORT:
        return None
    found = _notice(note, None, weigh(note, _grammar(note, language)))
    both = any(claim.old and claim.new for claim in found.claims)
    return replace(found, rule=LIKELY) if both or mends().search(note) else None


def replies(passage: str) -> bool:
    """Tell whether a passage is headed as somebody's answer to the article: its heading discloses it."""
    return reply().match(passage) is not None


def speaks_of(said: str) -> frozenset[Aspect]:
    """Give the sorts of things that a piece of a note names, whichever of them it means."""
    return frozenset(Aspect(aspect) for aspect, pattern in sorts().items() if pattern.search(said))


def unplaced(said: str) -> str:
    """Leave out of a piece of a note where in the article it says that something was changed."""
    return paragraphs().sub(" ", said)


def strip(text: str, notices: Iterable[Notice]) -> tuple[Span, ...]:
    """List the spans of a text that are no notice, without the white space at their ends."""
    spans = sorted(notice.span for notice in notices if notice.span)
    starts = [0, *(right for _, right in spans)]
    ends = [*(left for left, _ in spans), len(text)]
    bodies = (_trimmed(text, left, right) for left, right in zip(starts, ends, strict=True))
    return tuple((left, right) for left, right in bodies if left < right)


def _weighed(text: str, candidate: Candidate, language: str, known: tuple[Grammar, ...]) -> tuple[Span, Weight]:
    """Weigh a candidate in its language; a label alone takes the next paragraph in."""
    span = candidate.span
    note = text[slice(*span)]
    edge = text.count("\n\n", 0, span[0]) < EDGE or text.count("\n\n", span[1]) < EDGE
    weight = weigh(note, _grammar(note, language, known), edge=edge, bracket=candidate.bracket)
    if weight.alone:
        weight, span = _with_next(text, span, weight)
    return span, weight


def _with_next(text: str, span: Span, alone: Weight) -> tuple[Weight, Span]:
    """Weigh a label that stands alone together with the paragraph below it, or with the one below its date line.

    "Updated on Tuesday" alone in a paragraph is a stamp, whatever stands below.
    """
    right, grammar = span[1], alone.grammar
    for _ in range(0 if alone.label and alone.label.says is Says.ADDED else 2):
        following = _trimmed(text, right, len(text))
        if following[0] == following[1]:
            break
        end = text.find("\n\n", following[0])
        right = following[1] if end < 0 else end
        note = text[span[0] : right]
        if len(note) > LIMIT:
            break
        both = weigh(note, grammar, edge=True)
        if both.tells and both.total >= weights()["threshold"]:
            return both, (span[0], right)
        if right - following[0] > 40 or not any(character.isdigit() for character in text[slice(*following)]):  # noqa: PLR2004
            break
    return Weight(grammar, 0.0, alone.rule), span


def _grammar(note: str, language: str, known: tuple[Grammar, ...] = ()) -> Grammar:
    """Give the grammar that a note is written in, by its frequent words, among those that know how it opens."""
    name = language.replace("_", "-").split("-")[0].lower()
    known = known or _of_note(note, name)
    words = frozenset(_WORD.findall(note.casefold()))
    named = next((each for each in known if each.language == name), None)
    if named and len(words & named.common) >= _SURE and named.opener.match(note):
        return named
    # the likeliest first: a language whose openers are not asked for need not be compiled
    ranked = sorted(known, key=lambda each: _NAMED * (each.language != name) - len(words & each.common))
    opened = (each for each in ranked if any(cue in note for cue in each.cues) or each.opener.match(note))
    return next(opened, ranked[0])


def _of_note(note: str, language: str) -> tuple[Grammar, ...]:
    """List the grammars of a note's scripts, and that of its language, though none of its frequent letters stands."""
    known = of_text(note)
    named = grammars().get(language)
    return known if named is None or named in known else (*known, named)


def _notice(note: str, span: Span | None, weight: Weight) -> Notice:
    return Notice(
        note, span, claims(note, weight.body, weight.grammar, weight.label), weight.rule, weight.grammar.language
    )


@cache
def _before() -> tuple[re.Pattern[str], ...]:
    """Give the patterns of the tags before a headline."""
    signs = r"(?:[\])】）]:?|\s?[:：＝=]| ?[–—-](?=\S)| [–—-] )\s?"
    return tuple(re.compile(rf"[\[(【（]?(?:{tag['pattern']}){signs}") for tag in data()["tags"])


@cache
def _behind() -> tuple[re.Pattern[str], ...]:
    """Give the patterns of the tags behind a headline, which stand in brackets."""
    return tuple(re.compile(rf"\s?[\[(【（](?:{tag['pattern']})[\])】）]$", re.IGNORECASE) for tag in data()["tags"])


def _tag(text: str) -> Notice | None:
    """Find the tag before or behind a headline: CORRECTED-, UPDATE 2-, (updated)."""
    headline = text[: max(text.find("\n"), 0) or len(text)][:LIMIT]
    closed = headline.endswith(_CLOSING)
    for n, tag in enumerate(data()["tags"]):
        hit = _before()[n].match(headline) or (_behind()[n].search(headline) if closed else None)
        if hit and len(hit[0]) < len(headline):
            left, right = _trimmed(text, *hit.span())
            return Notice(text[left:right], (left, right), (Claim(Says(tag["says"])),), "headline-tag")
    return None


def _trimmed(text: str, left: int, right: int) -> Span:
    piece = text[left:right]
    return left + len(piece) - len(piece.lstrip()), left + len(piece.rstrip())
