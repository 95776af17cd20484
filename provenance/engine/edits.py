"""Edits: what one revision changed, as spans with the aspects that they touch.

A notice is not part of what it tells of: notices are cut out of both texts before they are compared, and every span is
carried back to the whole text. White space alone is no edit; a paragraph is the largest edit there is, so that a copy
can have the first of three added paragraphs and lack the others; the same sentences at another place are a move.
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

from provenance.engine.aspects import Setting, aspects
from provenance.engine.script import Step, script
from provenance.engine.words import key, tokens
from provenance.model import Aspect, Edit, Op, Span

_PARAGRAPH = re.compile(r"(?:(?!\n\n).)+", re.DOTALL)
LEAST_MOVED = 5
"""Words that a passage needs for its two places to be one move."""


@dataclass(frozen=True, slots=True)
class Body:
    """A text with its notices cut out; `starts[i]` in the body stands at `places[i]` in the whole text."""

    text: str
    starts: tuple[int, ...] = (0,)
    places: tuple[int, ...] = (0,)

    def whole(self, span: Span) -> Span:
        """Carry a span of the body back to the whole text."""
        left = bisect_right(self.starts, span[0]) - 1
        start = self.places[left] + span[0] - self.starts[left]
        if span[0] == span[1]:
            return (start, start)
        right = bisect_left(self.starts, span[1]) - 1
        return (start, self.places[right] + span[1] - self.starts[right])


def body(text: str, notices: Iterable[Span]) -> Body:
    """Cut the notices out of a text."""
    pieces: list[str] = []
    starts: list[int] = []
    places: list[int] = []
    at = length = 0
    for left, right in [*sorted(notices), (len(text), len(text))]:
        if left > at:
            starts.append(length)
            places.append(at)
            pieces.append(text[at:left])
            length += left - at
        at = max(at, right)
        while at < len(text) and text[at] == "\n" and pieces and pieces[-1].endswith("\n\n"):
            at += 1  # the blank line that followed the notice goes with it
    return Body("".join(pieces), tuple(starts) or (0,), tuple(places) or (0,))


def compare(
    before: str, after: str, gone: Sequence[Span], come: Sequence[Span], setting: Setting
) -> tuple[list[Edit], list[Step] | None]:
    """List the edits between two texts whose notices stand at *gone* and *come*.

    The script of the whole texts is given back as well where it was needed, None where the notices made it another.
    """
    old, new = body(before, gone), body(after, come)
    steps = script(old.text, new.text)
    found = [edit for step in steps if not step.kept for edit in _edits(step, old, new)]
    placed = enumerate(sorted(_moves(found), key=_place))
    edits = [replace(edit, n=n, aspects=aspects(edit, setting)) for n, edit in placed]
    return edits, None if gone or come else steps


def _place(edit: Edit) -> tuple[Span, Span]:
    return (edit.after_span or (0, 0), edit.before_span or (0, 0))


def _edits(step: Step, old: Body, new: Body) -> Iterable[Edit]:
    """Turn a step into edits of one paragraph each, without the white space around them."""
    lefts, rights = _trimmed(old.text, step.before), _trimmed(new.text, step.after)
    if not lefts and not rights:
        return
    if len(lefts) == len(rights) or (lefts and rights):
        pairs = [_covering(lefts, rights)] if len(lefts) != len(rights) else list(zip(lefts, rights, strict=True))
    else:
        here, there = (step.before[0],) * 2, (step.after[0],) * 2
        pairs = [(left, there) for left in lefts] or [(here, right) for right in rights]
    for left, right in pairs:
        x, y = old.text[slice(*left)], new.text[slice(*right)]
        if x != y:
            op = Op.INSERT if not x else Op.DELETE if not y else Op.REPLACE
            yield Edit(0, op, (), x, y, old.whole(left), new.whole(right))


def _covering(lefts: list[Span], rights: list[Span]) -> tuple[Span, Span]:
    return (lefts[0][0], lefts[-1][1]), (rights[0][0], rights[-1][1])


def _trimmed(text: str, span: Span) -> list[Span]:
    """Cut a span into its paragraphs, the white space around each left out."""
    found = []
    for match in _PARAGRAPH.finditer(text, *span):
        piece = match.group()
        start = match.start() + len(piece) - len(piece.lstrip())
        end = match.start() + len(piece.rstrip())
        if start < end:
            found.append((start, end))
    return found


def _moves(edits: list[Edit]) -> list[Edit]:
    """Make one move of a passage that was dropped at one place and put in at another."""
    dropped = {_folded(edit.before): edit for edit in edits if edit.op is Op.DELETE}
    stay: list[Edit] = []
    sources: set[Span | None] = set()
    for edit in edits:
        name = _folded(edit.after) if edit.op is Op.INSERT else ()
        source = dropped.pop(name, None) if len(name) >= LEAST_MOVED else None
        if source:
            sources.add(source.before_span)
            stay.append(replace(edit, op=Op.MOVE, before=source.before, before_span=source.before_span))
        else:
            stay.append(edit)
    return [edit for edit in stay if edit.op is not Op.DELETE or edit.before_span not in sources]


def _folded(text: str) -> tuple[str, ...]:
    return tuple(filter(None, map(key, tokens(text))))


def touches_text(edit: Edit) -> bool:
    """Tell whether an edit changed words, not only layout."""
    return edit.aspects != (Aspect.LAYOUT,)
