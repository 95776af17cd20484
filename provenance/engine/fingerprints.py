"""Fingerprints: small numbers by which a copy finds its article among many, however small its part of it.

Every run of five words is hashed and one in sixteen kept, chosen by the hash itself, so that two texts keep the same
runs (FracMinHash, Irber et al. 2022: containment, where MinHash would measure resemblance). Telling words (figures,
long words) are kept as well, one in two: a paraphrase shares few runs, but names and figures. Numbers are 48 bits wide.
"""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache
from hashlib import blake2b
from itertools import accumulate, chain, count
from operator import add
from zlib import crc32

from provenance.engine.words import DENSE

RUN = 5
ONE_RUN_IN = 16
ONE_WORD_IN = 2
_LONG = 7
_FIGURES = 3
_HAN = "\u3000"

_WORD = re.compile(r"[^\W_]+")
_DENSE = re.compile(f"[{DENSE}]")
_DENSE_WORD = re.compile(f"[{DENSE}]|(?:(?![{DENSE}])[^\\W_])+")
_NAME = re.compile(r"[\u4e00-\u9fff]{2,4}|[\u30a1-\u30fa\u30fc]{3,}")


def of(text: str) -> frozenset[int]:
    """Give the fingerprints of a canonical text: those of its paragraphs, so that a revision costs what it changed."""
    return frozenset().union(*map(_of_paragraph, text.split("\n\n")))


@lru_cache(maxsize=1 << 12)
def _of_paragraph(text: str) -> frozenset[int]:
    folded = text.lower() if text.isascii() else unicodedata.normalize("NFKC", text).casefold()
    dense = not folded.isascii() and bool(_DENSE.search(folded))
    words = (_DENSE_WORD if dense else _WORD).findall(folded)
    names = _NAME.findall(folded) if dense else words
    telling = filter(None, map(_telling, set(names)))
    return frozenset(chain(map(_number, _runs(words)), telling))


def _runs(words: list[str]) -> list[bytes]:
    """Give the runs of words that their own hash chooses."""
    line = " ".join(words).encode()
    ends = list(map(add, accumulate(map(len, line.split(b" "))), count()))
    runs = list(map(line.__getitem__, map(slice, [0, *(end + 1 for end in ends)], ends[RUN - 1 :])))
    return [run for run, chosen in zip(runs, map(crc32, runs), strict=True) if not chosen % ONE_RUN_IN]


@lru_cache(maxsize=1 << 14)
def _telling(word: str) -> int:
    """Give the number of a long word or a figure, 0 for another and for one that its own hash leaves out."""
    telling = len(word) >= _LONG or (len(word) >= _FIGURES and not word.isalpha()) or word[0] >= _HAN
    data = word.encode() if telling else b""
    return _number(data) if telling and not crc32(data) % ONE_WORD_IN else 0


def _number(data: bytes) -> int:
    return int.from_bytes(blake2b(data, digest_size=6).digest())
