"""Texts by the name of the git object that holds them, read in bulk and kept as far as a bound allows."""

from __future__ import annotations

from collections.abc import Callable, Generator, Iterable
from contextlib import closing
from dataclasses import replace

from provenance.model import Revision

Read = Callable[[Iterable[str]], Generator[bytes]]


class Texts:
    """What was read lately, oldest forgotten first; `read` gives the contents of objects in the order asked for."""

    def __init__(self, read: Read, most: int = 4_000_000) -> None:
        self._read = read
        self._most = most
        self._kept: dict[str, str] = {}
        self._size = 0

    def keep(self, blob: str, text: str) -> None:
        """Remember a text that is at hand."""
        if blob in self._kept:
            return
        self._kept[blob] = text
        self._size += len(text)
        while self._size > self._most and len(self._kept) > 1:
            oldest = next(iter(self._kept))
            self._size -= len(self._kept.pop(oldest))

    def ahead(self, blobs: Iterable[str]) -> None:
        """Read what will be asked for in one go, as much of it as is kept at a time."""
        missing = [blob for blob in dict.fromkeys(blobs) if blob not in self._kept]
        if not missing:
            return
        with closing(self._read(missing)) as found:
            for blob, data in zip(missing, found, strict=False):
                self.keep(blob, data.decode())
                if self._size > self._most // 2:
                    return

    def of(self, blobs: Iterable[str]) -> dict[str, str]:
        """Give the text of each object, all that is not at hand read in one go."""
        wanted = list(dict.fromkeys(blobs))
        found = {blob: self._kept[blob] for blob in wanted if blob in self._kept}
        missing = [blob for blob in wanted if blob not in found]
        if missing:
            for blob, data in zip(missing, self._read(missing), strict=True):
                found[blob] = data.decode()
                self.keep(blob, found[blob])
        return found

    def fill(self, revisions: Iterable[Revision]) -> tuple[Revision, ...]:
        """Give revisions with their texts."""
        listed = tuple(revisions)
        texts = self.of(revision.blob for revision in listed)
        return tuple(replace(revision, text=texts[revision.blob]) for revision in listed)
