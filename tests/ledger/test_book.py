"""The writing side: what is put is seen at once, whether or not it has been written."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from datetime import timedelta
from pathlib import Path

import pytest
from ledger.made import NOON, article, copy, put, revision, standing, update, url

from provenance.errors import DamageError
from provenance.ledger import Book, Candidate, Ledger, Link
from provenance.ledger.fingerprints import COMMON, COMMON_WORD
from provenance.model import CopyState, State, digest


def test_what_is_put_is_seen_before_it_is_written(ledger: Ledger) -> None:
    """The current revision is the last one put, without its text, with the digest of its text."""
    put(ledger, revision("a"))

    with ledger.writing() as book:
        book.put_revision(revision("a", 1, "Two died.\n"))
        book.observe(article("a"), 1, NOON + timedelta(days=1))
        found = book.current([article("a"), article("unheard of")])

        assert [article("a")] == list(found)
        assert (1, "", digest("Two died.\n")) == (
            found[article("a")].n,
            found[article("a")].revision.text,
            found[article("a")].text_digest,
        )
        assert NOON + timedelta(days=1) == found[article("a")].observed_at
        assert [0, 1] == [each.n for each in book.revisions_of(article("a"))]
        book.advance("x")

    assert found == ledger.current([article("a")])


def test_a_later_look_counts_though_nothing_changed(ledger: Ledger) -> None:
    """An observation in a later transaction moves the time of the last look, and no revision."""
    put(ledger, revision("a"))

    with ledger.writing() as book:
        book.observe(article("a"), 0, NOON + timedelta(days=2))
        seen = book.current([article("a")])[article("a")]
        book.advance("x")

    assert NOON + timedelta(days=2) == seen.observed_at == ledger.current([article("a")])[article("a")].observed_at
    assert NOON == ledger.history(article("a")).revisions[0].observed_at


def test_a_fact_that_was_read_twice_is_damage(ledger: Ledger) -> None:
    """The same revision again cannot be: the ledger does not fit its cursor, and says so."""
    put(ledger, revision("a"))

    with pytest.raises(DamageError, match="damaged"):
        put(ledger, revision("a"))


def test_a_verdict_replaces_the_one_before(ledger: Ledger) -> None:
    """A pair has one copy with its standings; dropped, nothing of it is left."""
    fix = update("a")
    put(ledger, revision("a"), revision("a", 1), ("a", fix), revision("b"))
    put(ledger, copy("b", "a", CopyState.BEHIND, [standing(fix)]))
    put(ledger, mended := copy("b", "a", CopyState.CURRENT, [standing(fix, State.CARRIED)]))

    assert (mended,) == ledger.history(article("a")).copies
    with ledger.writing() as book:
        book.drop_copy(article("b"), article("a"))
        book.advance("x")
    rows = ledger.rows()
    assert [] == rows["copies"] == rows["standings"] == rows["edit_standings"]
    assert 0 == ledger.find(article("a"))[0].copies


def test_links_are_judged_or_declared(ledger: Ledger) -> None:
    """A copy that declares its upstream is known before it is judged, whichever of the two came first."""
    put(ledger, revision("b", copy_of=url("a")), revision("c"), revision("d", copy_of=url("unheard of")), revision("a"))
    put(ledger, copy("c", "a"))
    declared = Link(article("b"), article("a"), declared=True, judged=False)
    found = Link(article("c"), article("a"), declared=False, judged=True)

    with ledger.writing() as book:
        assert {declared, found} == set(book.downstream_of(article("a")))
        assert (declared,) == book.upstreams_of(article("b"))
        assert (found,) == book.upstreams_of(article("c"))
        assert () == book.upstreams_of(article("d")) == book.upstreams_of(article("a"))
        assert {declared, found} == set(book.links([article("b"), article("c")], []))
        book.put_copy(copy("b", "a"))
        assert (declared._replace(judged=True),) == book.upstreams_of(article("b"))
        book.advance("x")


def test_an_article_that_names_itself_is_no_copy(ledger: Ledger) -> None:
    """A declaration that points to the article itself makes no link."""
    put(ledger, revision("a", copy_of=url("a")))

    with ledger.writing() as book:
        assert () == book.links([article("a")], [article("a")])


def test_what_asks_for_an_upstream_waits_until_it_has_one(ledger: Ledger) -> None:
    """Pending are the articles declared `auto` without an upstream, from before and from this transaction."""
    put(ledger, revision("a"), revision("b", copy_of="auto"))

    with ledger.writing() as book:
        assert {article("b")} == book.pending_auto()
        book.put_revision(revision("c", copy_of="auto"))
        assert {article("b"), article("c")} == book.pending_auto()
        book.put_copy(copy("b", "a"))
        assert {article("c")} == book.pending_auto()
        book.put_revision(revision("b", 1, copy_of="auto"))
        book.put_revision(revision("c", 1))
        assert set() == book.pending_auto()
        book.drop_copy(article("b"), article("a"))
        assert {article("b")} == book.pending_auto()
        book.advance("x")


def test_the_article_that_shares_the_rarest_comes_first(ledger: Ledger) -> None:
    """Weight goes by rarity: one in k articles weighs 1/k. The text's own article is left out."""
    with ledger.writing() as book:
        prints(book, {"a": {1, 2, 3}, "b": {3, 4}, "c": {3}})
        found = book.candidates({2, 3, 4, 99}, limit=2, besides=article("c"))
        book.advance("x")

    weight = round(1 + 1 / 3, 6)
    assert (
        sorted([Candidate(article("a"), 2, weight), Candidate(article("b"), 2, weight)], key=lambda each: each.article)
        == found
    )


