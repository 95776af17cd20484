"""Markdown for a comment under a pull request, and for the summary of a build.

Words from outside stand in code only, where nothing is a mention, a link, HTML or the end of a table.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from provenance.model import Finding, Level, Verdict
from provenance.report.gate import telling

COMMENT = 60_000
"""Characters of a comment at most: GitHub takes 65,536 and refuses a longer one whole."""
PAGE = 900_000
"""Characters of a build's summary at most: GitHub takes a mebibyte."""

_TICKS = re.compile("`+")
_TITLES = {Level.ERROR: "Fails", Level.WARNING: "Warnings", Level.NOTE: "Notes"}


def text(verdict: Verdict) -> str:
    """Give a comment: what fails first, the rest folded."""
    return _page(verdict, COMMENT)


def summary(verdict: Verdict) -> str:
    """Give the same for the summary of a build, which may be longer."""
    return _page(verdict, PAGE)


def _page(verdict: Verdict, most: int) -> str:
    failed = len(verdict.failed)
    result = f"{failed:,} {'finding fails' if failed == 1 else 'findings fail'}" if failed else "nothing fails"
    parts = [f"## prov check: {result}\n\n{telling.tally(verdict)}, as of {telling.moment(verdict.now)}\n"]
    room = most - len(parts[0])
    for title, findings, folded in _groups(verdict):
        section = _section(title, findings, room, folded=folded)
        parts.append(section)
        room -= len(section)
    return "\n".join(parts)


def _groups(verdict: Verdict) -> Iterator[tuple[str, list[Finding], bool]]:
    for level, title in _TITLES.items():
        found = [each for each in verdict.findings if each.level is level and not each.accepted]
        if found:
            yield title, found, level is not Level.ERROR
    accepted = [each for each in verdict.findings if each.accepted]
    if accepted:
        yield "Accepted", sorted(accepted, key=lambda each: each.accepted), True


def _section(title: str, findings: Sequence[Finding], room: int, *, folded: bool) -> str:
    head = f"<details><summary>{title}: {len(findings):,}</summary>\n" if folded else f"### {title}\n"
    foot = "\n</details>\n" if folded else ""
    parts: list[str] = []
    room -= len(head) + len(foot) + len(_more(len(findings)))
    for n, finding in enumerate(findings):
        block = _finding(finding)
        if len(block) + 1 > room:
            parts.append(_more(len(findings) - n))
            break
        parts.append(block)
        room -= len(block) + 1
    return "\n".join([head, *parts]) + foot


def _more(count: int) -> str:
    return f"… and {count:,} more, which the other formats have.\n"


def _finding(finding: Finding) -> str:
    return f"{code(telling.where(finding))} {telling.name(finding)}\n\n{fence(list(_lines(finding)), 'diff')}\n"


def _lines(finding: Finding) -> Iterator[str]:
    yield telling.one_line(finding.message)
    for passage in telling.passages(finding):
        if passage.quote:
            yield f"{' ' if telling.is_added(passage) else '-'} {telling.short(passage.quote)}"
        if passage.wanted:
            yield f"+ {telling.short(passage.wanted)}"
    for label, words in telling.rows(finding):
        yield f"{label}: {words}"


def code(words: str) -> str:
    """Give one line of words as a code span."""
    ticks = "`" * (1 + max(map(len, _TICKS.findall(words)), default=0))
    pad = " " if words.startswith("`") or words.endswith("`") or not words.strip() else ""
    return f"{ticks}{pad}{words}{pad}{ticks}"


def fence(lines: Sequence[str], language: str) -> str:
    """Give lines as a block of code, in a fence longer than any run of its marks within."""
    longest = max((len(run) for line in lines for run in _TICKS.findall(line)), default=0)
    ticks = "`" * max(3, longest + 1)
    return "\n".join([f"{ticks}{language}", *lines, ticks])
