"""What the rules of a verdict prove and what not, at a terminal."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from provenance.cli.terminal import Terminal
from provenance.report.proof import proves


def proof(reasons: Iterable[str], terminal: Terminal) -> Iterator[str]:
    """Say of each rule that decided, once, what it proves and what it does not."""
    said = {reason: line for reason in dict.fromkeys(reasons) if (line := proves(reason))}
    if not said:
        return
    yield ""
    yield terminal.paint("What this proves", "bold")
    for reason, line in said.items():
        yield from terminal.wrapped(f"{reason}: {line}", "  ")
