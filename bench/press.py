"""A made-up press: stories, footers and copies that follow from a number, the same ones every time.

Words are as frequent as in a language; each story has names and figures of its own; every outlet has a footer (many
have fewer articles than it takes for a footer to count as common); some stories share a paragraph of background.
"""

from __future__ import annotations

import random
from collections.abc import Callable
from itertools import accumulate

CHANGED = 0.03
"""The share of words that a copy has otherwise."""
BACKGROUND = 0.2
"""The share of stories that have a paragraph of background."""
LEAST = 8
"""So many words a paragraph has at least."""
LONG = 7
"""Letters of a word that a retelling keeps."""
BRIEF = 50
"""One article in so many is a brief, of about as many words."""
KINDS = ((0, 2, 0), (40, 3, 1), (300, 4, 3), (3000, 4, 5))
"""From which rank on a word has how many letters, and how many more it may have."""
LETTERS = "bacedifogunalerosit"

Paragraphs = list[list[str]]


class Paper:
    """A made-up press of so many articles, every text following from its number."""

    def __init__(self, articles: int) -> None:
        self.articles = articles
        self._pool = pool()
        chance = random.Random(5)
        count = max(20, articles // 200)
        self._weights = list(accumulate(1 / (n + 1) for n in range(count)))
        self.footers = [[self._paragraph(chance, chance.randint(25, 60)) for _ in range(2)] for _ in range(count)]
        self._background = [self._paragraph(chance, chance.randint(30, 60)) for _ in range(max(10, articles // 10))]

    def words(self, chance: random.Random, count: int) -> list[str]:
        """Draw words as often as they are used."""
        pool, size = self._pool, len(self._pool)
        return [pool[n % size] for n in memoryview(chance.randbytes(4 * count)).cast("I")]

    def story(self, number: int, words: int = 0) -> Paragraphs:
        """Write the story of an article: a headline and paragraphs of 20 to 60 words."""
        chance = random.Random(number)
        left = words or round(min(2000, max(120, chance.lognormvariate(6.0, 0.42))))
        names = ["".join(chance.choices(LETTERS, k=6)).capitalize() for _ in range(8)]
        own = [*names, *(str(chance.randint(100, 99_999)) for _ in range(6))]
        found = [self._paragraph(chance, chance.randint(7, 12), own)]
        background = not words and chance.random() < BACKGROUND
        while left > 0:
            length = min(left, chance.randint(20, 60))
            length = left if left - length < LEAST else length
            found.append(self._paragraph(chance, length, own))
            left -= length
        if background:
            found.insert(2, self._background[chance.randrange(len(self._background))])
        return found

    def page(self, number: int) -> Paragraphs:
        """Give an article as its outlet runs it, with a footer."""
        chance = random.Random(f"outlet {number}")
        return (
            self.story(number, BRIEF - 10 if number % BRIEF == 0 else 0)
            + chance.choices(self.footers, cum_weights=self._weights)[0]
        )

    def _paragraph(self, chance: random.Random, count: int, own: list[str] | None = None) -> list[str]:
        words = self.words(chance, count)
        for _ in range(count // 14 if own else 0):
            words[chance.randrange(count)] = chance.choice(own or [""])
        at = 0
        while at < count:
            end = min(count, at + chance.randint(9, 27))
            words[at] = words[at].capitalize()
            words[end - 1] += "."
            at = end
        return words


def pool(size: int = 1 << 20, kinds: int = 200_000) -> list[str]:
    """List words, each as often as its rank in a language has it used; the rarer, the longer."""
    chance = random.Random(11)
    uses = [1 / (rank + 2.7) for rank in range(kinds)]
    whole = sum(uses)
    found: list[str] = []
    known: set[str] = set()
    for rank, use in enumerate(uses):
        _, least, more = max(kind for kind in KINDS if kind[0] <= rank)
        while (word := spelled(chance, least + round(more * chance.random()))) in known:
            pass
        known.add(word)
        found += [word] * max(1, round(use / whole * size))
    return found


def spelled(chance: random.Random, length: int) -> str:
    """Make up a word."""
    return "".join(chance.choice("bcdfghklmnprstvwz" if (n + length) % 2 else "aeiou") for n in range(length))


def text(paragraphs: Paragraphs) -> str:
    """Write paragraphs as a canonical text."""
    return "\n\n".join(map(" ".join, paragraphs)) + "\n"


def cut(paper: Paper, chance: random.Random, story: Paragraphs, words: int) -> Paragraphs:
    """Take so many words in a row out of a story, in its paragraphs, and change some."""
    start = chance.randint(0, sum(map(len, story)) - words)
    found = []
    for paragraph in story:
        taken = paragraph[max(0, start) : max(0, start + words)]
        start -= len(paragraph)
        if taken:
            found.append([paper.words(chance, 1)[0] if chance.random() < CHANGED else word for word in taken])
    return found


def inside(paper: Paper, chance: random.Random, passage: Paragraphs, times: float) -> Paragraphs:
    """Put a passage into the middle of a new page that is so many times as long, with a footer of its outlet."""
    new = paper.story(10**9 + chance.randrange(10**9), 8 + round(times * sum(map(len, passage))))
    half = len(new) // 2
    return new[:half] + passage + new[half:] + chance.choice(paper.footers)


def retold(paper: Paper, chance: random.Random, story: Paragraphs) -> Paragraphs:
    """Tell a story in other words: two fifths of its figures and long words, and no run of five words, are left."""
    words = [word for paragraph in story for word in paragraph if len(word) >= LONG or word.isdigit()]
    kept = chance.sample(words, len(words) * 2 // 5)
    new = paper.words(chance, sum(map(len, story)) - len(kept)) + kept
    chance.shuffle(new)
    return [new[at : at + 40] for at in range(0, len(new), 40)]


Copied = Callable[[Paper, random.Random, Paragraphs], Paragraphs]


def share(part: float) -> Copied:
    """Copy a part of a story."""
    return lambda paper, chance, story: cut(paper, chance, story, round(part * sum(map(len, story))))


def some(words: int) -> Copied:
    """Copy so many words of a story."""
    return lambda paper, chance, story: cut(paper, chance, story, min(words, sum(map(len, story))))


def within(copied: Copied, times: float) -> Copied:
    """Put what is copied into a new page."""
    return lambda paper, chance, story: inside(paper, chance, copied(paper, chance, story), times)


def reflowed(copied: Copied) -> Copied:
    """Put what is copied into one paragraph."""
    return lambda paper, chance, story: [[word for each in copied(paper, chance, story) for word in each]]
