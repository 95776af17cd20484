"""How right the verdicts are on the labelled cases, beside what other methods get right of them.

python bench/bench_accuracy.py [--set NAME]... [--method NAME]... [--json FILE]
"""

from __future__ import annotations

import argparse
import json
import sys
from collections.abc import Callable, Sequence
from pathlib import Path

from accuracy import methods, prov, quotations, scoring
from accuracy.labelled import Articles, Case, cases
from accuracy.plain import Plain
from accuracy.table import Figures, table
from accuracy.whole import Whole

SETS = ("cases", "harder", "further", "heldout")
METHODS: dict[str, tuple[str, Callable[[Sequence[Case]], Articles]]] = {
    "rules": ("prov, rules alone", prov.rules),
    "semantic": ("prov, `semantic`", prov.semantic),
    "plain": ("plain method", lambda found: methods.answers(Plain(), found)),
    "difflib": ("difflib, whole texts", lambda found: methods.answers(Whole(), found)),
    "quid": ("Quid, text reuse", lambda found: methods.answers(quotations.Quotations(), found)),
}
"""Each method by the name to ask for it with: its heading, and how it answers."""
MISSING = {
    name: f"{name}: not run, `{package}` is not installed"
    for name, there, package in (("semantic", prov.SEMANTIC, prov.MODEL), ("quid", quotations.INSTALLED, "Quid"))
    if not there
}
"""The methods that cannot be run here, each with the reason."""
ALL = "all"


def main() -> None:
    """Print one table for each set of cases, and one for all."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--set", action="append", choices=SETS, help="only this set (more than once for several)")
    parser.add_argument("--method", action="append", choices=list(METHODS), help="only this method")
    parser.add_argument("--json", type=Path, metavar="FILE", help="write the figures here as well")
    options = parser.parse_args()
    sets = {name: cases(scoring.FIXTURES / name) for name in options.set or SETS}
    asked = options.method or list(METHODS)
    for name in asked:
        if name in MISSING:
            print(MISSING[name], file=sys.stderr)
    found = measured(
        {name: each for name, each in sets.items() if each}, [name for name in asked if name not in MISSING]
    )
    for name, columns in found.items():
        size = _size([case for each in sets if name in {each, ALL} for case in sets[each]])
        print(f"{name}: {size}\n\n{table({METHODS[method][0]: column for method, column in columns.items()})}\n")
    if options.json:
        options.json.write_text(json.dumps(found, indent=1) + "\n", "utf-8")


def measured(sets: dict[str, list[Case]], asked: Sequence[str]) -> dict[str, dict[str, Figures]]:
    """Give the figures of each method by the name of the set; each set is answered by itself."""
    found: dict[str, dict[str, Figures]] = {name: {} for name in [*sets, *([ALL] if len(sets) > 1 else [])]}
    for method in asked:
        whole = scoring.blank()
        for name, each in sets.items():
            answers, tally = METHODS[method][1](each), scoring.blank()
            for counts in (tally, whole):
                scoring.add(counts, each, answers)
            found[name][method] = scoring.figures(tally)
        if ALL in found:
            found[ALL][method] = scoring.figures(whole)
    return found


def _size(found: Sequence[Case]) -> str:
    copies = [copy for case in found for copy in case.labels["copies"]]
    labels = sum(len(copy["truth"]) for copy in copies)
    return f"{len(found)} articles, {len(copies)} texts, {labels} labels"


if __name__ == "__main__":
    main()
