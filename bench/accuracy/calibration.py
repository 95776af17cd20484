"""Calibration: how often each rule is right, and how often verdicts of some confidence are.

A rule's figure is the share of its verdicts that are right, drawn towards that of all verdicts with its state, the more
so the fewer it has; and it never falls below that of a laxer rule for the same state. 0.9 and more is kept for rules
that are right nearly always, so that whoever acts on 0.9 is not misled by what is right nineteen times in twenty.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Sequence
from itertools import pairwise
from statistics import fmean
from typing import TypeVar

from accuracy.verdicts import Verdict

Table = dict[str, dict[str, dict[str, float]]]
"""Confidence by manner, state and rule, as the engine reads it."""
ELSE = "else"
LIKE_ALL, LIKE_STATE, LIKE_MANNER = 2, 4, 6
"""What a state, a state in one manner, and a rule there start from, counted in verdicts."""
KEPT = 0.975
"""The share of right verdicts from which a rule may say 0.9 or more."""
LEAST, BELOW, MOST = 0.01, 0.89, 0.99
"""The least that a rule may say; the most that other rules may; the most that any may."""
SQUEEZED = 0.85
"""Shares from here to `KEPT` keep their order, and are said with no more than `BELOW`."""
K = TypeVar("K")
BINS = (0.0, 0.5, 0.7, 0.8, 0.9, 0.95, 1.0)


def fit(verdicts: Sequence[Verdict]) -> Table:
    """Work out the confidence of each rule from verdicts whose truth is known."""
    everything = _share(verdicts, 0.5, LIKE_ALL)
    states = {state: _share(rows, everything, LIKE_ALL) for state, rows in _by(verdicts, lambda v: v.state).items()}
    found: Table = {}
    for (manner, state), rows in sorted(_by(verdicts, lambda v: (v.manner, v.state)).items()):
        alike = _share(rows, states[state], LIKE_STATE)
        rules = _by(rows, lambda v: v.rule)
        shares = {rule: (_share(each, alike, LIKE_MANNER), len(each) + LIKE_MANNER) for rule, each in rules.items()}
        strictness = {rule: fmean(v.stated for v in each) for rule, each in rules.items()}
        ordered = _ordered([(rule, *shares[rule]) for rule in sorted(rules, key=lambda rule: (strictness[rule], rule))])
        found.setdefault(manner, {})[state] = {rule: _said(ordered[rule]) for rule in reversed(ordered)}
        found[manner][state][ELSE] = min(_said(alike), BELOW)
    return found


def unseen(verdicts: Sequence[Verdict]) -> list[tuple[float, bool]]:
    """Give each verdict's confidence as fitted on the other cases, and whether it is right."""
    found = []
    for case, rows in _by(verdicts, lambda v: v.case).items():
        table = fit([verdict for verdict in verdicts if verdict.case != case])
        found += [(said(verdict, table), verdict.right) for verdict in rows]
    return found


def said(verdict: Verdict, table: Table) -> float:
    """Give the confidence that a table has for a verdict, as the engine looks it up."""
    found = table.get(verdict.manner, {}).get(verdict.state, {})
    return found.get(verdict.rule, min(verdict.stated, found.get(ELSE, verdict.stated)))


def reliability(pairs: Iterable[tuple[float, bool]]) -> list[tuple[str, int, float | None]]:
    """Give, for each range of confidence, the number of verdicts and the share that is right; last, 0.9 and more."""
    pairs = list(pairs)
    rows = [(f"{low:.2f} to {high:.2f}", low, high) for low, high in pairwise(BINS)]
    rows.append(("0.90 and more", 0.9, 1.0))
    found = []
    for name, low, high in rows:
        hits = [right for sure, right in pairs if low <= sure < high]
        found.append((name, len(hits), fmean(hits) if hits else None))
    return found


def written(table: Table, heading: str) -> str:
    """Write a table as the engine's data file."""
    lines = [f"# {line}".rstrip() for line in heading.splitlines()]
    for manner, states in table.items():
        for state, rules in states.items():
            lines += ["", f"[{manner}.{state}]", *(f'"{rule}" = {sure:.2f}' for rule, sure in rules.items())]
    return "\n".join(lines) + "\n"


def _by(verdicts: Iterable[Verdict], name: Callable[[Verdict], K]) -> dict[K, list[Verdict]]:
    found: dict[K, list[Verdict]] = defaultdict(list)
    for each in verdicts:
        found[name(each)].append(each)
    return dict(found)


def _share(verdicts: Sequence[Verdict], start: float, weight: int) -> float:
    return (sum(each.right for each in verdicts) + weight * start) / (len(verdicts) + weight)


def _ordered(rules: Sequence[tuple[str, float, int]]) -> dict[str, float]:
    """Let no rule fall below a laxer one: neighbours that do share the mean of both (laxest first)."""
    blocks: list[tuple[float, int, list[str]]] = []
    for rule, share, weight in rules:
        blocks.append((share, weight, [rule]))
        while len(blocks) > 1 and blocks[-2][0] > blocks[-1][0]:
            (x, n, lax), (y, m, strict) = blocks[-2:]
            blocks[-2:] = [((x * n + y * m) / (n + m), n + m, lax + strict)]
    return {rule: share for share, _, names in blocks for rule in names}


def _said(share: float) -> float:
    if SQUEEZED < share < KEPT:
        share = SQUEEZED + (share - SQUEEZED) * (BELOW - SQUEEZED) / (KEPT - SQUEEZED)
    return round(max(LEAST, min(share, MOST)), 2)
