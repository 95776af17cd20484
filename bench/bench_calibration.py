"""How sure the verdicts are, and how often verdicts that sure are right, on the labelled cases.

python bench/bench_calibration.py          # the reliability table
python bench/bench_calibration.py --rules  # and how often each rule is right
python bench/bench_calibration.py --fit    # and write provenance/engine/confidence.toml from it

The figures are fitted on `cases`, `harder` and `further`; `heldout` is only ever looked at. A case's own verdicts are
never among those that its confidence is fitted on.
"""

from __future__ import annotations

import argparse
from collections import Counter
from collections.abc import Iterable
from pathlib import Path

from accuracy import calibration, prov, scoring
from accuracy.labelled import cases
from accuracy.verdicts import Verdict, verdicts

FITTED = ("cases", "harder", "further")
HELD_OUT = "heldout"
DATA = Path(__file__).resolve().parent.parent / "provenance" / "engine" / "confidence.toml"
HEADING = """How often a verdict is right: by the copy's manner, the state and the rule that decided, laxest last.
Written by `python bench/bench_calibration.py --fit`, from {count} verdicts on labelled cases; not by hand."""


def main() -> None:
    """Print the tables; write the figures where that is asked for."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--fit", action="store_true", help="write what was fitted where the engine reads it")
    parser.add_argument("--rules", action="store_true", help="say of each rule how often it is right")
    options = parser.parse_args()
    sets = {name: list(_verdicts(name)) for name in (*FITTED, HELD_OUT)}
    known = [verdict for name in FITTED for verdict in sets[name]]
    table = calibration.fit(known)
    _print("as each rule states it, all sets", [(v.stated, v.right) for rows in sets.values() for v in rows])
    _print(f"fitted, each case on the others: {', '.join(FITTED)}", calibration.unseen(known))
    _print(f"fitted on those: {HELD_OUT}", [(calibration.said(v, table), v.right) for v in sets[HELD_OUT]])
    if options.rules:
        _print_rules(known, sets[HELD_OUT])
    if options.fit:
        DATA.write_text(calibration.written(table, HEADING.format(count=len(known))), "utf-8")


def _verdicts(name: str) -> Iterable[Verdict]:
    found = cases(scoring.FIXTURES / name)
    return verdicts(found, prov.uncalibrated(found)) if found else ()


def _print(heading: str, pairs: list[tuple[float, bool]]) -> None:
    print(f"{heading}: {len(pairs)} verdicts\n\n| confidence | verdicts | right |\n| --- | --- | --- |")
    for name, count, share in calibration.reliability(pairs):
        print(f"| {name} | {count} | {'–' if share is None else f'{share:.3f}'} |")
    print()


def _print_rules(known: list[Verdict], held_out: list[Verdict]) -> None:
    print(f"| copy | state | rule | right | {HELD_OUT} |\n| --- | --- | --- | --- | --- |")
    counts = [Counter((v.manner, v.state, v.rule, v.right) for v in rows) for rows in (known, held_out)]
    for name in sorted({key[:3] for count in counts for key in count}):
        cells = [f"{count[*name, True]} of {count[*name, True] + count[*name, False]}" for count in counts]
        print(f"| {' | '.join([*name, *cells])} |")


if __name__ == "__main__":
    main()
