"""Deltas: the exact edit from one canonical text to the next, in diff-match-patch's delta form.

`=n` keeps n units, `-n` drops n, `+text` puts in a percent-encoded text; parts are joined by tabs. Units are those of
UTF-16, as in every port of the library: an emoji counts two. A delta names the sha256 of both texts and refuses any
other base: it is never applied fuzzily.
"""

from __future__ import annotations

from provenance.engine.diffing import differ
from provenance.engine.script import Step, script
from provenance.errors import DeltaMismatchError
from provenance.model import Delta, digest


def make(before: str, after: str) -> Delta:
    """Work out the delta from one text to the next."""
    return from_script(before, after, script(before, after))


def from_script(before: str, after: str, steps: list[Step]) -> Delta:
    """Write a script that is already known as a delta."""
    diffs: list[tuple[int, str]] = []
    for step in steps:
        x, y = before[slice(*step.before)], after[slice(*step.after)]
        if step.kept:
            diffs.append((0, x))
        else:  # deletions first: what a reader expects
            diffs.extend(part for part in ((-1, x), (1, y)) if part[1])
    return Delta(digest(before), digest(after), differ().diff_toDelta(diffs))


def inverse(delta: Delta, before: str) -> Delta:
    """Turn the delta that leads on from a text into the one that leads back to it, at less than its making costs.

    Raises DeltaMismatchError where the text is not the one that the delta was made from.
    """
    after, library = apply(delta, before), differ()
    diffs = [(-op, text) for op, text in library.diff_fromDelta(before, delta.ops)]
    for at in range(1, len(diffs)):
        if diffs[at - 1][0] == 1 and diffs[at][0] == -1:
            diffs[at - 1], diffs[at] = diffs[at], diffs[at - 1]
    return Delta(digest(after), digest(before), library.diff_toDelta(diffs))


def apply(delta: Delta, before: str) -> str:
    """Give the text that a delta leads to.

    Raises DeltaMismatchError where the base is not the text that the delta was made from, or the result is not the
    one that it was made to.
    """
    if digest(before) != delta.before:
        raise DeltaMismatchError(
            f"the delta is for a text with sha256 {delta.before[:12]}…, this one has {digest(before)[:12]}…"
        )
    library = differ()
    try:
        after = str(library.diff_text2(library.diff_fromDelta(before, delta.ops)))
        found = digest(after)
    except ValueError as error:  # also half a character, of which there is no digest
        raise DeltaMismatchError(f"the delta cannot be read: {error}") from error
    if found != delta.after:
        raise DeltaMismatchError(f"the delta gave a text whose sha256 is not {delta.after[:12]}…")
    return after
