"""An article and a copy side by side on a page: what is alike counted, the sentences that differ shown."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby

from provenance.model import Label, Mark, Pair, Piece, Sides

OWN = 2
"""So many sentences that only one side has are shown of a run; the rest are counted."""
LONGEST = 1_200
"""So many characters of a sentence are shown."""
CONTEXT = 400
"""So many characters are shown on either side of what was changed."""
SHOWN = 40
"""So many pairs are shown of one copy; `prov diff --copy` shows all."""


@dataclass(frozen=True, slots=True)
class Side:
    """One side of a row: the line (from 1), None where that text has nothing there, and its words."""

    line: int | None
    pieces: tuple[Piece, ...]


@dataclass(frozen=True, slots=True)
class Row:
    """A pair of sentences, or a run of `count` that are not shown; `sort` is `shown`, `alike`, `left` or `right`."""

    sort: str
    count: int = 0
    left: Side = Side(None, ())
    right: Side = Side(None, ())
    moved: bool = False
    labels: tuple[Label, ...] = ()


def folded(sides: Sides) -> tuple[tuple[Row, ...], int]:
    """Give the rows to show, and how many pairs more there are."""
    rows: list[Row] = []
    shown = 0
    pairs = list(sides.pairs)
    for sort, run in groupby(pairs, key=_sort):
        for row in _run(sort, list(run)):
            if shown == SHOWN and not row.count:
                return tuple(rows), sum(1 for pair in pairs if not pair.alike) - SHOWN
            shown += not row.count
            rows.append(row)
    return tuple(rows), 0


def _sort(pair: Pair) -> str:
    if pair.labels or (pair.left and pair.right and (pair.moved or not pair.alike)):
        return "shown"
    return "alike" if pair.alike else "left" if pair.left else "right"


def _run(sort: str, run: Sequence[Pair]) -> Iterator[Row]:
    if sort == "alike":
        yield Row(sort, count=len(run))
        return
    shown = run if sort == "shown" or len(run) <= OWN + 1 else run[:OWN]
    for pair in shown:
        left, right = _side(pair, Mark.ADDED), _side(pair, Mark.DROPPED)
        yield Row("shown", 0, Side(pair.left_line, left), Side(pair.right_line, right), pair.moved, _once(pair.labels))
    if rest := len(run) - len(shown):
        yield Row(sort, count=rest)


def _once(labels: Sequence[Label]) -> tuple[Label, ...]:
    """Leave one label of each update and state: a sentence may hold many edits of one update."""
    return tuple({(each.update.id, each.standing.state): each for each in labels}.values())


def _side(pair: Pair, without: Mark) -> tuple[Piece, ...]:
    """Give the pieces of one side, shortened."""
    if pair.pieces:
        pieces = [piece for piece in pair.pieces if piece.mark is not without]
    else:
        text = pair.before if without is Mark.ADDED else pair.after
        pieces = [Piece(Mark.KEPT, text)] if text else []
    return tuple(cut(pieces, LONGEST))


def around(pieces: Sequence[Piece]) -> Iterator[Piece]:
    """Shorten what was kept to the words beside what was changed; what was changed is cut where it is very long."""
    last = len(pieces) - 1
    for n, piece in enumerate(pieces):
        text = piece.text
        if piece.mark is not Mark.KEPT or not last:
            yield Piece(piece.mark, text if len(text) <= LONGEST else f"{text[:LONGEST]} …")
            continue
        head = text[:CONTEXT] if n else ""
        tail = text[-CONTEXT:] if n < last else ""
        yield piece if len(text) <= len(head) + len(tail) else Piece(piece.mark, f"{head} … {tail}")


def cut(pieces: Iterable[Piece], room: int) -> Iterator[Piece]:
    """Shorten pieces to so many characters in all."""
    for piece in pieces:
        if len(piece.text) > room:
            yield Piece(piece.mark, piece.text[:room] + " …")
            return
        room -= len(piece.text)
        yield piece