@pytest.mark.parametrize(("kind", "most"), [(8, COMMON), (7, COMMON_WORD)], ids=["run", "word"])
def test_boilerplate_finds_nothing(ledger: Ledger, kind: int, most: int) -> None:
    """A run that stands in more than fifty articles, or a word in more than thirty-two, is no evidence of anything."""
    with ledger.writing() as book:
        prints(book, {f"a{n}": {kind, 1000 + n} for n in range(most)})
        assert most == len(book.candidates({kind}, limit=1000))
        prints(book, {"one more": {kind}})
        assert [] == book.candidates({kind})
        assert frozenset({kind}) == book.common({kind, 1000})
        assert [article("a3")] == [each.article for each in book.candidates({kind, 1003})]
        book.advance("x")


def test_fingerprints_are_kept_once(ledger: Ledger) -> None:
    """Those of a later text join the earlier ones, in the same transaction or in another."""
    with ledger.writing() as book:
        prints(book, {"a": {1, 2}})
        book.candidates({1})
        prints(book, {"a": {2, 3}})
        book.advance("x")
    with ledger.writing() as book:
        prints(book, {"a": {3, 2**31 - 1}})
        prints(book, {"a": {-(2**31)}})
        book.advance("y")

    with ledger.writing() as book:
        found = {each: len(book.candidates({each})) for each in (-(2**31), 0, 1, 2, 3, 2**31 - 1)}
        assert [5] == [each.shared for each in book.candidates({-(2**31), 1, 2, 3, 2**31 - 1})]

    assert {-(2**31): 1, 0: 0, 1: 1, 2: 1, 3: 1, 2**31 - 1: 1} == found


def test_what_is_common_stays_so(ledger: Ledger, path: Path) -> None:
    """Once a fingerprint stands in more than fifty articles, one row says so, however many more come."""
    many = {f"a{n}": {6, 1000 + n} for n in range(COMMON + 1)}
    for step in (many, {"later": {6, 8}}, {"a3": {6, 9}}):
        with ledger.writing() as book:
            prints(book, step)
            assert [] == book.candidates({6})
            book.advance("x")

    with closing(sqlite3.connect(path)) as connection:
        [(rows,)] = connection.execute("SELECT count(*) FROM fingerprint_index WHERE fingerprint = 6")
    assert 1 == rows
    with ledger.writing() as book:
        assert [(article("a3"), 2)] == [(each.article, each.shared) for each in book.candidates({6, 9, 1003})]


def test_the_index_is_the_same_however_it_is_filled(ledger: Ledger, tmp_path: Path) -> None:
    """Asked at every step or at the end alone, the same articles are found with the same weight."""
    steps = [{f"a{n}": {n % 3, n, n + 1, 500}} for n in range(2 * COMMON)]
    asked = range(2 * COMMON)
    with ledger.writing() as book:
        for step in steps:
            prints(book, step)
            book.candidates({1})
        found = book.candidates(asked, limit=1000)
        book.advance("x")

    with Ledger.open(tmp_path / "at once.sqlite") as other, other.writing() as book:
        for step in steps:
            prints(book, step)
        assert found == book.candidates(asked, limit=1000)
        book.advance("x")


def test_articles_that_the_index_cannot_tell_apart_are_both_found(ledger: Ledger) -> None:
    """The index knows an article by the first half of its id: of two with the same, neither hides the other."""
    assert article("a21995")[:8] == article("a30282")[:8]

    with ledger.writing() as book:
        prints(book, {"a21995": {1}, "a30282": {1, 2}, "other": {2}})
        found = book.candidates({1}, limit=3)
        besides = book.candidates({1, 2}, limit=1, besides=article("a21995"))
        book.advance("x")

    assert [article("a21995"), article("a30282")] == [each.article for each in found]
    assert [article("a30282")] == [each.article for each in besides]


def prints(book: Book, texts: dict[str, set[int]]) -> None:
    """Put the fingerprints of articles by their short names."""
    for name, found in texts.items():
        if not book.current([article(name)]):
            book.put_revision(revision(name))
        book.put_fingerprints(article(name), found)
