"""Every regular expression of the package on 50 kB made to cost it the most: how long, and how that grows.

For each pattern, texts are made of its own parts: each piece that it can repeat, and each beginning of what it looks
for, over and over, with a character at the end that fits nothing. The worst of them counts. A pattern whose time more
than doubles twice where the text is four times as long grows faster than the text; those are listed first.

    python bench/bench_patterns.py [--all]
"""

# ruff: noqa: E501 - names of patterns
from __future__ import annotations

import argparse
import importlib
import pkgutil
import re
import time
from collections.abc import Iterator
from re import _parser as sre  # type: ignore[attr-defined]
from typing import Any

import provenance

SIZE = 50_000
GOAL = 1.0
"""Milliseconds for 50 kB."""
STEEP = 6.5
"""Four times the text in more than so many times the time is no longer linear."""
TOO_LONG = 60.0
"""Milliseconds for a quarter of the text after which the whole is not tried."""
MOST = 12
"""Pieces for one pattern at most."""

AT_ONE_PLACE = frozenset(
    """
engine.confidence._VARIES engine.fields._CUT engine.notices.weighing._SENTENCE engine.patching.merging._DECIMAL engine.values._GROUPS
engine.values_amounts._PART engine.words._ASCII_WORD report.letters.addresses._FORM sources.inserting._BEFORE sources.inserting._LINE_MARK
sources.inserting._QUOTED sources.places._END_OF_BLOCK sources.places._END_OF_LINE sources.sniff._PAGE store.bundle._REF store.guard._KEY
store.walk._CHANGE
    """.split()
)
"""Patterns that are put to one place, or to a stretch of bounded length, and never to all of a text: one match is measured."""


def patterns() -> Iterator[tuple[str, re.Pattern[Any]]]:
    """Import every module and give the compiled patterns that stand in it, each once."""
    seen: set[tuple[Any, int]] = set()
    for module in pkgutil.walk_packages(provenance.__path__, "provenance."):
        if "migrations" in module.name or module.name.endswith("__main__"):
            continue
        for name, value in vars(importlib.import_module(module.name)).items():
            for number, found in enumerate(_inside(value)):
                if (found.pattern, found.flags) not in seen:
                    seen.add((found.pattern, found.flags))
                    yield f"{module.name.removeprefix('provenance.')}.{name}{f'[{number}]' if number else ''}", found


def _inside(value: object) -> Iterator[re.Pattern[Any]]:
    if isinstance(value, re.Pattern):
        yield value
    elif isinstance(value, (tuple, list)):
        for each in value:
            yield from _inside(each)
    elif isinstance(value, dict):
        yield from _inside(list(value.values()))


def sample(parsed: Any, least: int = 1) -> str:  # noqa: ANN401 - a tree of the standard library's
    """Write a text that a parsed pattern matches, or nearly so; each repeat at least so often."""
    return "".join(_of(op, given, least) for op, given in parsed)


def _of(op: Any, given: Any, least: int) -> str:  # noqa: ANN401, PLR0911 - a node of that tree
    match str(op):
        case "LITERAL":
            return chr(given)
        case "NOT_LITERAL":
            return "a" if given != ord("a") else "b"
        case "ANY":
            return "a"
        case "IN":
            return _of_class(given)
        case "MAX_REPEAT" | "MIN_REPEAT" | "POSSESSIVE_REPEAT":
            low, high, inner = given
            return sample(inner, least) * max(low, min(least, high))
        case "SUBPATTERN":
            return sample(given[3], least)
        case "ATOMIC_GROUP":
            return sample(given, least)
        case "BRANCH":
            return sample(given[1][0], least)
        case _:
            return ""


def _of_class(given: Any) -> str:  # noqa: ANN401 - the members of a class of characters
    for op, value in given:
        match str(op):
            case "LITERAL":
                return chr(value)
            case "RANGE":
                return chr(value[0])
            case "CATEGORY":
                named = str(value)
                return "7" if "DIGIT" in named else " " if "SPACE" in named and "NOT" not in named else "a"
    return "a"


def parts(parsed: Any) -> Iterator[str]:  # noqa: ANN401 - as above
    """Give what a pattern can repeat, its alternatives, and its beginnings."""
    nodes = list(parsed)
    for at in range(1, len(nodes) + 1):
        yield sample(nodes[:at])
    for op, given in nodes:
        name = str(op)
        inner = given[2] if name.endswith("REPEAT") else given[3] if name == "SUBPATTERN" else None
        branches = given[1] if name == "BRANCH" else [inner] if inner is not None else []
        for branch in branches[:12]:
            yield sample(branch)
            yield from parts(branch)


def spent(pattern: re.Pattern[Any], text: str, *, once: bool) -> float:
    """Give the milliseconds that it takes to find all that there is in a text, or with `once` what it begins with."""
    given = text.encode("utf-8", "replace") if isinstance(pattern.pattern, bytes) else text
    begun = time.process_time()
    for _ in (pattern.match(given),) if once else pattern.finditer(given):
        pass
    return 1000 * (time.process_time() - begun)


def worst(pattern: re.Pattern[Any], *, once: bool) -> tuple[float, float, str]:
    """Give the milliseconds for 50 kB of the costliest text, how many times those for a quarter, and what it is of."""
    source = pattern.pattern.decode("latin-1") if isinstance(pattern.pattern, bytes) else pattern.pattern
    pieces = list(dict.fromkeys(each for each in parts(sre.parse(source, pattern.flags)) if each))[:MOST]
    found = (0.0, 1.0, "")
    for piece in pieces:
        for begin, end in (("", ""), ("", "\x01"), (pieces[0], "\x01")):
            texts = [begin + piece * (size // len(piece)) + end for size in (SIZE // 16, SIZE // 4, SIZE)]
            first, quarter = (spent(pattern, text, once=once) for text in texts[:2])
            if quarter * 40 < found[0]:  # even at its worst it would not be the worst
                continue
            if quarter > TOO_LONG:  # it will not get better: what it would take is told from the two shorter ones
                return quarter * quarter / max(first, 0.02), quarter / max(first, 0.02), piece
            four = min(spent(pattern, texts[2], once=once) for _ in range(1 if quarter > 1 else 3))
            if four > found[0]:
                found = (four, four / max(quarter, 0.02), piece)
    return found


def main() -> None:
    """Print the steep ones, the slow ones, and how many there are."""
    asked = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    asked.add_argument("--all", action="store_true", help="list every pattern")
    everything = asked.parse_args().all
    rows = sorted(
        ((*worst(pattern, once=name in AT_ONE_PLACE), name) for name, pattern in patterns()),
        key=lambda row: (-(row[1] > STEEP), -row[0]),
    )
    steep = [row for row in rows if row[1] > STEEP and row[0] > GOAL]
    slow = [row for row in rows if row[0] > GOAL]
    print(f"{'ms':>9}{'4 x':>7}  pattern, and what the text is made of")
    for ms, times, piece, name in rows if everything else [*steep, *(row for row in slow if row not in steep)][:25]:
        print(f"{ms:9.2f}{times:7.1f}  {name}  {piece[:40]!r}")
    print(f"{len(rows)} patterns: {len(rows) - len(slow)} within {GOAL:g} ms for 50 kB, {len(steep)} not linear")


if __name__ == "__main__":
    main()
