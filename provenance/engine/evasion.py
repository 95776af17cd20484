"""Evasion: words that look like the article's and are spelled with letters of another script, seen through and told.

A copy is compared as a reader sees it. Each disguised letter gives way to the one that it passes for, one for one, so
that every span still holds in the copy as it was received. Only a word that mixes scripts, or that is one of the
article's words once it is seen through, is touched: a text in Cyrillic or Greek stays what it is, and so does every
digit of another script.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING, NamedTuple
from unicodedata import normalize

from provenance.engine.words import key
from provenance.model import EVASION, HIDDEN_IN_WORDS, Revision, Span

if TYPE_CHECKING:  # fingerprints are wanted by who wants nothing else of the engine
    from provenance.engine.original import Original

BY_ACCIDENT = 2
"""So many words a keyboard of two alphabets spells wrongly by itself, where the article's own is not Latin."""

# letters that pass for Latin ones: what Unicode's confusables.txt (UTS 39) says of Cyrillic, Greek and Armenian, and
# those that evaders use besides
_CYRILLIC = (
    "АA ВB ЕE ЅS ІI ЈJ КK МM НH ОO РP СC ТT УY ХX ѴV ҮY ԌG ԜW ӀI "
    "аa вb еe ѕs іi јj кk мm нh оo рp сc тt уy хx ѵv үy һh ҽe ӏl ԁd ԛq ԝw пn гr"
)
_GREEK = "ΑA ΒB ΕE ΖZ ΗH ΙI ΚK ΜM ΝN ΟO ΡP ΤT ΥY ΧX αa γy εe ηn ιi κk νv οo ρp τt υu χx ωw ϲc ϳj ϹC"
_OTHER = "ՏS ՕO օo սu հh ոn ցg զq ɑa ɡg"
_FORMS = "\U0001d400-\U0001d7cb"
"""Letters of mathematics: compatibility forms that no keyboard writes."""
_STYLED = re.compile(f"[{_FORMS}]")
_LINE = re.compile(r"[^\n]+")


class Script(NamedTuple):
    """A script that an article can be written in: its letters, and what those of other scripts pass for in it."""

    letters: re.Pattern[str]
    foreign: re.Pattern[str]
    plain: dict[int, str]


class Known(NamedTuple):
    """What of an article tells a disguise from a word of its own: its words by key, and whether it has styled ones."""

    words: Collection[str]
    styled: bool

    def has(self, word: str) -> bool:
        """Tell whether the article has a word as it stands, not only in plain letters."""
        return key(word) in self.words and (self.styled or not _STYLED.search(word))


def _pairs(*listed: str) -> dict[str, str]:
    return {pair[0]: pair[1] for each in listed for pair in each.split()}


def _script(letters: str, plain: dict[str, str]) -> Script:
    inside = re.compile(f"[{letters}]")
    return Script(inside, re.compile("[" + "".join(plain) + _FORMS + "]"), {ord(a): b for a, b in plain.items()})


_LATIN = _script("A-Za-z\u00c0-\u024f", _pairs(_CYRILLIC, _GREEK, _OTHER))
_OTHERS = (
    _script("\u0400-\u052f", {b: a for a, b in reversed(_pairs(_CYRILLIC).items())}),
    _script("\u0370-\u03ff", {b: a for a, b in reversed(_pairs(_GREEK).items())}),
)
_WORD = re.compile(r"[^\W\d_]+(?:['\u2019][^\W\d_]+)*")
_NUMBER = re.compile(r"(?<![^\W_])\d[\d.,]{0,20}[ОоΟο][\dОоΟο.,]{0,20}(?![^\W_])")
_ZEROS = dict.fromkeys(map(ord, "ОоΟο"), "0")
_ALIKE = "".join(_pairs(_CYRILLIC, _GREEK, _OTHER))
_MIXED = re.compile(f"[A-Za-z][{_ALIKE}]|[{_ALIKE}][A-Za-z]")


@dataclass(frozen=True, slots=True)
class Disguise:
    """A word as it stands in a copy, what it passes for, and where it stands."""

    word: str
    plain: str
    span: Span

    @property
    def characters(self) -> tuple[str, ...]:
        """Give the characters that are not what they seem, each once, in order."""
        differ = (a for a, b in zip(self.word, self.plain, strict=True) if a != b)
        return tuple(dict.fromkeys(differ))


