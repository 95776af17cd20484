"""Fingerprints: small numbers by which a copy finds its article among many, however small its part of it.

Every run of five words is hashed and one in sixteen kept, chosen by the hash itself, so that two texts keep the same
runs (FracMinHash, Irber et al. 2022: containment, where MinHash would measure resemblance). Telling words (figures,
long words) are kept as well, one in two: a paraphrase shares few runs, but names and figures. Numbers are 48 bits wide.
"""

from __future__ import annotations

import re
import unicodedata
from hashlib import blake2b
from itertools import accumulate
from zlib import crc32

from provenance.engine.words import DENSE

RUN = 5
ONE_RUN_IN = 16
ONE_WORD_IN = 2
_LONG = 7
_FIGURES = 3

_WORD = re.compile(r"[^\W_]+")
_DENSE = re.compile(f"[{DENSE}]")
_DENSE_WORD = re.compile(f"[{DENSE}]|(?:(?![{DENSE}])[^\\W_])+")
_NAME = re.compile(r"[\u4e00-\u9fff]{2,4}|[\u30a1-\u30fa\u30fc]{3,}")


def of(text: str) -> frozenset[int]:
    """Give the fingerprints of a text."""
    folded = text.lower() if text.isascii() else unicodedata.normalize("NFKC", text).casefold()
    dense = bool(_DENSE.search(folded))
    words = (_DENSE_WORD if dense else _WORD).findall(folded)
    return frozenset(_runs(words) | _telling(set(_NAME.findall(folded)) if dense else set(words)))


def _runs(words: list[str]) -> set[int]:
    """Hash the runs of words and keep those that the hash itself chooses."""
    encoded = [word.encode() for word in words]
    line = b" ".join(encoded)
    starts = [0, *accumulate(len(word) + 1 for word in encoded)]
    found = set()
    for start, end in zip(starts, starts[RUN:], strict=False):
        run = line[start : end - 1]
        if not crc32(run) % ONE_RUN_IN:
            found.add(_number(run))
    return found


def _telling(words: set[str]) -> set[int]:
    """Hash the long words and figures, and keep those that the hash itself chooses."""
    found = set()
    for word in words:
        if len(word) >= _LONG or (len(word) >= _FIGURES and not word.isalpha()) or ord(word[0]) >= 0x3000:  # noqa: PLR2004 - CJK
            data = word.encode()
            if not crc32(data) % ONE_WORD_IN:
                found.add(_number(data))
    return found


def _number(data: bytes) -> int:
    return int.from_bytes(blake2b(data, digest_size=6).digest())
