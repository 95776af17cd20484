"""GitLab's code quality report: a list of what to show in a merge request.

GitLab compares by fingerprint with the branch that is merged into. What was accepted is left out: there is no word
for it.
"""

from __future__ import annotations

from typing import Any

from provenance.model import Finding, Kind, Level, Verdict
from provenance.report.gate import telling

_SEVERITIES = {Level.ERROR: "major", Level.WARNING: "minor", Level.NOTE: "info"}


def text(verdict: Verdict) -> str:
    """Give the list, in the order of the findings."""
    return telling.dumped([_issue(each) for each in verdict.findings if not each.accepted])


def _issue(finding: Finding) -> dict[str, Any]:
    grave = finding.level is Level.ERROR and finding.kind is Kind.RETRACTION
    first, last = (finding.place.line, finding.place.end_line) if finding.place else (1, 1)
    return {
        "description": f"{telling.name(finding)}: {telling.sentence(finding)}",
        "check_name": finding.code.value,
        "fingerprint": finding.id,
        "severity": "critical" if grave else _SEVERITIES[finding.level],
        "location": {"path": telling.one_line(finding.path), "lines": {"begin": first, "end": last}},
    }
