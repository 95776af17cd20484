"""An upstream and a copy side by side at a terminal: what is alike folded, words that differ marked, edits in place."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from itertools import groupby, zip_longest

from provenance.cli.evidence import words
from provenance.cli.marked import marked
from provenance.cli.status_table import label as kind
from provenance.cli.status_table import name
from provenance.cli.terminal import BESIDE, Terminal, count
from provenance.cli.words import one_line
from provenance.model import EVASION, Label, Mark, Pair, Piece, Sides, State

FOLDED = 2
"""So many sentences without anything to see, and more, are told by their number."""
OWN = 3
"""So many sentences that only one side has are shown of a run; of a longer one the rest are counted."""
LONGEST = 2_000
"""So many characters of a sentence are shown."""
_RIGHT_TO_LEFT = re.compile("[\u0590-\u08ff\ufb1d-\ufdff\ufe70-\ufefc]")
_STYLES = {State.CARRIED: "green", State.DIVERGED: "yellow", State.UNSEEN: "yellow"}


def side_by_side(found: Sides, terminal: Terminal) -> Iterator[str]:
    """Give the article left and the copy right, or one under the other where there is no room for both."""
    yield from _heads(found, terminal)
    below = terminal.columns < BESIDE or _is_right_to_left(found.pairs)
    for _, run in groupby(found.pairs, key=_sort):
        yield from _run(list(run), terminal, below=below)
    if found.elsewhere:
        yield "Elsewhere:"
        for each in found.elsewhere:
            yield from _labelled(each, terminal)
    yield from _last(found, terminal)


def _heads(found: Sides, terminal: Terminal) -> Iterator[str]:
    for sign, article, n, style in (
        ("---", found.upstream, found.revision, "red"),
        ("+++", found.copy, found.copy_revision, "green"),
    ):
        yield from terminal.headed(one_line(f"{sign} {name(article)}, {article.url}@{n}"), style)
    if found.verdict and EVASION in found.verdict.flags:
        what = f"evasion suspected: words are not spelled as they look; prov explain {found.copy.id} says where"
        yield from terminal.headed(what, "yellow")
    yield ""


def _last(found: Sides, terminal: Terminal) -> Iterator[str]:
    alike = sum(1 for pair in found.pairs if pair.alike)
    ours = sum(1 for pair in found.pairs if pair.right is None)
    own = sum(1 for pair in found.pairs if pair.left is None)
    changed = len(found.pairs) - alike - ours - own
    state = f"{found.verdict.state.value}: " if found.verdict else ""
    parts = [f"{alike:,} alike", f"{changed:,} changed", f"{ours:,} only in the article", f"{own:,} only in the copy"]
    yield from terminal.headed(f"{state}{', '.join(parts)}", "bold")
    if found.verdict:
        yield from terminal.wrapped(f"Why: prov explain {found.copy.id}")
    else:
        yield from terminal.wrapped("No verdict is held of these two texts; they are only laid beside each other.")


def _sort(pair: Pair) -> str:
    """Name what runs of pairs are told together."""
    if pair.labels or (pair.left and pair.right and (pair.moved or not pair.alike)):
        return "shown"
    return "alike" if pair.alike else "left" if pair.left else "right"


def _run(run: Sequence[Pair], terminal: Terminal, *, below: bool) -> Iterator[str]:
    sort = _sort(run[0])
    if sort == "alike" and len(run) >= FOLDED:
        yield from terminal.headed(f"\u2026 {count(len(run), 'sentence')} alike", "dim")
        yield ""
        return
    shown = run if sort in {"shown", "alike"} else run[:OWN] if len(run) > OWN + 1 else run
    for pair in shown:
        yield from _pair(pair, terminal, below=below)
    if rest := len(run) - len(shown):
        whose = "of the article that the copy has not" if sort == "left" else "of the copy's own"
        yield from terminal.headed(f"\u2026 {count(rest, 'more sentence')} {whose}", "dim")
        yield ""


def _pair(pair: Pair, terminal: Terminal, *, below: bool) -> Iterator[str]:
    yield from terminal.headed(_place(pair), "cyan")
    left, right = _side(pair, Mark.ADDED), _side(pair, Mark.DROPPED)
    if below:
        yield from _below(left, "- ", terminal)
        yield from _below(right, "+ ", terminal)
    else:
        half = terminal.half(0)
        blank = ("", 0)
        for (a, used), (b, _) in zip_longest(
            marked(left, half, terminal), marked(right, half, terminal), fillvalue=blank
        ):
            yield f"{a}{' ' * (half - used)} | {b}".rstrip()
    for label in pair.labels:
        yield from _labelled(label, terminal)
    yield ""


def _below(pieces: Iterable[Piece], sign: str, terminal: Terminal) -> Iterator[str]:
    for line, _ in marked(pieces, terminal.columns - len(sign), terminal):
        yield sign + line
        sign = " " * len(sign)


def _place(pair: Pair) -> str:
    if pair.left is None:
        return f"copy line {pair.right_line}: the copy's own"
    if pair.right is None:
        return f"line {pair.left_line}: not in the copy"
    moved = ", moved" if pair.moved else ""
    return f"line {pair.left_line} | copy line {pair.right_line}{moved}"


def _side(pair: Pair, without: Mark) -> list[Piece]:
    """Give the pieces of one side, shortened; a side that stands alone is marked whole."""
    if pair.pieces:
        pieces = [piece for piece in pair.pieces if piece.mark is not without]
    else:
        text = pair.before if without is Mark.ADDED else pair.after
        alone = Mark.DROPPED if pair.right is None else Mark.ADDED if pair.left is None else Mark.KEPT
        pieces = [Piece(alone, text)] if text else []
    return list(_cut(pieces))


def _cut(pieces: Iterable[Piece]) -> Iterator[Piece]:
    room = LONGEST
    for piece in pieces:
        if len(piece.text) > room:
            yield Piece(piece.mark, piece.text[:room] + " \u2026")
            return
        room -= len(piece.text)
        yield piece


def _labelled(label: Label, terminal: Terminal) -> Iterator[str]:
    state, update = label.standing.state, label.update
    by = "" if label.standing.by.value == "text" else f" by its {label.standing.by.value}"
    what = f"{state.value}{by}: {kind(update)} of @{update.revision}, update {update.id}"
    field = f"{label.edit.field}: " if label.edit.field else ""
    yield from terminal.headed(f"^ {what}", _STYLES.get(state, "red"))
    yield from terminal.wrapped(f"{field}{words(label.edit.before, label.edit.after)}", "  ", most=2)


def _is_right_to_left(pairs: Sequence[Pair]) -> bool:
    """Tell whether a terminal may turn a line around, and two columns with it."""
    return any(_RIGHT_TO_LEFT.search(pair.before) or _RIGHT_TO_LEFT.search(pair.after) for pair in pairs)
