"""Derivation: what is a copy at all, of how much, and of which revision."""

from __future__ import annotations

from datetime import datetime, timedelta
from itertools import pairwise

import pytest
from engine.texts import DAY_ONE, ELSEWHERE, HISTORY, LEAD, OBJECTION, PARAGRAPHS, PLANS, WITNESS, article, story, text

from provenance.engine.derivation import made_from
from provenance.model import Derivation, State

CHANGES = [{}, {"42,000": "24,000"}, {"42,000": "24,000", "310": "130"}]
CRANE = story(*map(article, CHANGES))
OWN = "Around the coast"
COMMENT = (
    "Columnists love a crane. Ours thinks that no town should rent out its skyline, whatever a beer maker offers, "
    "and that a tasting room is a poor use of riveted iron."
)
REPORT = (
    "Councillors decided on Monday evening to lease the disused hoist on the quay.",
    "A local beer maker will pay for it, and hopes to serve guests there from June.",
    "Several residents fear noise at night; a petition is under way.",
)
"""The same event told by somebody else."""


def is_copy(copy: str) -> bool:
    """Tell whether a text that declares nothing is taken for a copy of the crane's story."""
    return CRANE.judge(copy, declared=False) is not None


@pytest.mark.parametrize(
    "copy",
    [
        article(),
        article(headline="Beer by the water"),
        text(LEAD, WITNESS, headline=OWN),
        text(HISTORY, OBJECTION, PLANS, headline=OWN),
        text(*PARAGRAPHS, COMMENT, headline=OWN),
        text(LEAD, COMMENT, WITNESS, PLANS, headline=OWN),
        article({"has let": "let", "wants to open": "hopes to open", "collected": "gathered", "built": "made"}),
    ],
)
def test_a_text_that_is_mostly_the_article_s_is_a_copy(copy: str) -> None:
    """Whole, in part, in another order, lightly edited, or with a comment of its own."""
    assert is_copy(copy)


@pytest.mark.parametrize(
    "other",
    [
        text(*ELSEWHERE, headline=OWN),
        text(*REPORT, headline="Council leases hoist"),
        text(*ELSEWHERE, "“The crane had carried no load since the spring flood,” an engineer said.", headline=OWN),
        text(*ELSEWHERE, *ELSEWHERE, "The Harrowmouth crane was let to a brewery last week.", headline=OWN),
        text(COMMENT, headline=OWN),
        text("Harrowmouth", headline=OWN),
        "",
    ],
)
def test_a_text_about_something_else_is_no_copy(other: str) -> None:
    """Another story, another report of the event, a quotation, a mention: none derives from the article."""
    assert not is_copy(other)


def test_a_shared_footer_makes_no_copy() -> None:
    """What a site puts under each of its pages is no part of a story taken over."""
    footer = "Write to us at the harbour office, call the desk before noon, or send a photograph of what you saw."
    told = story(article({}, footer))

    assert told.judge(text(*ELSEWHERE, footer, headline=OWN), declared=False) is None


def test_a_republication_has_most_of_the_article_and_an_excerpt_a_part() -> None:
    """Half of it is the line between the two."""
    assert Derivation.REPUBLISHED is CRANE.copy(article()).derivation
    assert Derivation.REPUBLISHED is CRANE.copy(text(*PARAGRAPHS, *ELSEWHERE)).derivation
    assert Derivation.EXCERPTED is CRANE.copy(text(LEAD)).derivation


def test_coverage_grows_with_what_is_taken_over() -> None:
    """From nothing to all of it, paragraph by paragraph."""
    shares = [CRANE.copy(text(*PARAGRAPHS[:count], headline=OWN)).coverage for count in range(6)]

    assert all(left < right for left, right in pairwise(shares))
    assert 0 <= shares[0] < 0.1
    assert 0.85 < CRANE.copy(article()).coverage <= 1


