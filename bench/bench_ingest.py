"""What ingestion and the quick commands cost, each beside a named baseline that is measured in the same run.

    python bench/bench_ingest.py                  the default sizes, a few minutes
    python bench/bench_ingest.py --articles 100000 --peak 100000    the sizes of the goals
    python bench/bench_ingest.py --only start,status

CPU is that of the process and its children, in seconds; the ratios are what to read.
"""

from __future__ import annotations

import argparse
import gzip
import json
import os
import random
import resource
import statistics
import subprocess
import sys
import tempfile
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path

CHECKOUT = Path(__file__).resolve().parent.parent
CORPUS = CHECKOUT.parent / "shared" / "corpora" / "18f-blog.drafts.jsonl.gz"
PROV = Path(sys.executable).with_name("prov")
START = datetime(2025, 1, 1, tzinfo=UTC)

VOCABULARY = (
    "the council said on Tuesday that ferry harbour bridge report minister figures court appeal workers strike "
    "storm river warning school budget market prices hospital police inquiry statement company union vote "
    "mayor region official former spokesman added according under after before while because percent million "
    "people injured"
)


def main() -> None:
    """Print one line a figure: what was measured, its baseline, the ratio, the goal."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--articles", type=int, default=1_000, help="generated articles (default 1,000)")
    parser.add_argument("--peak", type=int, default=10_000, help="drafts for peak memory (default 10,000)")
    parser.add_argument("--repeat", type=int, default=3, help="runs whose median counts (default 3)")
    parser.add_argument("--only", default="", help=f"of {','.join(PARTS)}, with commas")
    options = parser.parse_args()
    print(f"{'figure':50} {'measured':>12} {'baseline':>12} {'ratio':>8}  goal")
    for name, part in PARTS.items():
        if not options.only or name in options.only.split(","):
            part(options)


def figure(name: str, measured: float, baseline: float, goal: str, unit: str = "s") -> None:
    """Print one figure beside its baseline."""
    print(
        f"{name:44} {measured:>10.2f} {unit:1} {baseline:>10.2f} {unit:1} {measured / baseline:>7.2f}x  {goal}",
        flush=True,
    )


def ingest(options: argparse.Namespace) -> None:
    """Measure the whole of `prov ingest` against the same blobs through git alone."""
    for name, lines in feeds(options.articles):
        with tempfile.TemporaryDirectory() as folder:
            world = Path(folder)
            compare_ingest(f"ingest, {name}", world, lines, options.repeat)


def compare_ingest(name: str, world: Path, lines: list[str], repeat: int) -> None:
    """Ingest drafts, then put the blobs that came of it into git in two other ways."""
    feed = fill(world, lines)
    whole = median(repeat, lambda: fresh_ingest(feed))
    revisions = list(revisions_of(world / "store" / "facts.git"))
    stream = as_stream(revisions)
    bare = median(repeat, lambda: fast_import(stream))
    figure(f"{name} ({len(revisions):,}) / fast-import", whole, bare, "<= 4x")
    sample = revisions[: max(300, len(revisions) // 20)]
    one = index_commits(sample) * len(revisions) / len(sample)
    figure(f"{name} ({len(revisions):,}) / GitPython commits", whole, one, "<= 0.083x (12x faster)")


def peak(options: argparse.Namespace) -> None:
    """Measure the most memory that ingesting many drafts takes, against a thousand."""
    small, large = (peak_of(count) for count in (1_000, options.peak))
    figure(f"peak memory, {options.peak:,} drafts / 1,000", large, small, "<= 1.3x", "M")


def start(_: argparse.Namespace) -> None:
    """Measure what it costs to say anything at all."""
    nothing = median(9, lambda: cpu([sys.executable, "-c", "pass"]))
    figure("prov --help / python -c pass", median(9, lambda: cpu([PROV, "--help"])), nothing, "<= 6x")


def status(_: argparse.Namespace) -> None:
    """Measure `prov status` on 3,000 revisions."""
    with tempfile.TemporaryDirectory() as folder:
        world = Path(folder)
        fill(world, corpus() or generated(1_500, 2))
        nothing = median(9, lambda: cpu([sys.executable, "-c", "pass"]))
        figure(
            "prov status, 3,000 revisions / python -c pass", median(9, lambda: prov(world, "status")), nothing, "<= 12x"
        )


def size(options: argparse.Namespace) -> None:
    """Measure the store after `git gc` against the bytes of every revision: its text and its metadata."""
    for name, lines in feeds(options.articles):
        with tempfile.TemporaryDirectory() as folder:
            world = Path(folder)
            fill(world, lines)
            facts = world / "store" / "facts.git"
            raw = sum(len(blob) for blobs in revisions_of(facts) for _, blob in blobs) / 1e6
            git(facts, "gc", "--quiet", "--prune=now")
            figure(f"store after gc, {name} / raw bytes", megabytes_of(facts), raw, "<= 0.25x", "M")
            git(facts, "gc", "--quiet", "--aggressive", "--prune=now")
            figure(f"store after gc --aggressive, {name} / raw", megabytes_of(facts), raw, "<= 0.25x", "M")


def megabytes_of(facts: Path) -> float:
    """Give the size of a repository's objects."""
    return sum(file.stat().st_size for file in (facts / "objects").rglob("*") if file.is_file()) / 1e6


