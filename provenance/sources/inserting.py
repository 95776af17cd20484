"""Inserting: the ways in which one splice may be written in a source file, in its format's signs, likeliest first."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from provenance.engine.diffing import diff
from provenance.engine.patching import Splice
from provenance.engine.words import tokens
from provenance.model import Span
from provenance.sources import escaping
from provenance.sources.escaping import Form
from provenance.sources.places import Places

_SPACE = r"(?:\\r|\\n|\\t|\s|&nbsp;|&#160;)"
_BEFORE = re.compile(rf"{_SPACE}+\Z")
_AFTER = re.compile(rf"{_SPACE}+")
_OPENING = re.compile(r"<([a-z][a-z0-9]*)\b[^<>]*>\s*\Z|([*_]{1,3})\Z", re.IGNORECASE)
_QUOTED = re.compile(r"(?:> ?)+\Z")
_BLOCK = re.compile(r"(?:<(?:p|h[1-6]|li|blockquote|div)\b[^<>]*>\s*)(?:<[a-z][^<>]*>\s*)*\Z", re.IGNORECASE)
_MARK_BEFORE = re.compile(
    r"(?:<(?:a|abbr|b|cite|em|i|mark|q|small|span|strong|u)\b[^<>]*>|[*_]{1,3}|\[)\Z", re.IGNORECASE
)
_MARK_AFTER = re.compile(
    r"</(?:a|abbr|b|cite|em|i|mark|q|small|span|strong|u)\s*>|[*_]{1,3}|\]\([^()\s]*\)", re.IGNORECASE
)
_LINE_MARK = re.compile(r"[ \t]*(?:> ?)+")
Way = tuple[Splice, ...]
"""Splices that count in the source file's text."""
_REACH = 2_000
"""Characters around a place that are looked at for its markup."""


@dataclass(frozen=True, slots=True)
class _Edges:
    """Words with the white space on either side of them."""

    lead: str
    core: str
    tail: str

    @classmethod
    def of(cls, text: str) -> _Edges:
        core = text.strip()
        if not core:
            return cls(text, "", "")
        start = text.index(core)
        return cls(text[:start], core, text[start + len(core) :])


@dataclass(frozen=True, slots=True)
class Page:
    """A source file with the canonical text that was read from it, where its words are, and how it is written."""

    source: str
    canonical: str
    places: Places
    form: Form


def written(splice: Splice, page: Page) -> Iterator[Way]:
    """Give the ways to write a splice of the canonical text in the file; none where it has no place."""
    there = page.canonical[slice(*splice.span)]
    if not there.strip() and not splice.text.strip():
        return
    if not there.strip():
        yield from _added(splice, there, page)
    elif not splice.text.strip():
        yield from _taken_out(splice, there, page)
    elif "\n\n" in splice.text and "\n\n" not in there:
        yield from _with_more(splice, page)
    else:
        yield from _exchanged(splice, there, page)


# --- words for words


def _exchanged(splice: Splice, there: str, page: Page) -> Iterator[Way]:
    """Put words in the place of others; where markup stands among these, only those that differ."""
    whole = _one(splice, there, page)
    if whole:
        yield (whole,)
    parts: list[Splice] = []
    for (start, end), text in _differing(there, splice.text):
        at = (splice.span[0] + start, splice.span[0] + end)
        way = next(written(Splice(at, text), page), None) if at != splice.span else None
        if way is None:
            return
        parts += way
    yield tuple(parts)


def _one(splice: Splice, there: str, page: Page) -> Splice | None:
    old, new = _Edges.of(there), _Edges.of(splice.text)
    start = splice.span[0] + len(old.lead)
    place = page.places.place((start, start + len(old.core)))
    if place is None or not escaping.is_plain(page.source[slice(*place.span)], old.core):
        return None
    first, last = place.span
    first = _back(page.source, first) if old.lead and not new.lead else first
    last = _on(page.source, last) if old.tail and not new.tail else last
    lead = " " if new.lead and not old.lead else ""
    tail = " " if new.tail and not old.tail else ""
    return Splice((first, last), lead + escaping.escaped(new.core, page.form, page.source, first) + tail)


def _differing(old: str, new: str) -> Iterator[tuple[Span, str]]:
    """Give the words that differ, as spans of the old text with what is to stand there."""
    x, y = tokens(old), tokens(new)
    i = j = a = b = 0
    start: Span | None = None
    for op, left, right in [*diff(x, y, semantic=False), (0, 0, 0)]:
        if op and start is None:
            start = (a, b)
        elif not op and start is not None:
            yield (start[0], a), new[start[1] : b]
            start = None
        a, b = a + len("".join(x[i : i + left])), b + len("".join(y[j : j + right]))
        i, j = i + left, j + right


def _with_more(splice: Splice, page: Page) -> Iterator[Way]:
    """Put words in the place of others, and paragraphs below them."""
    words, _, more = splice.text.partition("\n\n")
    below = Splice((splice.span[1],) * 2, f"\n\n{more}")
    for first in written(Splice(splice.span, words), page):
        for second in written(below, page):
            yield (*first, *second)


# --- taking out


