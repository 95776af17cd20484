"""The store that is damaged: loose objects, packs with every index and cache of git, refs, settings, a ledger."""

from __future__ import annotations

import shutil
import subprocess
from dataclasses import dataclass, replace
from datetime import date, timedelta
from pathlib import Path
from typing import Any

from newsroom import Newsroom

from provenance.app.catch_up import catch_up
from provenance.app.ingest import ingest
from provenance.app.workspace import Workspace
from provenance.model import ArticleId, Draft, Metadata, Revision, Waiver, article_id

PACKED = ("-c", "pack.writeReverseIndex=true", "repack", "-adq", "--write-bitmap-index", "--write-midx")
ENVIRONMENT = {"PATH": "/usr/bin:/bin", "GIT_CONFIG_GLOBAL": "/dev/null", "GIT_CONFIG_SYSTEM": "/dev/null"}


@dataclass(frozen=True)
class World:
    """A store as it was built, what it says, and what it would say after one more ingestion."""

    path: Path
    said: Any
    afterwards: Any
    owners: dict[str, str]
    """The article of each object that is of one: texts, records, received bytes, waivers, commits of revisions."""
    offsets: dict[str, list[tuple[int, str]]]
    """For each pack the offsets of its objects, in order, with their ids."""


def build(folder: Path) -> World:
    """Build the store, and take down what it says."""
    store = folder / "store"
    room = Newsroom(store)
    (store / "prov.toml").write_text("meaning = false\n")
    room.workspace = Workspace(store)
    wire = room.publish("Three people died when the ferry sank.")
    room.syndicate(wire)
    room.correct(wire, "Three", "Two")
    other = room.publish("The mayor opened the bridge.", headline="Bridge opens", site="courier")
    receive(room.workspace, room, b"<p>Lights went out in the old town.</p>")
    waive(room, wire)
    git(store, *PACKED)
    git(store, "pack-refs", "--all")
    git(store, "commit-graph", "write", "--reachable", "--changed-paths")
    room.revise(other, "the bridge", "the new bridge")
    room.excerpt(other, 2)
    unpack(store)
    room.syndicate(other, site="late", found=True)  # asks for the index of fingerprints
    room.observe(wire)
    room.workspace.ledger.close()
    for path in store.rglob("*"):
        path.chmod(0o700 if path.is_dir() else 0o600)
    return World(store, say(store), after(store, folder / "after"), owners(store), offsets(store))


def receive(workspace: Workspace, room: Newsroom, source: bytes, n: int = 0) -> None:
    """Store an article of which bytes were received that are not its text."""
    at = room.now + timedelta(minutes=n)
    metadata = Metadata("https://page.example/lights", "Page", "Lights out", published_at=room.now)
    draft = Draft(metadata, f"Lights out\n\nLights went out in the old town{' again' * n}.\n", source=source)
    list(ingest(workspace, [replace(draft, observed_at=at)], lambda: at))


def waive(room: Newsroom, article: ArticleId) -> None:
    """Store somebody's decision to accept a finding."""
    waiver = Waiver("missing:" + article, "the desk knows", "A. Moor", date(2025, 6, 1), date(2025, 3, 5))
    room.workspace.store.waive(article, waiver, room.now)
    catch_up(room.workspace)


def unpack(store: Path) -> None:
    """Take the newest pack apart, so that there are loose objects as plain git leaves them."""
    packs = store / "facts.git/objects/pack"
    indexed = {path.stem for path in packs.glob("*.rev")}
    for pack in sorted(packs.glob("pack-*.pack")):
        if pack.stem not in indexed:
            data = pack.read_bytes()
            for path in packs.glob(f"{pack.stem}.*"):
                path.unlink()
            git(store, "unpack-objects", "-q", stdin=data)


def say(store: Path) -> dict[str, Any]:
    """Give all that a store says: its facts, their bytes, its rows, and what plain git reads."""
    workspace = Workspace(store)
    facts = list(workspace.store.log())
    ledger = workspace.ledger
    try:
        return {
            "facts": facts,
            "sources": [workspace.store.source(each.id, each.article) for each in facts if isinstance(each, Revision)],
            "waivers": workspace.store.waivers(),
            "rows": ledger.rows(),
            "histories": list(ledger.histories()),
            "overview": ledger.overview(),
            "found": [ledger.find(each.article.id) for each in ledger.articles()],
            "git": git(store, "log", "--raw", "--no-abbrev", "--format=%H %an %ae %at %ct%n%B", "main"),
        }
    finally:
        ledger.close()


def after(store: Path, copy: Path) -> dict[str, Any]:
    """Give all that a copy of a store says, and then when one article is new in it, and one has changed."""
    shutil.rmtree(copy, ignore_errors=True)
    shutil.copytree(store, copy)
    room = Newsroom.__new__(Newsroom)
    room.workspace, room.pages = Workspace(copy), {}
    catch_up(room.workspace)  # which works out what is of another engine
    room.workspace.ledger.close()
    today = say(copy)
    room.now = max(each.observed_at for each in room.workspace.store.log() if isinstance(each, Revision))
    receive(room.workspace, room, b"<p>Lights went out again.</p>", 1)
    copied = room.publish("Three people died when the ferry sank.", site="latest")
    room.workspace.ledger.close()
    git(copy, "gc", "-q", "--prune=now")
    said = say(copy)
    shutil.rmtree(copy)
    return {"today": today, "copied": copied, **said}


def owners(store: Path) -> dict[str, str]:
    """Give the article of each object that is of one."""
    found: dict[str, str] = {}
    for line in git(store, "log", "--format=%H %B", "--raw", "--no-abbrev", "main").splitlines():
        words = line.split()
        if line.startswith(":") and not words[-1].startswith("runs/"):
            found[words[3]] = Path(words[-1]).stem
        elif len(words) > 3 and words[1] == "revision":
            found[words[0]] = words[4]
    return found


def offsets(store: Path) -> dict[str, list[tuple[int, str]]]:
    """Give where each object of each pack begins."""
    found = {}
    for pack in (store / "facts.git/objects/pack").glob("*.pack"):
        listed = git(store, "verify-pack", "-v", str(pack.with_suffix(".idx"))).splitlines()
        rows = [line.split() for line in listed if len(line) > 40 and line[40] == " "]
        found[pack.name] = sorted((int(row[4]), row[0]) for row in rows)
    return found


def git(store: Path, *arguments: str, stdin: bytes = b"") -> str:
    """Run plain git on a store's repository."""
    command = ["git", f"--git-dir={store / 'facts.git'}", *arguments]
    done = subprocess.run(command, input=stdin, capture_output=True, check=True, env=ENVIRONMENT)
    return done.stdout.decode(errors="replace")


ID = article_id("https://page.example/lights")