PARTS: dict[str, Callable[[argparse.Namespace], None]] = {
    "ingest": ingest,
    "peak": peak,
    "start": start,
    "status": status,
    "size": size,
}


# --- drafts


def feeds(articles: int) -> Iterator[tuple[str, list[str]]]:
    """Yield drafts of plain text by name: the real ones, where they are there, and generated ones."""
    real = corpus()
    if real:
        yield "18f as text", as_text(real)
    else:
        print(f"(skipped: no {CORPUS.name} in ../shared/corpora)")
    yield "generated", generated(articles, 3)


def as_text(lines: list[str]) -> list[str]:
    """Give drafts in Markdown as drafts of the text that prov reads in them, those left out that changed nothing."""
    with tempfile.TemporaryDirectory() as folder:
        world = Path(folder)
        fill(world, lines)
        status = json.loads(output([PROV, "status", "--format", "json", "--texts"], cwd=world))
    found = []
    for article in status["articles"]:
        for revision in article["revisions"]:
            headline, _, body = revision["text"].partition("\n\n")
            draft = {"url": article["url"], "publisher": article["publisher"], "headline": headline, "body": body}
            times = {name: revision[name] for name in ("published_at", "modified_at", "observed_at") if revision[name]}
            found.append(json.dumps(draft | times))
    return found


def corpus() -> list[str]:
    """Give the real revisions as draft lines, [] where they are not at hand."""
    if not CORPUS.exists():
        return []
    return gzip.decompress(CORPUS.read_bytes()).decode().splitlines()


def generated(articles: int, revisions: int) -> list[str]:
    """Make articles of about 6 KB, each with revisions that change one sentence in twenty."""
    chance = random.Random(7)
    found = []
    for n in range(articles):
        sentences = [sentence(chance) for _ in range(60)]
        for r in range(revisions):
            if r:
                sentences[chance.randrange(60)] = sentence(chance)
            body = "\n\n".join(" ".join(sentences[i : i + 3]) for i in range(0, 60, 3))
            at = (START + timedelta(minutes=n * revisions + r)).isoformat()
            found.append(
                json.dumps(
                    {
                        "url": f"https://generated.example/{n}",
                        "publisher": "Generated",
                        "headline": f"Story {n} of the day",
                        "body": body,
                        "modified_at": at,
                        "observed_at": at,
                    }
                )
            )
    return found


def sentence(chance: random.Random) -> str:
    """Make up a sentence of 16 words."""
    words = chance.choices(VOCABULARY.split(), k=15)
    return f"{' '.join(words).capitalize()} {chance.randrange(10_000)}."


# --- baselines


Blobs = list[tuple[bytes, bytes]]
"""The files that one revision wrote: path and content."""


def revisions_of(store: Path) -> Iterator[Blobs]:
    """Yield the files of every revision in a store, in the order of its log."""
    log = git(
        store,
        "log",
        "--reverse",
        "--format=tformat:commit",
        "--raw",
        "--no-abbrev",
        "--no-renames",
        "main",
        "--",
        "articles",
    )
    commits = [
        [(fields[5], fields[3]) for fields in map(bytes.split, commit.splitlines()) if fields and fields[4] in b"AM"]
        for commit in log.split(b"commit\n")[1:]
    ]
    with subprocess.Popen(
        ["git", "-C", store, "cat-file", "--batch"], stdin=subprocess.PIPE, stdout=subprocess.PIPE, env=environ()
    ) as batch:
        assert batch.stdin
        assert batch.stdout
        for files in commits:
            blobs = []
            for path, name in files:
                batch.stdin.write(name + b"\n")
                batch.stdin.flush()
                length = int(batch.stdout.readline().split()[2])
                blobs.append((path, batch.stdout.read(length + 1)[:-1]))
            yield blobs
        batch.stdin.close()


