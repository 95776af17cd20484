"""A desk's own store: the copies in it judged by a policy, and decisions kept as facts."""

from __future__ import annotations

from datetime import date

import pytest
from newsroom import Newsroom

from provenance.app.gate.desk import check_held, waive_held
from provenance.app.gate.policy import Policy
from provenance.app.gate.project import Project
from provenance.app.rebuild import rebuild
from provenance.errors import NotFoundError
from provenance.model import Finding, Kind, Verdict, Waiver


@pytest.fixture
def verdict(newsroom: Newsroom) -> Verdict:
    """Give the verdict on one copy that misses a correction, one that was not seen since, and one that was mended."""
    wire = newsroom.publish("Three people died when the ferry went down off Skerrin Point, the police said.")
    mirror = newsroom.syndicate(wire)
    newsroom.syndicate(wire, site="unseen")
    newsroom.correct(wire, "Three people died", "Two people died")
    newsroom.syndicate(wire, site="mended")
    newsroom.observe(mirror)
    return look(newsroom)


def look(newsroom: Newsroom) -> Verdict:
    """Judge what a newsroom's store holds."""
    return check_held(newsroom.workspace, Project(newsroom.workspace.path), newsroom.now)


def test_the_copies_that_are_held_are_judged_as_files_are(newsroom: Newsroom, verdict: Verdict) -> None:
    """By the same policy; a finding is of the copy's URL."""
    assert ["PRV102 https://mirror.example/1", "PRV302 https://unseen.example/2"] == [
        f"{each.code.value} {each.path}" for each in verdict.findings
    ]
    assert 3 == len(verdict.files)
    assert "prov explain https://mirror.example/1" == verdict.findings[0].hint
    lenient = Project(newsroom.workspace.path, Policy(fail_on=Kind.RETRACTION))
    assert not check_held(newsroom.workspace, lenient, newsroom.now).failed


def test_a_decision_is_a_fact_in_the_store(newsroom: Newsroom, verdict: Verdict) -> None:
    """It outlives the ledger, and holds until its end."""
    found = verdict.findings[0]
    waiver = Waiver(found.id, "their count differs", "Ada Moor", date(2025, 12, 31), newsroom.now.date())

    waive_held(newsroom.workspace, found, waiver, newsroom.now)
    rebuild(newsroom.workspace)

    again = look(newsroom)
    assert () == again.failed
    assert "waived by Ada Moor until 2025-12-31: their count differs" == again.findings[0].accepted
    later = check_held(newsroom.workspace, Project(newsroom.workspace.path), newsroom.now.replace(year=2026))
    assert {"PRV102", "PRV302", "PRV502"} == {each.code.value for each in later.findings}
    assert () == newsroom.workspace.store.fsck(deep=True)


def test_a_decision_about_what_is_not_held_is_refused(newsroom: Newsroom, verdict: Verdict) -> None:
    """Nothing is written."""
    head = newsroom.workspace.store.head()
    stranger = Finding("0" * 12, verdict.findings[0].code, verdict.findings[0].level, "https://x.example/", "x")

    with pytest.raises(NotFoundError):
        waive_held(newsroom.workspace, stranger, Waiver("0", "x", "y", date(2026, 1, 1)), newsroom.now)
    assert head == newsroom.workspace.store.head()
