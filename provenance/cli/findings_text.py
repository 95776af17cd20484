"""A check's verdict for people: each finding with its place, its words, why, since when and what to do about it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator

from provenance.cli.terminal import Terminal, count, moment, quoted
from provenance.cli.words import one_line
from provenance.model import Finding, Level, Outcome, Passage, Verdict

SHOWN = 3
"""So many passages of a finding are shown; the other formats have all of them."""
_COLOURS = {Level.ERROR: "red", Level.WARNING: "yellow", Level.NOTE: "cyan"}


def text(verdict: Verdict, terminal: Terminal) -> Iterator[str]:
    """Give the lines of a verdict: what is to be mended, what was accepted, and the sum."""
    for finding in verdict.findings:
        if not finding.accepted:
            yield from _finding(finding, terminal)
            yield ""
    accepted = [finding for finding in verdict.findings if finding.accepted]
    if accepted:
        yield terminal.paint("accepted", "bold")
        for finding in sorted(accepted, key=lambda each: each.accepted):
            yield from terminal.wrapped(f"{_where(finding)} {_what(finding)}: {one_line(finding.accepted)}", "  ")
        yield ""
    yield terminal.paint(summary(verdict), "red" if verdict.failed else "green")


def summary(verdict: Verdict) -> str:
    """Say in one line how many files were looked at and what came of it."""
    outcomes = Counter(file.outcome for file in verdict.files)
    parts = [count(outcomes[Outcome.COPY], "copy", "copies"), f"{outcomes[Outcome.NO_COPY]:,} no copy"]
    if outcomes[Outcome.NOT_CHECKED]:
        parts.append(f"{outcomes[Outcome.NOT_CHECKED]:,} not checked")
    files = count(len({file.path for file in verdict.files}), "file")
    return f"checked {files}: {', '.join(parts)}; {_tally(verdict)}"


def _tally(verdict: Verdict) -> str:
    failed = len(verdict.failed)
    levels = Counter(finding.level for finding in verdict.findings if not finding.accepted)
    accepted = sum(1 for finding in verdict.findings if finding.accepted)
    parts = [f"{count(failed, 'finding')} {'fails' if failed == 1 else 'fail'}" if failed else "nothing fails"]
    parts += [count(levels[Level.WARNING], "warning")] if levels[Level.WARNING] else []
    parts += [count(levels[Level.NOTE], "note")] if levels[Level.NOTE] else []
    parts += [f"{accepted:,} accepted"] if accepted else []
    return ", ".join(parts)


def _finding(finding: Finding, terminal: Terminal) -> Iterator[str]:
    level = "" if finding.level is Level.ERROR else f" ({finding.level.value})"
    head = f"{_where(finding)} {_what(finding)}{level}: {one_line(finding.message)}"
    yield terminal.paint(head, _COLOURS[finding.level])
    for label, words in _rows(finding):
        yield from terminal.hanging(f"    {label:<8}", words, most=6)


def _where(finding: Finding) -> str:
    place = f":{finding.place.line}:{finding.place.column}" if finding.place else ""
    return one_line(finding.path) + (f"#{finding.item}" if finding.item else "") + place


def _what(finding: Finding) -> str:
    return f"{finding.code.value} {finding.code.slug}"


def _rows(finding: Finding) -> Iterator[tuple[str, str]]:
    """Give what is told of a finding, each with its label."""
    for passage in _shown(finding):
        has, wanted = _sides(finding, passage)
        yield "says", has
        yield "should", wanted
    more = len(finding.passages) - len(_shown(finding))
    if more > 0:
        yield "", f"and {count(more, 'more place')}"
    if finding.because:
        yield "why", _why(finding)
    if finding.notice:
        yield "notice", quoted(finding.notice)
    if finding.since:
        due = f", fails from {moment(finding.due)} on" if finding.due else ""
        yield "since", moment(finding.since) + due
    if finding.update:
        yield "of", one_line(", ".join(filter(None, (finding.headline, finding.url))))
    if finding.hint:
        yield "mend", one_line(finding.hint)
    if finding.level is Level.ERROR:
        yield "waive", f"prov waive {finding.id}"


def _why(finding: Finding) -> str:
    reasons = [finding.because, *(each.because for each in finding.passages[:1])]
    return f"{one_line('; '.join(filter(None, reasons)))} ({finding.confidence:.0%} sure)"


def _shown(finding: Finding) -> tuple[Passage, ...]:
    """Choose the passages to show: of a withdrawn article one is enough."""
    if finding.withdraws:
        return next(((each,) for each in finding.passages if each.quote), ())
    return finding.passages[:SHOWN]


def _sides(finding: Finding, passage: Passage) -> tuple[str, str]:
    from provenance.cli.evidence import WITHDRAWN, Said, sides

    instead = WITHDRAWN if finding.withdraws else ""
    line = passage.place.line if passage.place and passage is not finding.passages[0] else None
    return sides(Said(line, passage.quote, passage.wanted, passage.before, passage.after, instead))
