"""The whole store examined: every invariant of store/README.md, each damage with its code and its article."""

from __future__ import annotations

import re
from collections.abc import Iterator
from contextlib import closing
from dataclasses import replace
from itertools import tee

from provenance.errors import DamageError
from provenance.store import around, layout, owners, walk
from provenance.store.damage import Code, Damage, Examined, Remark
from provenance.store.git import Git
from provenance.store.invariants import Log
from provenance.store.layout import Part
from provenance.store.objects import outcomes
from provenance.store.reading import Step
from provenance.store.refs import read_head

_ID = re.compile(r"\b[0-9a-f]{40}\b")
_BESIDE = ("notice:", "warning:", "broken link from ", " ")
"""Beginnings of lines that name no damaged object: a broken link is named again as what is missing."""

_PACK = re.compile(r"\b(?:pack|multi-pack-index)-[0-9a-f]{40}(?:\.[a-z]+)?")

_CLONE = "`prov fsck --repair --from BACKUP` takes the object from a backup or a clone"
_ENDS = "lines of commits end"
_LOST = "`prov fsck --repair` takes the branch on to them where they follow what the ledger has read"


def examine(git: Git, *, deep: bool) -> Examined:
    """Look at all of a store; `deep` reads every byte of every object, the default only the records."""
    store = git.repository.parent
    if not git.repository.is_dir():
        return Examined((), tuple(around.remarks(store)))
    found: list[Damage] = []
    log: set[str] = set()
    head = ""
    try:
        head = read_head(git.repository)
    except DamageError as error:
        found.append(Damage(Code.BRANCH, layout.BRANCH, "", str(error), error.hint))
    found += _log(git, head, log, deep=deep) if head else ()
    found += around.damage(git.repository, log or {head})
    remarks = list(around.remarks(store))
    if deep:
        seen = {damage.object for damage in found}
        more, lost = _objects(git)
        found += (damage for damage in more if damage.object not in seen)
        remarks += [Remark(f"{lost} commits are in no log: what a crash left, or a log that was set back.", _LOST)] * (
            lost > 0
        )
    return Examined(tuple(_named(git, found)), tuple(remarks))


def _log(git: Git, head: str, seen: set[str], *, deep: bool) -> Iterator[Damage]:
    log = Log()
    try:
        with closing(walk.commits(git, "", head)) as commits:
            to_name, to_read = tee(map(log.step, commits))
            names = (each.blobs[part] for each in to_name for part in _wanted(each, deep=deep))
            with closing(outcomes(git, names)) as read:
                for each in to_read:
                    seen.add(each.commit.id)
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


def _objects(git: Git) -> tuple[list[Damage], int]:
    """Let git read everything, and give what it complains of, and how many commits end in no log."""
    status, output, complaint = git.run("fsck", "--full", "--strict", "--no-reflogs", "--no-progress")
    lines = [line for line in (output + complaint).splitlines() if not line.startswith(_BESIDE)]
    lost = sum(line.startswith("dangling commit ") for line in lines)
    if not status:
        return [], lost
    bad: dict[str, str] = {}
    for line in lines:
        if not line.startswith("dangling "):
            for id in _ID.findall(_PACK.sub("", line)) or [_name(line)]:
                bad.setdefault(id, line)
    return [Damage(Code.OBJECTS, id, "", line, _CLONE) for id, line in sorted(bad.items())], lost


def _name(line: str) -> str:
    found = _PACK.search(line)
    return found[0] if found else ""


def _named(git: Git, found: list[Damage]) -> list[Damage]:
    """Name the article of each damaged object, as far as the other objects still tell."""
    nameless = {each.object for each in found if not each.article and _ID.fullmatch(each.object)}
    if not nameless:
        return found
    articles = owners.owners(git, nameless)
    return [replace(each, article=each.article or articles.get(each.object, "")) for each in found]
