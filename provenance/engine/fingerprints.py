"""Fingerprints: small numbers by which a copy finds its article among many, however small its part of it.

Every run of five words is hashed and one in sixteen kept, chosen by the hash itself, so that two texts keep the same
runs (FracMinHash, Irber et al. 2022: containment, where MinHash would measure resemblance). Chance would leave a
paragraph without any, so each keeps its smallest ones at least, and those of a short text more. Telling words (figures,
long words) are kept as well, one in two: a paraphrase shares few runs, but names and figures.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable
from collections.abc import Set as AbstractSet
from functools import lru_cache
from hashlib import blake2b
from itertools import accumulate, chain, count
from operator import add
from zlib import crc32

from provenance.engine.evasion import unmixed
from provenance.engine.words import DENSE

RUN = 5
ONE_RUN_IN = 16
ONE_WORD_IN = 2
OF_A_TEXT = 8
"""So many runs a text has at least, shared out among its paragraphs: a text of one sentence is still found."""
OF_A_PARAGRAPH = 2
"""So many runs a paragraph has at least: a passage is found wherever it stands."""

REPRINT = 0.67
"""The part of the shorter of two texts that both must have for them to be reprints of one text."""
OWN = 0.2
"""The part of the runs that a text shares with an article that must stand nowhere else for it to be a copy."""

_WORDS = 1
"""The bit that is set in the fingerprint of a word, and not in that of a run."""

_BELOW = (1 << 32) // ONE_RUN_IN
_LONG = 7
_FIGURES = 3
_HAN = "\u3000"

_WORD = re.compile(r"[^\W_]+")
_DENSE = re.compile(f"[{DENSE}]")
_DENSE_WORD = re.compile(f"[{DENSE}]|(?:(?![{DENSE}])[^\\W_])+")
_NAME = re.compile(r"[\u4e00-\u9fff]{2,4}|[\u30a1-\u30fa\u30fc]{3,}")


def of(text: str) -> frozenset[int]:
    """Give the fingerprints of a canonical text, signed numbers of 32 bits.

    They are those of its paragraphs, so that a revision costs what it changed.
    """
    paragraphs = text.split("\n\n")
    least = max(OF_A_PARAGRAPH, -(-OF_A_TEXT // len(paragraphs)))
    return frozenset().union(*(_of_paragraph(paragraph, least) for paragraph in paragraphs))


def boilerplate(
    text: AbstractSet[int], article: AbstractSet[int], common: AbstractSet[int], others: Iterable[AbstractSet[int]]
) -> bool:
    """Tell whether the runs that a text shares with an article stand elsewhere too, and so are not the article's own.

    All are given by their fingerprints: `common` are those that stand in very many articles, `others` a few articles
    that share the most with the text; those that are reprints of the article do not count.
    """
    shared = frozenset(each for each in text & article if not each & _WORDS)
    apart = (each for each in others if len(each & article) < REPRINT * min(len(each), len(article)))
    return len(shared.difference(common, *apart)) < OWN * len(shared)


@lru_cache(maxsize=1 << 12)
def _of_paragraph(text: str, least: int) -> frozenset[int]:
    folded = text.lower() if text.isascii() else unicodedata.normalize("NFKC", unmixed(text)).casefold()
    dense = not folded.isascii() and bool(_DENSE.search(folded))
    words = (_DENSE_WORD if dense else _WORD).findall(folded)
    names = _NAME.findall(folded) if dense else words
    telling = filter(None, map(_telling, set(names)))
    return frozenset(chain(map(_number, _chosen(_runs(words), least)), telling))


def _runs(words: list[str]) -> list[bytes]:
    """Give every run of words."""
    line = " ".join(words).encode()
    ends = list(map(add, accumulate(map(len, line.split(b" "))), count()))
    return list(map(line.__getitem__, map(slice, [0, *(end + 1 for end in ends)], ends[RUN - 1 :])))


def _chosen(runs: list[bytes], least: int) -> list[bytes]:
    """Give the runs that their own hash chooses; where those are too few, the ones whose hash comes next."""
    hashed = set(zip(map(crc32, runs), runs, strict=True))
    chosen = [run for each, run in hashed if each < _BELOW]
    return chosen if len(chosen) >= least else [run for _, run in sorted(hashed)[:least]]


@lru_cache(maxsize=1 << 14)
def _telling(word: str) -> int:
    """Give the number of a long word or a figure, 0 for another and for one that its own hash leaves out."""
    telling = len(word) >= _LONG or (len(word) >= _FIGURES and not word.isalpha()) or word[0] >= _HAN
    data = word.encode() if telling else b""
    return _number(data) | _WORDS if telling and not crc32(data) % ONE_WORD_IN else 0


def _number(data: bytes) -> int:
    return int.from_bytes(blake2b(data, digest_size=4).digest(), signed=True) & ~_WORDS
