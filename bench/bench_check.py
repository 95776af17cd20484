"""What `prov check` costs: a republisher's files against a store, each figure beside a baseline of the same run.

    python bench/bench_check.py                                  small sizes, a minute
    python bench/bench_check.py --articles 10000 --files 2000    the sizes of the goals

Every article has two revisions, the second with another figure in it and, for half of them, a notice. Of the files two
in five are copies that name where they come from, one in ten is a copy that does not, and the rest are the site's own.
CPU is that of the process and its children, in seconds; the ratios are what to read. Byte code is kept, as it is for
users, whatever the environment says of it.
"""

from __future__ import annotations

import argparse
import json
import os
import random
import resource
import statistics
import subprocess
import sys
import tempfile
from collections.abc import Callable, Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

PROV = Path(sys.executable).with_name("prov")
START = datetime(2025, 1, 1, tzinfo=UTC)
NOW = "2026-01-01T00:00Z"
WORDS = (
    "the council said on tuesday that ferry harbour bridge report minister figures court appeal workers strike storm "
    "river warning school budget market prices hospital police inquiry statement company union vote mayor region "
    "official former spokesman added according under after before while because percent people injured morning"
).split()
SYLLABLES = "bar den fel gor hal kin lor mar nes pol ras sed tor vel wyn zan ash brook combe dale ford ham".split()

BASELINE = """
import sys
from pathlib import Path
from provenance.engine import fingerprints
from provenance.sources import READERS
for path in sorted(Path(sys.argv[1]).rglob("*.md")):
    fingerprints.of(READERS["markdown"](path.read_bytes()).text)
"""


def main() -> None:
    """Print one line a figure: what was measured, its baseline, the ratio, the goal."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--articles", type=int, default=1_000, help="articles in the store (default 1,000)")
    parser.add_argument("--files", type=int, default=300, help="files of the site (default 300)")
    parser.add_argument("--repeat", type=int, default=3, help="runs whose median counts (default 3)")
    parser.add_argument("--keep", default="", help="a folder to make the world in, used again where it is there")
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        world = Path(options.keep or folder)
        world.mkdir(parents=True, exist_ok=True)
        if not (world / "site").exists():
            build(world, options.articles, options.files)
        figures(world, options.repeat, f"{options.files:,} files, {options.articles:,} articles")


def figures(world: Path, repeat: int, sizes: str) -> None:
    """Measure the three goals."""
    site = world / "site"
    check(world, "--no-cache")  # the index of fingerprints is made by the first who asks
    print(f"{'figure':52} {'measured':>11} {'baseline':>11} {'ratio':>8}  goal")
    reading = median(repeat, lambda: cpu([sys.executable, "-c", BASELINE, site], world))
    cold = median(repeat, lambda: forgotten(world))
    figure(f"check, cold, {sizes} / read + fingerprint", cold, reading, "<= 4x")
    warm = median(repeat, lambda: check(world))
    figure("the same again, nothing changed / cold", warm, cold, "<= 0.1x")
    nothing = median(9, lambda: cpu([sys.executable, "-c", "pass"], world))
    name, *others = changing(site)
    known = median(9, lambda: check(world, "--changed-since", "HEAD"))
    figure(f"--changed-since, {name}, known / pass", known, nothing, "<= 15x")
    figure(f"--changed-since, {name}, new / pass", median(5, lambda: touched(world, site / name)), nothing, "<= 15x")
    for other in others:
        subprocess.run(["git", "-C", site, "checkout", "-q", "."], check=True)
        figure(f"--changed-since, {other}, new / pass", median(5, lambda: touched(world, site / other)), nothing, "")  # noqa: B023


def changing(site: Path) -> tuple[str, ...]:
    """Change one file, and name one of each kind: a copy that names its article, and a page of the site's own."""
    copies = sorted(path.relative_to(site).as_posix() for path in site.rglob("named-*.md"))
    own = sorted(path.relative_to(site).as_posix() for path in site.rglob("own-*.md"))
    change(site / copies[0])
    return copies[0], own[0]


def change(path: Path) -> None:
    """Put another paragraph at a file's end."""
    with path.open("a", encoding="utf-8") as file:
        file.write(f"\nNote number {random.random()} of the desk.\n")


def touched(world: Path, path: Path) -> float:
    """Measure a check of one file that has just changed."""
    change(path)
    return check(world, "--changed-since", "HEAD")


def forgotten(world: Path) -> float:
    """Measure a check that finds nothing kept."""
    subprocess.run(["rm", "-rf", world / "cache"], check=True)
    return check(world)


# --- the world


