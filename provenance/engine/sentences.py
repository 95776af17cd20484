"""Sentences of a canonical text, as spans that cover it without a gap.

Boundaries are sentencex's; a paragraph always ends a sentence.
"""

from __future__ import annotations

from functools import lru_cache

from provenance.engine.words import dense
from provenance.model import Span


@lru_cache(maxsize=1 << 14)
def _cut(paragraph: str) -> tuple[int, ...]:
    """Give the lengths of a paragraph's sentences, the white space after each included."""
    from sentencex import segment

    pieces = segment("ja" if dense(paragraph) else "en", paragraph)
    if "".join(pieces) != paragraph:  # the package trims some kinds of white space
        return (len(paragraph),)
    return tuple(len(piece) for piece in pieces)


def sentences(text: str) -> list[Span]:
    """List the sentences of a text in order, without the white space around them."""
    found: list[Span] = []
    at = 0
    for paragraph in text.split("\n\n"):
        start = at
        for length in _cut(paragraph) if paragraph else ():
            piece = text[start : start + length]
            left = start + len(piece) - len(piece.lstrip())
            right = start + len(piece.rstrip())
            if left < right:
                found.append((left, right))
            start += length
        at += len(paragraph) + 2
    return found
