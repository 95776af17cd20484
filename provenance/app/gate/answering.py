"""Files answered for, in their order: from the cache where nothing changed, else read and asked about in batches."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from typing import NamedTuple

from provenance.app.batches import batches
from provenance.app.gate import pointers, subjects
from provenance.app.gate.answers import Answer
from provenance.app.gate.cache import Cache
from provenance.app.gate.lock import Lock
from provenance.app.gate.project import Project
from provenance.app.gate.upstreams import Upstreams
from provenance.errors import SourceError

COUNT = 300
BYTES = 8_000_000
"""The most files, and bytes of them, that are worked on at a time."""

Progress = Callable[[int], None]


def silently(done: int) -> None:
    """Take a report of progress and tell nobody."""


class Opened(NamedTuple):
    """A file with its bytes, what the lock and a manifest say of it, and what is known of it already."""

    file: subjects.File
    received: bytes | SourceError
    manifest: str = ""
    key: tuple[str, ...] = ()
    kept: tuple[Answer, ...] | None = None


def answered(
    upstreams: Upstreams, project: Project, files: Iterable[subjects.File], lock: Lock, cache: Cache
) -> Iterator[Answer]:
    """Answer for files: one answer for each article in them, none for a file that holds no article."""
    opened = _opened(project, files, lock, cache)
    for batch in batches(opened, _size, count=COUNT, most=BYTES):
        yield from _batch(upstreams, project, batch, lock, cache)


def _size(opened: Opened) -> int:
    return 0 if opened.kept is not None or isinstance(opened.received, SourceError) else len(opened.received)


def _opened(project: Project, files: Iterable[subjects.File], lock: Lock, cache: Cache) -> Iterator[Opened]:
    manifests = pointers.Manifests(project.root)
    locked: dict[str, list[str]] = {}
    for path, item in sorted(lock.entries):
        locked.setdefault(path, []).append(f"{item} {lock.url(path, item)}")
    for file in files:
        received = subjects.content(file)
        if isinstance(received, SourceError):
            yield Opened(file, received)
            continue
        manifest = manifests.of(file.name)
        name = "named" if file.named else ""  # one that was named has to hold an article
        key = (file.name, name, subjects.digest(received), manifest, *locked.get(file.name, ()))
        kept = cache.get(*key)
        yield Opened(file, received if kept is None else b"", manifest, key, kept)


def _batch(
    upstreams: Upstreams, project: Project, batch: Sequence[Opened], lock: Lock, cache: Cache
) -> Iterator[Answer]:
    asked: list[tuple[int, pointers.Question]] = []
    for number, each in enumerate(batch):
        if each.kept is None:
            asked += [(number, question) for question in _questions(project, each, lock)]
    found: dict[int, list[Answer]] = {}
    if asked:
        from provenance.app.gate.asking import Batch

        answers = Batch(upstreams, [question for _, question in asked]).answers()
        for (number, _), answer in zip(asked, answers, strict=True):
            found.setdefault(number, []).append(answer)
    for number, each in enumerate(batch):
        answers = found.get(number, []) if each.kept is None else list(each.kept)
        if each.key and each.kept is None:
            cache.put(answers, *each.key)
        yield from answers


def _questions(project: Project, opened: Opened, lock: Lock) -> Iterator[pointers.Question]:
    file, received = opened.file, opened.received
    if isinstance(received, SourceError):
        empty = str(received).startswith("empty document")
        document = subjects.Document(file.name, "", error=str(received), hint=received.hint, textless=empty)
        yield pointers.Question(document)
        return
    for document in subjects.read(file, received):
        locked = lock.url(document.name, document.item)
        yield pointers.Question(document, pointers.of_document(document, project, locked, opened.manifest))
