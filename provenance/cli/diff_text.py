"""A comparison at a terminal: word by word with marks or colours, or the two texts side by side."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from provenance.app.compare import Comparison, Mark, Passage, Piece
from provenance.cli.terminal import Terminal, pad
from provenance.cli.words import one_line, visible, width, wrap

_BRACKETS = {Mark.DROPPED: ("[-", "-]"), Mark.ADDED: ("{+", "+}")}
_STYLES = {Mark.DROPPED: "red", Mark.ADDED: "green"}


def word_by_word(found: Comparison, terminal: Terminal) -> Iterator[str]:
    """Give each changed paragraph with [-old-]{+new+}, in colours instead where the terminal shows them."""
    yield from _names(found, terminal)
    for passage in found.passages:
        yield ""
        yield terminal.paint(_place(passage), "cyan")
        words = list(_marked(passage.pieces, terminal))
        yield from _filled(words, terminal.columns) if terminal.live else (" ".join(word for word, _ in words),)


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


def _marked(pieces: Iterable[Piece], terminal: Terminal) -> Iterator[tuple[str, int]]:
    """Yield the words of a passage, marked, each with the columns that it takes; a word may be of several pieces."""
    word, columns = "", 0
    for piece in pieces:
        text = one_line(piece.text)
        opening, closing = ("", "") if terminal.colours else _BRACKETS.get(piece.mark, ("", ""))
        head, tail = text[: len(text) - len(text.lstrip())], text[len(text.rstrip()) :]
        if head and word:
            yield word, columns
            word, columns = "", 0
        parts = text.split()
        for place, part in enumerate(parts):
            if place:
                yield word, columns
                word, columns = "", 0
            shown = (opening if not place else "") + part + (closing if place == len(parts) - 1 else "")
            style = _STYLES.get(piece.mark)
            word += terminal.paint(shown, style) if style else shown
            columns += width(shown)
        if tail and parts and word:
            yield word, columns
            word, columns = "", 0
    if word:
        yield word, columns


def _filled(words: Iterable[tuple[str, int]], columns: int) -> Iterator[str]:
    line, used = "", 0
    for word, length in words:
        if line and used + 1 + length > columns:
            yield line
            line, used = "", 0
        line, used = (f"{line} {word}", used + 1 + length) if line else (word, length)
    if line:
        yield line
