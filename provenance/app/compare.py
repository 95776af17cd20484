"""Two texts beside each other: the paragraphs that differ, cut into kept, dropped and added words."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from provenance.engine.script import script
from provenance.model import Mark, Piece


@dataclass(frozen=True, slots=True)
class Passage:
    """One paragraph that differs: its line (from 1) in either text, and its pieces in reading order."""

    before_line: int
    after_line: int
    pieces: tuple[Piece, ...]


@dataclass(frozen=True, slots=True)
class Comparison:
    """Two texts by name, and the passages in which they differ; `passages` is empty where they are the same."""

    before: str
    after: str
    passages: tuple[Passage, ...]


def compare(before: str, after: str) -> Iterator[Passage]:
    """Yield the paragraphs in which two canonical texts differ, in order."""
    old_line = new_line = 1
    for paragraph in _paragraphs(_pieces(before, after)):
        if any(piece.mark is not Mark.KEPT and piece.text.strip() for piece in paragraph):
            trimmed = tuple(piece for piece in map(_without_breaks, paragraph) if piece.text)
            if trimmed:
                yield Passage(old_line, new_line, trimmed)
        old_line += sum(piece.text.count("\n") for piece in paragraph if piece.mark is not Mark.ADDED)
        new_line += sum(piece.text.count("\n") for piece in paragraph if piece.mark is not Mark.DROPPED)


def _pieces(before: str, after: str) -> Iterator[Piece]:
    before, after = (text.rstrip("\n") + "\n\n" for text in (before, after))  # every paragraph ends alike
    for step in script(before, after):
        if step.kept:
            yield Piece(Mark.KEPT, before[slice(*step.before)])
            continue
        if dropped := before[slice(*step.before)]:
            yield Piece(Mark.DROPPED, dropped)
        if added := after[slice(*step.after)]:
            yield Piece(Mark.ADDED, added)


def _paragraphs(pieces: Iterator[Piece]) -> Iterator[list[Piece]]:
    """Group pieces into paragraphs; a blank line in either text ends one."""
    paragraph: list[Piece] = []
    for piece in pieces:
        *whole, rest = piece.text.split("\n\n")
        for part in whole:
            paragraph.append(Piece(piece.mark, part + "\n\n"))
            yield paragraph
            paragraph = []
        if rest:
            paragraph.append(Piece(piece.mark, rest))
    if paragraph:
        yield paragraph


def _without_breaks(piece: Piece) -> Piece:
    return Piece(piece.mark, piece.text.replace("\n", " ").rstrip() if piece.text.endswith("\n") else piece.text)
