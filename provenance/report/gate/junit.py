"""JUnit XML, as Jenkins and GitLab read it: one suite a file, one test case a finding, or one that passes."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import groupby
from operator import attrgetter
from xml.etree import ElementTree as ET

from provenance.model import Checked, Code, Finding, Outcome, Verdict
from provenance.report.gate import telling


def text(verdict: Verdict) -> str:
    """Give the whole document; what XML cannot hold is shown as its escape."""
    suites = [_suite(path, files, findings, verdict) for path, files, findings in _by_path(verdict)]
    root = ET.Element("testsuites", {"name": "prov check", **_sums(suites)})
    root.extend(suites)
    ET.indent(root)
    return '<?xml version="1.0" encoding="UTF-8"?>\n' + ET.tostring(root, encoding="unicode") + "\n"


def _by_path(verdict: Verdict) -> Iterator[tuple[str, list[Checked], list[Finding]]]:
    path = attrgetter("path")
    files = {name: list(group) for name, group in groupby(sorted(verdict.files, key=path), path)}
    findings: dict[str, list[Finding]] = {}
    for finding in verdict.findings:
        findings.setdefault(finding.path, []).append(finding)
    for name in sorted({*files, *findings}):
        yield name, files.get(name, []), findings.get(name, [])


def _suite(path: str, files: list[Checked], findings: list[Finding], verdict: Verdict) -> ET.Element:
    cases = [_case(each) for each in findings] or [_passed(each) for each in files]
    names = ("failure", "error", "skipped")
    failures, errors, skipped = (str(sum(case.find(name) is not None for case in cases)) for name in names)
    suite = ET.Element("testsuite", name=telling.one_line(path), tests=str(len(cases)), failures=failures)
    suite.attrib |= {"errors": errors, "skipped": skipped, "time": "0", "timestamp": telling.moment(verdict.now)}
    suite.extend(cases)
    return suite


def _sums(suites: list[ET.Element]) -> dict[str, str]:
    return {name: str(sum(int(each.attrib[name]) for each in suites)) for name in ("tests", "failures", "errors")}


def _passed(checked: Checked) -> ET.Element:
    item = f" #{checked.item}" if checked.item else ""
    case = ET.Element(
        "testcase", name=telling.one_line(f"{checked.outcome.value}{item}"), classname=telling.one_line(checked.path)
    )
    case.set("time", "0")
    if checked.outcome is Outcome.NO_COPY and checked.why:
        ET.SubElement(case, "system-out").text = telling.one_line(checked.why)
    return case


def _case(finding: Finding) -> ET.Element:
    """Make a test case: one that fails, one in error where nothing was checked, one skipped where it was accepted."""
    of = f" #{finding.item}" if finding.item else ""
    case = ET.Element("testcase", name=telling.one_line(f"{telling.name(finding)} {finding.id}{of}"))
    case.attrib |= {"classname": telling.one_line(finding.path), "time": "0"}
    if finding.accepted:
        ET.SubElement(case, "skipped", message=telling.short(finding.accepted))
    if finding.fails:
        step = ET.SubElement(case, "error" if finding.code is Code.NOT_CHECKED else "failure")
        step.attrib |= {"type": finding.code.value, "message": telling.sentence(finding)}
    else:
        step = ET.SubElement(case, "system-out")
    step.text = "\n".join(_lines(finding))
    return case


def _lines(finding: Finding) -> Iterator[str]:
    head = f"{telling.where(finding)} {telling.name(finding)} ({finding.level.value})"
    yield f"{head}: {telling.one_line(finding.message)}"
    for passage in telling.passages(finding):
        line = f"{passage.place.line}:{passage.place.column} " if passage.place else ""
        label = "beside" if telling.is_added(passage) else "says"
        yield f"  {line}{label}: {telling.short(passage.quote) or '(nothing of it)'}"
        if passage.wanted:
            yield f"  should say: {telling.short(passage.wanted)}"
    for label, words in telling.rows(finding):
        yield f"  {label}: {words}"