def _taken_out(splice: Splice, there: str, page: Page) -> Iterator[Way]:
    """Take words out, with the white space and the empty markup that they leave."""
    old, source = _Edges.of(there), page.source
    start = splice.span[0] + len(old.lead)
    place = page.places.place((start, start + len(old.core)))
    span = _balanced(source, *place.span) if place else None
    if span is None:
        return
    first, last = _with_markup(source, *span)
    if "\n" in old.lead or "\n" in old.tail:
        quoted = _QUOTED.search(source, max(0, first - _REACH), first)
        first = quoted.start() if quoted else first
        before = _back(source, first)
        if before:
            yield (Splice((before, last), ""),)
        yield (Splice((first, _on(source, last)), ""),)
        return
    if old.lead and not splice.text:
        yield (Splice((_back(source, first), last), ""),)
    yield (Splice((first, _on(source, last) if old.tail and not splice.text else last), splice.text),)


def _balanced(source: str, first: int, last: int) -> Span | None:
    """Widen a place by the mark before it or behind it, if that makes it whole; None where it cannot be."""
    before = _MARK_BEFORE.search(source, max(0, first - _REACH), first)
    after = _MARK_AFTER.match(source, last)
    for start in dict.fromkeys((first, before.start() if before else first)):
        for end in dict.fromkeys((last, after.end() if after else last)):
            if escaping.is_balanced(source[start:end]):
                return start, end
    return None


def _with_markup(source: str, first: int, last: int) -> Span:
    """Widen a place by the marks that hold nothing else."""
    while found := _OPENING.search(source, max(0, first - _REACH), first):
        mark = found[1] or found[2]
        closing = re.compile(rf"\s*</{re.escape(mark)}\s*>" if found[1] else re.escape(mark), re.IGNORECASE)
        close = closing.match(source, last)
        if not close:
            break
        first, last = found.start(), close.end()
    return first, last


def _back(source: str, at: int) -> int:
    found = _BEFORE.search(source, max(0, at - _REACH), at)
    return found.start() if found else at


def _on(source: str, at: int) -> int:
    found = _AFTER.match(source, at)
    return found.end() if found else at


# --- putting in


def _added(splice: Splice, there: str, page: Page) -> Iterator[Way]:
    """Put words, sentences or paragraphs where nothing stood."""
    if splice.text.startswith("\n\n") and not there:
        paragraphs = splice.text.strip("\n").split("\n\n")
        if below := page.places.below(splice.span[0]):
            yield from ((Splice(below.span, text),) for text in _below(paragraphs, below.span[0], page))
        if (above := _above(splice.span[0], page)) is not None:
            yield (Splice((above, above), _above_text(paragraphs, above, page)),)
        return
    new = _Edges.of(splice.text)
    for at, lead, tail in _gaps(splice, page):
        words = escaping.escaped(new.core, page.form, page.source, at)
        yield (Splice((at, at), (" " if new.lead and lead else "") + words + (" " if new.tail and tail else "")),)


def _gaps(splice: Splice, page: Page) -> Iterator[tuple[int, bool, bool]]:
    """Give the places in a gap, and whether white space is to be put before and after what goes there."""
    (start, end), places = splice.span, page.places
    both = start == end
    if start and (behind := places.insertion(start)):
        yield behind.span[0], True, both
    if start and (word := places.place((start - 1, start))):
        yield word.span[1], True, both
    if word := places.place((end, end + 1)):
        yield word.span[0], both, True


def _below(paragraphs: list[str], at: int, page: Page) -> Iterator[str]:
    """Give the ways to write paragraphs below the one that ends at a place."""
    source, form = page.source, page.form
    line = source[source.rfind("\n", 0, at) + 1 : at]
    if form.kind == "html":
        broken = source.startswith(("\n", "\r\n"), at) and not form.json
        gap = form.line_end + line[: len(line) - len(line.lstrip())] if broken else ""
        yield "".join(gap + escaping.element(each, form) for each in paragraphs)
        return
    mark = _LINE_MARK.match(line) if form.kind == "markdown" and not form.json else None
    quote = mark[0] if mark else ""
    gap = form.line_end + quote.rstrip() + form.line_end + quote
    written = [escaping.block(each, form) for each in paragraphs]
    if width := escaping.width(source) if not form.json else 0:
        yield "".join(gap + escaping.wrapped(each, width, form.line_end + quote) for each in written)
    yield "".join(gap + each for each in written)


def _above(offset: int, page: Page) -> int | None:
    """Give the place before the paragraph that follows an offset."""
    text, source = page.canonical, page.source
    first = offset + len(text[offset:]) - len(text[offset:].lstrip())
    word = page.places.place((first, first + 1)) if first < len(text) else None
    if word is None:
        return None
    at = word.span[0]
    if block := _BLOCK.search(source, max(0, at - _REACH), at):
        return block.start()
    line = source.rfind("\n", 0, at) + 1
    return line if not source[line:at].strip(" \t*_>\"“«'") else None


def _above_text(paragraphs: list[str], at: int, page: Page) -> str:
    source, form = page.source, page.form
    if form.kind == "html":
        line = source[source.rfind("\n", 0, at) + 1 : at]
        gap = form.line_end + line if not line.strip() and not form.json else ""
        return "".join(escaping.element(each, form) + gap for each in paragraphs)
    return "".join(escaping.block(each, form) + form.line_end * 2 for each in paragraphs)
