"""What `prov report` costs: CPU beside the SQL and the reads that it needs, peak memory, and the size of a page.

    python bench/bench_report.py                        small sizes, two minutes
    python bench/bench_report.py --articles 10000       the sizes of the goals, an hour

Every article has five copies. One article in five, many times what a newspaper corrects, has a second revision with
another figure in it and, for half of them, a notice (`--corrected 1`: all have). Of its copies one has mended the
figure, one still shows the old one, one was not looked at again, one was made afterwards, and one is an excerpt that
does not have the passage. The baseline draws every history out of the ledger and, for the page, reads the texts of the
articles with updates, whose words stand around each edit, and as many texts of copies that are not as they should be
as the page lays out. CPU is that of the process and its children; the ratios are what to read.
"""

from __future__ import annotations

import argparse
import json
import os
import random
import statistics
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from importlib.util import find_spec
from pathlib import Path
from typing import Any, NamedTuple

from press import Paper, Paragraphs, text

from provenance.app.audit.exhibits import LAID_IN_ALL

PROV = Path(sys.executable).with_name("prov")
START = datetime(2025, 1, 1, tzinfo=UTC)
NOW = "2026-01-01T00:00Z"
DAY = timedelta(days=1)
COPIES = ("mended", "behind", "unseen", "after", "excerpt")
MANY = 50
"""So many copies has the article whose page is weighed."""

BASELINE = """
import sys
from pathlib import Path
from provenance.app.texts import Texts
from provenance.app.workspace import Workspace
from provenance.model import State
OPEN = {State.MISSING, State.PARTIAL, State.DIVERGED}
workspace = Workspace(Path(sys.argv[1]))
wanted, left = [], int(sys.argv[2])
for history in workspace.ledger.histories():
    late = [copy.article for copy in history.copies if any(each.state in OPEN for each in copy.standings)]
    if int(sys.argv[2]) and history.updates:
        wanted += [revision.blob for revision in history.revisions]
    if left > 0 and late:
        wanted += [held.blob for held in workspace.ledger.current(late).values()]
    if len(wanted) > 150:
        left -= sum(map(len, Texts(workspace.store.read).of(wanted).values()))
        wanted = []
"""

COUNTING = """
import resource, subprocess, sys
ran = subprocess.run(sys.argv[1:], stdout=subprocess.DEVNULL)
used = resource.getrusage(resource.RUSAGE_CHILDREN)
print(used.ru_utime + used.ru_stime, used.ru_maxrss / 1000, ran.returncode)
"""


class Cost(NamedTuple):
    """CPU seconds of a process and its children, and its peak memory in MB."""

    cpu: float
    peak: float


