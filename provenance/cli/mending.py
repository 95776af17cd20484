"""Where in a copy's own sentence an edit belongs, and how the sentence reads with the edit made."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import NamedTuple

CONTEXT = 110
"""So many characters of a sentence are shown."""
_BESIDE = (2, 1)
"""So many words on either side have to agree; at an end of the sentence those on the one side."""
_ENOUGH = 2
_TOKEN = re.compile(r"\w+|[^\w\s]")


class Mend(NamedTuple):
    """The half-open place in a sentence that is to be replaced, and by what."""

    start: int
    end: int
    words: str

    def made(self, sentence: str) -> str:
        """Give the sentence with the edit made."""
        return sentence[: self.start] + self.words + sentence[self.end :]


def mend(quote: str, wanted: str, before: str, after: str) -> Mend | None:
    """Find the place in `quote` of an edit from `before` to `after` that stands in the sentence `wanted`.

    The words beside it must be the same in both, or the old words stand in the quote once; None where neither holds.
    """
    if after:
        for count in _BESIDE:
            for old, new in _surroundings(wanted, before, after, count):
                if found := _only(_pattern(old), quote):
                    return Mend(*found.span(), new)
    if not before:
        return None
    found = _only(_pattern(before), quote)
    if found and not after:
        return Mend(*_with_a_space(found, quote), "")
    return Mend(*found.span(), after) if found else None


def window(text: str, start: int, end: int) -> str:
    """Shorten a long sentence to the words around a place in it."""
    if len(text) <= CONTEXT:
        return text
    room = max((CONTEXT - (end - start)) // 2, 20)
    left, right = max(start - room, 0), min(end + room, len(text))
    head = text[left:start].partition(" ")[2] if left else text[:start]
    tail = text[end:right].rpartition(" ")[0] if right < len(text) else text[end:]
    return ("... " if left else "") + head + text[start:end] + tail + (" ..." if right < len(text) else "")


def _surroundings(wanted: str, before: str, after: str, count: int) -> Iterator[tuple[str, str]]:
    """Yield the old and the new words with so many words on either side, for each place where `after` stands."""
    for place in re.finditer(rf"(?<!\w){re.escape(after)}" if after[0].isalnum() else re.escape(after), wanted):
        left = [each.start() for each in _TOKEN.finditer(wanted, 0, place.start()) if each[0].isalnum()][-count:]
        right = [each.end() for each in _TOKEN.finditer(wanted, place.end()) if each[0].isalnum()][:count]
        if len(left) + len(right) >= _ENOUGH:
            start, end = left[0] if left else 0, right[-1] if right else len(wanted)
            yield wanted[start : place.start()] + before + wanted[place.end() : end], wanted[start:end]


def _pattern(words: str) -> str:
    inside = r"\s*".join(map(re.escape, _TOKEN.findall(words)))
    return rf"(?<!\w){inside}(?!\w)" if inside else r"(?!)"


def _only(pattern: str, text: str) -> re.Match[str] | None:
    first, *more = [*re.finditer(pattern, text), None][:3]
    return first if more == [None] else None


def _with_a_space(found: re.Match[str], text: str) -> tuple[int, int]:
    """Take the blank before words that go with them."""
    start, end = found.span()
    return (start - 1, end) if start and text[start - 1] == " " else (start, end)
