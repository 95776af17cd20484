"""A stream cut into batches."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from provenance.app.batches import batches


@given(st.lists(st.binary(max_size=20)), st.integers(1, 6), st.integers(1, 40))
def test_batches_are_bounded_and_lose_nothing(items: list[bytes], count: int, most: int) -> None:
    """A batch is small in number and bytes, unless one item alone is larger; joined, batches are the input."""
    found = list(batches(items, len, count=count, most=most))

    assert items == [item for batch in found for item in batch]
    assert all(0 < len(batch) <= count for batch in found)
    assert all(len(batch) == 1 or sum(map(len, batch)) <= most for batch in found)
