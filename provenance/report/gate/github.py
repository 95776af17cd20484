"""Workflow commands of GitHub Actions: one annotation a finding, on the line of the file that shows it.

A line that is not ours never begins: what comes from outside has no line ends left, and GitHub's own escapes besides.
"""

from __future__ import annotations

from collections.abc import Iterator

from provenance.model import Finding, Level, Verdict
from provenance.report.gate import telling

_COMMANDS = {Level.ERROR: "error", Level.WARNING: "warning", Level.NOTE: "notice"}


def text(verdict: Verdict) -> str:
    """Give a command for each finding that was not accepted, errors first, and a last line with the sum."""
    found = [each for each in verdict.findings if not each.accepted]
    ordered = sorted(found, key=lambda each: list(Level).index(each.level))  # GitHub shows the first ten of a step
    return "".join(f"{line}\n" for line in (*map(_command, ordered), f"prov check: {telling.tally(verdict)}"))


def _command(finding: Finding) -> str:
    properties = ",".join(f"{name}={_property(value)}" for name, value in _properties(finding))
    return f"::{_COMMANDS[finding.level]} {properties}::{_data(_told(finding))}"


def _properties(finding: Finding) -> Iterator[tuple[str, str]]:
    yield "file", telling.one_line(finding.path)
    place = finding.place
    if place:
        yield "line", str(place.line)
        yield "endLine", str(place.end_line)
        if place.line == place.end_line:  # GitHub takes columns only within one line
            yield "col", str(place.column)
            yield "endColumn", str(place.end_column)
    yield "title", telling.name(finding)


def _told(finding: Finding) -> str:
    return "\n".join([telling.sentence(finding), *(f"{label}: {words}" for label, words in telling.rows(finding))])


def _data(value: str) -> str:
    return value.replace("%", "%25").replace("\r", "%0D").replace("\n", "%0A")


def _property(value: str) -> str:
    return _data(value).replace(":", "%3A").replace(",", "%2C")
