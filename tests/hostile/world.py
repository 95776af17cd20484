"""What the tests of bad inputs have in common: an article, its copy, and what a refusal looks like."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from inside import ARTICLE, Prov, Ran, state

COPY = "https://mirror.example/a"
NEW = "https://courier.example/new"
"""A URL of which nothing is held."""
REST = (
    "\n\nThe ferry had left Harrowmouth at seven in the morning with a full car deck, harbour records show."
    "\n\nDivers from the coastguard searched the wreck until dusk and will go down again as soon as the wind allows."
)
OLD = "Three people died when the ferry went down, the harbour police said on Tuesday." + REST
NOTE = "Correction: An earlier version said that three people died. It is two, not three."
DRAFTS: list[dict[str, Any]] = [
    {
        "url": ARTICLE,
        "publisher": "Courier",
        "headline": "Ferry sinks in calm",
        "body": OLD,
        "modified_at": "2025-03-04T09:12Z",
        "observed_at": "2025-03-04T10:00Z",
    },
    {
        "url": ARTICLE,
        "publisher": "Courier",
        "headline": "Ferry sinks in calm",
        "body": f"{OLD.replace('Three', 'Two')}\n\n{NOTE}",
        "modified_at": "2025-03-05T09:12Z",
        "observed_at": "2025-03-05T10:00Z",
    },
    {
        "url": COPY,
        "publisher": "Mirror",
        "headline": "Ferry sinks in calm",
        "body": OLD,
        "copy_of": ARTICLE,
        "observed_at": "2025-03-06T10:00Z",
    },
]
STORY = f"Ferry sinks in calm\n\n{OLD}\n"
"""A text that can be ingested."""


def page(body: str = "", head: str = "", title: str = "Ferry sinks in calm") -> bytes:
    """Write a web page of the story, with something more in its head or its article."""
    paragraphs = "".join(f"<p>{each}</p>" for each in OLD.split("\n\n"))
    return (
        f"<!doctype html><html><head><meta charset=utf-8><title>{title}</title>{head}</head>"
        f"<body><article><h1>{title}</h1>{paragraphs}{body}</article></body></html>"
    ).encode()


def line(**fields: object) -> bytes:
    """Write one draft line."""
    return json.dumps({"url": NEW, "headline": "Ferry sinks in calm", "body": OLD} | fields).encode() + b"\n"


def refused(ran: Ran, code: int, *words: str) -> None:
    """Hold what a refusal looks like: its exit code, one line with these words, no trace of the code."""
    assert code == ran.code, ran
    assert 1 == ran.err.count("\n"), ran.err
    assert ran.err.startswith("prov: ")
    assert "Traceback" not in ran.err + ran.out
    assert ran.err.strip("\n").isprintable(), ran.err
    for word in words:
        assert word in ran.err


def refuses(prov: Prov, world: Path, *arguments: str | Path, code: int = 3, feed: bytes = b"", words: str = "") -> None:
    """Run a command that refuses something, and hold that the store is as it was, to the byte."""
    before = state(world / "store")
    refused(prov(*arguments, feed=feed), code, words)
    assert before == state(world / "store")


def ingested(prov: Prov, *arguments: str | Path, feed: bytes = b"", url: str = NEW) -> dict[str, Any]:
    """Run `prov ingest`, which has to succeed, and give the metadata of the article's last revision, with its text."""
    ran = prov("ingest", *arguments, feed=feed)
    assert (0, "") == (ran.code, ran.err), ran
    assert "Traceback" not in ran.out
    text = prov("show", url).out
    return {**json.loads(prov("show", url, "--meta").out), "text": text}
