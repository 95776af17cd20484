"""A text that knows where each of its characters came from, through any number of decodings.

A text is laid down in pieces. A piece as long as the stretch that it came from maps character by character; any other
(an entity, an escape, a letter with its marks) maps as a whole.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from unicodedata import combining, is_normalized, normalize

from provenance.model import Span

Piece = tuple[str, int, int]
"""Some characters, and the half-open stretch of the source that they came from."""

# what readers of ours drop, and the joiners that they keep in some scripts: both sides lose them alike
_UNSEEN = re.compile(
    "[\x00-\x08\x0e-\x1f\x7f-\x84\x86-\x9f\u00ad\u034f\u061c\u180b-\u180f\u200b-\u200f\u202a-\u202e\u2060-\u206f\ufeff"
    "\ufff9-\ufffc\ufffe\uffff\ufe00-\ufe0f\U000e0100-\U000e01ef\U0001d173-\U0001d17a\U000e0000-\U000e007f]+"
)
_LOOSE = re.compile(r"[\s\S][^\x00-\u02ff]+")
_JAMO = re.compile("[\u1160-\u11ff\ud7b0-\ud7ff]")
_SAME = str.maketrans(
    "\u00a0\u1680\u2000\u2001\u2002\u2003\u2004\u2005\u2006\u2007\u2008\u2009\u200a\u202f\u205f\u2800\u3000\u3164\uffa0"
    "‘’‚‛′“”„‟″«»",
    " " * 19 + "'" * 5 + '"' * 7,
)


@dataclass(frozen=True, slots=True)
class Traced:
    """A text in pieces: `at[n]` is where piece n begins in `text`, `start[n]` and `end[n]` what it came from."""

    text: str
    at: tuple[int, ...]
    start: tuple[int, ...]
    end: tuple[int, ...]

    @classmethod
    def whole(cls, text: str, start: int = 0) -> Traced:
        """Take a text as it is; `start` is where it stands in its source."""
        return cls.of([(text, start, start + len(text))])

    @classmethod
    def of(cls, pieces: Iterable[Piece]) -> Traced:
        """Join pieces, in the order given."""
        texts: list[str] = []
        at: list[int] = []
        spans: list[Span] = []
        size = 0
        for text, start, end in pieces:
            if not text:
                continue
            literal = len(text) == end - start
            going_on = (
                literal and bool(spans) and spans[-1][1] == start and spans[-1][1] - spans[-1][0] == size - at[-1]
            )
            if going_on:
                spans[-1] = (spans[-1][0], end)
            else:
                at.append(size)
                spans.append((start, end))
            texts.append(text)
            size += len(text)
        return cls("".join(texts), tuple(at), tuple(s for s, _ in spans), tuple(e for _, e in spans))

    def source(self, span: Span) -> Span:
        """Give the stretch of the source that a span, which is not empty, came from."""
        first, last = self._piece(span[0]), self._piece(span[1] - 1)
        start = self.start[first] + (span[0] - self.at[first] if self._is_literal(first) else 0)
        end = self.start[last] + span[1] - self.at[last] if self._is_literal(last) else self.end[last]
        return start, end

    def cut(self, span: Span) -> Iterator[Piece]:
        """Give the pieces of a span; a piece that it cuts comes from the whole of its stretch."""
        start, end = span
        if start >= end:
            return
        for n in range(self._piece(start), self._piece(end - 1) + 1):
            left, right = max(start, self.at[n]), min(end, self._after(n))
            if self._is_literal(n):
                offset = self.start[n] - self.at[n]
                yield self.text[left:right], left + offset, right + offset
            else:
                yield self.text[left:right], self.start[n], self.end[n]

    def put(self, steps: Iterable[Piece]) -> Traced:
        """Decode once more: each step's stretch is of this text; one that says what stands there is kept in pieces."""
        return Traced.of(self._put(steps))

    def _put(self, steps: Iterable[Piece]) -> Iterator[Piece]:
        for text, start, end in steps:
            if text == self.text[start:end]:
                yield from self.cut((start, end))
            elif text and start < end:
                yield (text, *self.source((start, end)))

    def _piece(self, offset: int) -> int:
        return bisect_right(self.at, offset) - 1

    def _after(self, piece: int) -> int:
        return self.at[piece + 1] if piece + 1 < len(self.at) else len(self.text)

    def _is_literal(self, piece: int) -> bool:
        return self._after(piece) - self.at[piece] == self.end[piece] - self.start[piece]


def alike(found: Traced) -> Traced:
    """Give the text in the form in which words are compared: NFC, nothing unseen, one kind of blank and of quote."""
    text = found.text
    if not text.isascii():
        text = text.translate(_SAME)  # one character for one: the pieces still hold
        found = Traced(text, found.at, found.start, found.end)
    if _UNSEEN.search(text):
        found = found.put(_without(text))
    if not is_normalized("NFC", found.text):
        found = found.put(_composed(found.text))
    return found


def _without(text: str) -> Iterator[Piece]:
    at = 0
    for run in _UNSEEN.finditer(text):
        yield text[at : run.start()], at, run.start()
        at = run.end()
    yield text[at:], at, len(text)


def _composed(text: str) -> Iterator[Piece]:
    """Compose letters with the marks that follow them, cluster by cluster."""
    at = 0
    for run in _LOOSE.finditer(text):
        if is_normalized("NFC", run[0]):
            continue
        yield text[at : run.start()], at, run.start()
        begin = run.start()
        for end in range(run.start() + 1, run.end() + 1):
            if end == run.end() or not (combining(text[end]) or _JAMO.match(text[end])):
                yield normalize("NFC", text[begin:end]), begin, end
                begin = end
        at = run.end()
    yield text[at:], at, len(text)
