"""The command line run inside the test's own process: what it printed, how it ended, what it left in the store."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path

ARTICLE = "https://courier.example/a"
TEXT = "Ferry sinks in calm\n\nThree people died when the ferry went down, the harbour police said on Tuesday.\n"


@dataclass(frozen=True)
class Ran:
    """What a command printed and how it ended."""

    code: int
    out: str
    err: str


Prov = Callable[..., Ran]


def state(store: Path) -> str:
    """Give a digest of every file of a store but its lock and the queue for it."""
    seen = sha256()
    for path in sorted(store.rglob("*")):
        if path.is_file() and path.name not in {"lock", "queue"}:
            seen.update(f"{path.relative_to(store)}\0".encode() + path.read_bytes())
    return seen.hexdigest()
