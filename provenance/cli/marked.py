"""Marked words in lines that fit: [-old-] and {+new+}, or red and green where the terminal shows colours."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from provenance.cli.terminal import Terminal
from provenance.cli.words import one_line, pieces_of, width
from provenance.model import Mark, Piece

BRACKETS = {Mark.DROPPED: ("[-", "-]"), Mark.ADDED: ("{+", "+}")}
STYLES = {Mark.DROPPED: "red", Mark.ADDED: "green"}

Segment = tuple[str, Mark]
"""A part of a word with what became of it."""


def marked(pieces: Iterable[Piece], columns: int, terminal: Terminal) -> Iterator[tuple[str, int]]:
    """Break pieces into lines of at most so many columns; give each as it is printed, with the columns it takes."""
    line: list[Segment] = []
    used = 0
    for word in _fitting(_words(pieces, brackets=not terminal.colours), columns):
        length = _width(word)
        if line and used + 1 + length > columns:
            yield _painted(line, terminal), used
            line, used = [], 0
        if line:
            line.append((" ", word[0][1] if line[-1][1] is word[0][1] else Mark.KEPT))
            used += 1
        line += word
        used += length
    if line:
        yield _painted(line, terminal), used


def _fitting(words: Iterable[list[Segment]], columns: int) -> Iterator[list[Segment]]:
    """Cut words that are longer than a line."""
    for word in words:
        if _width(word) <= columns:
            yield word
        else:
            yield from ([(part, mark)] for text, mark in word for part in pieces_of(text, columns))


def _width(word: Iterable[Segment]) -> int:
    return sum(width(text) for text, _ in word)


def _words(pieces: Iterable[Piece], *, brackets: bool) -> Iterator[list[Segment]]:
    """Cut pieces into words; a word may be of several pieces, and brackets stand around a whole piece."""
    word: list[Segment] = []
    for piece in pieces:
        text = one_line(piece.text)
        opening, closing = BRACKETS.get(piece.mark, ("", "")) if brackets else ("", "")
        parts = text.split()
        if text[:1].isspace() and word:
            yield word
            word = []
        for at, part in enumerate(parts):
            if at:
                yield word
                word = []
            first, last = at == 0, at == len(parts) - 1
            word.append(((opening if first else "") + part + (closing if last else ""), piece.mark))
        if text[-1:].isspace() and parts:
            yield word
            word = []
    if word:
        yield word


def _painted(line: Iterable[Segment], terminal: Terminal) -> str:
    return "".join(terminal.paint(text, STYLES[mark]) if mark in STYLES else text for text, mark in line)
