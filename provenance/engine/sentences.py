"""Sentences of a canonical text, as spans that cover it without a gap.

Boundaries are sentencex's; a paragraph always ends a sentence.
"""

from __future__ import annotations

import re
from functools import lru_cache

from provenance.engine.lexicon import lexicon
from provenance.engine.words import dense
from provenance.model import Span

_ORDINAL = re.compile(r"(?<!\d)\d{1,2}\.\s*$")
_SHORT = re.compile(r"(?<![^\W_])([^\W\d_]{1,4})\.\s*$")
_VOWEL = re.compile(r"[aeiouyäöüåæøéèêáíóúàâîôûаеёиоуыэюяіїєA-ZА-ЯІЇЄ]")
_POINTED = ("de", "nb", "da", "fi", "cs", "pl")


@lru_cache(maxsize=1 << 14)
def _cut(paragraph: str) -> tuple[int, ...]:
    """Give the lengths of a paragraph's sentences, the white space after each included."""
    from sentencex import segment

    pieces = segment("ja" if dense(paragraph) else "en", paragraph)
    if "".join(pieces) != paragraph:  # the package trims some kinds of white space
        return (len(paragraph),)
    lengths: list[int] = []
    for at, piece in enumerate(pieces):
        if at and (_is_abbreviation(pieces[at - 1]) or (_ORDINAL.search(pieces[at - 1]) and _is_month(piece))):
            lengths[-1] += len(piece)
        else:
            lengths.append(len(piece))
    return tuple(lengths)


def _is_abbreviation(piece: str) -> bool:
    """Tell whether a piece ends with a short lower-case word that cannot be spoken ("kpt.", "st."), or one letter."""
    found = _SHORT.search(piece)
    return found is not None and (len(found[1]) == 1 or not _VOWEL.search(found[1]))


def _is_month(piece: str) -> bool:
    """Tell whether a piece begins with a month that is written after an ordinal with a point ("3. Mai")."""
    word = piece.split(maxsplit=1)[0].strip(".,;:") if piece.strip() else ""
    return any(lexicon(language).month(word) for language in _POINTED)


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