@pytest.mark.parametrize("n", [0, 1, 2])
def test_a_whole_copy_is_made_from_the_revision_that_it_equals(n: int) -> None:
    """Each revision leaves its own words."""
    copy = CRANE.copy(article(CHANGES[n]))

    assert (n, (n, n)) == (copy.made_from, copy.made_from_range)


def test_an_excerpt_may_be_made_from_any_revision_that_has_it_so() -> None:
    """Without a passage that tells revisions apart, the first and the last that fit are given."""
    assert (0, 2) == CRANE.copy(text(WITNESS, PLANS)).made_from_range
    assert (1, 2) == CRANE.copy(text(LEAD.replace("42,000", "24,000"))).made_from_range
    assert (0, 1) == CRANE.copy(text(OBJECTION)).made_from_range


TIMES = [DAY_ONE + timedelta(days=n) for n in range(3)]


@pytest.mark.parametrize(
    ("made", "chosen"),
    [(None, 0), (TIMES[0] + timedelta(hours=1), 0), (TIMES[1], 1), (TIMES[2] + timedelta(days=9), 2)],
)
def test_among_equals_the_last_one_published_by_then_is_chosen(made: datetime | None, chosen: int) -> None:
    """The copy's own time decides where its words cannot; without it, the first that fits."""
    assert (chosen, (0, 2)) == made_from([], TIMES, made)


def test_words_outweigh_times() -> None:
    """A copy that says it is old but has the words of the last revision was made from that."""
    votes = [(1, State.CARRIED, 0.98), (2, State.CARRIED, 0.98)]

    assert (2, (2, 2)) == made_from(votes, TIMES, TIMES[0])


def test_a_copy_from_before_the_article_is_still_made_from_some_revision() -> None:
    """Clocks lie: a copy dated before the first revision gets the first one that fits."""
    assert 0 == made_from([], TIMES, TIMES[0] - timedelta(days=400))[0]


def test_unknown_times_of_publication_leave_the_words_alone() -> None:
    """Revisions without a time are as good as any."""
    assert (0, 2) == made_from([], [None, None, None], TIMES[0])[1]


def test_a_retelling_is_known_by_the_facts_that_it_takes_over() -> None:
    """Hardly a word in common, but every figure: a retelling. Some figures of the same event: a report of one's own."""
    wire = text(
        "The ferry Ostrava left Quill at 6:10 on 4 March with 212 passengers and ran aground at 7:35 off Merrow Sands.",
        "Two tugs took 48 children and 164 adults ashore by 11:20, and 9 were treated for cuts at the county hospital.",
        "The line paid 31,000 pounds in fines in 2019 after an inspection found 17 faults on its 3 oldest vessels.",
        headline="Ferry with 212 on board runs aground",
    )
    retold = text(
        "For 212 travellers the fourth of March began at 6:10 and stopped on a sandbank at 7:35.",
        "Everyone was off again by 11:20: 164 grown-ups, 48 kids, 9 of whom needed plasters from a nurse.",
        "Some will recall that its owners lost 31,000 pounds in 2019, when 17 things were wrong on 3 boats.",
        headline="A morning on the sand",
    )
    report = text(
        "A boat with about 200 people got stuck in the bay, the coastguard said at 8:05.",
        "It was called at 7:41 and had 2 helicopters up at 8:02; all 212 were safe at 11:20.",
        "The tide will be right again at 19:15, when 4 tugs are to pull, its spokesman told us.",
        headline="Coastguard: all safe",
    )
    ferry = story(wire)

    assert ferry.judge(retold, declared=False) is not None
    assert ferry.judge(report, declared=False) is None


def test_paragraphs_of_the_article_inside_a_long_page_make_it_a_copy() -> None:
    """Two paragraphs taken over as they stand are no mere quotation, however much stands around them."""
    assert is_copy(text(*ELSEWHERE, *ELSEWHERE, LEAD, WITNESS, *ELSEWHERE, *ELSEWHERE, headline=OWN))
