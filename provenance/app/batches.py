"""A stream cut into batches that are bounded in number and in bytes, so that memory does not grow with the input."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from typing import TypeVar

T = TypeVar("T")


def batches(items: Iterable[T], size: Callable[[T], int], *, count: int, most: int) -> Iterator[list[T]]:
    """Yield lists of at most `count` items and, by `size`, at most `most` bytes unless one item alone is larger."""
    batch: list[T] = []
    total = 0
    for item in items:
        weight = size(item)
        if batch and (len(batch) >= count or total + weight > most):
            yield batch
            batch, total = [], 0
        batch.append(item)
        total += weight
    if batch:
        yield batch