@dataclass(frozen=True, slots=True)
class Seen:
    """A copy's text as a reader sees it, of the same length, and the article's words that it disguises."""

    text: str
    disguises: tuple[Disguise, ...] = ()


def see(copy: str, original: Original) -> Seen:
    """See through a copy of an article; a copy without a letter of another script is given back as it is."""
    if copy.isascii() and original.lineage.texts[-1].isascii():
        return Seen(copy)
    script = _of(original.lineage.texts[-1])
    if script is not _LATIN and not script.letters.search(copy):
        return Seen(copy)
    known = Known(original.vocabulary, styled=_STYLED.search("".join(original.lineage.texts)) is not None)
    found = sorted(_disguised(copy, script, known), key=lambda each: each.span)
    told = tuple(each for each in found if key(each.plain) in known.words)
    return Seen(_replaced(copy, found), told) if found else Seen(copy)


def unmixed(text: str) -> str:
    """Give a text with the words that mix scripts in Latin letters alone, where no article is known."""
    if text.isascii() or not _MIXED.search(text):
        return text
    return _replaced(text, _disguised(text, _LATIN, Known(frozenset(), styled=True)))


def flags(seen: Seen, copy: Revision, revisions: Sequence[Revision]) -> tuple[str, ...]:
    """Suspect evasion where a copy disguises words, or hides characters in them, as its article does not."""
    hidden = HIDDEN_IN_WORDS in copy.flags and not any(HIDDEN_IN_WORDS in each.flags for each in revisions)
    distinct = {each.word for each in seen.disguises}
    least = 1 if _of(revisions[-1].text) is _LATIN else BY_ACCIDENT + 1
    return (EVASION,) if hidden or len(distinct) >= least else ()


def _of(article: str) -> Script:
    """Name the script that most letters of an article are of."""
    if article.isascii():
        return _LATIN
    return max((_LATIN, *_OTHERS), key=lambda script: len(script.letters.findall(article)))


def _disguised(copy: str, script: Script, known: Known) -> Iterator[Disguise]:
    plain = cache(lambda word: _plain(word, script))  # one word may be all of a copy
    for line in _LINE.finditer(copy):
        if script.foreign.search(line[0]):
            words = [found for found in _WORD.finditer(line[0]) if script.foreign.search(found[0])]
            yield from _of_line([(found, plain(found[0])) for found in words], line.start(), script, known)
            yield from _numbers(line[0], line.start(), known.words)


def _of_line(
    words: Sequence[tuple[re.Match[str], str]], start: int, script: Script, known: Known
) -> Iterator[Disguise]:
    # a word of which a letter passes for none of the article's script: then this line speaks another language
    other = script is not _LATIN or not all(shown for _, shown in words)
    strange = [(found, shown) for found, shown in words if shown and shown != found[0] and not known.has(found[0])]
    mixes = [script.letters.search(found[0]) is not None for found, _ in strange]
    for (found, shown), mixed in zip(strange, mixes, strict=True):
        # a letter by itself, alone in its line, may be a sign of science
        if mixed or (not other and key(shown) in known.words and (len(shown) > 1 or len(strange) > 1)):
            yield Disguise(found[0], shown, (start + found.start(), start + found.end()))


def _plain(word: str, script: Script) -> str:
    """Give the word that another passes for, "" where not all of its letters pass for the script's."""
    shown = "".join(_unstyled(letter) for letter in word).translate(script.plain)
    return shown if all(script.letters.match(each) or not each.isalpha() for each in shown) else ""


def _unstyled(letter: str) -> str:
    folded = normalize("NFKC", letter) if letter > "\uffff" else letter
    return folded if len(folded) == 1 else letter


def _numbers(line: str, start: int, vocabulary: Collection[str]) -> Iterator[Disguise]:
    """Find the figures of the article that a letter stands in for a nought of."""
    for found in _NUMBER.finditer(line):
        word = found[0].rstrip(".,")
        shown = word.translate(_ZEROS)
        if key(shown) in vocabulary and shown != word:
            yield Disguise(word, shown, (start + found.start(), start + found.start() + len(word)))


def _replaced(text: str, found: Iterable[Disguise]) -> str:
    parts, at = [], 0
    for each in found:
        parts += [text[at : each.span[0]], each.plain]
        at = each.span[1]
    return "".join([*parts, text[at:]])
