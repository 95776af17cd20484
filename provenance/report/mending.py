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


class Token(NamedTuple):
    """A word or a sign of a text, and where it stands."""

    text: str
    start: int
    end: int


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
    said, old = _tokens(quote), _words(before)
    if after:
        for words, new in _surroundings(wanted, old, _words(after)):
            if found := _only(words, said):
                return Mend(*found, new)
    found = _only(old, said) if old else None
    if found and not after:
        start, end = found
        return Mend(start - 1 if quote[start - 1 : start] == " " else start, end, "")
    return Mend(*found, after) if found else None


def window(text: str, start: int, end: int) -> str:
    """Shorten a long sentence to the words around a place in it."""
    if len(text) <= CONTEXT:
        return text
    room = max((CONTEXT - (end - start)) // 2, 20)
    left, right = max(start - room, 0), min(end + room, len(text))
    head = text[left:start].partition(" ")[2] if left else text[:start]
    tail = text[end:right].rpartition(" ")[0] if right < len(text) else text[end:]
    return ("... " if left else "") + head + text[start:end] + tail + (" ..." if right < len(text) else "")


def _surroundings(wanted: str, old: list[str], new: list[str]) -> Iterator[tuple[list[str], str]]:
    """Yield the old words and the new text with some words on either side, for each place where `new` stands."""
    tokens = _tokens(wanted)
    names = [token.text for token in tokens]
    for count in _BESIDE:
        for at in _places(new, names):
            end = at + len(new)
            left = [n for n in range(at) if names[n].isalnum()][-count:]
            right = [n for n in range(end, len(names)) if names[n].isalnum()][:count]
            if len(left) + len(right) >= _ENOUGH:
                first, last = left[0] if left else 0, right[-1] + 1 if right else len(names)
                text = wanted[tokens[first].start : tokens[last - 1].end]
                yield [*names[first:at], *old, *names[end:last]], text


def _tokens(text: str) -> list[Token]:
    return [Token(found[0], *found.span()) for found in _TOKEN.finditer(text)]


def _words(text: str) -> list[str]:
    return _TOKEN.findall(text)


def _places(words: list[str], among: list[str]) -> list[int]:
    size = len(words)
    return [at for at in range(len(among) - size + 1) if among[at : at + size] == words] if words else []


def _only(words: list[str], tokens: list[Token]) -> tuple[int, int] | None:
    """Give the place of words that stand there once."""
    places = _places(words, [token.text for token in tokens])
    return (tokens[places[0]].start, tokens[places[0] + len(words) - 1].end) if len(places) == 1 else None
