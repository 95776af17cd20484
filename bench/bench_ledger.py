"""What the ledger costs: CPU a revision to write, and a look at the status of 3,000 revisions with 400 copies.

Run it as `python bench/bench_ledger.py [REVISIONS]`. Figures are CPU milliseconds; the raw line is the same rows
through `sqlite3.executemany`, so that a noisy machine can be told from a slow ledger.
"""

from __future__ import annotations

import random
import sqlite3
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import closing
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

from provenance.ledger import Ledger
from provenance.ledger.codec import COLUMNS
from provenance.model import (
    ArticleId,
    Aspect,
    Claim,
    Copy,
    CopyState,
    Delta,
    Derivation,
    Edit,
    EditStanding,
    Kind,
    Metadata,
    Notice,
    Op,
    Revision,
    Says,
    Standing,
    State,
    Update,
)

START = datetime(2026, 1, 1, tzinfo=UTC)
EACH = 5
"""How many revisions an article has."""


def main() -> None:
    """Print the figures."""
    count = int(sys.argv[1]) if len(sys.argv) > 1 else 3000
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder, "ledger.sqlite")
        with Ledger.open(Path(folder, "warm.sqlite")) as ledger:
            write(ledger, conclusions(10))
        with Ledger.open(path) as ledger:
            made = conclusions(count)
            spent = cpu(lambda: write(ledger, made))
            print(f"write, a revision        {spent / count:8.4f} ms   (goal < 0.15)")
            rows = ledger.rows()
            spent = cpu(lambda: raw(Path(folder, "raw.sqlite"), path, rows))
            print(f"the same rows, raw       {spent / count:8.4f} ms")
            found = [(revision.article, prints(i)) for i, (revision, _) in enumerate(made[::EACH])]
            spent = cpu(lambda: fingerprints(ledger, found))
            print(f"60 fingerprints          {spent / (count // EACH):8.4f} ms")
            spent = cpu(lambda: look_up(ledger, 1))
            print(f"the same, indexed        {spent / (count // EACH):8.4f} ms")
            spent = cpu(lambda: look_up(ledger, 200))
            print(f"candidates for a text    {spent / 200:8.4f} ms")
            spent = cpu(lambda: copy(ledger, min(400, count // EACH - 1)))
            print(f"400 copies, each         {spent / 400:8.4f} ms")
            print(f"overview                 {cpu(ledger.overview):8.3f} ms")
            print(f"overview, behind only    {cpu(lambda: ledger.overview(behind_only=True)):8.3f} ms")
            print(f"all histories            {cpu(lambda: list(ledger.histories())):8.1f} ms")
        print(f"size, a revision         {path.stat().st_size / count:8.0f} bytes")


def cpu(work: Callable[[], object]) -> float:
    """Give the CPU milliseconds that something takes."""
    begin = time.process_time()
    work()
    return (time.process_time() - begin) * 1000


def revisions(count: int) -> Iterator[Revision]:
    """Yield made-up revisions, in the order of a log."""
    for i in range(count):
        article, n = i // EACH, i % EACH
        url = f"https://courier.example/2026/01/{article}-a-headline-of-some-length"
        yield Revision(
            metadata=Metadata(
                url=url,
                publisher="The Courier",
                headline=f"A headline of some length {article}",
                byline="By A. Reporter",
                language="en",
                published_at=START,
                modified_at=START + timedelta(minutes=i),
            ),
            n=n,
            id=f"{random.Random(i).getrandbits(160):040x}",
            observed_at=START + timedelta(minutes=i + 1),
            blob=f"{random.Random(-i).getrandbits(160):040x}",
        )


def update(revision: Revision) -> Update:
    """Make up a correction of three edits."""
    edits = tuple(
        Edit(n, Op.REPLACE, (Aspect.NUMBER,), f"{n} people died", f"{n + 1} people died", (n, n + 13), (n, n + 13))
        for n in range(3)
    )
    return Update(
        f"{revision.article}-{revision.n}", revision.n, Kind.CORRECTION, revision.n % 2 == 0, "a number", edits
    )


def conclusions(count: int) -> list[tuple[Revision, tuple[Update, ...]]]:
    """Make up revisions with their updates."""
    return [(revision, (update(revision),) if revision.n else ()) for revision in revisions(count)]


def write(ledger: Ledger, made: list[tuple[Revision, tuple[Update, ...]]]) -> None:
    """Write revisions, each with its delta, an update of three edits and, for one in five, a notice."""
    notice = Notice(
        "Correction: two died, not three.", (10, 40), (Claim(Says.CORRECTED, "three", "two"),), "x-not-y", "en"
    )
    for begin in range(0, len(made), 1000):
        with ledger.writing() as book:
            for revision, updates in made[begin : begin + 1000]:
                book.put_revision(revision, "a" * 64)
                if revision.n:
                    book.put_delta(
                        revision.article, revision.n, Delta("a" * 64, "b" * 64, "=100\t-3\t+two\t=4000\t" * 4)
                    )
                    book.put_updates(revision.article, revision.n, updates)
                if revision.n == 1:
                    book.put_notices(revision.article, revision.n, [notice])
            book.advance(f"commit-{begin}")


def raw(path: Path, like: Path, rows: dict[str, list[tuple[object, ...]]]) -> None:
    """Write the same rows into the same tables, with nothing in between."""
    with closing(sqlite3.connect(like)) as ours:
        schema = ";".join(sql for (sql,) in ours.execute("SELECT sql FROM sqlite_master WHERE sql IS NOT NULL"))
    with closing(sqlite3.connect(path)) as connection:
        connection.executescript(f"PRAGMA foreign_keys = ON; {schema}")
        for table, names in COLUMNS.items():
            places = ", ".join("?" * len(names))
            connection.executemany(f"INSERT INTO {table} VALUES ({places})", rows[table])  # noqa: S608
        connection.commit()


def prints(seed: int) -> list[int]:
    """Make up the fingerprints of a text of 1,000 words."""
    made = random.Random(seed)
    return [made.getrandbits(32) - (1 << 31) for _ in range(60)]


def fingerprints(ledger: Ledger, made: list[tuple[ArticleId, list[int]]]) -> None:
    """Write the fingerprints of articles."""
    with ledger.writing() as book:
        for article, found in made:
            book.put_fingerprints(article, found)
        book.advance("fingerprints")


def look_up(ledger: Ledger, times: int) -> None:
    """Look for the articles of texts."""
    with ledger.writing() as book:
        for i in range(times):
            assert book.candidates(prints(i), 3)
        book.advance("looked up")


def copy(ledger: Ledger, count: int) -> None:
    """Make copies of the first article, half of them behind."""
    made = list(revisions((count + 1) * EACH))
    upstream = made[0].article
    standing = Standing(
        "",
        State.MISSING,
        0.9,
        "the copy has the old number",
        tuple(
            EditStanding(
                n, State.MISSING, 0.9, "the same words", span=(n, n + 4), line=7, quote="3 people", wanted="2 people"
            )
            for n in range(3)
        ),
    )
    states = (replace(standing, update=f"{upstream}-{n}") for n in range(1, EACH))
    standings = tuple(states)
    with ledger.writing() as book:
        for i, revision in enumerate(made[EACH::EACH]):
            behind = i % 2 == 0
            book.put_copy(
                Copy(
                    article=revision.article,
                    upstream=upstream,
                    revision=4,
                    derivation=Derivation.REPUBLISHED,
                    made_from=0,
                    made_from_range=(0, 0),
                    coverage=0.9,
                    observed_at=START,
                    state=CopyState.BEHIND if behind else CopyState.CURRENT,
                    declared=True,
                    standings=standings if behind else tuple(replace(each, state=State.CARRIED) for each in standings),
                )
            )
        book.advance("copies")


if __name__ == "__main__":
    main()
