"""How many of the updates that labelled copies miss are placed rightly by `prov patch`, and how many wrongly.

python bench/bench_patch.py [--set NAME]... [--files] [--verbose] [--json FILE]
"""

from __future__ import annotations

import argparse
import json
import random
import sys
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from datetime import datetime
from functools import partial
from pathlib import Path
from typing import Any

from accuracy.labelled import Case, cases
from accuracy.scoring import FIXTURES
from patching import files
from patching.labels import Label, labels
from patching.scoring import Outcome, Placed, outcome, strayed

from provenance.engine import updates
from provenance.engine.patching import Patch, patch
from provenance.engine.told import told
from provenance.model import Metadata, Revision, Update
from provenance.sources import plain
from provenance.sources.rewriting import rewrite

SETS = ("cases", "harder", "further", "heldout")
MISSED = frozenset({"missing", "partial"})
ALL = "all"


@dataclass(frozen=True)
class Article:
    """A labelled article as prov holds it."""

    case: Case
    revisions: tuple[Revision, ...]
    updates: tuple[Update, ...]


def main() -> None:
    """Print one table: a column for each set, and one for all."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--set", action="append", choices=SETS, help="only this set (more than once for several)")
    parser.add_argument(
        "--files", action="store_true", help="count what finds its place in files of each format instead"
    )
    parser.add_argument("--verbose", action="store_true", help="name what was placed wrongly (not of `heldout`)")
    parser.add_argument("--json", type=Path, metavar="FILE", help="write the figures here as well")
    options = parser.parse_args()
    found: dict[str, Counter[str]] = {}
    for name in options.set or SETS:
        found[name] = Counter()
        for case in cases(FIXTURES / name):
            if options.files:
                write(held(case), found[name])
            else:
                count(held(case), found[name], options.verbose and name != "heldout")
    found[ALL] = sum(found.values(), Counter())
    print(table_of_files(found) if options.files else table(found))
    if options.json:
        options.json.write_text(json.dumps(found, indent=1) + "\n", "utf-8")


def held(case: Case) -> Article:
    """Work out the updates of a labelled article."""
    origin = case.labels["origin"]
    revisions: list[Revision] = []
    known: list[Update] = []
    for n, (text, row) in enumerate(zip(case.revisions, origin["revisions"], strict=True)):
        at = datetime.fromisoformat(row["published"])
        revisions.append(revision(text, n, Metadata(url=origin["url"], published_at=at, modified_at=at)))
        known += updates.revise(revisions[-2], revisions[-1]).updates if n else told(revisions[0])
    return Article(case, tuple(revisions), tuple(known))


def revision(text: str, n: int, metadata: Metadata) -> Revision:
    """Read a text as prov does."""
    headline, _, body = text.partition("\n")
    found = plain.compose(body, headline)
    return Revision(replace(metadata, headline=found.headline, language=found.language), n, text=found.text)


def count(article: Article, tally: Counter[str], verbose: bool) -> None:  # noqa: FBT001 - an option of the command
    """Patch every copy of an article and count what came of it."""
    known = labels(article.case, article.revisions)
    for row in article.case.labels["copies"]:
        if not row["is_copy"]:
            continue
        copy = revision(article.case.copies[row["url"]], 0, Metadata(url=row["url"]))
        found = patch(article.revisions, article.updates, copy)
        again = patch(article.revisions, article.updates, replace(copy, text=found.made.text))
        tally["copies"] += 1
        tally["copies that a second patch changes"] += bool(again.made.splices)
        placed = Placed(article.revisions, article.updates, copy.text, found)
        for update, truth in row["truth"].items():
            mine = [label for label in known if label.update == update]
            for key in counted(mine, truth, placed, known, row["truth"]):
                tally[key] += 1
                if verbose and key.endswith("wrongly"):
                    print(f"{article.case.labels['id']}/{row['id']} {update} ({truth}): {key}", file=sys.stderr)


def write(article: Article, tally: Counter[str]) -> None:
    """Patch every copy of an article as a file of each format, and count what found its place there."""
    for row in article.case.labels["copies"]:
        if not row["is_copy"]:
            continue
        whole = revision(article.case.copies[row["url"]], 0, Metadata(url=row["url"])).text
        headline, *paragraphs = whole.strip().split("\n\n")
        for kind, writer in files.WRITERS.items():
            source = writer(headline, paragraphs, random.Random(row["url"]))
            text = files.read(source, kind)
            if text is None:
                continue
            splices = patch(
                article.revisions, article.updates, Revision(Metadata(url=row["url"]), 0, text=text)
            ).made.splices
            made = rewrite(source, text, splices, files.form(source, kind), partial(files.read, kind=kind))
            tally[kind] += len(splices)
            tally[f"{kind}: made"] += len(made.made)


def table_of_files(found: dict[str, Counter[str]]) -> str:
    """Write the shares of splices that found their place as a Markdown table."""
    lines = [f"| found their place in | {' | '.join(found)} |", f"| --- |{' ---: |' * len(found)}"]
    for kind in files.WRITERS:
        cells = (f"{share(each[f'{kind}: made'], each[kind])} of {each[kind]}" for each in found.values())
        lines.append(f"| {kind} | {' | '.join(cells)} |")
    return "\n".join(lines)


def counted(mine: list[Label], truth: str, placed: Placed, known: list[Label], truths: dict[str, Any]) -> Iterator[str]:
    """Give the counts that one label adds to."""
    if truth not in MISSED:
        yield "not missed"
        if truth != "superseded" and strayed(mine, placed, known, {u for u, t in truths.items() if t in MISSED}):
            yield "not missed, changed: wrongly"
        return
    if mine[0].kind == "retraction" and _withdrawn(placed.patch):
        yield "withdrawn articles, left alone"
        return
    found = outcome(mine, placed)
    words = "in its words" if _verbatim(mine, placed.text) else "in other words or absent"
    yield f"missed {words}"
    yield f"missed {words}: {found.value}"
    yield "missed"
    yield f"missed: {found.value}"


def _withdrawn(found: Patch) -> bool:
    return not found.made.splices and any(left.why.name == "WITHDRAWN" for left in found.left)


def _verbatim(mine: list[Label], text: str) -> bool:
    """Tell whether the copy has the old words, or for an addition the sentence beside it, word for word."""
    return any(label.old_stands(text) if label.before else label.neighbour_stands(text) for label in mine)


ROWS = ("missed in its words", "missed in other words or absent", "missed")


def table(found: dict[str, Counter[str]]) -> str:
    """Write the figures as a Markdown table."""
    lines = [f"| | {' | '.join(found)} |", f"| --- |{' ---: |' * len(found)}"]

    def row(title: str, cells: Iterable[str]) -> None:
        lines.append(f"| {title} | {' | '.join(cells)} |")

    for name in ROWS:
        row(f"**updates {name}**", (str(each[name]) for each in found.values()))
        for each in Outcome:
            what = f"placed {each.value}" if each.is_placed else each.value
            row(what, (share(tally[f"{name}: {each.value}"], tally[name]) for tally in found.values()))
    stray = "not missed, changed: wrongly"
    row(
        "**wrongly, with those not missed**",
        (share(each["missed: wrongly"] + each[stray], each["missed"]) for each in found.values()),
    )
    row("not missed, and changed", (share(each[stray], each["not missed"]) for each in found.values()))
    again = "copies that a second patch changes"
    row(again, (str(each[again]) for each in found.values()))
    return "\n".join(lines)


def share(part: int, whole: int) -> str:
    """Write a share with its count."""
    return f"{part / whole:.3f} ({part})" if whole else "-"


if __name__ == "__main__":
    main()
