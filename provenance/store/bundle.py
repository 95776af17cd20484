"""A bundle: all facts in one file that plain git reads too, a line with the log's last commit and then one pack."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import BinaryIO, NamedTuple

from provenance.errors import DamageError, SourceError
from provenance.store import layout
from provenance.store.complaints import failure
from provenance.store.git import Git

_SIGNATURE = b"# v2 git bundle\n"
_NEWER = b"# v3 git bundle\n"
_SHA1 = b"@object-format=sha1\n"
_LINE = 4096
_LINES = 64
_REF = re.compile(rb"([0-9a-f]{40}) ([^\n]+)\n")
_AT_ONCE = 1 << 20

HINT = "nothing was taken over; make another, with `prov backup FILE` or `git bundle create FILE main`"


class Header(NamedTuple):
    """What a bundle says of itself: the last commit of its log, and where in the file the pack begins."""

    head: str
    start: int


def write(git: Git, head: str) -> Iterator[bytes]:
    """Give the bundle of a log that ends at a commit, piece by piece; a store as it lies gives the same one again.

    Raises StorageError where git cannot read all of it.
    """
    yield b"%b%b %b\n\n" % (_SIGNATURE, head.encode(), layout.BRANCH.encode())
    arguments = ("pack-objects", "--stdout", "--revs", "--delta-base-offset", "--threads=1", "--quiet")
    process = git.start(*arguments)
    try:
        process.stdin.write(head.encode() + b"\n")
        process.stdin.close()
        while data := process.stdout.read(_AT_ONCE):
            yield data
        status, complaint = process.finish()
    finally:
        process.stop()
    if status:
        raise failure(status, complaint)


def read_header(file: BinaryIO, name: str) -> Header:
    """Read the beginning of a bundle; `name` is what messages call it.

    Raises SourceError for what is no bundle, and DamageError for one that is not of a store's whole log and nothing
    else.
    """
    first = file.readline(_LINE)
    if first not in {_SIGNATURE, _NEWER}:
        raise SourceError(f"{name} is not a bundle", hint="`prov backup FILE` makes one")
    head = ""
    for _ in range(_LINES):
        line = file.readline(_LINE)
        if line == b"\n" and head:
            return Header(head, file.tell())
        if line.startswith(b"-"):
            raise DamageError(f"{name} needs commits that it does not hold itself", hint=HINT)
        found = _REF.fullmatch(line)
        if found and found[2] == layout.BRANCH.encode() and not head:
            head = found[1].decode()
        elif found:
            why = found[2][:60].decode(errors="backslashreplace")
            raise DamageError(f"{name} holds the ref {why}, and may hold {layout.BRANCH} alone", hint=HINT)
        elif first != _NEWER or line != _SHA1:
            break
    raise DamageError(f"{name} does not begin as a bundle of a store does", hint=HINT)
