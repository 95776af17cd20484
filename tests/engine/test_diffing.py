"""Diffing: two lists of tokens compared by diff-match-patch, with no clock."""

from __future__ import annotations

import random
import sys
from collections.abc import Callable, Sequence
from types import FrameType
from typing import Any

import pytest
from engine.generated import WORDS
from hypothesis import given
from hypothesis import strategies as st

from provenance.engine.diffing import Run, diff, differ

listed = st.lists(st.sampled_from(WORDS[:6]), max_size=12)


def kept(runs: Sequence[Run], items: Sequence[str], side: int) -> list[str]:
    """Give the tokens of one side, 1 for the old and 2 for the new, that a diff keeps."""
    found: list[str] = []
    at = 0
    for run in runs:
        found.extend(items[at : at + run[side]] if run[0] == 0 else [])
        at += run[side]
    return found


@given(listed, listed, st.booleans())
def test_runs_cover_both_lists_and_keep_the_same_tokens(old: list[str], new: list[str], semantic: bool) -> None:  # noqa: FBT001
    """Every token is in one run, and what is kept is equal on both sides."""
    runs = diff(old, new, semantic=semantic)

    assert (len(old), len(new)) == (sum(run[1] for run in runs), sum(run[2] for run in runs))
    assert kept(runs, old, 1) == kept(runs, new, 2)


def test_no_clock_decides_a_diff() -> None:
    """The library's time limit is off: a busy machine gives the same diff."""
    assert 0 == differ().Diff_Timeout


@pytest.mark.parametrize("semantic", [True, False])
def test_more_tokens_than_there_are_plain_characters_stay_apart(semantic: bool) -> None:  # noqa: FBT001
    """Seventy thousand distinct tokens are still told apart: none is spelled as a surrogate, none as another."""
    old = [f"line {n}" for n in range(70_000)]
    new = [*old[:60_000], "another line", *old[60_001:]]

    assert [(0, 60_000, 60_000), (-1, 1, 0), (1, 0, 1), (0, 9_999, 9_999)] == diff(old, new, semantic=semantic)


def test_small_islands_are_dissolved_for_a_reader() -> None:
    """A word that happens to stand in both of two unlike phrases does not cut the change in pieces, where asked."""
    old, new = "one two three the four five six".split(), "ten eleven twelve the thirteen fourteen fifteen".split()

    assert 1 == sum(run[0] == 0 for run in diff(old, new, semantic=False))
    assert 0 == sum(run[0] == 0 for run in diff(old, new, semantic=True))


@pytest.mark.parametrize("new", [[f"blue {n}" for n in range(2_000)], [f"red {n}" for n in range(1_999, -1, -1)]])
def test_cost_follows_the_size_of_the_lists(new: list[str]) -> None:
    """Two thousand tokens against as many others, or against themselves turned round, take some steps a token."""
    old = [f"red {n}" for n in range(2_000)]

    assert within(400_000, lambda: diff(old, new, semantic=False))


def within(limit: int, act: Callable[[], object]) -> bool:
    """Tell whether an act needs no more than so many lines of Python: a measure that no busy machine changes."""
    steps = 0

    def trace(frame: FrameType, event: str, arg: Any) -> Any:  # noqa: ANN401 - as sys.settrace has it
        nonlocal steps
        steps += event == "line"
        if steps > limit:
            raise OverflowError
        return trace

    before = sys.gettrace()
    sys.settrace(trace)
    try:
        act()
    except OverflowError:
        return False
    finally:
        sys.settrace(before)
    return True


@pytest.mark.parametrize("wanted", ["all others", "a few others", "the same"])
def test_a_long_list_is_compared_in_parts(wanted: str) -> None:
    """Past the size of an exact comparison a diff is no longer the best one, and still true: it covers both lists."""
    maker = random.Random(1)
    old = [str(maker.randrange(3000)) for _ in range(60_000)]
    new = [str(maker.randrange(3000)) for _ in range(60_000)] if wanted == "all others" else list(old)
    if wanted == "a few others":
        new[100], new[30_000:30_003], new[59_000] = "x", ["y"], "z"

    runs = diff(old, new, semantic=True)

    i = j = 0
    for op, left, right in runs:
        assert op or old[i : i + left] == new[j : j + right]
        i, j = i + left, j + right
    assert (len(old), len(new)) == (i, j)
    changed = sum(max(left, right) for op, left, right in runs if op)
    assert {"all others": 120_000, "a few others": 10, "the same": 0}[wanted] >= changed
