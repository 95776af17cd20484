"""A pack measured before git sees it: how large each object becomes, so that a small file cannot fill the machine."""

from __future__ import annotations

import mmap
import zlib
from pathlib import Path
from typing import NamedTuple

from provenance.errors import DamageError, SourceError

OBJECT = 256 << 20
"""The most bytes that one object may have: some articles' texts, or a run of a million observations."""
FLOOR, TIMES = 1 << 30, 2_000
"""All objects together may have so many bytes, or so many times the pack's: deltas of long histories are short."""

_HEADER = 12
_TRAILER = 20
_PIECE = 4096
_WHOLE, _OFFSET, _REFERENCE = {1, 2, 3}, 6, 7
_BEGINNING = 20
_LONGEST = 63


class Limits(NamedTuple):
    """How many bytes one object, and all objects of a pack, may come to."""

    object: int
    total: int


def measure(pack: Path, name: str, limits: Limits | None = None) -> str:
    """Walk through a pack's objects without putting them together, and give its checksum in hex.

    Raises SourceError where a limit is passed, DamageError where it is not a pack, and no more and no less.
    """
    size = pack.stat().st_size
    if size < _HEADER + _TRAILER:
        raise DamageError(f"{name} ends too early", hint="it is not whole")
    limits = limits or Limits(OBJECT, max(FLOOR, TIMES * size))
    with pack.open("rb") as file, mmap.mmap(file.fileno(), 0, access=mmap.ACCESS_READ) as data:
        if data[:8] not in {b"PACK\0\0\0\2", b"PACK\0\0\0\3"}:
            raise DamageError(f"{name} holds no pack", hint="it is not whole")
        try:
            _objects(data, name, limits)
        except IndexError as error:
            raise DamageError(f"{name} ends too early", hint="it is not whole") from error
        return data[size - _TRAILER :].hex()


def _objects(data: mmap.mmap, name: str, limits: Limits) -> None:
    place, total, end = _HEADER, 0, len(data) - _TRAILER
    for _ in range(int.from_bytes(data[8:_HEADER])):
        if place >= end:
            raise DamageError(f"{name} ends too early", hint="it is not whole")
        kind, declared, place = _entry(data, place)
        if kind == _REFERENCE:
            place += _TRAILER
        elif kind == _OFFSET:
            while data[place] & 0x80:
                place += 1
            place += 1
        elif kind not in _WHOLE:
            raise DamageError(f"{name} has an object of no kind", hint="it is not whole")
        _allow(declared, name, limits.object)
        beginning, place = _inflate(data, place, declared, name)
        result = declared if kind in _WHOLE else _number(beginning, _number(beginning, 0)[1])[0]
        _allow(result, name, limits.object)
        total += result
        if total > limits.total:
            raise SourceError(f"{name} unpacks to more than {limits.total} bytes", hint="it is made to fill a disk")
    if place != end:
        raise DamageError(f"{name} has something behind its pack", hint="it is not whole")


def _entry(data: mmap.mmap, place: int) -> tuple[int, int, int]:
    """Read what an object is, how many bytes follow when inflated, and where they begin."""
    byte = data[place]
    kind, size, shift = byte >> 4 & 7, byte & 15, 4
    while byte & 0x80:
        place += 1
        byte = data[place]
        size |= (byte & 0x7F) << shift
        shift += 7
        if shift > _LONGEST:
            break  # longer than any limit
    return kind, size, place + 1


def _allow(size: int, name: str, most: int) -> None:
    if size > most:
        raise SourceError(f"{name} has an object of more than {most} bytes", hint="no article is as long")


def _inflate(data: mmap.mmap, place: int, declared: int, name: str) -> tuple[bytes, int]:
    """Inflate what begins at a place, keeping no more than its beginning; give that, and where it ends."""
    stream = zlib.decompressobj()
    beginning, size = b"", 0
    try:
        while not stream.eof:
            piece = stream.unconsumed_tail or data[place : place + _PIECE]
            if not stream.unconsumed_tail:
                place += len(piece)
            found = stream.decompress(piece, 1 << 20)
            if not piece or (size := size + len(found)) > declared:
                break
            if len(beginning) < _BEGINNING:
                beginning += found[:_BEGINNING]
    except zlib.error as error:
        raise DamageError(f"{name} cannot be unpacked: {error}", hint="it is not whole") from error
    if not stream.eof or size != declared:
        raise DamageError(f"{name} has an object that is not as long as it says", hint="it is not whole")
    return beginning, place - len(stream.unused_data)


def _number(data: bytes, place: int) -> tuple[int, int]:
    """Read a length as deltas write it, and give where it ends."""
    value = shift = 0
    while place < len(data):
        value |= (data[place] & 0x7F) << shift
        shift += 7
        place += 1
        if not data[place - 1] & 0x80:
            break
    return value, place
