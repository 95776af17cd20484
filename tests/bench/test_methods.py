"""The methods that the verdicts are compared with: each does what its description says."""

from __future__ import annotations

from accuracy import aligned, methods, whole
from accuracy.aligned import Block
from accuracy.methods import Article
from accuracy.plain import Plain
from accuracy.whole import Whole
from accuracy.words import Words, hunks, read

OLD = read("The council has let the old crane to a brewery for 42,000 pounds a year, it said on Monday.")
NEW = read("The council has let the old crane to a brewery for 24,000 pounds a year, it said on Monday.")


def test_words_are_folded_and_keep_their_place() -> None:
    """A word is known in either case, a figure whole, and a sign is none."""
    found = read("Let for 42,000, He said. 東京")

    assert ("let", "for", "42,000", "he", "said", "東", "京") == found.words
    assert "42,000" == found.text[slice(*found.span(2, 3))]


def test_the_plain_method_finds_words_in_their_place() -> None:
    """Three words on each side have to stand there too."""
    change = change_of(OLD, NEW)

    assert "missing" == Plain().state(*change, OLD, 0)
    assert "carried" == Plain().state(*change, NEW, 0)
    assert "not_applicable" == Plain().state(*change, read("It went for 24,000 crowns."), 0)


def test_difflib_tells_the_side_that_has_more_of_the_changed_words() -> None:
    """A sentence around the change may be cut; the words beside it decide whether it is there at all."""
    change = change_of(OLD, NEW)

    assert "carried" == Whole().state(*change, read("We hear that to a brewery for 24,000 pounds a year it went."), 0)
    assert "not_applicable" == Whole().state(*change, read("Rain is expected on Tuesday."), 0)


def test_an_addition_that_is_absent_beside_its_neighbours_is_missing() -> None:
    """An insertion has no old words: the words around it tell that it could be expected."""
    longer = read(f"{NEW.text} The brewery denied that.")
    article, change = change_of(NEW, longer)

    assert "missing" == aligned.shown(whole.blocks, article, change, NEW)
    assert "carried" == aligned.shown(whole.blocks, article, change, longer)


def test_blocks_are_runs_that_both_texts_have() -> None:
    """Each block says where it begins in both, and how long it is."""
    assert (Block(0, 0, 11), Block(12, 12, 7)) == whole.blocks(OLD, NEW)


def test_a_change_that_was_taken_back_is_overtaken() -> None:
    """What a change brought stands no more in the last revision."""
    article = Article("u", (OLD, NEW, OLD), tuple((n + 1, hunk) for n, hunk in enumerate(hunks(OLD, NEW) * 2)))

    assert methods.overtaken(article, article.changes[0])
    assert not methods.overtaken(article, article.changes[1])


def change_of(old: Words, new: Words) -> tuple[Article, tuple[int, methods.Hunk]]:
    """Give an article of two revisions, and the one change between them."""
    [hunk] = hunks(old, new)
    return Article("u", (old, new), ((1, hunk),)), (1, hunk)
