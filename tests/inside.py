"""The command line run inside the test's own process: what it printed, how it ended, what it left in the store."""

from __future__ import annotations

import io
import sys
from collections.abc import Callable
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path

import pytest

from provenance.cli import main

ARTICLE = "https://courier.example/a"
TEXT = "Ferry sinks in calm\n\nThree people died when the ferry went down, the harbour police said on Tuesday.\n"


@dataclass(frozen=True)
class Ran:
    """What a command printed and how it ended."""

    code: int
    out: str
    err: str


Prov = Callable[..., Ran]


def runner(monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str]) -> Prov:
    """Give a function that runs `prov` where we are; `feed` is what stands on its standard input."""

    def run(*arguments: str | Path, feed: bytes = b"") -> Ran:
        capfd.readouterr()
        monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(feed)))
        code = main([str(argument) for argument in arguments])
        sys.stdout.flush()
        captured = capfd.readouterr()
        return Ran(code, captured.out, captured.err)

    return run


def state(store: Path) -> str:
    """Give a digest of every file of a store but its lock and the queue for it."""
    seen = sha256()
    for path in sorted(store.rglob("*")):
        if path.is_file() and path.name not in {"lock", "queue"}:
            seen.update(f"{path.relative_to(store)}\0".encode() + path.read_bytes())
    return seen.hexdigest()
