"""What finding the upstream of an unknown page costs, and how often it is the right one, among many articles.

    python bench/bench_lookup.py                      2,000 articles, under a minute
    python bench/bench_lookup.py --articles 100000    the size of the goals

The newspapers are made up, the same ones every time: words as frequent as in a language, names and figures of each
story's own, a footer for every outlet (many outlets have fewer articles than it takes for a footer to count as common),
background that several stories share. The index is the ledger's own, filled through the ledger. Times are CPU seconds.
"""

from __future__ import annotations

import argparse
import random
import sqlite3
import sys
import tempfile
import time
from collections.abc import Iterable, Iterator
from contextlib import closing
from datetime import UTC, datetime
from pathlib import Path

from press import BRIEF, Copied, Paper, reflowed, retold, share, some, text, within

from provenance.app.chunk import Chunk
from provenance.app.texts import Texts
from provenance.engine import fingerprints
from provenance.ledger import Book, Ledger
from provenance.model import AUTO, ArticleId, Metadata, Revision

GOAL = 100_000
"""How many articles the goals are about."""
AT = datetime(2026, 1, 1, tzinfo=UTC)
GOALS = {
    "100 %": share(1.0),
    "60 %": share(0.6),
    "30 %": share(0.3),
    "30 % inside a new page": within(share(0.3), 7 / 3),
}
TAIL = {
    "80 words": some(80),
    "60 words": some(60),
    "60 words, reflowed": reflowed(some(60)),
    "60 words inside 600 others": within(some(60), 10),
    "40 words": some(40),
    "25 words": some(25),
    "retold in other words": retold,
}
BRIEFS = {
    "a brief of 50 words": share(1.0),
    "a brief inside 600 other words": within(share(1.0), 12),
}


# --- measuring -------------------------------------------------------------------------------------------------------


