"""The words of a copy that are not spelled as they look, with the names of the characters that pass for others."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from unicodedata import name

from provenance.cli.terminal import Terminal, count, quoted
from provenance.model import EVASION, Copy, Disguised

SHOWN = 10
"""So many words are named, and so many characters of each."""


def disguised(copy: Copy, found: Sequence[Disguised], terminal: Terminal) -> Iterator[str]:
    """Say that evasion is suspected, and where; nothing for a copy of which it is not."""
    if EVASION not in copy.flags:
        return
    what = f"evasion suspected: {count(len(found), 'word')} not spelled as they look; they were compared as they look"
    yield from terminal.headed(what, "yellow")
    for each in found[:SHOWN]:
        signs = ", ".join(map(_named, each.characters[:SHOWN]))
        text = f"{quoted(_shown(each.word))} for {quoted(each.plain)}: {signs}"
        yield from terminal.hanging(f"  line {each.line}: ", text)
    if len(found) > SHOWN:
        yield f"  ... and {count(len(found) - SHOWN, 'more word')}"


def _named(character: str) -> str:
    return f"U+{ord(character):04X} {name(character, '')}".rstrip()


def _shown(word: str) -> str:
    return "".join(each if each.isprintable() else f"\\u{ord(each):04x}" for each in word)
