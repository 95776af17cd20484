"""Waivers in `prov-waivers.toml`: somebody named accepts a finding, with a reason and an end, for a review to see."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

from provenance.app.gate import written
from provenance.app.gate.findings import name
from provenance.app.gate.policy import Policy
from provenance.errors import GateError
from provenance.model import Code, Finding, Level, Waiver

NAME = "prov-waivers.toml"
_NEEDED = ("finding", "reason", "by", "until")
_KNOWN = frozenset((*_NEEDED, "made", "about"))
_HEAD = "# Findings that somebody accepts for a while: `prov waive` adds to this file, a review reads it.\n"
UNWAIVABLE = frozenset((Code.WAIVER_EXPIRED,))


def read(root: Path) -> tuple[Waiver, ...]:
    """Read a project's waivers. Raises GateError where one has no end, no reason or nobody's name."""
    file = root / NAME
    content = written.text(file)
    return _parsed(content, file) if content is not None else ()


def _parsed(content: str, file: Path) -> tuple[Waiver, ...]:
    import tomllib

    try:
        values = tomllib.loads(content)
    except (ValueError, RecursionError) as error:  # ValueError: a number of too many digits as well
        raise GateError(f"{file} is not TOML: {error}", hint="mend the file") from error
    rows = values.pop("waiver", [])
    if values or not isinstance(rows, list) or not all(isinstance(row, dict) for row in rows):
        raise GateError(f"{file} holds something else than waivers", hint="begin each with [[waiver]]")
    return tuple(_waiver(row, f"{file}: waiver {number}") for number, row in enumerate(rows, 1))


def _waiver(row: Mapping[str, Any], place: str) -> Waiver:
    if unknown := sorted(row.keys() - _KNOWN):
        raise GateError(f"{place} has the unknown key {unknown[0]}", hint=f"known: {', '.join(sorted(_KNOWN))}")
    for key, what in (("finding", "finding"), ("reason", "reason"), ("by", "name of who decided it")):
        if not isinstance(row.get(key), str) or not row[key].strip():
            raise GateError(f"{place} has no {what}", hint=f'say {key} = "..."')
    until, made = _day(row.get("until")), _day(row.get("made"))
    if until is None:
        raise GateError(f"{place} has no end", hint="say until = 2026-12-31; every waiver has one")
    return Waiver(row["finding"], row["reason"], row["by"], until, made)


def _day(value: object) -> date | None:
    if isinstance(value, datetime):
        return value.date()
    if isinstance(value, date):
        return value
    try:
        return date.fromisoformat(value) if isinstance(value, str) else None
    except ValueError:
        return None


def add(root: Path, waiver: Waiver, about: str = "") -> Path:
    """Put a waiver at the end of a project's file, all else staying as it is; `about` says for people what it is of.

    One that is there stays as it is. Raises GateError where the file does not take it.
    """
    file = root / NAME
    before = written.text(file)
    held = _parsed(before, file) if before is not None else ()
    if waiver in held:
        return file
    lines = ["[[waiver]]", f"finding = {quoted(waiver.finding)}"]
    lines += [f"about = {quoted(about)}"] if about else []
    lines += [f"reason = {quoted(waiver.reason)}", f"by = {quoted(waiver.by)}", f"until = {waiver.until.isoformat()}"]
    lines += [f"made = {waiver.made.isoformat()}"] if waiver.made else []
    head = _HEAD if before is None else before if before.endswith("\n") or not before else f"{before}\n"
    after = head + "\n" + "\n".join(lines) + "\n"
    if _parsed(after, file) != (*held, waiver):
        raise GateError(f"{file} does not take another waiver at its end", hint="write each as a [[waiver]] of its own")
    written.replace(file, after)
    return file


def quoted(text: str) -> str:
    """Write a text as a TOML string on one line."""
    fitting = text.encode("utf-8", "replace").decode()
    return json.dumps(fitting, ensure_ascii=False).replace("\x7f", "\\u007f")


def applied(findings: Iterable[Finding], waivers: Iterable[Waiver], policy: Policy, now: datetime) -> Iterator[Finding]:
    """Give findings, those that a waiver covers marked as accepted, and one more for each that has run out."""
    today = now.astimezone(UTC).date()
    latest: dict[str, Waiver] = {}
    for waiver in sorted(waivers, key=lambda each: each.until):
        latest[waiver.finding] = waiver
    for finding in findings:
        held = latest.get(finding.id)
        if held is None or finding.code in UNWAIVABLE:
            yield finding
        elif today <= held.until:
            yield replace(finding, accepted=f"waived by {held.by} until {held.until.isoformat()}: {held.reason}")
        else:
            yield finding
            level = policy.levels[Code.WAIVER_EXPIRED]
            if level is not None and finding.level is Level.ERROR:
                yield _expired(finding, held, level)


def _expired(finding: Finding, waiver: Waiver, level: Level) -> Finding:
    return replace(
        finding,
        id=name(finding.path, finding.item, Code.WAIVER_EXPIRED, finding.id, ""),
        code=Code.WAIVER_EXPIRED,
        level=level,
        message=f"the waiver of {finding.id} by {waiver.by} ended on {waiver.until.isoformat()}: {waiver.reason}",
        passages=finding.passages[:1],
        fixes=(),
        hint="mend the copy, or waive it anew",
    )
