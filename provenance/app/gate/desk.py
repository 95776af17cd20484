"""A desk's own store: the copies that it holds, judged by a policy, and decisions kept in it as facts."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime

from provenance.app.catch_up import catch_up
from provenance.app.gate import findings, settings, waivers
from provenance.app.gate.answers import Answer
from provenance.app.gate.check import Looked, checked, in_order
from provenance.app.gate.evidence import against
from provenance.app.gate.project import Project
from provenance.app.gate.upstreams import Story
from provenance.app.texts import Texts
from provenance.app.workspace import Workspace
from provenance.errors import NotFoundError
from provenance.model import (
    Copy,
    CopyState,
    Finding,
    Found,
    History,
    Kind,
    Outcome,
    Revision,
    Verdict,
    Waiver,
    article_id,
)


def check_held(workspace: Workspace, project: Project, now: datetime) -> Verdict:
    """Judge every copy that a store holds, as it was last seen; a finding's `path` is the copy's URL.

    Waivers are those in the store.
    """
    catch_up(workspace)
    looked = Looked(tuple(_answers(workspace)))
    found = [each for answer in looked.answers for each in findings.of_answer(answer, project.policy, now)]
    held = [waiver for listed in workspace.store.waivers().values() for waiver in listed]
    return Verdict(
        files=tuple(map(checked, looked.answers)),
        findings=in_order(waivers.applied(found, held, project.policy, now)),
        now=now,
        head=workspace.store.head(),
        fail_on=project.policy.fail_on,
        settings=settings.written(project),
    )


def waive_held(workspace: Workspace, finding: Finding, waiver: Waiver, at: datetime) -> str:
    """Put a decision about a finding into the store, with the copy that it is of, and give the store's new head."""
    article = article_id(finding.path)
    if article not in workspace.ledger.current([article]):
        raise NotFoundError(f"{finding.path} is not held", hint="`prov status` lists the articles that are")
    return workspace.store.waive(article, waiver, at)


def _answers(workspace: Workspace) -> Iterator[Answer]:
    ledger = workspace.ledger
    for history in ledger.histories():
        if not history.copies:
            continue
        story = Story(history.article, _texts(workspace, history), history.updates)
        names = ledger.current(copy.article for copy in history.copies)
        for copy in history.copies:
            if copy.state is not CopyState.WITHDRAWN:
                yield _answer(names[copy.article].metadata.url, copy, story)


def _texts(workspace: Workspace, history: History) -> tuple[Revision, ...]:
    """Give the revisions of an article, with their texts where these decide: what a retraction takes away."""
    if not any(update.kind is Kind.RETRACTION for update in history.updates):
        return history.revisions
    return Texts(workspace.store.read).fill(history.revisions)


def _answer(url: str, copy: Copy, story: Story) -> Answer:
    found = Found.FRONT_MATTER if copy.declared else Found.CONTENT
    return Answer(url, "", "", Outcome.COPY, against=(against(None, story, copy, found),))
