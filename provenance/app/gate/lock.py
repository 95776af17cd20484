"""`prov.lock`: of which article, and of which of its revisions, each republished file was made; sealed against slips.

A lock is the surest pointer to an upstream. The seal is no secret: it tells an edit by hand or a merge gone wrong, not
an attack.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from hashlib import sha256
from pathlib import Path
from typing import NamedTuple

from provenance.app.gate import written
from provenance.app.gate.answers import Answer, Problem
from provenance.app.gate.upstreams import Upstreams
from provenance.errors import GateError
from provenance.model import ArticleId, Code, Found

NAME = "prov.lock"
SCHEMA = "prov-lock/1"
_ANEW = "run `prov lock` again"


class Locked(NamedTuple):
    """One article of a file as it was locked: of which revision it was made, and the sha256 of its canonical text."""

    path: str
    item: str
    url: str
    article: ArticleId
    revision: int
    commit: str
    text: str


@dataclass(frozen=True, slots=True)
class Lock:
    """All that is locked, by path and item, and the state of the store then."""

    head: str = ""
    entries: Mapping[tuple[str, str], Locked] = field(default_factory=dict)

    def url(self, path: str, item: str = "") -> str:
        """Give the URL that a file is locked to, "" where it is not."""
        found = self.entries.get((path, item))
        return found.url if found else ""


def read(root: Path) -> Lock:
    """Read a project's lock, an empty one where there is none. Raises GateError for one that cannot be trusted."""
    file = root / NAME
    content = written.text(file)
    if content is None:
        return Lock()
    try:
        values = json.loads(content)
        schema, rows, seal = values["schema"], values["files"], values["sha256"]
        entries = [_sound(Locked(**row)) for row in rows]
        head = str(values["store"])
    except (ValueError, TypeError, KeyError, RecursionError) as error:
        raise GateError(f"{file} is no lock", hint=_ANEW) from error
    if schema != SCHEMA:
        raise GateError(f"{file} has the schema {schema}, this prov knows {SCHEMA}", hint="use the prov that wrote it")
    if seal != _seal(head, entries):
        raise GateError(f"{file} was edited by hand", hint=_ANEW)
    return Lock(head, {(each.path, each.item): each for each in entries})


def _sound(entry: Locked) -> Locked:
    """Give an entry back whose values are of their types, else TypeError: the seal is no secret and proves nothing."""
    kinds = [int if name == "revision" else str for name in Locked._fields]
    if any(type(value) is not kind for value, kind in zip(entry, kinds, strict=True)):
        raise TypeError(entry)
    return entry


def write(root: Path, lock: Lock) -> Path:
    """Write a project's lock, and give its path: the same lock gives the same bytes."""
    entries = [lock.entries[key] for key in sorted(lock.entries)]
    values = {
        "schema": SCHEMA,
        "store": lock.head,
        "files": [each._asdict() for each in entries],
        "sha256": _seal(lock.head, entries),
    }
    written.replace(root / NAME, json.dumps(values, ensure_ascii=False, indent=1) + "\n")
    return root / NAME


def _seal(head: str, entries: Iterable[Locked]) -> str:
    rows = [each._asdict() for each in entries]
    return sha256(json.dumps([head, rows], ensure_ascii=True, sort_keys=True).encode()).hexdigest()


def made(before: Lock, answers: Iterable[Answer], head: str, covered: Iterable[str]) -> Lock:
    """Lock the copies among answers; what was locked before stays, unless a path that is covered no longer has it."""
    prefixes = tuple(covered)
    kept = {key: each for key, each in before.entries.items() if not is_covered(each.path, prefixes)}
    for answer in answers:
        if answer.against:
            first = answer.against[0]
            key = (answer.name, answer.item)
            kept[key] = Locked(*key, first.url, first.upstream, first.revision, first.commit, answer.text)
    return Lock(head, kept)


def is_covered(path: str, names: Iterable[str]) -> bool:
    """Tell whether a file is one of those named, or in a folder that is."""
    return any(name in {path, "."} or path.startswith(f"{name}/") for name in names)


def verify(lock: Lock, upstreams: Upstreams) -> None:
    """Make sure that what is locked is held. Raises GateError where the store is older than the lock."""
    if not lock.entries or lock.head == upstreams.head:
        return
    held = upstreams.articles({each.article for each in lock.entries.values()})
    for each in lock.entries.values():
        known = held.get(each.article)
        if known is None or known.revisions <= each.revision:
            raise GateError(
                f"the store is older than {NAME}: it lacks revision {each.revision} of {each.url}",
                hint="fetch the newer store; if it was replaced on purpose, run `prov lock` again",
            )


def problems(lock: Lock, answer: Answer) -> Iterator[Problem]:
    """Say where a file is no longer what was locked."""
    locked = lock.entries.get((answer.name, answer.item))
    if locked is None or not answer.text:
        return
    first = next((each for each in answer.against if each.found is Found.LOCK), None)
    said = ""
    if locked.text != answer.text:
        said = "was changed since it was locked"
    elif first and not first.made_from[0] <= locked.revision <= first.made_from[1]:
        said = f"is locked to revision {locked.revision}, and was made of revision {first.revision}"
    if said:
        yield Problem(Code.LOCK_OUT_OF_DATE, locked.url, NAME, locked.article, message=said, hint="run `prov lock`")


def gone(lock: Lock, names: Iterable[str], covered: Iterable[str]) -> Iterator[Locked]:
    """Give what is locked and not there any more, of the paths that are covered."""
    there, prefixes = set(names), tuple(covered)
    return (each for each in lock.entries.values() if each.path not in there and is_covered(each.path, prefixes))
