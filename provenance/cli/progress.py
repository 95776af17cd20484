"""How far a long command has come, on standard error, where somebody is watching."""

from __future__ import annotations

import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from rich.status import Status

PATIENCE = 1.0
"""Seconds before anything is shown."""


@contextmanager
def progress(what: str) -> Iterator[Callable[[int], None]]:
    """Give a function to call with the number of things done so far."""
    if not sys.stderr.isatty():
        yield lambda _: None
        return
    start = time.monotonic()
    bar = None

    def report(done: int) -> None:
        nonlocal bar
        if bar is None:
            if time.monotonic() - start < PATIENCE:
                return
            bar = _bar(what)
            bar.start()
        bar.update(f"{what}: {done:,}")

    try:
        yield report
    finally:
        if bar is not None:
            bar.stop()


def _bar(what: str) -> Status:
    from rich.console import Console
    from rich.status import Status

    return Status(what, console=Console(stderr=True))
