"""Objects by their names, many through one `git cat-file`, and each one checked against its own id."""

from __future__ import annotations

from collections import deque
from collections.abc import Generator, Iterable
from contextlib import closing, suppress
from hashlib import sha1
from itertools import islice
from typing import NamedTuple

from provenance.errors import DamageError
from provenance.store.git import Git, Process

_CHUNK = 256
"""Names asked for at a time: they fit into a pipe together, so that git and we never wait for each other."""

_FSCK = "`prov fsck --deep` says what else is damaged"


class Blob(NamedTuple):
    """The content of a file, and the id under which git has it."""

    id: str
    data: bytes


class Object(NamedTuple):
    """Any object: its id, what it is (`blob`, `tree`, `commit`), and its content."""

    id: str
    kind: str
    data: bytes


def blobs(git: Git, names: Iterable[str]) -> Generator[Blob]:
    """Give the blobs of the names in their order, each read when it is asked for.

    A name is an object id, or `<commit>:<path>`. Raise DamageError, naming it, where one is not there or not whole.
    """
    with closing(outcomes(git, names)) as found:
        for blob in found:
            if isinstance(blob, DamageError):
                raise blob
            yield blob


def outcomes(git: Git, names: Iterable[str]) -> Generator[Blob | DamageError]:
    """Do as `blobs`, but give the error in the place of a blob that cannot be read, and go on."""
    with closing(objects(git, names)) as found:
        for each in found:
            if isinstance(each, DamageError):
                yield each
            elif each.kind != "blob":
                yield DamageError(f"object {each.id} is not what its id says", hint=_FSCK)
            else:
                yield Blob(each.id, each.data)


def objects(git: Git, names: Iterable[str]) -> Generator[Object | DamageError]:
    """Give objects of any kind by their names, with the error in the place of one that cannot be read."""
    names, asked = iter(names), deque[str]()
    process: Process | None = None
    try:
        while True:
            if not asked:
                asked.extend(islice(names, _CHUNK))
                if not asked:
                    return
                process = process or git.reading("cat-file", "--batch-command", "--buffer")
                _ask(process, asked)
            if process is None:  # it gave up on the object before
                process = git.reading("cat-file", "--batch-command", "--buffer")
                _ask(process, asked)
            name = asked.popleft()
            header = process.stdout.readline()
            if header:
                yield _object(process, name, header)
            else:
                yield _given_up(process, name)
                process = None
    finally:
        if process:
            process.stop()


def _ask(process: Process, names: Iterable[str]) -> None:
    asked = "".join(f"contents {name}\n" for name in names)
    with suppress(OSError):  # a git that has ended says why when it is asked for the first answer
        process.stdin.write(f"{asked}flush\n".encode())
        process.stdin.flush()


def _object(process: Process, name: str, header: bytes) -> Object | DamageError:
    words = header.split()
    if len(words) != 3:  # noqa: PLR2004  # <id> <type> <size>
        return DamageError(f"object {name} is missing", hint=_FSCK)
    data = process.stdout.read(int(words[2]))
    process.stdout.read(1)
    found, kind = words[0].decode(), words[1].decode()
    if sha1(b"%b %d\0%b" % (words[1], len(data), data), usedforsecurity=False).hexdigest() != found:
        return DamageError(f"object {found} is not what its id says", hint=_FSCK)
    return Object(found, kind, data)


def read_one(process: Process, id: str, kind: str) -> bytes:
    """Give an object of a kind by asking a running `cat-file --batch`; raise DamageError where it is none."""
    with suppress(OSError):
        process.stdin.write(f"{id}\n".encode())
        process.stdin.flush()
    header = process.stdout.readline()
    found = _object(process, id, header) if header else _given_up(process, id)
    if isinstance(found, DamageError):
        raise found
    if found.kind != kind:
        raise DamageError(f"object {id} is no {kind}", hint=_FSCK)
    return found.data


def _given_up(process: Process, name: str) -> DamageError:
    _, complaint = process.finish()
    why = complaint.strip().splitlines() or ["git stopped"]
    return DamageError(f"object {name} cannot be read: {why[0]}", hint=_FSCK)
