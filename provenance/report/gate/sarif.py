"""SARIF 2.1.0, as OASIS has it: for code scanning, editors, and whatever else collects results.

Lines and columns are of the source file, from 1, columns in code points. What was accepted is a suppressed result.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any
from urllib.parse import quote

from provenance import __version__
from provenance.model import Code, Finding, Level, Passage, Place, Replacement, Verdict
from provenance.report import codes
from provenance.report.gate import telling

SCHEMA = "https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json"
ROOT = "%SRCROOT%"

Json = dict[str, Any]

_MEANS = re.compile(r"\*\*Means\*\*:?\s*(.*?)(?:\n\n|\Z)", re.DOTALL)
_CODES = tuple(Code)
_GRAVE = {Code.MISSED_RETRACTION, Code.MISSED_CORRECTION, Code.UPSTREAM_UNKNOWN, Code.NOT_CHECKED}
_SLIGHT = {Code.MISSED_DEVELOPMENT, Code.MISSED_REFILE, Code.COPY_DIVERGED, Code.COPY_UNSEEN}
"""What each code is where a policy says nothing of it; a result always has its own level."""


def text(verdict: Verdict) -> str:
    """Give a log with one run."""
    run = {
        "tool": {"driver": _driver()},
        "automationDetails": {"id": "prov-check/"},
        "columnKind": "unicodeCodePoints",
        "originalUriBaseIds": {ROOT: {"description": {"text": "The top folder of the project that was checked."}}},
        "invocations": [{"executionSuccessful": True}],
        "results": [_result(each) for each in verdict.findings],
        "properties": {"now": telling.moment(verdict.now), "head": verdict.head},
    }
    return telling.dumped({"$schema": SCHEMA, "version": "2.1.0", "runs": [run]})


def _driver() -> Json:
    return {
        "name": "prov",
        "version": __version__,
        "semanticVersion": __version__,
        "rules": [_rule(code) for code in _CODES],
    }


def _rule(code: Code) -> Json:
    section = codes.section(code).partition("\n")[2].strip()
    means = _MEANS.search(section)
    full = _plain(means[1] if means else code.slug)
    return {
        "id": code.value,
        "name": "".join(map(str.capitalize, code.slug.split("-"))),
        "shortDescription": {"text": code.slug.replace("-", " ").capitalize()},
        "fullDescription": {"text": full[:1].upper() + full[1:]},
        "help": {"text": _plain(section), "markdown": section},
        "defaultConfiguration": {"level": _usual(code).value},
        "properties": {"tags": ["corrections"]},
    }


def _usual(code: Code) -> Level:
    return Level.ERROR if code in _GRAVE else Level.NOTE if code in _SLIGHT else Level.WARNING


def _plain(markdown: str) -> str:
    """Give a section without its marks, its lines joined."""
    paragraphs = (" ".join(each.split()) for each in markdown.split("\n\n"))
    return "\n\n".join(paragraphs).replace("**", "").replace("`", "")


def _result(finding: Finding) -> Json:
    places = [each for each in finding.passages if each.place]
    found: Json = {
        "ruleId": finding.code.value,
        "ruleIndex": _CODES.index(finding.code),
        "level": finding.level.value,
        "message": {"text": _message(finding)},
        "locations": [_location(finding, finding.place)],
        "partialFingerprints": {"provFinding/v1": finding.id, "primaryLocationLineHash": finding.id},
        "rank": round(finding.confidence * 100, 2),
        "properties": dict(_properties(finding)),
    }
    if places[1:]:
        found["relatedLocations"] = [_related(finding, n, each) for n, each in enumerate(places[1:], 1)]
    if finding.fixes:
        found["fixes"] = [_fix(finding)]
    if finding.accepted:
        accepted = telling.one_line(finding.accepted)
        found["suppressions"] = [{"kind": "external", "status": "accepted", "justification": accepted}]
    return found


def _message(finding: Finding) -> str:
    """Say all of it, with what SARIF would read as a link or a placeholder escaped."""
    lines = [telling.sentence(finding), *(f"{label}: {words}" for label, words in telling.rows(finding))]
    whole = "\n".join(lines)
    return re.sub(r"[\\\[\]]", r"\\\g<0>", whole).replace("{", "{{").replace("}", "}}")


def _location(finding: Finding, place: Place | None) -> Json:
    """Give where a finding is; one that nothing in the file shows is on its first line: viewers ask for a line."""
    return {"physicalLocation": {"artifactLocation": _artifact(finding.path), "region": _region(place)}}


def _related(finding: Finding, number: int, passage: Passage) -> Json:
    words = telling.short(passage.quote)
    said = re.sub(r"[\\\[\]]", r"\\\g<0>", words).replace("{", "{{").replace("}", "}}")
    return {"id": number, "message": {"text": said or "here as well"}, **_location(finding, passage.place)}


def _artifact(path: str) -> Json:
    try:
        uri = quote(path.encode("utf-8", "surrogateescape"), safe="/")  # the bytes of the name as they are
    except UnicodeEncodeError:
        uri = quote(path.encode("utf-8", "surrogatepass"), safe="/")
    return {"uri": f"file://{uri}"} if path.startswith("/") else {"uri": uri, "uriBaseId": ROOT}


def _region(place: Place | None) -> Json:
    if place is None:
        return {"startLine": 1}
    return {
        "startLine": place.line,
        "startColumn": place.column,
        "endLine": place.end_line,
        "endColumn": place.end_column,
    }


def _fix(finding: Finding) -> Json:
    ordered = sorted(finding.fixes, key=lambda each: each.place.span)
    return {
        "description": {"text": "Take the update over."},
        "artifactChanges": [
            {"artifactLocation": _artifact(finding.path), "replacements": [_replacement(each) for each in ordered]}
        ],
    }


def _replacement(fix: Replacement) -> Json:
    return {"deletedRegion": _region(fix.place), "insertedContent": {"text": fix.text}}


def _properties(finding: Finding) -> Iterator[tuple[str, Any]]:
    yield "id", finding.id
    yield "confidence", finding.confidence
    yield "declared", finding.declared
    yield "placed", finding.place is not None
    for key, value in (
        ("item", finding.item),
        ("kind", finding.kind.value if finding.kind else ""),
        ("upstream", finding.upstream or ""),
        ("url", finding.url),
        ("update", finding.update),
        ("since", telling.moment(finding.since) if finding.since else ""),
        ("due", telling.moment(finding.due) if finding.due else ""),
    ):
        if value:
            yield key, value
