"""Recall and precision of the notices found in a folder of labelled cases, and what a text without one costs.

python bench/bench_notices.py fixtures/cases [--show]
"""

from __future__ import annotations

import argparse
import json
from collections.abc import Iterator
from pathlib import Path
from time import process_time

from provenance.engine import notices
from provenance.model import Notice

MARGIN = 4
"""Characters by which a found span may differ from the labelled note: brackets and marks of emphasis."""

QUIET = "The council met on Tuesday and agreed to mend the roof of the hall before the winter comes. " * 8
"""One paragraph of a text without a note."""


def cases(folder: Path) -> Iterator[tuple[str, str, str, tuple[str, ...], bool]]:
    """Give name, language, text and expected notes of every revision and copy; the last value marks a revision."""
    for file in sorted(folder.glob("*/case.json")):
        case = json.loads(file.read_text("utf-8"))
        known: list[str] = []
        for revision in case["origin"]["revisions"]:
            text = (file.parent / revision["file"]).read_text("utf-8")
            known = [note for note in known if note in text]
            if revision["note"] and revision["note"] not in known:
                known.append(revision["note"])
            yield f"{case['id']} {revision['file']}", case["language"], text, tuple(known), True
        for copy in case["copies"]:
            text = (file.parent / copy["file"]).read_text("utf-8")
            yield f"{case['id']} {copy['file']}", case["language"], text, (), False


def same(note: str, found: Notice) -> bool:
    """Tell whether a found notice is the labelled one."""
    return (note.strip() in found.text and len(found.text) - len(note) <= MARGIN) or (
        found.text in note and len(note) - len(found.text) <= MARGIN
    )


def main() -> None:
    """Print recall and precision over revisions, and every notice found in a copy."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("folder", type=Path)
    parser.add_argument("--show", action="store_true", help="print every notice found, with its claims")
    parser.add_argument("--language", help="use this language for all instead of the labelled one")
    options = parser.parse_args()
    wanted = hit = false = texts = 0
    for name, language, text, notes, revision in cases(options.folder):
        texts += 1
        found = notices.find(text, language if options.language is None else options.language)
        if revision:
            hits = [each for each in found if any(same(note, each) for note in notes)]
            extra = [each for each in found if each not in hits and each.rule != "headline-tag"]
            missed = [note for note in notes if not any(same(note, each) for each in found)]
            wanted, hit, false = wanted + len(notes), hit + len(notes) - len(missed), false + len(extra)
            for kind, several in (("MISSED", missed), ("FALSE", [each.text for each in extra])):
                for each in several:
                    print(f"{kind} {name}: {each}")
        for each in found if options.show or not revision else ():
            print(f"{name} [{each.rule}] {each.text}")
            for claim in each.claims:
                print(f"    {claim.says}  old={claim.old!r}  new={claim.new!r}  about={claim.about!r}")
    print(f"{texts} texts, {wanted} notes on revisions: recall {hit / max(wanted, 1):.3f}, false {false}")
    quiet = "A headline\n\n" + "\n\n".join([QUIET] * 8) + "\n"
    started = process_time()
    for _ in range(2_000):
        notices.find(quiet)
    print(f"a text of {len(quiet)} characters without a note: {(process_time() - started) * 500:.1f} µs")


if __name__ == "__main__":
    main()
