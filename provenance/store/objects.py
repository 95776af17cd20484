"""Objects by their names, many through one `git cat-file`, and each one checked against its own id."""

from __future__ import annotations

from collections.abc import Generator, Iterable
from hashlib import sha1
from itertools import islice
from typing import NamedTuple

from provenance.errors import DamageError
from provenance.store.git import Git, Process

_CHUNK = 256
"""Names asked for at a time: they fit into a pipe together, so that git and we never wait for each other."""


class Blob(NamedTuple):
    """The content of a file, and the id under which git has it."""

    id: str
    data: bytes


def blobs(git: Git, names: Iterable[str]) -> Generator[Blob]:
    """Give the blobs of the names in their order, each read when it is asked for.

    A name is an object id, or `<commit>:<path>`. Raise DamageError, naming it, where one is not there or not whole.
    """
    waiting = iter(names)
    process: Process | None = None
    try:
        while chunk := list(islice(waiting, _CHUNK)):
            process = process or git.start("cat-file", "--batch-command", "--buffer")
            _ask(process, chunk)
            for name in chunk:
                yield _blob(process, name)
    finally:
        if process:
            process.stop()


def _ask(process: Process, names: list[str]) -> None:
    asked = "".join(f"contents {name}\n" for name in names)
    try:
        process.stdin.write(f"{asked}flush\n".encode())
        process.stdin.flush()
    except OSError as error:
        raise DamageError(f"git stopped before object {names[0]}", hint=_FSCK) from error


def _blob(process: Process, name: str) -> Blob:
    header = process.stdout.readline()
    words = header.split()
    if len(words) != 3 or words[1] != b"blob":  # noqa: PLR2004  # <id> <type> <size>
        raise _missing(process, name, header)
    data = process.stdout.read(int(words[2]))
    process.stdout.read(1)
    found = words[0].decode()
    if sha1(b"blob %d\0%b" % (len(data), data), usedforsecurity=False).hexdigest() != found:
        raise DamageError(f"object {found} is not what its id says", hint=_FSCK)
    return Blob(found, data)


def _missing(process: Process, name: str, header: bytes) -> DamageError:
    if header.endswith(b" missing\n"):
        return DamageError(f"object {name} is missing", hint=_FSCK)
    if header:
        return DamageError(f"object {name} is no file of the log", hint=_FSCK)
    _, complaint = process.finish()
    why = complaint.strip().splitlines() or ["git stopped"]
    return DamageError(f"object {name} cannot be read: {why[0]}", hint=_FSCK)


_FSCK = "`prov fsck --deep` says what is damaged"
