"""Merging: what changed between two wordings of a sentence, made in a third, which a copy has, and nothing else.

The words of the first wording are found again in the copy's (an alignment by diff-match-patch), and each changed run
of words is exchanged only where the copy has it whole and in its place. Where the copy has other words there, there is
no merge: None is better than a guess.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from unicodedata import decimal, normalize

from provenance.engine.diffing import diff
from provenance.engine.patching import house
from provenance.engine.patching.splices import EditName, Splice
from provenance.engine.words import tokens
from provenance.model import Span

_ALIKE = str.maketrans("‘’‚‛′“”„‟″«»–—−‑ё", '\'\'\'\'\'"""""""----е')
_GROUPED = re.compile(r"\d{1,3}(?:[.,']\d{3})+")
_DECIMAL = re.compile(r"(\d+),(\d{1,2})")


@dataclass(frozen=True, slots=True)
class Token:
    """A word or a sign, the form in which two of them are the same, and where it stands."""

    text: str
    key: str
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Hunk:
    """A run of words that changed: of the old wording those from `old[0]` to `old[1]`, of the new one likewise."""

    old: Span
    new: Span


@dataclass(frozen=True, slots=True)
class Wording:
    """A text, and its words and signs in order."""

    text: str
    tokens: tuple[Token, ...]

    @classmethod
    def of(cls, text: str) -> Wording:
        """Cut a text into words and signs."""
        found: list[Token] = []
        at = 0
        for token in tokens(text):
            if not token.isspace():
                found.append(Token(token, folded(token), at, at + len(token)))
            at += len(token)
        return cls(text, tuple(found))

    def place(self, run: Span) -> Span:
        """Give where a run of words stands; of an empty one, the gap that it lies in."""
        first, last = run
        if first < last:
            return self.tokens[first].start, self.tokens[last - 1].end
        left = self.tokens[first - 1].end if first else 0
        return left, self.tokens[first].start if first < len(self.tokens) else len(self.text)

    def words(self, run: Span) -> str:
        """Give a run of words as it is written, "" for an empty one."""
        return self.text[slice(*self.place(run))] if run[0] < run[1] else ""

    def gap(self, at: int) -> str:
        """Give what stands before a word: the white space between it and the one before, if any."""
        return self.text[slice(*self.place((at, at)))]

    def keys(self, run: Span) -> list[str]:
        """Give the words of a run in the form in which they are compared."""
        return [token.key for token in self.tokens[slice(*run)]]


def folded(token: str) -> str:
    """Fold what a house writes in its own way: case, width, the form of quotation marks and dashes, parted digits."""
    found = normalize("NFKC", token).casefold().translate(_ALIKE)
    if not found.isascii() and found[:1].isdecimal():
        found = "".join(str(decimal(sign)) if sign.isdecimal() else sign for sign in found)
    if _GROUPED.fullmatch(found):
        return re.sub(r"[.,']", "", found)
    return _DECIMAL.sub(r"\1.\2", found) if _DECIMAL.fullmatch(found) else found


def hunks(old: Wording, new: Wording) -> Iterator[Hunk]:
    """List what changed between two wordings."""
    i = j = 0
    start: Span | None = None
    runs = diff([t.text for t in old.tokens], [t.text for t in new.tokens], semantic=True)
    for op, left, right in [*runs, (0, 0, 0)]:
        if op and start is None:
            start = (i, j)
        elif not op and start is not None:
            yield Hunk((start[0], i), (start[1], j))
            start = None
        i, j = i + left, j + right


def merged(
    old: str, new: str, copy: str, names: Callable[[Span, Span], tuple[EditName, ...]], known: Sequence[str]
) -> list[Splice] | None:
    """Give the splices that make what changed from `old` to `new` in a copy's wording, None where one has no place.

    `names` gives the edits that ask for a change by its spans in the old and in the new wording. `known` are texts that
    tell which words are written in lower case. A change that the copy has already is no splice.
    """
    before, after, own = Wording.of(old), Wording.of(new), Wording.of(copy)
    merge = _Merge(before, after, own, known)
    found: list[Splice] = []
    for hunk in hunks(before, after):
        splice = merge.splice(hunk)
        if splice is None:
            return None
        if splice[0][0] != splice[0][1] or splice[1]:
            found.append(Splice(*splice, names(before.place(hunk.old), after.place(hunk.new))))
    return found


class _Merge:
    """One merge: which word of the copy stands for which of the old wording."""

    def __init__(self, old: Wording, new: Wording, own: Wording, known: Sequence[str]) -> None:
        self.old, self.new, self.own, self.known = old, new, own, known
        self.image: dict[int, int] = {}
        i = j = 0
        for op, left, right in diff(old.keys((0, len(old.tokens))), own.keys((0, len(own.tokens))), semantic=False):
            if not op:
                self.image |= {i + n: j + n for n in range(left)}
            i, j = i + left, j + right
        pairs = ((old.tokens[a].text, own.tokens[b].text) for a, b in self.image.items())
        self.digits = house.digits(pairs)

    def splice(self, hunk: Hunk) -> tuple[Span, str] | None:
        """Give the place in the copy and what is to stand there; an empty splice where it stands there already."""
        run = self._run(hunk)
        if run is None:
            return ((0, 0), "") if self._is_there(hunk) else None
        words = self._words(hunk, run)
        if words is None:
            return None
        left, right = self._beside(hunk, run)
        start = self.own.tokens[run[0] - 1].end if left else self.own.place(run)[0]
        end = self.own.tokens[run[1]].start if right else self.own.place(run)[1]
        made = self._spaced(hunk, run, words, (left, right))
        there = self.own.text[start:end]
        if "\n" in there or "\n" in made:
            return None
        return _least((start, end), there, made)

    def _run(self, hunk: Hunk) -> Span | None:
        """Find the run of the copy's words that a hunk takes the place of, None where it is not whole or not sure."""
        first, last = hunk.old
        if first == last:
            return self._gap(first)
        images = [self.image.get(n) for n in range(first, last)]
        start = images[0]
        if start is None or images != list(range(start, start + len(images))):
            return None
        run = (start, start + len(images))
        telling = any(t.text[:1].isdigit() or t.text[:1].isupper() for t in self.old.tokens[first:last])
        return run if telling or any(self._beside(hunk, run)) else None

    def _gap(self, at: int) -> Span | None:
        """Find the gap between two neighbours that the copy has side by side as well."""
        left = self.image.get(at - 1) if at else -1
        right = self.image.get(at) if at < len(self.old.tokens) else len(self.own.tokens)
        if left is None or right is None or right != left + 1:
            return None
        return right, right

    def _beside(self, hunk: Hunk, run: Span) -> tuple[bool, bool]:
        """Tell whether the words on either side of a hunk stand beside it in the copy."""
        left = hunk.old[0] > 0 and run[0] > 0 and self.image.get(hunk.old[0] - 1) == run[0] - 1
        right = hunk.old[1] < len(self.old.tokens) and self.image.get(hunk.old[1]) == run[1]
        return left, right

    def _is_there(self, hunk: Hunk) -> bool:
        """Tell whether the copy has the new words where the change would be made."""
        left = self.image.get(hunk.old[0] - 1) if hunk.old[0] else -1
        right = self.image.get(hunk.old[1]) if hunk.old[1] < len(self.old.tokens) else len(self.own.tokens)
        if left is None or right is None:
            return False
        return self.own.keys((left + 1, right)) == self.new.keys(hunk.new)

    def _words(self, hunk: Hunk, run: Span) -> str | None:
        """Give the new words in the copy's style."""
        words = house.figures(house.quotes(self.new.words(hunk.new), self.own.text), self.digits)
        if hunk.old[0] == hunk.old[1]:
            return words
        opens = hunk.old[0] == 0 or not self.old.text[: self.old.place(hunk.old)[0]].rstrip()[-1:].isalnum()
        return house.capitals(words, self.old.words(hunk.old), self.own.words(run), opens=opens, known=self.known)

    def _spaced(self, hunk: Hunk, run: Span, words: str, beside: tuple[bool, bool]) -> str:
        """Put the white space around new words that the article has there, where the copy had the article's before."""
        left, right = beside
        if not words:
            both = hunk.new[0] > 0 and hunk.new[0] < len(self.new.tokens)
            return self.new.gap(hunk.new[0]) if both and left and right else ""
        before, after = self.new.gap(hunk.new[0]), self.new.gap(hunk.new[1])
        if hunk.old[0] < hunk.old[1]:
            before = self.own.gap(run[0]) if before == self.old.gap(hunk.old[0]) else before
            after = self.own.gap(run[1]) if after == self.old.gap(hunk.old[1]) else after
        return (before if left else "") + words + (after if right else "")


def _least(span: Span, there: str, made: str) -> tuple[Span, str]:
    """Leave the white space alone that stays as it is at both ends of a splice."""
    start, end = span
    while there and made and there[0] == made[0] and there[0].isspace():
        there, made, start = there[1:], made[1:], start + 1
    while there and made and there[-1] == made[-1] and there[-1].isspace():
        there, made, end = there[:-1], made[:-1], end - 1
    return (start, end), made
