"""`prov check`: every file answered for, every answer judged by the policy, one verdict on all."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field, replace
from datetime import datetime

from provenance.app.gate import baseline, findings, lock, settings, waivers
from provenance.app.gate.answering import Progress, answered, silently
from provenance.app.gate.answers import Answer, Problem
from provenance.app.gate.cache import Cache
from provenance.app.gate.lock import Lock, Locked
from provenance.app.gate.policy import Policy
from provenance.app.gate.project import Project
from provenance.app.gate.scope import Scope
from provenance.app.gate.upstreams import Upstreams
from provenance.model import Checked, Code, Finding, Outcome, Verdict


@dataclass(frozen=True)
class Looked:
    """What a check is made of, before any policy: the answers, and what is locked and not there any more."""

    answers: tuple[Answer, ...]
    lock: Lock = field(default_factory=Lock)
    gone: tuple[Locked, ...] = ()


def check(
    upstreams: Upstreams, scope: Scope, now: datetime, *, cache: Cache | None = None, progress: Progress = silently
) -> Verdict:
    """Hold all files of a scope against the articles held, and judge what comes of it by the project's policy.

    `now` is the moment that grace periods and waivers are counted at. Raises SourceError for a path that is not there,
    GateError for a lock, waivers or a baseline that cannot be trusted.
    """
    return judged(look(upstreams, scope, cache, progress), scope.project, now, upstreams.head)


def look(upstreams: Upstreams, scope: Scope, cache: Cache | None = None, progress: Progress = silently) -> Looked:
    """Answer for every file of a scope; nothing in it depends on the policy or the moment."""
    project, cache = scope.project, cache or Cache(None)
    locked = lock.read(project.root)
    lock.verify(locked, upstreams)
    files = list(scope.files())
    answers: list[Answer] = []
    for answer in answered(upstreams, project, files, locked, cache):
        answers.append(answer)
        progress(len(answers))
    cache.save()
    gone = () if scope.changed_since else tuple(lock.gone(locked, (each.name for each in files), scope.names))
    return Looked(tuple(answers), locked, gone)


def judged(looked: Looked, project: Project, now: datetime, head: str) -> Verdict:
    """Judge answers by a project's policy, waivers and baseline at a moment."""
    found = list(_objected(looked, project.policy, now))
    found = list(waivers.applied(found, waivers.read(project.root), project.policy, now))
    found = list(baseline.applied(found, baseline.read(project.root), now))
    return Verdict(
        files=tuple(map(checked, looked.answers)),
        findings=in_order(found),
        now=now,
        head=head,
        fail_on=project.policy.fail_on,
        settings=settings.written(project),
    )


def _objected(looked: Looked, policy: Policy, now: datetime) -> Iterator[Finding]:
    for answer in looked.answers:
        slipped = tuple(lock.problems(looked.lock, answer))
        whole = answer._replace(problems=(*answer.problems, *slipped)) if slipped else answer
        yield from findings.of_answer(whole, policy, now)
    for each in looked.gone:
        said = Problem(
            Code.LOCK_OUT_OF_DATE, each.url, lock.NAME, each.article, message="is locked, and not there any more"
        )
        empty = Answer(each.path, each.item, "", Outcome.NO_COPY, problems=(said._replace(hint="run `prov lock`"),))
        yield from findings.of_answer(empty, policy, now)


def checked(answer: Answer) -> Checked:
    """Sum up what came of one article of a file."""
    first = answer.against[0] if answer.against else None
    made = Checked(answer.name, answer.outcome, why=answer.why, item=answer.item)
    if first is None:
        return made
    return replace(
        made, upstream=first.upstream, url=first.url, found=first.found, revision=first.revision, state=first.state
    )


def in_order(found: Iterable[Finding]) -> tuple[Finding, ...]:
    """Sort findings by file, then by where they stand in it."""
    return tuple(sorted(found, key=_order))


def _order(finding: Finding) -> tuple[object, ...]:
    item = int(finding.item) if finding.item.isdecimal() else 0
    at = (finding.place.line, finding.place.column) if finding.place else (0, 0)
    return (finding.path, item, at, finding.code, finding.id)
