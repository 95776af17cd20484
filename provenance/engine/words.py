"""Words: a text cut into tokens that join up to it again, and the keys by which two words count as the same.

A token is a run of white space, a word, a number, or one sign. Scripts that part no words (Chinese, Japanese, Thai)
give a token for each character. Every place is an offset in code points.
"""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from functools import lru_cache

from provenance.model import Span

# Scripts written without spaces: Thai to Myanmar, kana, Han, and the fullwidth block's kana.
DENSE = (
    "\u0e00-\u0eff\u1000-\u109f\u3005-\u3007\u3040-\u30fa\u30fc-\u30ff"
    "\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\uff66-\uff9d"
)
# Combining marks belong to the word that they stand in; `\w` leaves them out.
_MARKS = (
    "\u0300-\u036f\u0483-\u0489\u0591-\u05c7\u0610-\u061a\u064b-\u065f\u0670\u06d6-\u06ed"
    "\u0900-\u0963\u0971-\u0dff\u200c\u200d"
)


def _token(letter: str) -> re.Pattern[str]:
    return re.compile(
        rf"\s+"
        rf"|\d+(?:[.,:'\u2019\u00a0\u202f]\d+)*"
        rf"|(?:[^\W\d_]\.){{2,}}"
        rf"|{letter}+(?:['\u2019]{letter}+)*"
        rf"|.",
        re.DOTALL,
    )


_TOKEN = _token(rf"(?:(?![{DENSE}])[^\W\d_]|[{_MARKS}])")
_PLAIN_TOKEN = _token(r"[^\W\d_]")
_UNUSUAL = re.compile(f"[{DENSE}{_MARKS}]")
STEM = 5

_POSSESSIVE = re.compile(r"['\u2019]s$")
_ASCII_WORD = re.compile(r"[a-z]+\Z")
_DENSE_CHARACTER = re.compile(f"[{DENSE}]")


@dataclass(frozen=True, slots=True)
class Word:
    """One word of a text: its key, the stem that inflected forms share, and where it stands."""

    key: str
    stem: str
    span: Span


def tokens(text: str) -> list[str]:
    """Cut a text into tokens; joined, they are the text."""
    # most texts have neither a dense script nor combining marks, and then a pattern of half the cost cuts the same
    usual = text.isascii() or not _UNUSUAL.search(text)
    return (_PLAIN_TOKEN if usual else _TOKEN).findall(text)


@lru_cache(maxsize=1 << 16)
def key(token: str) -> str:
    """Fold what does not tell words apart: case, width, a possessive, the points of an acronym; "" for a sign."""
    if _ASCII_WORD.match(token):
        return token
    folded = unicodedata.normalize("NFKC", token).casefold()
    folded = _POSSESSIVE.sub("", folded)
    if not any(map(str.isalnum, folded)):
        return ""
    return folded.replace(".", "").replace("\u2019", "'") if folded[:1].isalpha() else folded


@lru_cache(maxsize=1 << 16)
def stem(word: str) -> str:
    """Give the beginning that inflected forms of a word share: five letters of a word of six or more."""
    return word if word[0].isdigit() else word[:STEM]


def words(text: str, start: int = 0) -> list[Word]:
    """List the words of a text in order, signs left out; `start` is added to every place."""
    found = []
    at = start
    for token in tokens(text):
        end = at + len(token)
        name = key(token)
        if name:
            found.append(Word(name, stem(name), (at, end)))
        at = end
    return found


def dense(text: str) -> bool:
    """Tell whether a text is written mainly in a script that parts no words."""
    return len(_DENSE_CHARACTER.findall(text)) * 3 > len(text)
