"""Caught up: when a copy was first seen to carry an update, and when it was last seen without it."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from newsroom import Newsroom

from provenance.app.catch_up import catch_up
from provenance.app.workspace import Workspace
from provenance.engine import standings
from provenance.model import ArticleId, Standing, State

HURT = "Three people died when the ferry went down, the harbour police said on Tuesday."
HOUR = timedelta(hours=1)


def the(newsroom: Newsroom, copy: ArticleId) -> Standing:
    """Give what a copy shows of the one update."""
    [standing] = newsroom.standings(copy)
    return standing


def test_a_copy_that_was_mended_was_last_seen_without_it_and_first_seen_with_it(newsroom: Newsroom) -> None:
    """Looked at three times after the correction: still wrong, changed elsewhere, mended, and later still mended."""
    wire = newsroom.publish(HURT)
    copy = newsroom.syndicate(wire)
    newsroom.correct(wire, "Three people", "Two people")
    newsroom.observe(copy)
    newsroom.revise(copy, "Divers from the coastguard", "Divers of the coastguard")
    newsroom.observe(copy)
    wrong = newsroom.now
    newsroom.revise(copy, "Three people", "Two people")
    mended = newsroom.now
    newsroom.add(copy, "Read more in our morning letter, which is free of charge for everybody.")
    newsroom.observe(copy)

    found = the(newsroom, copy)

    assert (State.CARRIED, mended, wrong) == (found.state, found.first_seen, found.last_missing)


def test_a_copy_that_was_not_looked_at_before_it_was_mended_never_missed_it(newsroom: Newsroom) -> None:
    """What was seen before the correction came out says nothing of whether the copy missed it."""
    wire = newsroom.publish(HURT)
    copy = newsroom.syndicate(wire)
    newsroom.observe(copy)
    newsroom.correct(wire, "Three people", "Two people")
    newsroom.revise(copy, "Three people", "Two people")

    found = the(newsroom, copy)

    assert (State.CARRIED, newsroom.now, None) == (found.state, found.first_seen, found.last_missing)


def test_a_copy_that_still_misses_it_was_last_seen_so_when_it_was_looked_at(newsroom: Newsroom) -> None:
    """It has no moment at which it caught up."""
    wire = newsroom.publish(HURT)
    copy = newsroom.syndicate(wire)
    newsroom.correct(wire, "Three people", "Two people")
    newsroom.observe(copy)

    found = the(newsroom, copy)

    assert (State.MISSING, None, newsroom.now) == (found.state, found.first_seen, found.last_missing)


def test_a_copy_that_was_not_looked_at_again_has_neither_moment(newsroom: Newsroom) -> None:
    """It is unseen."""
    wire = newsroom.publish(HURT)
    copy = newsroom.syndicate(wire)
    newsroom.correct(wire, "Three people", "Two people")

    found = the(newsroom, copy)

    assert (State.UNSEEN, None, None) == (found.state, found.first_seen, found.last_missing)


def test_a_copy_that_was_mended_spoilt_and_mended_again_counts_from_the_last_time(newsroom: Newsroom) -> None:
    """It is the first revision from which on all later ones carry the update."""
    wire = newsroom.publish(HURT)
    copy = newsroom.syndicate(wire)
    newsroom.correct(wire, "Three people", "Two people")
    newsroom.revise(copy, "Three people", "Two people")
    newsroom.revise(copy, "Two people", "Three people")
    spoilt = newsroom.now
    newsroom.revise(copy, "Three people", "Two people")

    found = the(newsroom, copy)

    assert (spoilt + HOUR, spoilt) == (found.first_seen, found.last_missing)


@pytest.mark.parametrize("count", [1, 2, 500])
def test_the_moments_do_not_depend_on_how_the_log_is_read(newsroom: Newsroom, count: int) -> None:
    """Fact by fact, in pairs, or all at once: the rows are those that came about as the world went on."""
    wire = newsroom.publish(HURT)
    copy, late = newsroom.syndicate(wire), newsroom.syndicate(wire, site="late", found=True)
    newsroom.correct(wire, "Three people", "Two people")
    newsroom.observe(copy)
    newsroom.observe(copy)
    newsroom.revise(copy, "Divers from the coastguard", "Divers of the coastguard")
    newsroom.observe(late)
    newsroom.observe(copy)
    newsroom.revise(copy, "Three people", "Two people")
    newsroom.observe(copy)
    newsroom.clarify(wire, "in the morning", "at seven in the morning")
    newsroom.revise(late, "Three people", "Two people")
    newsroom.observe(copy)
    newsroom.observe(late)

    assert newsroom.workspace.ledger.rows() == read_anew(newsroom.workspace.path, count)


def read_anew(store: Path, count: int) -> dict[str, list[tuple[object, ...]]]:
    """Project a store's whole log into a ledger of its own, so many facts at a time."""
    (store / "prov.toml").write_text(f'ledger = "anew-{count}.sqlite"\n', encoding="utf-8")
    workspace = Workspace(store)
    catch_up(workspace, count=count)
    return workspace.ledger.rows()


def test_a_copy_that_changes_every_day_is_not_read_anew_every_day(
    newsroom: Newsroom, monkeypatch: pytest.MonkeyPatch
) -> None:
    """What is known of a copy's earlier revisions holds while the article is the same: one more costs one verdict."""
    wire = newsroom.publish(HURT)
    copy = newsroom.syndicate(wire)
    newsroom.correct(wire, "Three people", "Two people")
    newsroom.revise(copy, "Three people", "Two people")
    first = newsroom.now
    for day in range(5):
        newsroom.add(copy, f"Read more in letter number {day}, which is free of charge for everybody.")
    judged: list[int] = []
    monkeypatch.setattr(standings, "judge", counted(judged))

    newsroom.add(copy, "Read more in the last letter, which is free of charge for everybody.")
    newsroom.observe(copy)

    assert [7, 7] == judged
    assert (State.CARRIED, first) == (the(newsroom, copy).state, the(newsroom, copy).first_seen)


def counted(judged: list[int]) -> Callable[..., object]:
    """Judge as ever, and write down which revision of the copy it was."""
    judge = standings.judge

    def judging(*arguments: Any, **named: Any) -> object:  # noqa: ANN401 - passed on
        judged.append(arguments[2].n)
        return judge(*arguments, **named)

    return judging


def test_a_copy_that_had_it_before_is_seen_with_it_before(newsroom: Newsroom) -> None:
    """Looked at again and again, it was first seen with it when it was first seen at all."""
    wire = newsroom.publish(HURT)
    copy = newsroom.post(wire, HURT.replace("Three", "Two"), *newsroom.pages[wire].paragraphs[1:])
    seen = newsroom.now
    newsroom.correct(wire, "Three people", "Two people")
    newsroom.observe(copy)
    newsroom.observe(copy)

    found = the(newsroom, copy)

    assert (State.CARRIED, seen, None) == (found.state, found.first_seen, found.last_missing)