def build(world: Path, articles: int, files: int) -> None:
    """Make a store, and a site in a git repository."""
    made = [list(revisions(number)) for number in range(articles)]
    lines = (json.dumps(revision) + "\n" for each in made for revision in each)
    (world / "batch.drafts.jsonl").write_text("".join(lines), encoding="utf-8")
    cpu([PROV, "--store", "store", "init", "store"], world)
    cpu([PROV, "--store", "store", "ingest", "batch.drafts.jsonl"], world)
    rng = random.Random(7)
    for number in range(files):
        kind = KINDS[number % 10]
        path = world / "site" / "content" / f"{number % 20:02}" / f"{kind}-{number:05}.md"
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(page(kind, rng.choice(made), number), encoding="utf-8")
    git = ["git", "-C", world / "site", "-c", "user.name=site", "-c", "user.email=site@invalid"]
    for arguments in (["init", "-q"], ["add", "-A"], ["commit", "-q", "-m", "the site"]):
        subprocess.run([*git, *arguments], check=True)


KINDS = ("named", "named", "named", "named", "found", "own", "own", "own", "own", "own")


def revisions(number: int) -> Iterator[dict[str, str]]:
    """Give the two revisions of an article."""
    rng = random.Random(number)
    names = [name(rng) for _ in range(6)]
    body = [paragraph(rng, names) for _ in range(12)]
    count = rng.randrange(20, 900)
    at = START + timedelta(minutes=number)
    for n, figure_ in enumerate((count, count + rng.randrange(1, 99))):
        said = f"In {names[0]} {figure_} people were taken to hospital, the police in {names[1]} said."
        note = f"Correction: An earlier version of this article said {count} people. It is {figure_}, not {count}."
        text = "\n\n".join([said, *body, *([note] if n and number % 2 else [])])
        yield {
            "url": f"https://wire.example/{number}",
            "publisher": "Meridian Wire",
            "headline": f"{names[0]} counts its injured after the {names[2]} fire",
            "body": text,
            "modified_at": (at + timedelta(days=n)).isoformat(),
            "observed_at": (at + timedelta(days=n)).isoformat(),
        }


def page(kind: str, article: list[dict[str, str]], number: int) -> str:
    """Give a file of the site: a copy of one of an article's revisions, or a piece of its own."""
    rng = random.Random(f"page {number}")
    if kind == "own":
        names = [name(rng) for _ in range(6)]
        title, body, named = f"Our {names[0]}", "\n\n".join(paragraph(rng, names) for _ in range(12)), ""
    else:
        revision = article[rng.randrange(2)]
        title, body = revision["headline"], revision["body"]
        named = f"canonical_url: {revision['url']}\n" if kind == "named" else ""
    return f'---\ntitle: "{title}"\n{named}tags: [news, region]\n---\n\n{body}\n'


def name(rng: random.Random) -> str:
    """Make up a name."""
    return "".join(rng.choice(SYLLABLES) for _ in range(rng.randrange(2, 4))).capitalize()


def paragraph(rng: random.Random, names: list[str]) -> str:
    """Make up a paragraph of three sentences."""
    sentences = [[*rng.choices(WORDS, k=rng.randrange(9, 16)), rng.choice(names)] for _ in range(3)]
    return " ".join(" ".join(words).capitalize() + "." for words in sentences)


# --- measuring


def check(world: Path, *arguments: str) -> float:
    """Measure a check of the whole site."""
    asked = ["check", ".", "--now", NOW, "--output", world / "check.txt", *arguments]
    return cpu([PROV, "--store", world / "store", *asked], world / "site", fine=(0, 1))


def cpu(command: list[object], folder: Path, fine: tuple[int, ...] = (0,)) -> float:
    """Run a command and give the CPU seconds that it and its children took."""
    kept = {key: value for key, value in os.environ.items() if not key.startswith(("GIT_", "PROV_", "PYTHON"))}
    environment = kept | {"XDG_CACHE_HOME": str(folder.parent / "cache" if folder.name == "site" else folder / "cache")}
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    ran = subprocess.run(
        list(map(str, command)),
        cwd=folder,
        env=environment,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.PIPE,
        check=False,
    )
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    if ran.returncode not in fine:
        sys.exit(f"{command} ended with {ran.returncode}: {ran.stderr.decode()}")
    return after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime


def median(repeat: int, run: Callable[[], float]) -> float:
    """Give the median of so many runs."""
    return statistics.median(run() for _ in range(repeat))


def figure(name: str, measured: float, baseline: float, goal: str) -> None:
    """Print one figure beside its baseline."""
    print(f"{name:52} {measured:>9.2f} s {baseline:>9.2f} s {measured / baseline:>7.2f}x  {goal}", flush=True)


if __name__ == "__main__":
    main()
