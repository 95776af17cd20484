"""The prov-check/1 JSON: every file that was looked at and every finding, with all of its evidence.

The schema is packaged as `schemas/check.schema.json`.
"""

from __future__ import annotations

from typing import Any

from provenance.model import Checked, Finding, Passage, Place, Verdict
from provenance.report.gate.telling import dumped, moment

SCHEMA = "prov-check/1"

Json = dict[str, Any]


def text(verdict: Verdict) -> str:
    """Give the whole document."""
    return dumped(
        {
            "schema": SCHEMA,
            "now": moment(verdict.now),
            "head": verdict.head,
            "fail_on": verdict.fail_on.value if verdict.fail_on else None,
            "failed": len(verdict.failed),
            "settings": dict(verdict.settings),
            "files": [_file(each) for each in verdict.files],
            "findings": [_finding(each) for each in verdict.findings],
        }
    )


def _file(checked: Checked) -> Json:
    return {
        "path": checked.path,
        "item": checked.item,
        "outcome": checked.outcome.value,
        "upstream": checked.upstream,
        "url": checked.url,
        "found": checked.found.value,
        "revision": checked.revision,
        "state": checked.state,
        "why": checked.why,
    }


def _finding(finding: Finding) -> Json:
    return {
        "id": finding.id,
        "code": finding.code.value,
        "name": finding.code.slug,
        "level": finding.level.value,
        "fails": finding.fails,
        "accepted": finding.accepted,
        "path": finding.path,
        "item": finding.item,
        "place": _place(finding.place),
        "message": finding.message,
        "hint": finding.hint,
        "upstream": finding.upstream,
        "url": finding.url,
        "publisher": finding.publisher,
        "headline": finding.headline,
        "update": finding.update,
        "kind": finding.kind.value if finding.kind else None,
        "declared": finding.declared,
        "withdraws": finding.withdraws,
        "because": finding.because,
        "notice": finding.notice,
        "confidence": finding.confidence,
        "since": moment(finding.since) if finding.since else None,
        "due": moment(finding.due) if finding.due else None,
        "passages": [_passage(each) for each in finding.passages],
        "fixes": [{"place": _place(each.place), "text": each.text} for each in finding.fixes],
    }


def _passage(passage: Passage) -> Json:
    return {
        "edit": passage.edit,
        "place": _place(passage.place),
        "quote": passage.quote,
        "wanted": passage.wanted,
        "before": passage.before,
        "after": passage.after,
        "because": passage.because,
        "confidence": passage.confidence,
    }


def _place(place: Place | None) -> Json | None:
    if place is None:
        return None
    return {
        "line": place.line,
        "column": place.column,
        "end_line": place.end_line,
        "end_column": place.end_column,
        "span": list(place.span),
    }
