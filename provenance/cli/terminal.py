"""What every command prints with: the width and colours of the terminal, columns, times."""

from __future__ import annotations

import os
import sys
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from itertools import islice, zip_longest

from provenance.cli.words import one_line, width, wrap

NARROWEST = 20
WIDEST = 100
USUAL = 80
BESIDE = 60
"""From so many columns on, two texts stand beside each other; below it under each other."""

_CODES = {"bold": "1", "dim": "2", "red": "31", "green": "32", "yellow": "33", "cyan": "36"}


@dataclass(frozen=True, slots=True)
class Terminal:
    """How wide the terminal is, whether it shows colours, and whether it is one (`live`) or a pipe or file."""

    columns: int = 80
    colours: bool = False
    live: bool = False

    def paint(self, text: str, style: str) -> str:
        """Colour a text where the terminal shows colours: `bold`, `dim`, `red`, `green`, `yellow`, `cyan`."""
        return f"\x1b[{_CODES[style]}m{text}\x1b[0m" if self.colours and text else text

    def wrapped(self, text: str, indent: str = "", *, most: int = 99) -> Iterator[str]:
        """Break a text into at most so many lines that fit."""
        lines = shortened(text, max(self.columns - len(indent), 8), most)
        return (indent + line for line in lines)

    def headed(self, text: str, style: str, indent: str = "") -> Iterator[str]:
        """Break a text into lines that fit, each in a colour."""
        return (self.paint(line, style) for line in self.wrapped(text, indent))

    def hanging(self, label: str, text: str, *, most: int = 99) -> Iterator[str]:
        """Set a text beside a label, its further lines under its first."""
        blank = " " * len(label)
        for place, line in enumerate(self.wrapped(text, blank, most=most)):
            yield line if place else label + line[len(blank) :]

    def half(self, indent: int) -> int:
        """Give the width of each of two columns with ` | ` between them."""
        return (self.columns - indent - 3) // 2

    def beside(self, left: str, right: str, *, indent: int, most: int = 4) -> Iterator[str]:
        """Set two texts in two columns, each at most so many lines; under each other where there is no room."""
        room = self.columns - indent
        if room < BESIDE - indent:
            for text, style in ((left, "red"), (right, "green")):
                yield from (" " * indent + self.paint(line, style) for line in shortened(text, room, most))
            return
        half = self.half(indent)
        pairs = zip_longest(shortened(left, half, most), shortened(right, half, most), fillvalue="")
        for a, b in pairs:
            yield (" " * indent + self.paint(pad(a, half), "red") + " | " + self.paint(b, "green")).rstrip()


def of_output() -> Terminal:
    """Find out how wide standard output is and whether it shows colours (a tty, and NO_COLOR is not set)."""
    live = sys.stdout.isatty()
    plain = bool(os.environ.get("NO_COLOR")) or os.environ.get("TERM") == "dumb"
    return Terminal(max(NARROWEST, min(_columns(), WIDEST)), colours=live and not plain, live=live)


def _columns() -> int:
    # as shutil.get_terminal_size does, without what importing shutil costs
    asked = os.environ.get("COLUMNS", "")
    if asked.isdecimal() and int(asked):
        return int(asked)
    try:
        return os.get_terminal_size(sys.stdout.fileno()).columns or USUAL
    except (OSError, ValueError):
        return USUAL


def emit(lines: Iterable[str]) -> None:
    """Print lines on standard output as they come."""
    for line in lines:
        sys.stdout.write(line + "\n")


def pad(text: str, columns: int) -> str:
    """Fill a text with blanks to so many columns."""
    return text + " " * max(columns - width(text), 0)


def shortened(text: str, columns: int, most: int) -> list[str]:
    """Wrap a text into at most so many lines, the last one ending in `...` where something was left out."""
    lines = list(islice(wrap(one_line(text), columns), most + 1))
    if len(lines) <= most:
        return lines
    last = lines[most - 1]
    while last and width(last) > columns - 4:
        last = last[:-1]
    return [*lines[: most - 1], f"{last.rstrip()} ..."]


def quoted(text: str) -> str:
    """Put words from outside in quotation marks, on one line; in curved ones where they hold straight ones."""
    inside = one_line(" ".join(text.split()))
    return f"\u201c{inside}\u201d" if '"' in inside else f'"{inside}"'


def moment(value: datetime | None) -> str:
    """Give a time to the minute in UTC, `?` where it is not known."""
    return value.astimezone(UTC).strftime("%Y-%m-%d %H:%MZ") if value else "?"


def count(number: int, noun: str, plural: str = "") -> str:
    """Say how many: `1 copy`, `2 copies`."""
    return f"{number:,} {noun if number == 1 else plural or noun + 's'}"
