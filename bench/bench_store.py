"""What storing costs: ratios against bare git, within one run, in CPU seconds with those of child processes.

    python bench/bench_store.py            all figures, some minutes
    python bench/bench_store.py --quick    a tenth of the size

Texts are made up, about 6 KB each; where the corpus of real revisions lies beside the checkout, it is measured as well.
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
from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from datetime import UTC, datetime, timedelta
from hashlib import sha256
from pathlib import Path

from provenance.model import Event, Metadata, Observation
from provenance.store import Entry, Store
from provenance.store.codec import Record, write_record

CORPUS = Path(__file__).resolve().parents[2] / "shared/corpora/18f-blog.drafts.jsonl.gz"
AT = datetime(2026, 1, 1, tzinfo=UTC)
LETTERS = "eeeeetttaaooinnsshrrdlcumwfgypbvk"


def main() -> None:
    """Print every figure beside its goal."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--quick", action="store_true", help="a tenth of the size")
    scale = 10 if parser.parse_args().quick else 1
    with tempfile.TemporaryDirectory() as folder:
        storing(Path(folder), articles=1000 // scale)
        one_more(Path(folder), large=100_000 // scale)


def storing(folder: Path, articles: int) -> None:
    """Measure a batch against bare git, reading it back, one at a time with GitPython, and what `git gc` leaves."""
    entries = [*made_up(articles, revisions=6)]
    blobs = folder / "blobs"
    blobs.write_bytes(b"".join(blob_commands(entries)))
    bare, ours, logs = [], [], []
    for turn in range(3):
        bare.append(cpu(lambda turn=turn: bare_import(folder / f"bare{turn}", blobs)) / len(entries))
        store = Store.init(folder / f"store{turn}")
        ours.append(cpu(lambda store=store: append(store, entries)) / len(entries))
        logs.append(cpu(lambda store=store: sum(1 for _ in store.log())) / len(entries))
    each = statistics.median(bare)
    stored = statistics.median(ours)
    figure("storing, against a bare `git fast-import` of the same blobs", stored / each, "<= 1.7")
    figure("storing and reading it back, against the same", (stored + statistics.median(logs)) / each)
    single = cpu(lambda: one_at_a_time(folder / "gitpython", entries[:100])) / 100
    figure("GitPython index.add and commit, one at a time, against storing", single / stored, ">= 12")
    figure("after `git gc`, against the bytes of all texts (made up)", collected(store, entries), "<= 0.25")
    if CORPUS.exists():
        real = [*corpus()]
        store = Store.init(folder / "corpus")
        append(store, real)
        figure(
            f"after `git gc`, against the bytes of all texts ({len(real)} real ones)", collected(store, real), "<= 0.25"
        )
    else:
        print("the corpus of real revisions is not here: skipped")


def one_more(folder: Path, large: int) -> None:
    """Measure appending one revision to a store of many articles and to one of few."""
    costs = {}
    for articles in (1_000, large):
        store = Store.init(folder / f"of-{articles}")
        append(store, made_up(articles, revisions=1, words=60))
        costs[articles] = []
        for entry in made_up(31, revisions=1, first=10**6):
            costs[articles].append(cpu(lambda store=store, entry=entry: append(store, [entry])))
    small, big = (statistics.median(found[1:]) for found in costs.values())
    figure(f"one more revision at {large:,} articles, against at 1,000", big / small, "<= 1.5")


def figure(what: str, ratio: float, goal: str = "") -> None:
    """Print one ratio."""
    print(f"{ratio:8.2f} x  {what}{f'  (goal {goal})' if goal else ''}", flush=True)


def cpu(work: Callable[[], object]) -> float:
    """Give the CPU seconds that work takes, child processes included."""
    before = spent()
    work()
    return spent() - before


def spent() -> float:
    """Give the CPU seconds spent so far by this process and those of its children that have ended."""
    found = [resource.getrusage(who) for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN)]
    return sum(each.ru_utime + each.ru_stime for each in found)


# --- what is stored


def made_up(articles: int, *, revisions: int, words: int = 950, first: int = 0) -> Iterator[Entry]:
    """Make articles and their revisions, all first ones before all second ones, each some words away from the last."""
    vocabulary = random.Random(0)
    known = ["".join(vocabulary.choices(LETTERS, k=vocabulary.randint(2, 9))) for _ in range(8_000)]
    weights = [1 / (rank + 3) for rank in range(len(known))]
    for n in range(revisions):
        for number in range(first, first + articles):
            text = random.Random(number).choices(known, weights, k=words)
            for edit in range(n):
                text[random.Random(f"{number} {edit}").randrange(words)] = f"edit{edit}"
            yield entry(f"https://courier.example/{number}", n, text, AT + timedelta(minutes=number, days=n))


def entry(url: str, n: int, words: list[str], at: datetime) -> Entry:
    """Make one revision from its words."""
    paragraphs = [" ".join(words[start : start + 60]) for start in range(0, len(words), 60)]
    metadata = Metadata(url, f"Courier {n}", paragraphs[0][:60], published_at=at, language="en")
    return Entry(metadata, n, "\n\n".join([metadata.headline, *paragraphs]) + "\n", observed_at=at)


def corpus() -> Iterator[Entry]:
    """Give the real revisions as they are, in the order of the file."""
    held: Counter[str] = Counter()
    with gzip.open(CORPUS, "rt") as lines:
        for draft in map(json.loads, lines):
            metadata = Metadata(draft["url"], draft.get("publisher", ""), draft.get("headline", ""))
            yield Entry(metadata, held[metadata.url], draft["body"], observed_at=AT)
            held[metadata.url] += 1


def append(store: Store, entries: Iterable[Entry]) -> None:
    """Store entries with a run that saw them all."""
    seen: list[Observation] = []

    def drawn() -> Iterator[Entry]:
        for each in entries:
            seen.append(Observation(each.article, each.n, each.observed_at, Event.STORED, "", "bench:1"))
            yield each

    store.append(drawn(), seen)


# --- what it is measured against


def blob_commands(entries: Iterable[Entry]) -> Iterator[bytes]:
    """Give the blobs of entries as a stream for `git fast-import`."""
    for each in entries:
        text = each.text.encode()
        for content in (write_record(Record(each.metadata, each.n, sha256(text).hexdigest())), text):
            yield b"blob\ndata %d\n%b\n" % (len(content), content)


def bare_import(repository: Path, stream: Path) -> None:
    """Store a stream with git's own settings and nothing else."""
    subprocess.run(["git", "init", "-q", "--bare", repository], check=True)
    with stream.open("rb") as blobs:
        subprocess.run(["git", "-C", repository, "fast-import", "--quiet"], stdin=blobs, check=True)


def one_at_a_time(folder: Path, entries: Iterable[Entry]) -> None:
    """Store entries as one would with GitPython's index: write, add, commit."""
    from git import Actor, Repo

    with Repo.init(folder) as repo:
        for each in entries:
            path = folder / each.article
            path.with_suffix(".txt").write_text(each.text)
            path.with_suffix(".json").write_bytes(write_record(Record(each.metadata, each.n, "")))
            repo.index.add([f"{each.article}.txt", f"{each.article}.json"])
            repo.index.commit("x", author=Actor(each.metadata.publisher, "x"), committer=Actor("prov", "x"))


def collected(store: Store, entries: Iterable[Entry]) -> float:
    """Give the size of a store after `git gc`, as a share of the bytes of all texts."""
    facts = store.path / "facts.git"
    subprocess.run(["git", "-C", facts, "gc", "-q"], check=True)
    size = sum(path.stat().st_size for path in facts.rglob("*") if path.is_file())
    return size / sum(len(each.text.encode()) + len(each.source) for each in entries)


if __name__ == "__main__":
    for name in [name for name in os.environ if name.startswith("GIT_")]:
        del os.environ[name]
    sys.exit(main())
