"""What standings cost: one copy against all revisions of its article, against one diff of the same texts by characters.

python bench/bench_standings.py [--only growth|articles|copies]... [--repeat N]

CPU seconds, the least of several turns taken one after the other. The baseline is one `fast_diff_match_patch.diff`, in
character mode and without a time limit, of a 5 KB article whose sentences are half rewritten.
"""

from __future__ import annotations

import argparse
import random
import re
import subprocess
import sys
from collections.abc import Callable, Iterator, Sequence
from importlib.util import find_spec
from itertools import count, pairwise
from time import process_time

from provenance.engine import standings, updates
from provenance.model import Metadata, Revision, Update

REVISIONS = 8
SMALL, LARGE = 5_000, 20_000
WORDS = tuple(
    "council harbour mayor budget bridge school river station market court police hospital union ferry library "
    "tender contract report inquiry minister audit engineer resident company lawyer witness tunnel reservoir "
    "festival museum orchard railway warehouse depot village quarry bakery pension surgeon glacier".split()
)
VERBS = tuple("approved rejected delayed announced criticised funded closed opened repaired sold inspected".split())
Work = Callable[[], object]


def main() -> None:
    """Print the figures."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--only", action="append", choices=["growth", "articles", "copies"])
    parser.add_argument("--repeat", type=int, default=5, metavar="N")
    parser.add_argument("--copy", choices=sorted(COPIES), help=argparse.SUPPRESS)  # one, in a process of its own
    options = parser.parse_args()
    if options.copy:
        _one_copy(options.copy)
        return
    parts = {"growth": lambda: growth(options.repeat), "articles": articles, "copies": copies}
    for name in options.only or parts:
        parts[name]()


def growth(repeat: int) -> None:
    """Compare the standings of one copy with one diff of texts of the same size, 5 KB and 20 KB."""
    if find_spec("fast_diff_match_patch") is None:
        print("fast-diff-match-patch is not installed: no baseline", file=sys.stderr)
        return
    from fast_diff_match_patch import diff

    spent: dict[int, dict[str, float]] = {}
    for size in (SMALL, LARGE):
        texts = history(size, REVISIONS)
        revisions, changes = article(texts)
        old, new = texts[0], rewritten(texts[0], 0.5, seed=5)
        ways: dict[str, Work] = {"diff": lambda old=old, new=new: diff(old, new, timelimit=0, cleanup="No")}
        for name, share in (("a reprint", 0.02), ("half rewritten", 0.5)):
            fresh = _fresh(texts[REVISIONS // 2], share)
            ways[name] = lambda r=revisions, u=changes, f=fresh: standings.judge(r, u, next(f), None, declared=True)
            ways[f"{name}, article not read before"] = lambda r=revisions, u=changes, f=fresh: _afresh(r, u, next(f))
        for work in (*ways.values(), ways["a reprint"]):  # the last one has the article read again
            work()
        spent[size] = least(ways, repeat)
        edits = sum(len(update.edits) for update in changes)
        base = spent[size].pop("diff")
        print(f"{size} characters, {REVISIONS} revisions, {edits} edits; one diff {base * 1000:.1f} ms")
        for name, cost in spent[size].items():
            print(f"  standings, {name:42} {cost * 1000:8.1f} ms  {cost / base:5.2f} x the diff")
    for name in spent[SMALL]:
        print(f"from {SMALL} to {LARGE} characters, {name:42} {spent[LARGE][name] / spent[SMALL][name]:5.2f} x")


def articles() -> None:
    """Show how the cost of the standings of one copy grows with the number of revisions."""
    for many in (8, 50, 100, 250, 500):
        texts = history(SMALL, many)
        begin = process_time()
        revisions, changes = article(texts)
        made = process_time() - begin
        copy = revision(texts[many // 2], "https://copy.example/")
        first = cpu(lambda r=revisions, u=changes, c=copy: standings.judge(r, u, c, None, declared=True))
        again = cpu(lambda r=revisions, u=changes, c=copy: standings.judge(r, u, c, None, declared=True))
        print(
            f"{many:4} revisions, {len(changes):4} updates: updates {made:6.2f} s, "
            f"standings {first:6.2f} s, again {again:6.2f} s"
        )


def copies() -> None:
    """Show what copies cost that no article has: each in a process of its own, for its peak of memory."""
    for name in COPIES:
        subprocess.run([sys.executable, __file__, "--copy", name], check=True)


def _one_copy(name: str) -> None:
    from resource import RUSAGE_SELF, getrusage

    texts = history(SMALL, 2)
    revisions, changes = article(texts)
    figures = []
    for size in (COPY // 4, COPY):
        text = COPIES[name](texts[0], size)
        before = getrusage(RUSAGE_SELF).ru_maxrss
        verdicts: list[object] = []
        copy = revision(text, "https://copy.example/")
        spent = cpu(lambda c=copy, v=verdicts: v.append(standings.judge(revisions, changes, c, None, declared=True)))
        updating = cpu(lambda t=text: updates.revise(revisions[0], revision(t, "https://news.example/", 1)))
        grown = (getrusage(RUSAGE_SELF).ru_maxrss - before) / 1024
        figures.append((len(text), spent, updating, grown))
    (small, quick, short, _), (large, slow, long, grown) = figures
    print(
        f"{name:22} {large / 1e6:5.2f} M characters: standings {slow:6.2f} s ({slow / quick:4.1f} x of a quarter), "
        f"as a revision {long:6.2f} s ({long / short:4.1f} x), memory + {grown:.0f} MiB"
    )
    assert small < large


def least(ways: dict[str, Work], repeat: int) -> dict[str, float]:
    """Give the least CPU seconds of each way, the turns interleaved so that a busy machine slows all of them."""
    found = {name: float("inf") for name in ways}
    for _ in range(repeat):
        for name, work in ways.items():
            found[name] = min(found[name], cpu(work))
    return found


def cpu(work: Work) -> float:
    """Give the CPU seconds that something takes."""
    begin = process_time()
    work()
    return process_time() - begin


def _fresh(text: str, share: float) -> Iterator[Revision]:
    """Give copies of a text that have not been read before, one after the other."""
    for seed in count():
        yield revision(rewritten(text, share, seed), "https://copy.example/")


def _afresh(revisions: Sequence[Revision], changes: Sequence[Update], copy: Revision) -> object:
    """Judge as if neither the article nor the copy had been read before."""
    forget()
    return standings.judge(revisions, changes, copy, None, declared=True)


def forget() -> None:
    """Empty what the engine keeps of texts that it has read."""
    import gc
    from functools import _lru_cache_wrapper

    for each in gc.get_objects():
        if isinstance(each, _lru_cache_wrapper) and getattr(each, "__module__", "").startswith("provenance.engine"):
            each.cache_clear()


def article(texts: Sequence[str]) -> tuple[list[Revision], list[Update]]:
    """Make an article of texts, oldest first, and work out its updates."""
    revisions = [revision(text, "https://news.example/", n) for n, text in enumerate(texts)]
    found = [u for old, new in pairwise(revisions) for u in updates.revise(old, new).updates]
    return revisions, found


def revision(text: str, url: str, n: int = 0) -> Revision:
    """Make a revision of a text."""
    return Revision(Metadata(url, language="en"), n, text=text)


def history(size: int, revisions: int) -> list[str]:
    """Write an article of about *size* characters, and change a sentence or two of it with every revision."""
    chance = random.Random(size)
    paragraphs: list[list[str]] = []
    while sum(len(each) + 1 for group in paragraphs for each in group) < size:
        paragraphs.append([sentence(chance) for _ in range(3)])
    texts = []
    for _ in range(revisions):
        texts.append("The council and the harbour\n\n" + "\n\n".join(" ".join(group) for group in paragraphs) + "\n")
        paragraphs = [list(group) for group in paragraphs]
        for _ in range(2):
            chance.choice(paragraphs)[chance.randrange(3)] = sentence(chance)
    return texts


def rewritten(text: str, share: float, seed: int) -> str:
    """Put other words in the place of a share of the words of every sentence."""
    chance = random.Random(seed)
    return "".join(
        chance.choice(WORDS) if word.isalpha() and word.islower() and chance.random() < share else word
        for line in text.splitlines(keepends=True)
        for word in re.findall(r"\w+|\W+", line)
    )


def sentence(chance: random.Random) -> str:
    """Write one sentence."""
    words = [chance.choice(WORDS) for _ in range(8)]
    number = chance.randrange(2, 900)
    return (
        f"The {words[0]} {words[1]} {chance.choice(VERBS)} {number} of the {words[2]} {words[3]} "
        f"for the {words[4]} near the {words[5]} of {words[6].title()} {words[7].title()}."
    )


COPY = 1_000_000
"""Characters of the largest copy."""


def _letters(size: int, letters: str) -> str:
    chance = random.Random(size)
    return " ".join("".join(chance.choices(letters, k=7)) for _ in range(size // 8))


COPIES: dict[str, Callable[[str, int], str]] = {
    "the article, repeated": lambda text, size: f"{text}\n" * (size // len(text)),
    "one word, repeated": lambda _, size: "harbour " * (size // 8),
    "random letters": lambda _, size: _letters(size, "abcdefghijklmnop"),
    "one long sentence": lambda text, size: text.replace(".", ",").replace("\n", " ") * (size // len(text)),
    "another script": lambda _, size: _letters(size, "абвгдежзийклмноп") + ".",
    "a script without spaces": lambda _, size: "".join(
        random.Random(size).choices("的一是不了人我在有他這中大來", k=size)
    ),
    "10,000 short lines": lambda _, size: "\n\n".join(f"line {n} of it" for n in range(size // 100)),
}
"""Copies that no article has, by what they are: given the article and a number of characters."""

if __name__ == "__main__":
    main()
