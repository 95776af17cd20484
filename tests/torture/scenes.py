"""The commands that write, each in a small world in which it has something to do."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path

UP = "https://wire.example/crane"
OTHER = "https://courier.example/ferry"
MIRROR = "https://mirror.example/crane"
FOUND = "https://digest.example/crane"
HEAD = "Harrowmouth lets its harbour crane"
BODY = (
    "The council of Harrowmouth has let the old harbour crane to a brewery for 42,000 pounds a year, officials said.",
    "An engineer at the Port Office said that the crane had carried no load since the flood in spring.",
    "The brewery wants to open a tasting room under the jib before the herring fair, its manager told reporters.",
)
NOTE = "Correction: An earlier version of this article said that the rent was 42,000 pounds. It is 24,000 pounds."
FERRY = "The ferry Kittiwake had left Harrowmouth at seven in the morning with a full car deck, records show."
NOW = "2025-04-01T00:00Z"


def draft(url: str, day: int, *paragraphs: str, copy_of: str = "", publisher: str = "Wire") -> str:
    """Write one line of a feed, seen on a day of March."""
    at = f"2025-03-{day:02}T09:00:00Z"
    values = {"url": url, "publisher": publisher, "headline": HEAD, "body": "\n\n".join(paragraphs)}
    times = {"published_at": "2025-03-04T09:00:00Z", "modified_at": at, "observed_at": at}
    return json.dumps(values | times | ({"copy_of": copy_of} if copy_of else {})) + "\n"


RIGHT = (BODY[0].replace("42,000", "24,000"), *BODY[1:], NOTE)
FIRST = (
    draft(UP, 4, *BODY),
    draft(MIRROR, 5, *BODY, copy_of=UP, publisher="Mirror"),
    draft(FOUND, 5, *BODY, copy_of="auto", publisher="Digest"),
)
SECOND = (
    draft(UP, 6, *RIGHT),
    draft(OTHER, 6, FERRY, publisher="Courier"),
    draft("https://late.example/crane", 7, *BODY[:2], copy_of=UP, publisher="Late"),
    draft(UP, 8, *RIGHT, "The council meets again in May."),
    draft(MIRROR, 8, *BODY, copy_of=UP, publisher="Mirror"),
)
THIRD = (draft(OTHER, 9, FERRY, "Nobody was hurt.", publisher="Courier"), draft(MIRROR, 9, *RIGHT, copy_of=UP))
PAGE = f"---\ntitle: {HEAD}\ncanonical_url: {UP}\n---\n\n" + "\n\n".join(BODY) + "\n"

FILES = {
    "first.jsonl": "".join(FIRST),
    "second.jsonl": "".join(SECOND),
    "third.jsonl": "".join(THIRD),
    "content/a.md": PAGE,
    "content/b.md": PAGE.replace("herring", "kipper"),
}
SETTINGS = {"group": 2, "batch": 3, "chunk": 2}
"""Revisions in a group, drafts in a batch, facts in a chunk of the ledger: few, so that there are several of each."""
STORE = ("--store", "store")

Steps = tuple[tuple[str, ...], ...]
EMPTY: Steps = ((*STORE, "init", "store"),)
ONCE: Steps = (*EMPTY, (*STORE, "ingest", "first.jsonl"))
TWICE: Steps = (*ONCE, (*STORE, "ingest", "second.jsonl"))


@dataclass(frozen=True)
class Scene:
    """A command in a world: the steps that led there, what it is given, and the files of the user that it writes."""

    name: str
    command: tuple[str, ...]
    before: Steps = ()
    feed: str = ""
    files: tuple[str, ...] = ()
    settings: Mapping[str, int] = field(default_factory=lambda: SETTINGS)
    forget: tuple[str, ...] = ()
    """Files of the world that are gone before the command: a ledger that is to be made again."""
    behind: int = 0
    """How many steps the ledger is behind."""


def scenes() -> list[Scene]:
    """Give every scene; those of commands that are not there are left out."""
    now = ("--now", NOW)
    waive = ("--reason", "x", "--until", "2026-06-30", "--by", "Ada", *now)
    found = [
        Scene("init", ("init", "store")),
        Scene("ingest, the first", (*STORE, "ingest", "first.jsonl"), EMPTY),
        Scene("ingest, a batch", (*STORE, "ingest", "second.jsonl"), ONCE),
        Scene("ingest, one group", (*STORE, "ingest", "second.jsonl"), ONCE, settings={}),
        Scene("ingest, from stdin", (*STORE, "ingest", "-"), TWICE, feed="third.jsonl", settings={}),
        Scene("ingest, nothing new", (*STORE, "ingest", "second.jsonl"), TWICE, settings={}),
        Scene("ingest, many packs", (*STORE, "ingest", "third.jsonl"), TWICE, settings={"packs": 2}),
        Scene("rebuild", (*STORE, "rebuild"), TWICE),
        Scene("catch up from nothing", (*STORE, "status"), TWICE, forget=("store/ledger.sqlite",)),
        Scene("catch up one batch", (*STORE, "status"), TWICE, behind=1),
        Scene("waive, in the store", (*STORE, "waive", "FINDING", "--in-store", *waive), TWICE),
        Scene(
            "waive, in a project", (*STORE, "waive", "FINDING", "content", *waive), TWICE, files=("prov-waivers.toml",)
        ),
        Scene("lock", (*STORE, "lock", "content"), TWICE, files=("prov.lock",)),
        Scene("patch --write", (*STORE, "patch", "content/a.md", "--write", *now), TWICE, files=("content/a.md",)),
        Scene("export", (*STORE, "export", "corrections", "-o", "out.json"), TWICE, files=("out.json",)),
        Scene(
            "check --output",
            (
                *STORE,
                "check",
                "content/b.md",
                "--fail-on",
                "retraction",
                "--format",
                "json",
                "--output",
                "out.json",
                *now,
            ),
            TWICE,
            files=("out.json",),
        ),
        Scene(
            "check --baseline", (*STORE, "check", "content", "--baseline", *now), TWICE, files=("prov-baseline.json",)
        ),
    ]
    if there("report"):
        found.append(
            Scene("report", (*STORE, "report", "--format", "json", "-o", "out.json", *now), TWICE, files=("out.json",))
        )
    if there("backup"):
        found.append(Scene("backup", (*STORE, "backup", "out.bundle"), TWICE, files=("out.bundle",)))
        steps = (*TWICE, (*STORE, "backup", "kept.bundle"), ("MOVE", "store", "old"))
        found.append(Scene("restore", (*STORE, "restore", "kept.bundle"), steps))
    return found


def there(command: str) -> bool:
    """Tell whether prov has a command."""
    from provenance.cli.group import COMMANDS

    return command in COMMANDS


def build(world: Path) -> None:
    """Write the files of a world that has no store yet."""
    for name, content in FILES.items():
        (world / name).parent.mkdir(parents=True, exist_ok=True)
        (world / name).write_text(content, encoding="utf-8")
    # the model's likenesses are no part of what is tried here, and take their time
    (world / "plain.toml").write_text("meaning = false\n", encoding="utf-8")


WARM_UP: tuple[tuple[str, ...], ...] = (
    (*STORE, "init", "store"),
    (*STORE, "ingest", "first.jsonl"),
    (*STORE, "ingest", "second.jsonl"),
    (*STORE, "status"),
    (*STORE, "check", "content", "--now", NOW),
    (*STORE, "lock", "content"),
    (*STORE, "patch", "content/a.md", "--now", NOW),
    (*STORE, "waive", "none", "--in-store", "--reason", "x", "--until", "2026-06-30", "--by", "Ada", "--now", NOW),
    (*STORE, "export", "corrections", "-o", "out.json"),
    (*STORE, "fsck", "--deep"),
    (*STORE, "rebuild"),
)