def main() -> None:
    """Print one line a figure: what was measured, its baseline, the ratio, the goal."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--articles", type=int, default=300, help="articles with five copies each (default 300)")
    parser.add_argument("--corrected", type=float, default=0.2, help="the share that is corrected (default 0.2)")
    parser.add_argument("--repeat", type=int, default=3, help="runs whose median counts (default 3)")
    parser.add_argument("--format", action="append", choices=("json", "csv", "html"), help="only this one, or these")
    parser.add_argument("--keep", default="", help="a folder to make the worlds in, used again where they are there")
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        home = Path(options.keep or folder)
        small = built(home, max(options.articles // 10, 1), options.corrected)
        large = built(home, options.articles, options.corrected)
        print(f"{'figure':58} {'measured':>11} {'baseline':>11} {'ratio':>8}  goal")
        for form in options.format or formats():
            costs(large, small, form, options)
        weighed(home)


def formats() -> list[str]:
    """Name the formats to measure: those that are there."""
    return [
        form
        for form, module in (("json", "json_"), ("csv", "csv_"), ("html", "html"))
        if find_spec(f"provenance.report.audit.{module}")
    ]


def costs(large: Path, small: Path, form: str, options: argparse.Namespace) -> None:
    """Measure CPU and peak memory of one format."""
    texts = LAID_IN_ALL if form == "html" else 0
    runs = [report(large, form) for _ in range(options.repeat)]
    needs = statistics.median(
        run([sys.executable, "-c", BASELINE, large / "store", texts], large).cpu for _ in range(options.repeat)
    )
    measured = statistics.median(each.cpu for each in runs)
    sizes = f"{options.articles:,} articles, {options.articles * len(COPIES):,} copies"
    print(figure(f"{form}, {sizes}: CPU / SQL and reads", measured, needs, "s", "<= 4x"), flush=True)
    peak, few = max(each.peak for each in runs), report(small, form).peak
    print(figure(f"{form}, peak memory / that of a tenth as many articles", peak, few, "MB", "<= 1.3x"), flush=True)


def figure(name: str, measured: float, baseline: float, unit: str, goal: str) -> str:
    """Write one figure beside its baseline."""
    return f"{name:58} {measured:>8.2f} {unit:2} {baseline:>8.2f} {unit:2} {measured / baseline:>7.2f}x  {goal}"


def weighed(home: Path) -> None:
    """Print the size of the page of one article with many copies."""
    world = built(home, 1, 1.0, MANY // len(COPIES))
    for form in formats():
        report(world, form)
        size = (world / f"report.{form}").stat().st_size / 1000
        print(f"{form}, one article with {MANY} copies: {size:,.0f} kB{'  (goal <= 300)' * (form == 'html')}")


# --- the world


def built(home: Path, articles: int, corrected: float, times: int = 1) -> Path:
    """Make a store of so many articles with `times` five copies each, where it is not there yet."""
    world = home / f"{articles}-{corrected:g}-{times}"
    if (world / "done").exists():
        return world
    world.mkdir(parents=True)
    with (world / "batch.drafts.jsonl").open("w", encoding="utf-8") as file:
        file.writelines(json.dumps(draft) + "\n" for draft in drafts(Paper(articles), articles, corrected, times))
    run([PROV, "init", "store"], world)
    (world / "store" / "prov.toml").write_text("meaning = false\n", encoding="utf-8")
    run([PROV, "--store", "store", "ingest", "batch.drafts.jsonl"], world)
    (world / "done").touch()
    return world


def drafts(paper: Paper, articles: int, corrected: float, times: int) -> Iterator[dict[str, Any]]:
    """Yield the drafts of a made-up press, article by article."""
    for number in range(articles):
        chance = random.Random(f"report {number}")
        story, count = paper.story(number), chance.randrange(20, 900)
        before, after = counted(story, count), counted(story, count + chance.randrange(1, 99))
        note = f"Correction: An earlier version of this article said {count} people." if number % 2 else ""
        at = START + timedelta(minutes=number)
        url = f"https://wire.example/{number}"
        yield draft(url, "Meridian Wire", before, at)
        for n in range(times):
            for kind in COPIES:
                if kind != "after":
                    text_ = before[:3] + before[4:] if kind == "excerpt" else before
                    yield copy(number, n, kind, text_, at + DAY / 4, url)
        if chance.random() >= corrected:
            yield from (copy(number, n, "after", before, at + DAY, url) for n in range(times))
            continue
        yield draft(url, "Meridian Wire", [*after, *([note.split()] if note else [])], at + DAY)
        for n in range(times):
            yield copy(number, n, "behind", before, at + 3 * DAY, url)
            yield copy(number, n, "mended", after, at + DAY + timedelta(hours=chance.randrange(1, 90)), url)
            yield copy(number, n, "after", after, at + 4 * DAY, url)


def counted(story: Paragraphs, count: int) -> Paragraphs:
    """Put a paragraph with a figure after the second one of a story."""
    said = f"In the night {count} people were taken to hospital, the police in {story[0][0]} said.".split()
    return [*story[:3], said, *story[3:]]


def copy(number: int, n: int, kind: str, paragraphs: Paragraphs, at: datetime, of: str) -> dict[str, Any]:
    """Give a draft of a copy."""
    return draft(f"https://{kind}.example/{number}-{n}", kind.title(), paragraphs, at) | {"copy_of": of}


def draft(url: str, publisher: str, paragraphs: Paragraphs, at: datetime) -> dict[str, Any]:
    """Give a draft as it was seen at a time."""
    headline, _, body = text(paragraphs).partition("\n\n")
    time = at.isoformat()
    return {
        "url": url,
        "publisher": publisher,
        "headline": headline,
        "body": body,
        "modified_at": time,
        "observed_at": time,
    }


# --- measuring


def report(world: Path, form: str) -> Cost:
    """Measure a report of the whole store."""
    asked = ["report", "--format", form, "-o", world / f"report.{form}", "--now", NOW]
    return run([PROV, "--store", world / "store", *asked], world)


def run(command: list[object], folder: Path) -> Cost:
    """Run a command in a process of its own, so that only it is counted, and give what it took."""
    kept = {key: value for key, value in os.environ.items() if not key.startswith(("GIT_", "PROV_", "PYTHON"))}
    ran = subprocess.run(
        [sys.executable, "-c", COUNTING, *map(str, command)],
        cwd=folder,
        env=kept,
        stdout=subprocess.PIPE,
        check=True,
    )
    cpu, peak, status = map(float, ran.stdout.split())
    if status:
        sys.exit(f"{command} ended with {status:.0f}")
    return Cost(cpu, peak)


if __name__ == "__main__":
    main()
