"""A copy's own words beside what they should be."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from provenance.cli.terminal import Terminal, quoted
from provenance.cli.words import cut
from provenance.model import Edit, EditStanding
from provenance.report.mending import mend, window

INDENT = 4
LINES = 6
GONE = "(to be taken out)"
WITHDRAWN = "(withdrawn: not to be used any more)"


@dataclass(frozen=True, slots=True)
class Said:
    """What a copy says on a line, the sentence that is wanted, and the words that the edit took out and brought.

    `instead` is said in place of what is wanted where no words of the article can say it.
    """

    line: int | None
    quote: str
    wanted: str
    before: str = ""
    after: str = ""
    instead: str = ""

    @property
    def is_passage(self) -> bool:
        """Tell whether whole sentences were added, so that what can be quoted of the copy only stands beside them."""
        return not self.before and bool(self.after) and self.wanted.strip() == self.after.strip()


def evidence(standing: EditStanding, edit: Edit, terminal: Terminal) -> Iterator[str]:
    """Set a copy's own words beside what should stand there, for one edit."""
    yield from beside(Said(standing.line, standing.quote, standing.wanted, edit.before, edit.after), terminal)


def beside(said: Said, terminal: Terminal) -> Iterator[str]:
    """Set what a copy says beside what it should say."""
    has, wanted = sides(said)
    yield from terminal.beside(has, wanted, indent=INDENT, most=LINES)


def sides(said: Said) -> tuple[str, str]:
    """Give what a copy says and what it should say, each in words for a person."""
    place = f"line {said.line}" if said.line else ""
    if said.instead:
        return _placed(place, said.quote), said.instead
    if said.is_passage:
        near = f"(not there; beside it, {_placed(place, window(said.quote, 0, 0))})"
        return near if said.quote else "(nothing of it)", quoted(said.wanted)
    found = mend(said.quote, said.wanted, said.before, said.after) if said.quote else None
    if found:
        made = window(found.made(said.quote), found.start, found.start + len(found.words))
        has = _placed(place, window(said.quote, found.start, found.end))
        return has, quoted(made) if any(map(str.isalnum, made)) else GONE
    return _placed(place, said.quote), _untold(said)


def _placed(place: str, quote: str) -> str:
    return (f"{place}: " if place else "") + (quoted(quote) if quote else "(nothing of it)")


def _untold(said: Said) -> str:
    """Say what is wanted where its place in the copy's own sentence cannot be told."""
    if not said.wanted:
        return f"(without {quoted(said.before)})" if said.before else GONE
    at = said.wanted.find(said.after) if said.after else -1
    return quoted(window(said.wanted, at, at + len(said.after)) if at >= 0 else said.wanted)


def words(before: str, after: str) -> str:
    """Write old words and new words, each shortened, with an arrow between."""
    if not before:
        return f"added {quoted(cut(after, 70))}"
    if not after:
        return f"removed {quoted(cut(before, 70))}"
    return f"{quoted(cut(before, 60))} -> {quoted(cut(after, 60))}"
