"""Many writers, one ledger: nothing twice, nothing lost, nobody turned away."""

from __future__ import annotations

import subprocess
import sys

from ledger.made import article, put, revision

from provenance.ledger import Ledger

PROCESSES = 6
EACH = 10

WRITER = """if True:
    import sys
    from provenance.ledger import Ledger
    from provenance.model import Metadata, Revision
    for _ in range(int(sys.argv[2])):
        with Ledger.open(sys.argv[1]) as ledger, ledger.writing() as book:
            n = int(book.cursor or 0)
            book.put_revision(Revision(Metadata("https://courier.example/a"), n, f"{n:040x}"), "0" * 64)
            book.advance(str(n + 1))
"""


def test_writers_at_once_lose_nothing_and_double_nothing(place: str) -> None:
    """Each takes the next number from the cursor; the first of them makes the ledger while the others wait."""
    started = [
        subprocess.Popen([sys.executable, "-c", WRITER, place, str(EACH)], stderr=subprocess.PIPE, text=True)
        for _ in range(PROCESSES)
    ]
    said = [process.communicate()[1] for process in started]

    assert [""] * PROCESSES == said
    with Ledger.open(place) as ledger:
        assert str(PROCESSES * EACH) == ledger.cursor()
        assert list(range(PROCESSES * EACH)) == [held.n for held in ledger.revisions()]
        assert PROCESSES * EACH == ledger.overview().revisions


def test_nobody_waits_for_whoever_takes_their_time(ledger: Ledger) -> None:
    """What somebody reads article by article, into a pager perhaps, holds off no writer."""
    put(ledger, revision("a"), revision("b"))

    streams = (ledger.histories(), ledger.articles(), ledger.outlines(), ledger.histories_of([article("a")]))
    for n, stream in enumerate(streams, 1):
        next(stream)
        put(ledger, revision("a", n))

    assert 6 == ledger.overview().revisions


def test_a_reader_sees_one_moment_while_others_write(ledger: Ledger) -> None:
    """An answer that comes in pieces is of the moment at which it began, and a look waits for no writer."""
    put(ledger, revision("a"))

    with ledger.writing() as book:
        book.put_revision(revision("b"))
        book.links([revision("b").article], ())
        assert 1 == ledger.overview().articles
        book.advance("x")

    assert 2 == ledger.overview().articles
