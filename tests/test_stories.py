"""What happens to stories and their copies, told with the newsroom: one rule a test."""

from __future__ import annotations

from newsroom import Newsroom

from provenance.model import CopyState, Kind, State

LEAD = "Three people died when the ferry went down in calm water on Tuesday, the harbour police said."


def test_a_copy_that_predates_the_correction_misses_it(newsroom: Newsroom) -> None:
    """A copy observed after a correction, still with the old text, misses it."""
    wire = newsroom.publish(LEAD)
    copy = newsroom.syndicate(wire)
    newsroom.correct(wire, "Three people", "Two people")
    newsroom.observe(copy)

    [standing] = newsroom.standings(copy)

    assert State.MISSING is standing.state
    assert "Three people" in standing.edits[0].quote


def test_a_copy_not_seen_since_the_correction_is_unseen(newsroom: Newsroom) -> None:
    """Nobody has looked at the copy since: it has not been shown to miss anything."""
    wire = newsroom.publish(LEAD)
    copy = newsroom.syndicate(wire)
    newsroom.correct(wire, "Three people", "Two people")

    assert CopyState.UNSEEN is newsroom.copy(copy).state


def test_a_copy_made_after_the_correction_carries_it(newsroom: Newsroom) -> None:
    """Who copies the corrected text has the correction."""
    wire = newsroom.publish(LEAD)
    newsroom.correct(wire, "Three people", "Two people")
    copy = newsroom.syndicate(wire)

    [standing] = newsroom.standings(copy)

    assert State.CARRIED is standing.state
    assert CopyState.CURRENT is newsroom.copy(copy).state


def test_a_copy_that_is_mended_becomes_current(newsroom: Newsroom) -> None:
    """A copy whose words are put right carries the correction from then on, and is said to have dropped the note."""
    wire = newsroom.publish(LEAD)
    copy = newsroom.syndicate(wire)
    newsroom.correct(wire, "Three people", "Two people")
    newsroom.revise(copy, "Three people", "Two people")

    [standing] = newsroom.standings(copy)

    assert (State.CARRIED, True) == (standing.state, standing.notice_dropped)


def test_an_excerpt_without_the_passage_is_not_concerned(newsroom: Newsroom) -> None:
    """A correction of a passage that a copy does not have leaves nothing in it out of date."""
    wire = newsroom.publish(LEAD, "Rescue boats from Harrowmouth and two fishing boats brought 41 passengers ashore.")
    copy = newsroom.excerpt(wire, 1)
    newsroom.correct(wire, "41 passengers", "47 passengers")
    newsroom.observe(copy)

    [standing] = newsroom.standings(copy)

    assert State.NOT_APPLICABLE is standing.state
    assert CopyState.CURRENT is newsroom.copy(copy).state


def test_an_edit_that_no_note_discloses_is_silent(newsroom: Newsroom) -> None:
    """A figure changed without a word to the reader is an update that is not declared."""
    wire = newsroom.publish(LEAD)
    newsroom.revise(wire, "Three people", "Two people")

    [update] = newsroom.updates(wire)

    assert not update.declared
    assert update.kind is not Kind.REFILE


def test_a_correction_with_a_note_is_declared(newsroom: Newsroom) -> None:
    """The note says what was wrong: the update is a correction, and no stealth edit."""
    wire = newsroom.publish(LEAD)
    newsroom.correct(wire, "Three people", "Two people")

    [update] = newsroom.updates(wire)

    assert (Kind.CORRECTION, True) == (update.kind, update.declared)


def test_a_retraction_is_missed_by_whoever_still_runs_the_story(newsroom: Newsroom) -> None:
    """A killed story that stands somewhere else is the gravest thing that a copy can miss."""
    wire = newsroom.publish(LEAD)
    copy = newsroom.syndicate(wire)
    newsroom.retract(wire)
    newsroom.observe(copy)

    [update] = newsroom.updates(wire)

    assert Kind.RETRACTION is update.kind
    assert CopyState.BEHIND is newsroom.copy(copy).state


def test_a_correction_taken_back_is_superseded(newsroom: Newsroom) -> None:
    """When the old words are right after all, only the later update counts."""
    wire = newsroom.publish(LEAD)
    copy = newsroom.syndicate(wire)
    newsroom.correct(wire, "Three people", "Two people")
    newsroom.revise(wire, "Two people", "Three people")
    newsroom.observe(copy)

    first, *_ = newsroom.standings(copy)

    assert State.SUPERSEDED is first.state
    assert CopyState.BEHIND is not newsroom.copy(copy).state


def test_the_upstream_of_a_copy_is_found_without_being_told(newsroom: Newsroom) -> None:
    """A copy that does not say where it comes from is matched with the article whose words it has."""
    wire = newsroom.publish(LEAD)
    newsroom.publish("The council voted on Monday to close the library.", headline="Library to close", rest=())
    copy = newsroom.syndicate(wire, found=True)

    assert (wire,) == newsroom.history(copy).article.copy_of


def test_a_copy_of_a_copy_is_judged_by_what_it_was_made_from(newsroom: Newsroom) -> None:
    """In a chain, the last link misses what the middle one has mended."""
    wire = newsroom.publish(LEAD)
    middle = newsroom.syndicate(wire, site="evening")
    last = newsroom.syndicate(middle, site="brief")
    newsroom.revise(middle, "Three people", "Two people")
    newsroom.observe(last)

    [standing] = newsroom.standings(last)

    assert State.MISSING is standing.state
