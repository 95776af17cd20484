"""What tests of the store build: entries, observations, and plain git to look behind its back."""

from __future__ import annotations

import subprocess
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

from provenance.model import Event, Metadata, Observation
from provenance.store import Entry, Store

AT = datetime(2026, 11, 22, 5, 28, tzinfo=UTC)
URL = "https://courier.example/a"
BESIDE = {"source", "reader", "flags", "technical"}


def make(n: int = 0, text: str = "", **given: Any) -> Entry:  # noqa: ANN401  # any field of Metadata or Entry
    """Make revision `n` of an article; what is given goes into its metadata, or beside them."""
    beside = {name: given.pop(name) for name in BESIDE & given.keys()}
    observed_at = given.pop("observed_at", AT + timedelta(hours=n))
    metadata = replace(Metadata(url=URL, publisher="Courier", headline="Ferry sinks", published_at=AT), **given)
    body = text or f"Ferry sinks\n\n{n or 'No'} people died.\n"
    return Entry(metadata, n, body, observed_at=observed_at, **beside)


def saw(*entries: Entry, event: Event = Event.STORED) -> list[Observation]:
    """Observe what entries say, as the run that found them does."""
    return [Observation(each.article, each.n, each.observed_at, event, "", "test:1") for each in entries]


def put(store: Store, *entries: Entry) -> str:
    """Append entries with their run."""
    return store.append(entries, saw(*entries))


def git(store: Store, *arguments: str, stdin: bytes = b"") -> str:
    """Run plain git on the repository of a store, and give what it prints."""
    return plain(store.path / "facts.git", *arguments, stdin=stdin)


def plain(repository: Path, *arguments: str, stdin: bytes = b"") -> str:
    """Run plain git on a repository, and give what it prints."""
    done = subprocess.run(
        ["git", f"--git-dir={repository}", "-c", "user.name=x", "-c", "user.email=x@x", *arguments],
        input=stdin,
        capture_output=True,
        check=True,
    )
    return done.stdout.decode()
