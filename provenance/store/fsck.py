"""The whole store examined: every invariant of store/README.md, each damage with its code and its article."""

from __future__ import annotations

import re
from collections.abc import Container, Iterator
from contextlib import closing, suppress
from itertools import tee

from provenance.errors import DamageError
from provenance.store import layout, walk
from provenance.store.damage import Code, Damage
from provenance.store.git import Git
from provenance.store.invariants import Log
from provenance.store.layout import Part
from provenance.store.objects import outcomes
from provenance.store.reading import Step
from provenance.store.refs import read_head

_ID = re.compile(r"\b[0-9a-f]{40}\b")
_BESIDE = ("notice:", "warning:", "broken link from ", " ")
"""Beginnings of lines that name no damaged object: a broken link is named again as what is missing."""

_CLONE = "fetch the object from a clone of the store, or ingest the article again from its source"


def examine(git: Git, *, deep: bool) -> tuple[Damage, ...]:
    """Find every damage of a store's log; `deep` reads every byte of every object, the default only the records."""
    if not git.repository.is_dir():
        return ()
    try:
        head = read_head(git.repository)
    except DamageError as error:
        return (Damage(Code.BRANCH, layout.BRANCH, "", str(error), error.hint),)
    found = list(_log(git, head, deep=deep)) if head else []
    if deep:
        seen = {damage.object for damage in found}
        found += (damage for damage in _objects(git, head) if damage.object not in seen)
    return tuple(found)


def _log(git: Git, head: str, *, deep: bool) -> Iterator[Damage]:
    log = Log()
    try:
        with closing(walk.commits(git, "", head)) as commits:
            to_name, to_read = tee(map(log.step, commits))
            names = (each.blobs[part] for each in to_name for part in _wanted(each, deep=deep))
            with closing(outcomes(git, names)) as read:
                for each in to_read:
                    log.contents(each, {part: next(read) for part in _wanted(each, deep=deep)})
                    yield from log.take()
    except DamageError as error:
        named = _ID.search(str(error).partition(": ")[2])
        yield Damage(Code.OBJECTS, named[0] if named else head, "", str(error), _CLONE)
    yield from log.take()


def _wanted(step: Step, *, deep: bool) -> list[Part]:
    """Choose what to read of a commit: record, run or waivers, and with `deep` the text and the received bytes."""
    shallow = (Part.RUN, Part.WAIVER, Part.RECORD)
    wanted = (*shallow, Part.TEXT, Part.SOURCE) if deep else shallow
    return [part for part in wanted if part in step.blobs]


def _objects(git: Git, head: str) -> Iterator[Damage]:
    """Let git read everything, and name the article of each object that it complains of."""
    status, output, complaint = git.run("fsck", "--full", "--strict", "--no-dangling", "--no-reflogs", "--no-progress")
    if not status:
        return
    lines = [line for line in (output + complaint).splitlines() if not line.startswith(_BESIDE)]
    bad = {id: line for line in reversed(lines) for id in _ID.findall(line)}
    articles = _articles(git, head, bad)
    for id, line in sorted(bad.items()):
        yield Damage(Code.OBJECTS, id, articles.get(id, ""), line, _CLONE)
    if not bad:
        yield Damage(Code.OBJECTS, "", "", (lines or [f"git fsck ended with {status}"])[0], _CLONE)


def _articles(git: Git, head: str, objects: Container[str]) -> dict[str, str]:
    """Find the articles that objects belong to, as far as the log can still be read."""
    found: dict[str, str] = {}
    with suppress(DamageError), closing(walk.commits(git, "", head)) as commits:
        for commit in commits:
            for change in commit.changes:
                place = layout.place(change.path)
                if place and place.part is not Part.RUN:
                    found |= {id: place.id for id in (change.blob, commit.id) if id in objects}
    return found
