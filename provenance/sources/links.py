"""Characters of a canonical text joined to those of a file's words: words first, then the signs between them."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise

from provenance.engine import text as texts
from provenance.engine.words import tokens
from provenance.model import Span
from provenance.sources import anchors
from provenance.sources.unmarked import Part, Unmarked

Link = tuple[int, int, int]
"""So many characters, from this one of the canonical text and from that one of the file's words."""

BETWEEN = re.compile(r"(?:[\s*_~`\\#>|\[\]!]|[-\u2010](?=\s*\n))*+")
"""What may stand between two words of a file and is not in the text: blanks, marks, a hyphen at the end of a line."""

_WIDE = 400  # characters between two words that are still compared one by one


@dataclass(frozen=True, slots=True)
class _Words:
    """The words of a text and where they stand; of a file's, also in which part."""

    keys: list[str]
    spans: list[Span]

    @classmethod
    def of(cls, text: str) -> _Words:
        keys, spans, at = [], [], 0
        for token in tokens(text):
            end = at + len(token)
            if any(map(str.isalnum, token)):
                keys.append(token)
                spans.append((at, end))
            at = end
        return cls(keys, spans)


def links(canonical: str, found: Unmarked) -> list[Link]:
    """Join a canonical text to the words of a file; in the order of the text, each character at most once."""
    ours, theirs = _Words.of(canonical), _Words.of(found.words.text)
    paragraphs = _in_words(texts.paragraphs(canonical), ours)
    parts = _parts(found, theirs)
    body = [n for n, part in enumerate(parts) if part is not Part.ASIDE]
    runs = anchors.runs(ours.keys, [theirs.keys[n] for n in body], paragraphs)
    pairs = {i + n: body[j + n] for i, j, size in runs for n in range(size)}
    pairs |= _moved(ours, theirs, [span for span in paragraphs if not any(n in pairs for n in range(*span))], parts)
    joined = sorted((ours.spans[i], theirs.spans[j]) for i, j in pairs.items())
    return _merged(_joined(canonical, found.words.text, joined))


def _in_words(paragraphs: Sequence[Span], words: _Words) -> list[Span]:
    """Give the paragraphs that have words as spans of words."""
    found, at = [], 0
    for _, end in paragraphs:
        start = at
        while at < len(words.spans) and words.spans[at][0] < end:
            at += 1
        if at > start:
            found.append((start, at))
    return found


def _parts(found: Unmarked, words: _Words) -> list[Part]:
    parts, n = [], 0
    for start, _ in words.spans:
        while start >= found.parts[n][0][1]:
            n += 1
        parts.append(found.parts[n][1])
    return parts


def _moved(ours: _Words, theirs: _Words, wanted: Sequence[Span], parts: Sequence[Part]) -> dict[int, int]:
    """Join the paragraphs that are not where they were looked for: a headline in front matter, a by-line moved up.

    One that stands in several places has none, unless just one of them is a heading, or in the body.
    """
    pairs: dict[int, int] = {}
    for (start, end), places in anchors.whole(ours.keys, theirs.keys, wanted).items():
        best = min((parts[at] for at in places), default=None)
        among = [at for at in places if parts[at] is best]
        if len(among) == 1:
            pairs |= {start + n: among[0] + n for n in range(end - start)}
    return pairs


def _joined(ours: str, theirs: str, pairs: Sequence[tuple[Span, Span]]) -> Iterator[Link]:
    """Join pairs of words and what stands between them."""
    end_of_text = ((len(ours), len(ours)), (len(theirs), len(theirs)))
    for (a, b), (c, d) in pairwise([((0, 0), (0, 0)), *pairs, end_of_text]):
        yield a[0], b[0], a[1] - a[0]
        left, right = (a[1], c[0]), (b[1], d[0])
        if left[0] == left[1]:
            continue
        if 0 <= right[1] - right[0] <= _WIDE:
            found = _filled(ours, left, theirs, right)
            if found is not None:
                yield from found
                continue
        yield from _after(ours, left, theirs, b[1])
        yield from _before(ours, left, theirs, d[0])


def _filled(ours: str, left: Span, theirs: str, right: Span) -> list[Link] | None:
    """Join all that stands between two words, None where theirs lacks something or says something else."""
    found, at = [], right[0]
    if ours[slice(*left)] == theirs[slice(*right)]:
        return [(left[0], right[0], left[1] - left[0])]
    for n in range(*left):
        if ours[n].isspace():
            continue
        while at < right[1] and theirs[at] != ours[n]:
            skipped = BETWEEN.match(theirs, at, at + 1) if theirs[at] not in "-\u2010" else BETWEEN.match(theirs, at)
            if not skipped or skipped.end() == at:
                return None
            at += 1
        if at >= right[1]:
            return None
        found.append((n, at, 1))
        at += 1
    return found


def _after(ours: str, left: Span, theirs: str, at: int) -> Iterator[Link]:
    """Join the signs that follow a word directly."""
    for n in range(*left):
        if ours[n].isspace() or ours[n].isalnum():
            return
        while at < len(theirs) and theirs[at] != ours[n] and BETWEEN.match(theirs, at, at + 1).end() > at:  # type: ignore[union-attr]
            at += 1
        if at >= len(theirs) or theirs[at] != ours[n]:
            return
        yield n, at, 1
        at += 1


def _before(ours: str, left: Span, theirs: str, at: int) -> Iterator[Link]:
    """Join the signs that stand directly before a word."""
    for n in range(left[1] - 1, left[0] - 1, -1):
        if ours[n].isspace() or ours[n].isalnum():
            return
        at -= 1
        while at >= 0 and theirs[at] != ours[n] and BETWEEN.match(theirs, at, at + 1).end() > at:  # type: ignore[union-attr]
            at -= 1
        if at < 0 or theirs[at] != ours[n]:
            return
        yield n, at, 1


def _merged(found: Iterator[Link]) -> list[Link]:
    """Put links in the order of the text, each character once, and join those that go on in both."""
    merged: list[Link] = []
    for ours, theirs, size in sorted(found):
        if not size:
            continue
        if merged:
            a, b, n = merged[-1]
            if ours < a + n:
                continue
            if ours == a + n and theirs == b + n:
                merged[-1] = (a, b, n + size)
                continue
        merged.append((ours, theirs, size))
    return merged
