"""A comparison at a terminal: word by word with marks or colours, or the two texts side by side."""

from __future__ import annotations

from collections.abc import Iterator

from provenance.app.compare import Comparison, Passage
from provenance.cli.marked import marked
from provenance.cli.terminal import Terminal, pad
from provenance.cli.words import one_line, visible, wrap
from provenance.model import Mark

ANY = 1 << 30
"""Columns of a file or a pipe: a paragraph is one line."""


def word_by_word(found: Comparison, terminal: Terminal) -> Iterator[str]:
    """Give each changed paragraph with [-old-]{+new+}, in colours instead where the terminal shows them."""
    yield from _names(found, terminal)
    for passage in found.passages:
        yield ""
        yield terminal.paint(_place(passage), "cyan")
        columns = terminal.columns if terminal.live else ANY
        yield from (line for line, _ in marked(passage.pieces, columns, terminal))


def side_by_side(found: Comparison, terminal: Terminal) -> Iterator[str]:
    """Give each changed paragraph in two columns, the old text left and the new one right."""
    half = max((terminal.columns - 3) // 2, 8)
    yield from _names(found, terminal)
    for passage in found.passages:
        yield ""
        yield terminal.paint(_place(passage), "cyan")
        old = list(wrap(_side(passage, Mark.ADDED), half))
        new = list(wrap(_side(passage, Mark.DROPPED), half))
        for row in range(max(len(old), len(new))):
            left = old[row] if row < len(old) else ""
            right = new[row] if row < len(new) else ""
            yield f"{terminal.paint(pad(left, half), 'red')} | {terminal.paint(right, 'green')}".rstrip()


def _names(found: Comparison, terminal: Terminal) -> Iterator[str]:
    yield terminal.paint(f"--- {one_line(found.before)}", "red")
    yield terminal.paint(f"+++ {one_line(found.after)}", "green")
    if not found.passages:
        yield "The texts are the same."


def _place(passage: Passage) -> str:
    if passage.before_line == passage.after_line:
        return f"@@ line {passage.after_line}"
    return f"@@ line {passage.before_line} -> {passage.after_line}"


def _side(passage: Passage, without: Mark) -> str:
    return visible("".join(piece.text for piece in passage.pieces if piece.mark is not without))