class Bench:
    """A ledger full of articles, and the questions put to it."""

    def __init__(self, paper: Paper, path: Path) -> None:
        self.paper = paper
        self.path = path
        self.ids: list[ArticleId] = []
        self.pages: dict[str, str] = {}

    def revision(self, name: str, blob: str, body: str, n: int = 0, copy_of: str = "") -> Revision:
        """Give a text as a fact of the log."""
        url = f"https://{name}.example/a"
        declared = Metadata(url=url, publisher=name, copy_of=copy_of)
        return Revision(metadata=declared, n=n, id=blob, observed_at=AT, blob=blob, text=body)

    def fill(self, book: Book, numbers: Iterable[int]) -> int:
        """Put articles into the ledger, one in five with a second revision; give the number of their words."""
        words = 0
        for number in numbers:
            page = self.paper.page(number)
            blob = f"a{number:039x}"
            first = self.revision(f"outlet{number}", blob, text(page))
            book.put_revision(first)
            book.put_fingerprints(first.article, prints := fingerprints.of(first.text))
            if number % 5 == 0:
                page[1] = [*page[1][:-3], "corrected", *page[1][-2:]]
                book.put_revision(second := self.revision(f"outlet{number}", f"b{number:039x}", text(page), 1))
                book.put_fingerprints(second.article, fingerprints.of(second.text) - prints)
            self.ids.append(first.article)
            words += sum(map(len, page))
        return words

    def copies(self, copied: Copied, count: int, *, briefs: bool = False) -> Iterator[tuple[ArticleId, str]]:
        """Yield copies of articles drawn by chance, each with the article that it is of."""
        chance = random.Random(99)
        for _ in range(count):
            number = chance.randrange(self.paper.articles // BRIEF) * BRIEF
            number += 0 if briefs else chance.randint(1, BRIEF - 1)
            story = self.paper.story(number, BRIEF - 10 if briefs else 0)
            yield self.ids[number], text(copied(self.paper, chance, story))

    def strangers(self, count: int) -> Iterator[str]:
        """Yield pages that share nothing with any article but a footer, and background that others have as well."""
        chance = random.Random(77)
        for number in range(count):
            page = self.paper.story(2 * 10**9 + number, chance.randint(150, 600))
            yield text([*page, *chance.choice(self.paper.footers)])

    def read(self, blobs: Iterable[str]) -> Iterator[bytes]:
        """Give texts by their objects, as a store does."""
        for blob in blobs:
            number = int(blob[1:], 16)
            if blob[0] == "p":
                yield self.pages[blob].encode()
                continue
            page = self.paper.page(number)
            if blob[0] == "b":
                page[1] = [*page[1][:-3], "corrected", *page[1][-2:]]
            yield text(page).encode()

    def taken(self, book: Book, pages: Iterable[str], name: str) -> Iterator[list[ArticleId]]:
        """Take in pages that ask for their upstream, one after the other; yield what was found for each."""
        texts = Texts(self.read)
        for number, body in enumerate(pages):
            blob = f"p{len(self.pages):039x}"
            self.pages[blob] = body
            page = self.revision(f"{name}{number}", blob, body, copy_of=AUTO)
            Chunk(book, texts).take([page])
            yield [link.upstream for link in book.upstreams_of(page.article)]


def build(bench: Bench, ledger: Ledger) -> None:
    """Fill the ledger, and say what that took."""
    words = 0
    spent = {"made up, fingerprinted and written": 0.0, "indexed": 0.0}
    for start in range(0, bench.paper.articles, 2000):
        with ledger.writing() as book:
            began = time.process_time()
            words += bench.fill(book, range(start, min(start + 2000, bench.paper.articles)))
            spent["made up, fingerprinted and written"] += time.process_time() - began
            began = time.process_time()
            book.candidates((), limit=1)
            book.advance(f"commit-{start}")
            spent["indexed"] += time.process_time() - began
    count = bench.paper.articles
    print(f"{count} articles of {words / count:.0f} words on average")
    for what, seconds in spent.items():
        print(f"  {what} in {seconds:.1f} s, {seconds / count * 1000:.2f} ms each")


def size(bench: Bench) -> None:
    """Print what the index takes in the file."""
    with closing(sqlite3.connect(bench.path)) as connection:
        sizes = dict(connection.execute("SELECT name, sum(pgsize) FROM dbstat GROUP BY name"))
        [(rows, common)] = connection.execute("SELECT count(*), sum(holder < 0) FROM fingerprint_index")
    taken = sum(each for name, each in sizes.items() if "fingerprint" in name)
    goal = "<= 900" if bench.paper.articles >= GOAL else ""  # the more articles, the more of it is common
    figure("index, bytes an article", taken / bench.paper.articles, goal, ".0f")
    each = rows / bench.paper.articles
    print(f"  {each:.1f} rows an article, {taken / rows:.1f} bytes each; {common} fingerprints are common")


def recall(bench: Bench, book: Book, count: int) -> None:
    """Print how often the first candidate is the article that a page was copied from."""
    for title, kinds, briefs in (("recall@1 of a copy of", GOALS, False), ("", TAIL, False), ("", BRIEFS, True)):
        for kind, copied in kinds.items():
            asked = [(true, fingerprints.of(body)) for true, body in bench.copies(copied, count, briefs=briefs)]
            found = [(true, book.candidates(prints, limit=1)) for true, prints in asked]
            right = sum(bool(best) and best[0].article == true for true, best in found)
            figure(f"{title or '  not a goal:'} {kind}", right / count, ">= 0.99" if title else "", ".4f")


def query(bench: Bench, book: Book, count: int) -> None:
    """Print what a look-up costs beside the fingerprints that it asks with."""
    pages = [body for _, body in bench.copies(within(share(0.3), 7 / 3), count)]
    began = time.process_time()
    asked = [fingerprints.of(body) for body in pages]
    printed = time.process_time() - began
    began = time.process_time()
    for prints in asked:
        book.candidates(prints, limit=6)
    looked = time.process_time() - began
    figure("query, against fingerprinting the page", looked / printed, "<= 3", ".2f")
    print(f"  {printed / count * 1000:.2f} ms a page for fingerprints, {looked / count * 1000:.2f} ms for the look-up")


def decided(bench: Bench, book: Book, count: int) -> None:
    """Print what comes of pages that ask for their upstream, candidates read and judged."""
    began = time.process_time()
    found = list(bench.taken(book, bench.strangers(count), "stranger"))
    spent = time.process_time() - began
    figure(
        "false upstreams among unrelated pages with a footer in common", sum(map(bool, found)) / count, "<= 0.01", ".4f"
    )
    print(f"  {spent / count * 1000:.1f} ms a page to take it in, all told")
    for kind, copied in (GOALS | {"60 words": some(60)}).items():
        pages = list(bench.copies(copied, count // 5))
        found = list(bench.taken(book, (body for _, body in pages), kind[:2] + str(len(bench.pages))))
        right = sum(upstreams == [true] for (true, _), upstreams in zip(pages, found, strict=True))
        wrong = sum(map(bool, found)) - right
        print(f"  judged to be a copy: {kind:24} {right / len(pages):.3f}, of another {wrong / len(pages):.3f}")


def figure(name: str, value: float, goal: str, form: str) -> None:
    """Print a figure beside its goal."""
    missed = "" if not goal or _reached(value, goal) else "   MISSED"
    print(f"{name:62} {format(value, form):>9}   {goal}{missed}", flush=True)


def _reached(value: float, goal: str) -> bool:
    sign, number = goal.split()
    return value >= float(number) if sign == ">=" else value <= float(number)


def main() -> None:
    """Print every figure beside its goal."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--articles", type=int, default=2000, help="how many articles are held (2000)")
    parser.add_argument("--copies", type=int, default=500, help="how many copies of a kind are looked up (500)")
    options = parser.parse_args()
    began = time.process_time()
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder, "ledger.sqlite")
        bench = Bench(Paper(options.articles), path)
        with Ledger.open(path) as ledger:
            build(bench, ledger)
            size(bench)
            with ledger.writing() as book:
                recall(bench, book, options.copies)
                query(bench, book, options.copies)
                decided(bench, book, options.copies)
                book.advance("asked")
    print(f"all of it in {time.process_time() - began:.0f} s", file=sys.stderr)


if __name__ == "__main__":
    main()
