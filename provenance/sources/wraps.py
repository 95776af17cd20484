"""Lines that were wrapped by a program become paragraphs again; lines that a person broke stay as they are.

A line is wrapped where the first word of the next one would not have fitted: that holds throughout a wrapped text and
by chance nowhere. A paragraph that a PDF broke in mid-sentence is joined where both of its ends say so.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from itertools import groupby, pairwise

from provenance.engine import fields

_NARROWEST, _WIDEST = 24, 130
_PAIRS, _MANY_PAIRS = 3, 8  # so many wrapped lines show that a text is wrapped, the more where they are short
_COLUMN = 45  # below this a line may as well be verse
_SHARE = 0.9
_SLACK = 2  # a program may leave this much of a line unused
_LONG = 60  # a paragraph that broke in mid-sentence is no shorter
_CHATTY = 3  # one paragraph in three that begins in lower case is a manner of writing
_CJK = re.compile(r"[\u2e80-\u9fff\uac00-\ud7af\uf900-\ufaff\uff00-\uffef]")
_ITEM = re.compile(r"(?:[-*•·–—▪◦‣+>|]|\d{1,3}[.)]|\(?[a-z\d][)]|[a-z][.)])\s|https?://|#{1,6}\s")
_STOP = tuple('.!?:;…。！？」』।۔؟"”»’)]*')
_HYPHENS = ("-", "\u2010", "\u00ad")
_LINKING = frozenset(
    re.findall(
        r"\S+",
        """
    the of and to in for with an that from by at on or which der die das und von mit für im dem den des oder le
    la les du et à el los las de y del con di e il che da та і на що и в что
    """,
    )
)
_SUSPENDED = frozenset(("und", "oder", "bzw.", "and", "or", "to", "et", "ou", "y", "o", "e"))
_COMPOUNDING = frozenset(
    re.findall(
        r"\S+",
        """
    ex non self well half mid anti co vice pro post pre two three four five six seven eight nine ten twenty
    thirty forty fifty sixty seventy eighty ninety long short high low full part all cross so by on in up year
    old semi
    """,
    )
)


def paragraphs(text: str) -> list[str]:
    """Give the paragraphs of a plain text: blocks between blank lines, each line for itself where it is not wrapped."""
    lines = [line.strip() for line in text.split("\n")]
    blocks = [list(group) for filled, group in groupby(lines, bool) if filled]
    if len(blocks) == sum(map(len, blocks)):
        return _mended([block[0] for block in blocks], text)
    width = _width(blocks[1:]) or _width(blocks[:1])
    joined = [line for n, block in enumerate(blocks) for line in _unwrapped(block, width, n == 0, text)]
    return _mended(joined, text)


def _width(blocks: Iterable[Sequence[str]]) -> int:
    """Give the width that a text is wrapped at, 0 for one that is not."""
    pairs = [pair for block in blocks for pair in pairwise(block)]
    pairs = [(above, below) for above, below in pairs if len(above) <= _WIDEST and not _ITEM.match(below)]
    if len(pairs) < _PAIRS:
        return 0
    width = max(len(above) for above, _ in pairs)
    full = sum(_is_full(above, below, width) for above, below in pairs)
    going_on = sum(not above.endswith(_STOP) or below[0].islower() for above, below in pairs)
    enough = len(pairs) >= (_PAIRS if width >= _COLUMN else _MANY_PAIRS)
    wrapped = enough and width >= _narrowest(pairs[0][0]) and full >= _SHARE * len(pairs) and going_on * 2 >= len(pairs)
    return width if wrapped else 0


def _narrowest(line: str) -> int:
    return _NARROWEST // 2 if _CJK.search(line) else _NARROWEST


def _is_full(above: str, below: str, width: int) -> bool:
    """Tell whether the first word of the line below would not have fitted on the line above."""
    word = 1 if _CJK.match(below) else len(below.split(None, 1)[0])
    return len(above) + 1 + word > width - _SLACK


def _unwrapped(block: list[str], width: int, first: bool, text: str) -> list[str]:  # noqa: FBT001 - where it stands
    """Join the wrapped lines of a block; in the first one, which has a headline, only what clearly goes on."""
    width = width or (0 if first else _width([block]))
    if not width:
        return block
    joined, going_on = block[:1], False
    for above, below in pairwise(block):
        full = len(above) <= width and _is_full(above, below, width) and not _ITEM.match(below)
        clear = going_on or not first or (below[0].islower() and not fields.is_furniture(below))
        going_on = full and clear
        if going_on:
            joined[-1] = glue(joined[-1], below, text)
        else:
            joined.append(below)
    return joined


def glue(left: str, right: str, text: str) -> str:
    """Put two halves of a paragraph together, a word that was hyphenated at the break included.

    A hyphen stays where the word is a compound: it is written so elsewhere in the text, or its first half is a word.
    """
    if left.endswith(_HYPHENS) and left[-2:-1].isalpha():
        stem, tail = left[:-1].rsplit(None, 1)[-1], right.split(None, 1)[0]
        if tail in _SUSPENDED:
            return f"{left} {right}"
        compound = not tail[0].islower() or stem.lower() in _COMPOUNDING or f"{stem}-{tail.rstrip('.,;:')}" in text
        if compound or re.search(rf"(?<!\w){re.escape(stem)}(?![\w-])", text):
            return left + right
        return left[:-1] + right
    if _CJK.match(left[-1]) and _CJK.match(right):
        return left + right
    return f"{left} {right}"


def _mended(lines: list[str], text: str) -> list[str]:
    """Join the paragraphs that break in mid-sentence: a long one that does not end, and one that clearly goes on."""
    suspects = [n for n in range(1, len(lines)) if _goes_on(lines[n - 1], lines[n])]
    lower = sum(line[0].islower() for line in lines)
    if not suspects or (lower > 1 and lower * _CHATTY > len(lines)):
        return lines
    mended = lines[:1]
    for n in range(1, len(lines)):
        if n in suspects and (n > 1 or len(lines[0]) > 2 * _LONG):
            mended[-1] = glue(mended[-1], lines[n], text)
        else:
            mended.append(lines[n])
    return mended


def _goes_on(above: str, below: str) -> bool:
    if len(above) < _LONG or above.endswith(_STOP) or _ITEM.match(above) or _ITEM.match(below):
        return False
    last, first = above[-1], below[0]
    if first.islower():
        word = below.split(None, 1)[0]
        return (last.isalnum() or last in ",-–—%") and word.lower() == word and not fields.is_furniture(below)
    linking = above.rpartition(" ")[2]
    return linking in _LINKING and (first.isalnum() or first in "\"“„«'‘(") and not fields.is_furniture(below)
