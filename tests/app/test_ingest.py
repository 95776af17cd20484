"""Drafts on their way into the store."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from provenance.app.explain import explain
from provenance.app.ingest import COUNT, ingest, upstream_url
from provenance.app.plan import Outcome
from provenance.app.workspace import Workspace, init
from provenance.errors import DraftError, NotFoundError, SourceError
from provenance.model import AUTO, Draft, Event, Metadata, Run, Status

NOON = datetime(2025, 3, 4, 12, 0, tzinfo=UTC)
BODY = (
    "The bridge over the Skerrin was closed to all traffic on Monday after gusts of 140 kilometres an hour.\n\n"
    "Engineers from Harrowmouth inspected seventeen cables and found that two of them had slackened overnight.\n\n"
    "Commuters were sent through the Ashgill tunnel, where the queue reached nine kilometres before noon.\n"
)


def draft(name: str, text: str = BODY, **fields: str) -> Draft:
    """Give a draft seen at noon."""
    return Draft(Metadata(f"https://{name}.example/a", **fields), text, observed_at=NOON, origin=f"{name}.jsonl:1")


def put(workspace: Workspace, *drafts: Draft | SourceError) -> list[Outcome]:
    """Ingest drafts as one source."""
    return list(ingest(workspace, drafts, lambda: NOON))


@pytest.fixture
def workspace(tmp_path: Path) -> Workspace:
    """Give an empty store and its ledger."""
    return Workspace(init(tmp_path / "store"))


def errors(outcomes: Iterable[Outcome]) -> list[str]:
    """Give what was said of the drafts that were refused."""
    return [str(each.error) for each in outcomes if each.error]


def test_one_bad_draft_leaves_the_others_standing(workspace: Workspace) -> None:
    """An error among drafts is passed on in its place; the rest is stored."""
    outcomes = put(workspace, draft("one"), DraftError("batch.jsonl:2: not JSON"), draft("two"))

    assert [Event.STORED, None, Event.STORED] == [each.event for each in outcomes]
    assert ["batch.jsonl:2: not JSON"] == errors(outcomes)


def test_every_look_leaves_a_run(workspace: Workspace) -> None:
    """What was seen unchanged is on record as well: a run lists every draft with what it was found to be."""
    put(workspace, draft("one"))
    put(workspace, replace(draft("one"), observed_at=NOON + timedelta(days=1)))

    runs = [fact for fact in workspace.store.log() if isinstance(fact, Run)]

    assert [Event.STORED, Event.UNCHANGED] == [seen.event for run in runs for seen in run.observations]
    [article] = workspace.ledger.articles()
    assert NOON + timedelta(days=1) == article.observed_at


def test_a_copy_of_what_comes_earlier_in_the_batch_is_taken(workspace: Workspace) -> None:
    """The upstream may come with the same batch, before its copy; after it, it is not held yet."""
    wire = "https://wire.example/a"
    refused = put(workspace, draft("mirror", copy_of=wire), draft("wire"))
    taken = put(workspace, draft("mirror", copy_of=wire))

    assert [f"mirror.jsonl:1: copy_of names {wire}, which is not held"] == errors(refused)
    assert Event.STORED is taken[0].event


def test_nothing_becomes_a_copy_of_itself(workspace: Workspace) -> None:
    """A ring of declared copies is refused, however long."""
    put(workspace, draft("a"), draft("b", copy_of="https://a.example/a"), draft("c", copy_of="https://b.example/a"))

    outcomes = put(workspace, draft("a", copy_of="https://c.example/a"), draft("b", copy_of="https://b.example/a"))

    assert 2 == sum("copy of itself" in error for error in errors(outcomes))


def test_what_an_article_says_of_itself_wins_over_what_was_found(workspace: Workspace) -> None:
    """A copy found for an article is forgotten where the article turns out to be the copy's copy."""
    put(workspace, draft("wire"), draft("mirror", copy_of=AUTO))
    put(workspace, draft("wire", BODY + "\nMore.\n", copy_of="https://mirror.example/a"))

    copies = {each.article.url: each.article.copy_of for each in workspace.ledger.articles()}
    mirror, wire = "https://mirror.example/a", "https://wire.example/a"

    assert ((), 1) == (copies[mirror], len(copies[wire]))


def test_the_same_bytes_read_anew_are_a_technical_revision(workspace: Workspace) -> None:
    """Another extractor gives another text of the same page: that is no update, and no copy misses it."""
    first = replace(draft("wire"), source=b"<html>page</html>", reader="html 1")
    put(workspace, first)

    [outcome] = put(workspace, replace(first, text="Bridge closed\n\n" + BODY, reader="html 2"))

    [article] = workspace.ledger.histories()
    assert (Event.STORED, 1, True) == (outcome.event, outcome.n, outcome.technical)
    assert [False, True] == [revision.technical for revision in article.revisions]
    assert () == article.updates


def test_a_source_larger_than_a_batch_is_stored_batch_by_batch(workspace: Workspace) -> None:
    """Memory is bounded by the batch: each has its own run."""
    drafts = [draft(f"site{number}", f"Story {number}\n") for number in range(COUNT + 1)]

    outcomes = put(workspace, *drafts)

    assert {Event.STORED} == {each.event for each in outcomes}
    assert 2 == sum(isinstance(fact, Run) for fact in workspace.store.log(texts=False))


def test_a_withdrawn_article_is_another_revision(workspace: Workspace) -> None:
    """The same text with another status is not unchanged."""
    put(workspace, draft("wire"))
    page = draft("wire")

    [outcome] = put(workspace, replace(page, metadata=replace(page.metadata, status=Status.WITHDRAWN)))

    assert (Event.STORED, 1) == (outcome.event, outcome.n)


def test_an_upstream_may_be_named_by_the_beginning_of_its_id(workspace: Workspace) -> None:
    """`--copy-of` takes what every command takes for an article."""
    [outcome] = put(workspace, draft("wire"))
    assert outcome.article

    assert "https://wire.example/a" == upstream_url(workspace, outcome.article[:6])
    assert (AUTO, "") == (upstream_url(workspace, AUTO), upstream_url(workspace, ""))
    with pytest.raises(NotFoundError):
        upstream_url(workspace, "ffff")


def test_only_a_copy_can_be_explained(workspace: Workspace) -> None:
    """An article that is no copy is told so, with what to do."""
    put(workspace, draft("wire"), draft("mirror", copy_of="https://wire.example/a"))

    [found] = explain(workspace, "https://mirror.example/a")

    assert "https://wire.example/a" == found.known[found.copy.upstream].url
    with pytest.raises(NotFoundError, match="not known as a copy"):
        explain(workspace, "https://wire.example/a")
    with pytest.raises(NotFoundError, match="no update"):
        explain(workspace, "https://mirror.example/a", "ffffff")
