"""House style: words of the article written as the copy writes them: its quotation marks, its figures, its capitals."""

from __future__ import annotations

import re
from collections.abc import Iterable
from unicodedata import decimal

_CURLED = re.compile("[“”‘’]")
_STRAIGHT = str.maketrans("“”„‟‘’‚‛", "\"\"\"\"''''")
_DOUBLE = re.compile(r'"(?=\w)|(?<=[\s(\[{\u2014\u2013-])"|^"')
_SINGLE = re.compile(r"(?<![^\s(\[{\u2014\u2013-])'(?=\w)")
_PARTS = re.compile(r"[.,'\u2019]")
_FIGURE = re.compile(r"\d+(?:[.,'\u2019]\d+)*")
_LONG = 4
"""Letters from which on a word in capitals is no abbreviation."""


def quotes(words: str, copy: str) -> str:
    """Write quotation marks and apostrophes straight or curved, as the copy does all along."""
    straight, curved = "'" in copy or '"' in copy, bool(_CURLED.search(copy))
    if straight == curved:
        return words
    if straight:
        return words.translate(_STRAIGHT)
    words = _DOUBLE.sub("“", words).replace('"', "”")
    return _SINGLE.sub("‘", words).replace("'", "’")


def digits(pairs: Iterable[tuple[str, str]]) -> dict[str, str]:
    """Learn from figures that stand in both, as the article and as the copy writes them, how the copy writes them."""
    found: dict[str, str] = {}
    for theirs, ours in pairs:
        if theirs == ours or not theirs[:1].isdecimal() or not ours[:1].isdecimal():
            continue
        signs = zip(_PARTS.findall(theirs), _PARTS.findall(ours), strict=False)
        found |= dict(signs) if _PARTS.search(ours) else dict.fromkeys(_PARTS.findall(theirs), "")
        zeros = [chr(ord(figure[0]) - decimal(figure[0])) for figure in (theirs, ours)]
        if zeros[0] != zeros[1]:
            found |= {chr(ord(zeros[0]) + n): chr(ord(zeros[1]) + n) for n in range(10)}
    return found


def figures(words: str, learned: dict[str, str]) -> str:
    """Write figures with the copy's digits, parted as it parts them."""
    if not learned:
        return words
    return _FIGURE.sub(lambda found: "".join(learned.get(sign, sign) for sign in found[0]), words)


def capitals(words: str, theirs: str, ours: str, *, opens: bool, known: Iterable[str]) -> str | None:
    """Begin words with the capital, or without it, that the copy's own words have in their place.

    `theirs` and `ours` are what the article and the copy have there now, `opens` tells whether the article's words
    begin a sentence, `known` are texts in which a word that is no name stands in lower case. None where it cannot be
    told.
    """
    if not words:
        return words
    letters = [letter for letter in ours if letter.isalpha()]
    if len(letters) >= _LONG and ours.isupper() and not theirs.isupper():
        return words.upper()
    if ours[:1].isupper() and theirs[:1].islower():
        return words[:1].upper() + words[1:]
    if ours[:1].islower() and theirs[:1].isupper() and words[:1].isupper() and opens:
        first = re.match(r"\w+", words)
        lowered = first[0][:1].lower() + first[0][1:] if first else ""
        if lowered and any(re.search(rf"(?<!\w){re.escape(lowered)}(?!\w)", text) for text in known):
            return words[:1].lower() + words[1:]
        return None
    return words
