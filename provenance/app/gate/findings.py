"""Findings: what a policy objects to in the answers, at a moment."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import datetime
from hashlib import sha256
from types import MappingProxyType

from provenance.app.gate.answers import Against, Answer, Problem, Shown
from provenance.app.gate.durations import written
from provenance.app.gate.policy import Policy, milder
from provenance.model import MISSED, Code, Finding, Kind, Level, State

_LACKING = (State.MISSING, State.PARTIAL)
_ID = 12


def of_answer(answer: Answer, policy: Policy, now: datetime) -> Iterator[Finding]:
    """Give what a policy objects to in what came of one article of a file."""
    for problem in answer.problems:
        yield from _problem(answer, problem, policy)
    for against in answer.against:
        withdrawn = any(each.withdraws and each.state in _LACKING for each in against.shown)
        for shown in against.shown:
            if not withdrawn or shown.withdraws:  # of what must not be used, nothing else matters
                yield from _shown(answer, against, shown, policy, now)


def name(path: str, item: str, code: Code, upstream: str, update: str) -> str:
    """Name a finding by what it is about, so that the name stays when lines move."""
    return sha256(f"{path}\0{item}\0{code}\0{upstream}\0{update}".encode(errors="surrogateescape")).hexdigest()[:_ID]


def _problem(answer: Answer, problem: Problem, policy: Policy) -> Iterator[Finding]:
    level = policy.levels[problem.code]
    if level is None:
        return
    if problem.code is Code.UPSTREAM_UNKNOWN and answer.against:
        level = milder(level, Level.NOTE)  # what it was taken from is known by another way
    assert level is not None
    subject = problem.upstream or problem.url
    yield Finding(
        id=name(answer.name, answer.item, problem.code, subject, ""),
        code=problem.code,
        level=level,
        path=answer.name,
        message=_MESSAGES[problem.code].format(by=problem.by, url=problem.url, message=problem.message),
        upstream=problem.upstream,
        url=problem.url,
        publisher=problem.publisher,
        headline=problem.headline,
        hint=problem.hint or _HINTS.get(problem.code, ""),
        item=answer.item,
    )


_MESSAGES: Mapping[Code, str] = MappingProxyType(
    {
        Code.UPSTREAM_UNKNOWN: "{by} names {url}, which is not held",
        Code.UPSTREAM_CLAIMED: "{by} names {url}, and the text is no copy of it",
        Code.UPSTREAM_CONFLICT: "{by} names {url} as well, another article",
        Code.NOT_CHECKED: "{message}",
        Code.LOCK_OUT_OF_DATE: "{message}",
        Code.EVASION_SUSPECTED: "spells words otherwise than they look, as if to keep them from being compared",
    }
)
_HINTS: Mapping[Code, str] = MappingProxyType(
    {
        Code.UPSTREAM_UNKNOWN: "ingest that article, or name the one that is held",
        Code.UPSTREAM_CLAIMED: "name what it was really taken from; a claim is no proof",
        Code.UPSTREAM_CONFLICT: "name one upstream, or fix it with `prov lock`",
        Code.NOT_CHECKED: "mend the file, or exclude it in [tool.prov.check]",
        Code.EVASION_SUSPECTED: "write the words in the letters that they seem to have",
        Code.COPY_DIVERGED: "read the two side by side",
    }
)


def _shown(answer: Answer, against: Against, shown: Shown, policy: Policy, now: datetime) -> Iterator[Finding]:
    code, level, due = _judged(answer, against, shown, policy, now)
    if level is None:
        return
    yield Finding(
        id=name(answer.name, answer.item, code, against.upstream, shown.update),
        code=code,
        level=level,
        path=answer.name,
        message=_said(code, against, shown, policy),
        upstream=against.upstream,
        url=against.url,
        publisher=against.publisher,
        headline=against.headline,
        update=shown.update,
        kind=shown.kind,
        declared=shown.declared,
        withdraws=shown.withdraws,
        because=shown.because,
        notice=shown.notice,
        confidence=shown.confidence,
        since=shown.since,
        due=due if due != shown.since else None,
        passages=shown.passages,
        hint=_mending(code, shown, answer.name),
        item=answer.item,
    )


_MISSES = frozenset(MISSED.values())


def _mending(code: Code, shown: Shown, path: str) -> str:
    if code is Code.MISSED_RETRACTION and shown.withdraws:
        return "take the article down; it must not be used any more"
    held = "://" in path  # a copy in the store is no file
    if code in _MISSES:
        return f"prov {'explain' if held else 'patch'} {path}"
    if code is Code.NOTICE_DROPPED:
        return "put the publisher's notice under the article" if held else f"prov patch {path} --note"
    return _HINTS.get(code, "")


def _judged(
    answer: Answer, against: Against, shown: Shown, policy: Policy, now: datetime
) -> tuple[Code, Level | None, datetime | None]:
    """Say what to call it, how grave it is and from when on: None for a level where it is not to be told."""
    counts = shown.kind.rank >= (policy.fail_on or Kind.CLARIFICATION).rank
    if shown.since is not None and shown.since > now:
        return Code.COPY_UNSEEN, policy.levels[Code.COPY_UNSEEN] if shown.state in _LACKING else None, None
    if shown.state is State.UNSEEN:
        return Code.COPY_UNSEEN, policy.levels[Code.COPY_UNSEEN] if counts else None, None
    if shown.state in _LACKING:
        level = policy.level(shown.kind, shown.confidence, declared=shown.declared)
        due = shown.since + policy.period(shown.kind, against.publisher, answer.name) if shown.since else None
        if level is not Level.ERROR:
            return MISSED[shown.kind], level, None
        return MISSED[shown.kind], Level.WARNING if due and due > now else level, due
    if shown.state is State.DIVERGED:
        return Code.COPY_DIVERGED, policy.levels[Code.COPY_DIVERGED] if counts else None, None
    if shown.dropped:
        return Code.NOTICE_DROPPED, policy.levels[Code.NOTICE_DROPPED] if counts else None, None
    grave = shown.kind.rank >= Kind.CLARIFICATION.rank
    return Code.SILENT_UPDATE, policy.levels[Code.SILENT_UPDATE] if grave and not shown.declared else None, None


def _said(code: Code, against: Against, shown: Shown, policy: Policy) -> str:
    who = against.publisher or against.url
    what = f"{shown.kind.value} by {who}"
    if code in _MISSES:
        part = "has only a part of" if shown.state is State.PARTIAL else "misses"
        article = "the" if shown.kind is not Kind.REFILE else "a"
        doubt = ", not sure enough to fail" if shown.confidence < policy.min_confidence else ""
        return f"{part} {article} {what}{'' if shown.declared else ' that no notice discloses'}{doubt}"
    if code is Code.COPY_UNSEEN and shown.state is State.UNSEEN:
        return f"was last seen before the {what} came out"
    if code is Code.COPY_UNSEEN:
        return f"the {what} came out after the moment of this check"
    if code is Code.COPY_DIVERGED:
        return f"is rewritten so far that the {what} cannot be looked for"
    if code is Code.NOTICE_DROPPED:
        return f"has the {what}, and not the notice that told of it"
    return f"has the {what}, which no notice disclosed"


def grace_left(finding: Finding, now: datetime) -> str:
    """Say how long a finding does not fail yet, "" where it is due."""
    return written(finding.due - now) if finding.due and finding.due > now else ""
