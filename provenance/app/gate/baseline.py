"""The baseline: what was wrong when a project took up the gate, accepted so that only new findings fail."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace
from datetime import UTC, date, datetime
from pathlib import Path
from typing import NamedTuple

from provenance.app.gate import written
from provenance.app.gate.lock import is_covered
from provenance.errors import GateError
from provenance.model import Code, Finding

NAME = "prov-baseline.json"
SCHEMA = "prov-baseline/1"
NEVER = frozenset((Code.NOT_CHECKED, Code.WAIVER_EXPIRED))
"""What could not be checked is not known to be wrong already, and is never accepted so."""


class Accepted(NamedTuple):
    """One finding that was there already: what it is of, for people, and since which day it is accepted."""

    finding: str
    code: str
    path: str
    made: date


def read(root: Path) -> dict[str, Accepted]:
    """Read a project's baseline by the findings' ids, {} where there is none. Raises GateError for what is none."""
    file = root / NAME
    content = written.text(file)
    if content is None:
        return {}
    try:
        values = json.loads(content)
        schema = values["schema"]
        rows = [
            Accepted(_text(row["finding"]), _text(row["code"]), _text(row["path"]), date.fromisoformat(row["made"]))
            for row in values["accepted"]
        ]
    except (ValueError, TypeError, KeyError, RecursionError) as error:
        raise GateError(f"{file} is no baseline", hint="run `prov check --baseline` again") from error
    if schema != SCHEMA:
        raise GateError(f"{file} has the schema {schema}, this prov knows {SCHEMA}", hint="use the prov that wrote it")
    return {each.finding: each for each in rows}


def _text(value: object) -> str:
    if not isinstance(value, str):
        raise TypeError(value)
    return value


def write(root: Path, accepted: Mapping[str, Accepted]) -> Path:
    """Write a project's baseline, and give its path."""
    rows = sorted(accepted.values(), key=lambda each: (each.path, each.code, each.finding))
    listed = [{"path": r.path, "code": r.code, "finding": r.finding, "made": r.made.isoformat()} for r in rows]
    content = json.dumps({"schema": SCHEMA, "accepted": listed}, ensure_ascii=False, indent=1) + "\n"
    written.replace(root / NAME, content)
    return root / NAME


def made(
    before: Mapping[str, Accepted], findings: Iterable[Finding], covered: Iterable[str], now: datetime
) -> dict[str, Accepted]:
    """Accept all that fails: what was accepted before keeps its day, what is mended is left out.

    Paths that are not covered stay as they were.
    """
    today, prefixes = now.astimezone(UTC).date(), tuple(covered)
    kept = {each.finding: each for each in before.values() if not is_covered(each.path, prefixes)}
    for finding in findings:
        if finding.id in before and finding.accepted:
            kept[finding.id] = before[finding.id]
        elif finding.fails and finding.code not in NEVER:
            kept[finding.id] = Accepted(finding.id, finding.code.value, finding.path, today)
    return kept


def applied(findings: Iterable[Finding], accepted: Mapping[str, Accepted], now: datetime) -> Iterator[Finding]:
    """Give findings, those of the baseline marked as accepted, with their age."""
    today = now.astimezone(UTC).date()
    for finding in findings:
        held = accepted.get(finding.id)
        if held is None or finding.accepted or not finding.fails or finding.code in NEVER:
            yield finding
        else:
            age = (today - held.made).days
            yield replace(finding, accepted=f"in the baseline for {age:,} days, since {held.made.isoformat()}")
