"""Vectors: what sentences came to, kept by their digests in one file that can always be deleted.

A record is the first 16 bytes of the sentence's sha256, the vector in 384 whole numbers of 16 bits, and a checksum of
both. Records are only ever added; a file that has grown too large is begun anew.
"""

from __future__ import annotations

import os
from collections.abc import Mapping, Sequence
from contextlib import suppress
from functools import cached_property
from hashlib import sha256
from pathlib import Path
from zlib import crc32

import numpy as np
from numpy.typing import NDArray

SIZE = 384
SCALE = 32767
"""A component of 1.0; whole numbers make the products of two vectors the same on every machine."""
MOST = 80_000
"""Records that are kept: 63 MB."""

_KEY = 16
_SUM = 4
_RECORD = _KEY + 2 * SIZE + _SUM

Vector = NDArray[np.int16]


class Vectors:
    """The vectors that are known, from the file or of this process."""

    def __init__(self, path: Path) -> None:
        self._path = path

    @cached_property
    def _known(self) -> dict[bytes, bytes]:
        """Read the file: digest → record; what cannot be read is not known."""
        try:
            data = self._path.read_bytes()
        except OSError:
            return {}
        if len(data) % _RECORD or len(data) > MOST * _RECORD:  # a writer died, or it is full: vectors can be made anew
            with suppress(OSError):
                self._path.unlink()
            return {}
        records = (data[at : at + _RECORD] for at in range(0, len(data), _RECORD))
        return {record[:_KEY]: record for record in records}

    def find(self, sentences: Sequence[str]) -> dict[str, Vector]:
        """Give the vectors of those sentences that are known; a damaged record is not."""
        found = {}
        for sentence in sentences:
            record = self._known.get(_digest(sentence))
            if record is not None and crc32(record[:-_SUM]).to_bytes(_SUM, "big") == record[-_SUM:]:
                found[sentence] = np.frombuffer(record, dtype="<i2", count=SIZE, offset=_KEY)
        return found

    def keep(self, vectors: Mapping[str, Vector]) -> None:
        """Keep vectors; where they cannot be written they are known to this process alone."""
        added = {_digest(sentence): _record(sentence, vector) for sentence, vector in vectors.items()}
        self._known.update(added)
        with suppress(OSError):
            out = os.open(self._path, os.O_WRONLY | os.O_CREAT | os.O_APPEND | os.O_NOFOLLOW, 0o600)
            try:
                os.write(out, b"".join(added.values()))
            finally:
                os.close(out)


def whole(vectors: NDArray[np.float32]) -> NDArray[np.int16]:
    """Write unit vectors, one a row, in whole numbers."""
    return np.rint(vectors * SCALE).astype("<i2")


def products(these: Sequence[Vector], those: Sequence[Vector]) -> list[list[float]]:
    """Give the cosine of each of `these` with each of `those`, to four places.

    The sums are whole numbers below 2**53: exact in whatever order they are added.
    """
    left, right = (np.stack(each).astype(np.float64) for each in (these, those))
    rounded: list[list[float]] = (left @ right.T / SCALE**2).round(4).tolist()
    return rounded


def _digest(sentence: str) -> bytes:
    return sha256(sentence.encode()).digest()[:_KEY]


def _record(sentence: str, vector: Vector) -> bytes:
    body = _digest(sentence) + vector.tobytes()
    return body + crc32(body).to_bytes(_SUM, "big")
