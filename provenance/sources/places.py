"""Places in a source file: where the words of an article's canonical text stand in the file that it was read from.

No reader keeps offsets. The words of the text are found again among the words of the file, and a place is given only
where the file's own words there, without markup and with escapes decoded, are those of the span: none is better than a
wrong one.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache

from provenance.model import Place, Span
from provenance.sources.links import BETWEEN, Link, links
from provenance.sources.traced import Traced, alike
from provenance.sources.unmarked import Part, Unmarked, unmarked

_SELECTORS = re.compile("[\ufe00-\ufe0f]+")
_LINE_END = re.compile(r"\r\n|\r|\n")
_CLOSING = re.compile(
    r"(?:[*_~`]+|</(?:a|abbr|b|big|cite|code|em|font|i|ins|kbd|mark|q|small|span|strong|sub|sup|tt|u)\s*>"
    r"|\](?:\([^()\s]*\)|\[[^\[\]\n]{0,200}\]))*+",
    re.IGNORECASE,
)
_END_OF_BLOCK = re.compile(r"[ \t]*(?:\r?\n[ \t]*)?</(?:p|h[1-6]|li|blockquote|div|figcaption|pre)\s*>", re.IGNORECASE)
_END_OF_LINE = re.compile(r"[ \t]*(?:\r?\n|\Z)|\\n|\"")


@dataclass(frozen=True, slots=True)
class Places:
    """The places of one text in one file: `links` join characters of the two, in the text's order."""

    source: str
    canonical: Traced
    found: Unmarked
    links: tuple[Link, ...]

    @classmethod
    def of(cls, source: str, canonical: str, item: str = "") -> Places:
        """Find the words of a canonical text in a source file's text.

        `item` says which article of a JSON file is meant, where it holds several, as `exports.read` counts them.
        """
        ours, theirs = alike(Traced.whole(canonical)), unmarked(source, item)
        return cls(source, ours, theirs, tuple(links(ours.text, theirs)))

    def place(self, span: Span) -> Place | None:
        """Give where a span of the canonical text stands in the file, None where its words are not there as they are.

        White space around the span is left out, and so is the markup around its words; what stands between them is
        within the place.
        """
        found = self._seen(self._compared(span))
        return self._at(self._source(found)) if found else None

    def insertion(self, offset: int) -> Place | None:
        """Give the empty place right after the sentence that ends at an offset, inside its paragraph's markup.

        Closing marks of emphasis and links go before it. None where the sentence's last word has no place.
        """
        end = self._end(offset)
        return None if end is None else self._at((end, end))

    def below(self, offset: int) -> Place | None:
        """Give the empty place after the paragraph that ends at an offset: past its closing tag, where it has one.

        None also where a paragraph cannot follow: in a table, in front matter, in a headline that is a JSON string.
        """
        end = self._end(offset)
        if end is None or self._part(offset) is Part.ASIDE:
            return None
        closing = _END_OF_BLOCK.match(self.source, end)
        if closing:
            return self._at((closing.end(), closing.end()))
        follows = _END_OF_LINE.match(self.source, end)
        if not follows or (follows[0] == '"' and self._part(offset) is not Part.BODY):
            return None
        return self._at((end, end))

    def _part(self, offset: int) -> Part:
        """Give the part of the file in which the word before an offset stands, which has a place."""
        last = len(self.canonical.text[: self._offset(offset)].rstrip())
        start, _ = self._seen((last - 1, last)) or (0, 0)
        return next(part for span, part in self.found.parts if start < span[1])

    def _end(self, offset: int) -> int | None:
        last = len(self.canonical.text[: self._offset(offset)].rstrip())
        found = self._seen((last - 1, last)) if last else None
        if not found:
            return None
        closing = _CLOSING.match(self.source, self._source(found)[1])
        return closing.end() if closing else None

    def _compared(self, span: Span) -> Span:
        """Give a span in the form that is compared, without white space around it."""
        start, end = self._offset(span[0]), self._offset(span[1])
        text = self.canonical.text[start:end]
        return start + len(text) - len(text.lstrip()), start + len(text.rstrip())

    def _offset(self, offset: int) -> int:
        """Give the offset in the compared form that stands for one of the canonical text."""
        piece = bisect_right(self.canonical.start, offset) - 1
        if piece < 0:
            return 0
        start, end = self.canonical.at[piece], [*self.canonical.at[piece + 1 : piece + 2], len(self.canonical.text)][0]
        return min(start + offset - self.canonical.start[piece], end)

    def _seen(self, span: Span) -> Span | None:
        """Give where a compared span stands among the file's words, None unless these are its words and no more."""
        start, end = span
        at, first, last = start, -1, -1
        for ours, theirs, size in self._linked(span):
            left, right = max(ours, start), min(ours + size, end)
            if self.canonical.text[at:left].strip():
                return None
            begin = theirs + left - ours
            if first < 0:
                first = begin
            elif begin < last or not BETWEEN.fullmatch(self.found.words.text, last, begin):
                return None
            at, last = right, begin + right - left
        return None if first < 0 or self.canonical.text[at:end].strip() else (first, last)

    def _linked(self, span: Span) -> Iterator[Link]:
        n = max(0, bisect_right(self.links, span[0], key=lambda link: link[0]) - 1)
        while n < len(self.links) and self.links[n][0] < span[1]:
            if self.links[n][0] + self.links[n][2] > span[0]:
                yield self.links[n]
            n += 1

    def _source(self, found: Span) -> Span:
        """Give where some of the file's words stand, with what selects the form of the last character."""
        start, end = self.found.words.source(found)
        selectors = _SELECTORS.match(self.source, end)
        return start, selectors.end() if selectors else end

    def _at(self, span: Span) -> Place:
        return place_of(self.source, span)


def place_of(source: str, span: Span) -> Place:
    """Give a span of a source file's text as editors count it."""
    (line, column), (end_line, end_column) = _point(source, span[0]), _point(source, span[1])
    return Place(line, column, end_line, end_column, span)


def _point(source: str, offset: int) -> tuple[int, int]:
    lines = _lines(source)
    line = bisect_right(lines, offset)
    marked = line == 1 and source.startswith("\ufeff")  # editors do not count it
    return line, max(1, offset - lines[line - 1] + 1 - marked)


@lru_cache(maxsize=1)  # asked once for each article of a file
def _lines(source: str) -> tuple[int, ...]:
    """Give where each line of a file begins."""
    return (0, *(found.end() for found in _LINE_END.finditer(source)))
