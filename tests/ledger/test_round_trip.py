"""What goes into the ledger comes out equal, and again equal when it is worked out anew."""

from __future__ import annotations

from collections.abc import Callable

from hypothesis import given, settings
from hypothesis import strategies as st
from ledger.made import Story, stories, tell

from provenance.ledger import Ledger


@settings(max_examples=30)
@given(story=stories())
def test_every_value_comes_out_as_it_went_in(story: Story, place: str) -> None:
    """Revisions, notices, deltas, updates with edits, copies with standings: equal to the last field."""
    with Ledger.open(place) as ledger:  # one for all examples: each has articles of its own
        with ledger.writing() as book:
            tell(book, story)
            book.advance("x")

        article = story.revisions[0].article
        history = ledger.history(article)

        assert story.revisions == history.revisions
        assert {n: each for n, each in story.notices.items() if each} == history.notices
        assert tuple(each for n in story.updates for each in story.updates[n]) == history.updates
        assert (story.copy,) == history.copies
        assert story.deltas == {n: each for (_, n), each in ledger.deltas_of([article]).items()}
        assert history.notices == {n: each for (_, n), each in ledger.notices_of([article]).items()}
        assert story.revisions[-1] == ledger.current([article])[article].revision
        assert (article,) == ledger.history(story.copy.article).article.copy_of


@settings(max_examples=10)
@given(told=st.lists(stories(), min_size=1, max_size=3), cuts=st.sets(st.integers(0, 3)))
def test_the_rows_do_not_depend_on_how_the_log_was_cut(
    told: list[Story], cuts: set[int], new_place: Callable[[], str]
) -> None:
    """All in one transaction, or in several with answers read in between: every row of every table is the same."""
    with Ledger.open(new_place()) as whole, Ledger.open(new_place()) as pieces:
        with whole.writing() as book:
            for story in told:
                tell(book, story)
            book.advance("end")
        for n, story in enumerate(told):
            with pieces.writing() as book:
                tell(book, story, asking=n in cuts)
                book.advance("end")

        assert whole.rows() == pieces.rows()
