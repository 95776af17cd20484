"""`prov check`: every file answered for, every answer judged by the policy, one verdict on all."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import replace
from datetime import datetime
from pathlib import Path

from provenance.app.batches import batches
from provenance.app.gate import findings, pointers, subjects
from provenance.app.gate.answers import Answer
from provenance.app.gate.asking import Batch, Question
from provenance.app.gate.project import Project
from provenance.app.gate.upstreams import Upstreams
from provenance.model import Checked, Finding, Verdict

COUNT = 300
BYTES = 8_000_000
"""The most files, and bytes of them, that are read at a time."""

Progress = Callable[[int], None]


def silently(done: int) -> None:
    """Take a report of progress and tell nobody."""


def check(
    upstreams: Upstreams, project: Project, paths: Iterable[Path], now: datetime, *, progress: Progress = silently
) -> Verdict:
    """Hold all files at some paths against the articles held, and judge what comes of it by the project's policy.

    `now` is the moment that grace periods and waivers are counted at. Raises SourceError for a path that is not there.
    """
    files = list(subjects.collect(paths, project))
    answers: list[Answer] = []
    for answer in answered(upstreams, project, files):
        answers.append(answer)
        progress(len(answers))
    found = [each for answer in answers for each in findings.of_answer(answer, project.policy, now)]
    return Verdict(
        files=tuple(map(_checked, answers)),
        findings=tuple(sorted(found, key=_order)),
        now=now,
        head=upstreams.head,
        fail_on=project.policy.fail_on,
    )


def answered(upstreams: Upstreams, project: Project, files: Iterable[subjects.File]) -> Iterator[Answer]:
    """Answer for files, a batch at a time, in their order."""
    upstreams.head  # noqa: B018 - what is held is brought up to date before anything is asked of it
    manifests = pointers.Manifests(project.root)
    for batch in batches(_read(files), lambda each: len(each.source), count=COUNT, most=BYTES):
        questions = [Question(each, pointers.of_document(each, project, "", manifests.of(each.name))) for each in batch]
        yield from Batch(upstreams, questions).answers()


def _read(files: Iterable[subjects.File]) -> Iterator[subjects.Document]:
    for file in files:
        received = subjects.content(file)
        if isinstance(received, bytes):
            yield from subjects.read(file, received)
        else:
            yield subjects.Document(file.name, "", error=str(received), hint=received.hint)


def _checked(answer: Answer) -> Checked:
    first = answer.against[0] if answer.against else None
    made = Checked(answer.name, answer.outcome, why=answer.why, item=answer.item)
    if first is None:
        return made
    return replace(
        made,
        upstream=first.upstream,
        url=first.url,
        found=first.found,
        revision=first.revision,
        state=first.state,
    )


def _order(finding: Finding) -> tuple[object, ...]:
    place = finding.place
    at = (place.line, place.column) if place else (0, 0)
    item = int(finding.item) if finding.item.isdecimal() else 0
    return (finding.path, item, at, finding.code, finding.id)
