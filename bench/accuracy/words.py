"""Words, for the methods that are compared with: what a text is cut into, and how two texts differ in it."""

from __future__ import annotations

import re
from dataclasses import dataclass
from difflib import SequenceMatcher

_WORD = re.compile(r"[\u0e00-\u0eff\u3040-\u30ff\u3400-\u4dbf\u4e00-\u9fff]|\d+(?:[.,:]\d+)*|[^\W\d_]+")


@dataclass(frozen=True)
class Words:
    """A text as words: each folded, with its span; no signs. Scripts that part no words give one for each character."""

    text: str
    words: tuple[str, ...]
    spans: tuple[tuple[int, int], ...]

    def __len__(self) -> int:
        return len(self.words)

    def span(self, start: int, end: int) -> tuple[int, int]:
        """Give the span of the words from *start* to before *end*, an empty one where there is none."""
        if start < end:
            return self.spans[start][0], self.spans[end - 1][1]
        place = self.spans[start][0] if start < len(self) else len(self.text)
        return place, place


def read(text: str) -> Words:
    """Cut a text into words."""
    found = list(_WORD.finditer(text))
    return Words(text, tuple(each.group().casefold() for each in found), tuple(each.span() for each in found))


@dataclass(frozen=True)
class Hunk:
    """One place where two texts differ: the words from `before[0]` to before `before[1]` became those of `after`."""

    before: tuple[int, int]
    after: tuple[int, int]


def hunks(old: Words, new: Words) -> list[Hunk]:
    """Compare two texts word by word."""
    codes = SequenceMatcher(None, old.words, new.words, autojunk=False).get_opcodes()
    return [Hunk((i, j), (k, m)) for tag, i, j, k, m in codes if tag != "equal"]


def runs(words: tuple[str, ...], size: int) -> set[tuple[str, ...]]:
    """List the runs of *size* words."""
    return {words[at : at + size] for at in range(len(words) - size + 1)}


def stands(piece: tuple[str, ...], words: tuple[str, ...]) -> bool:
    """Tell whether a run of words stands in another."""
    size = len(piece)
    return any(words[at : at + size] == piece for at in range(len(words) - size + 1))
