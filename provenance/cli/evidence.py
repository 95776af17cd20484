"""A copy's own words beside what they should be."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from provenance.cli.terminal import Terminal, quoted
from provenance.cli.words import cut
from provenance.model import EditStanding

INDENT = 4
LINES = 6
WITHDRAWN = "(withdrawn: not to be used any more)"
SHORT = 40
CONTEXT = 110
"""So many characters of a copy's sentence are shown."""


@dataclass(frozen=True, slots=True)
class Said:
    """What a copy says on a line, what is wanted there, and the old words that the edit took out.

    `instead` is said in place of what is wanted where no words of the article can say it.
    """

    line: int | None
    quote: str
    wanted: str
    before: str = ""
    instead: str = ""


def evidence(standing: EditStanding, before: str, terminal: Terminal) -> Iterator[str]:
    """Set a copy's own words beside what should stand there, for one edit that took out the words `before`."""
    yield from beside(Said(standing.line, standing.quote, standing.wanted, before), terminal)


def beside(said: Said, terminal: Terminal) -> Iterator[str]:
    """Set what a copy says beside what it should say."""
    place = f"line {said.line}: " if said.line else ""
    quote = around(said.quote, said.before)
    has = place + (quoted(quote) if quote else "(nothing of it)")
    yield from terminal.beside(has, _mended(said, quote), indent=INDENT, most=LINES)


def _mended(said: Said, quote: str) -> str:
    if said.instead:
        return said.instead
    if said.before and said.before in quote:
        return quoted(quote.replace(said.before, said.wanted, 1))
    if not said.wanted:
        return f"(without {quoted(said.before)})" if said.before else "(to be taken out)"
    if quote and len(said.wanted) < SHORT:
        return f"(the same with {quoted(said.wanted)})"
    return quoted(said.wanted)


def around(quote: str, piece: str) -> str:
    """Shorten a long quotation to the words around a piece of it."""
    place = quote.find(piece) if piece else -1
    if place < 0 or len(quote) <= CONTEXT:
        return quote
    room = max((CONTEXT - len(piece)) // 2, 20)
    left, right = max(place - room, 0), min(place + len(piece) + room, len(quote))
    head = quote[left:place].partition(" ")[2] if left else quote[:place]
    tail = quote[place + len(piece) : right]
    tail = tail.rpartition(" ")[0] if right < len(quote) else tail
    return ("... " if left else "") + head + piece + tail + (" ..." if right < len(quote) else "")


def words(before: str, after: str) -> str:
    """Write old words and new words, each shortened, with an arrow between."""
    if not before:
        return f"added {quoted(cut(after, 70))}"
    if not after:
        return f"removed {quoted(cut(before, 70))}"
    return f"{quoted(cut(before, 60))} -> {quoted(cut(after, 60))}"
