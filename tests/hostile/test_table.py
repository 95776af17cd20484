"""The table of bad inputs is whole: every row is tried, or says why it cannot be."""

from __future__ import annotations

from hostile.table import ELSEWHERE, LATER, TABLE, TESTS, tried


def test_every_row_is_tried_or_says_why_not() -> None:
    """No row of the 114 is left out, and none has two answers."""
    assert set(range(1, 115)) == set(TABLE)
    assert set() == set(TABLE) - tried() - ELSEWHERE.keys() - LATER.keys()
    assert set() == LATER.keys() & (tried() | ELSEWHERE.keys())


def test_what_is_tried_elsewhere_is_there() -> None:
    """A pointer leads to a test of that name."""
    for pointer in ELSEWHERE.values():
        path, _, name = pointer.partition("::")
        assert f"def {name}(" in (TESTS / path).read_text(encoding="utf-8"), pointer