def as_stream(revisions: list[Blobs]) -> bytes:
    """Give revisions as one bare fast-import stream: the same files, paths and commits, nothing else."""
    parts = []
    for n, blobs in enumerate(revisions):
        parts.append(b"commit refs/heads/main\ncommitter p <p> %d +0000\ndata 1\nr\n" % (1_700_000_000 + n))
        parts.extend(b"M 100644 inline %s\ndata %d\n%s\n" % (path, len(blob), blob) for path, blob in blobs)
    return b"".join(parts)


def fast_import(stream: bytes) -> float:
    """Give the CPU of a bare `git fast-import` of a stream into a fresh repository."""
    with tempfile.TemporaryDirectory() as folder:
        git(Path(folder), "init", "--quiet", "--bare")
        return cpu(["git", "-C", folder, "fast-import", "--quiet"], feed=stream)


def index_commits(revisions: list[Blobs]) -> float:
    """Give the CPU of adding and committing revisions one at a time with GitPython."""
    import git as gitpython

    with tempfile.TemporaryDirectory() as folder, gitpython.Repo.init(folder) as repo:
        before = spent()
        for n, blobs in enumerate(revisions):
            for path, blob in blobs:
                file = Path(folder, os.fsdecode(path))
                file.parent.mkdir(parents=True, exist_ok=True)
                file.write_bytes(blob)
            repo.index.add([os.fsdecode(path) for path, _ in blobs])
            repo.index.commit(f"revision {n}")
        return spent() - before


# --- measuring


@dataclass(frozen=True)
class Ran:
    """What a process took."""

    seconds: float
    megabytes: float


def cpu(argv: list[str | Path], *, feed: bytes = b"", cwd: Path | None = None) -> float:
    """Give the CPU seconds of a process and all its children."""
    return ran(argv, feed=feed, cwd=cwd).seconds


def ran(argv: list[str | Path], *, feed: bytes = b"", cwd: Path | None = None) -> Ran:
    """Run a process in a process of its own, so that only it is counted."""
    code = (
        "import resource, subprocess, sys; r = subprocess.run(sys.argv[1:], stdout=subprocess.DEVNULL); "
        "u = resource.getrusage(resource.RUSAGE_CHILDREN); "
        "print(u.ru_utime + u.ru_stime, u.ru_maxrss / 1024, r.returncode)"
    )
    done = subprocess.run(
        [sys.executable, "-c", code, *map(str, argv)],
        input=feed,
        stdout=subprocess.PIPE,
        env=environ(),
        cwd=cwd,
        check=True,
    )
    seconds, megabytes, status = done.stdout.split()
    assert status == b"0", argv
    return Ran(float(seconds), float(megabytes))


def spent() -> float:
    """Give the CPU seconds of this process and of its children that have ended."""
    used = [resource.getrusage(who) for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN)]
    return sum(each.ru_utime + each.ru_stime for each in used)


def fresh_ingest(feed: Path) -> float:
    """Give the CPU of ingesting a feed into a fresh store."""
    with tempfile.TemporaryDirectory() as folder:
        prov(Path(folder), "init")
        return prov(Path(folder), "ingest", feed)


def peak_of(count: int) -> float:
    """Give the most megabytes that any process of an ingestion held."""
    with tempfile.TemporaryDirectory() as folder:
        world = Path(folder)
        feed = world / "feed.drafts.jsonl"
        feed.write_text("".join(line + "\n" for line in generated(count, 1)), encoding="utf-8")
        prov(world, "init")
        return ran([PROV, "ingest", feed], cwd=world).megabytes


def fill(world: Path, lines: list[str]) -> Path:
    """Make a store in a folder, put drafts in, and give the file that they are in."""
    feed = world / "feed.drafts.jsonl"
    feed.write_text("".join(line + "\n" for line in lines), encoding="utf-8")
    prov(world, "init")
    prov(world, "ingest", feed)
    return feed


def prov(world: Path, *arguments: str | Path) -> float:
    """Run the command in a folder and give its CPU seconds."""
    return cpu([PROV, *arguments], cwd=world)


def git(folder: Path, *arguments: str, feed: bytes = b"") -> bytes:
    """Run git in a folder and give what it printed."""
    return output(["git", "-C", folder, *arguments], feed=feed)


def output(argv: list[str | Path], *, feed: bytes = b"", cwd: Path | None = None) -> bytes:
    """Run a process that has to succeed and give what it printed."""
    return subprocess.run(argv, input=feed, stdout=subprocess.PIPE, env=environ(), cwd=cwd, check=True).stdout


def environ() -> dict[str, str]:
    """Give this process's environment without git's and prov's own settings."""
    return {name: value for name, value in os.environ.items() if not name.startswith(("GIT_", "PROV_"))}


def median(times: int, measure: Callable[[], float]) -> float:
    """Measure a few times and give the median."""
    return statistics.median(measure() for _ in range(times))


if __name__ == "__main__":
    main()
