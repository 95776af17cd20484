"""Phrases: the sentences of a note, and what of one is kept in a claim: its words without the marks at their edges."""

from __future__ import annotations

import re
from collections.abc import Iterator

from provenance.engine.sentences import sentences as plain_sentences
from provenance.model import Span

EDGES = " \t\n.,;:!?、，。；：·*_–—-\"'“”„«»‘’「」『』()[]（）［］【】《》"
"""Marks that are no part of a phrase."""

_ABBREVIATED = re.compile(
    r"(?:^|[^\w.])(?:[A-Z]|M[rs]{1,2}s?|Mme|Drs?|St|Prof|Gen|Gov|Sen|Rep|Lt|Col|Sgt|Capt|Rev|Hon|Jan|Feb|Aug|Sept?|Oct|Nov"
    r"|Dec|Nos?|Nr|Sr|Sra|Jr|Inc|Co|vs|Abs|bzw|ca|art|[ap]\.m|U\.[SK]|z\.B)\.\Z"
)
_FIGURE = re.compile(
    r"(?<=\d[.])\s+(?=[A-ZÀ-Þ])"
    r"(?!(?:Januar|Februar|März|April|Mai|Juni|Juli|August|September|Oktober|November|Dezember)\b)"
)
_QUOTES = tuple(zip("“«„‘「『([（", "”»“’」』)]）", strict=True))
_HEADS = ("and ", "und ", "et ", "y ", "och ", "og ", "oraz ", "та ", "и ")
_TAILS = (" and", " und", " et", " y", " e", " och", " og", " en", " i", " oraz", " та", " і", " и", " ve", " و")


def sentences(text: str) -> Iterator[Span]:
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
    for left, right in plain_sentences(text):
        at = left
        for found in _FIGURE.finditer(text, left, right):
            yield at, found.start()
            at = found.end()
        yield at, right


def neat(phrase: str) -> str:
    """Leave out the marks and the conjunctions at the edges of a phrase; what is left stands in the note as it is."""
    left, right = len(phrase) - len(phrase.lstrip(EDGES)), len(phrase.rstrip(EDGES))
    for tail in _TAILS:
        if phrase.endswith(tail, left, right):
            right = len(phrase[: right - len(tail)].rstrip(EDGES))
    for head in _HEADS:
        if phrase.startswith(head, left, right):
            left += len(head)
    inner = phrase[left:right]
    for opening, closing in _QUOTES:
        if inner.count(opening) > inner.count(closing) and phrase.startswith(closing, right):
            right += 1
        elif inner.count(opening) < inner.count(closing) and phrase.endswith(opening, 0, left):
            left -= 1
    return phrase[left:right]


def speaks(phrase: str) -> bool:
    """Tell whether a phrase has a word or a figure of more than one letter."""
    return sum(character.isalnum() for character in phrase) > 1
