"""Ask whether what CI installs has known vulnerabilities, and never say "none" where nobody could be asked.

    python .ci/audit.py

Ends with 0 where every locked package was looked up and nothing is to object to, with 1 where one is vulnerable, with
75 where it could not look. pip-audit asks. It passes over what a service does not know, and ends with 0; so a service
counts as reached only when it knows of a hole that all of them know, and each locked package has to be in its answer.
"""

from __future__ import annotations

import json
import os
import re
import subprocess
import sys
import tempfile
import tomllib
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

HERE = Path(__file__).resolve().parent
LOCK = HERE / "requirements.txt"
ACCEPTED = HERE / "vulnerabilities.toml"
KNOWN = "jinja2==2.10"
"""A version that has had published holes since 2019 (CVE-2019-10906 is one)."""

CLEAN, VULNERABLE, NOT_LOOKED = 0, 1, 75


@dataclass(frozen=True)
class Hole:
    """A known vulnerability of a locked package, with all its names."""

    package: str
    version: str
    names: frozenset[str]
    fixed: tuple[str, ...]

    def __str__(self) -> str:
        """Tell it in one line."""
        mended = f"mended in {', '.join(self.fixed)}" if self.fixed else "not mended yet"
        return f"{self.package} {self.version}: {', '.join(sorted(self.names))} ({mended})"


@dataclass(frozen=True)
class Answer:
    """What a service said: the packages that it looked up, and their holes."""

    looked_up: frozenset[str]
    holes: tuple[Hole, ...]

    @classmethod
    def of(cls, said: dict[str, Any]) -> Answer:
        """Read pip-audit's JSON; a package with a `skip_reason` was not looked up."""
        found = [each for each in said["dependencies"] if "skip_reason" not in each]
        holes = [
            Hole(
                each["name"],
                each["version"],
                frozenset((hole["id"], *hole.get("aliases", ()))),
                tuple(hole["fix_versions"]),
            )
            for each in found
            for hole in each["vulns"]
        ]
        return cls(frozenset(canonicalize_name(each["name"]) for each in found), tuple(holes))


def main() -> int:
    """Find a service that can be asked, ask it, and say what came of it."""
    wanted = locked(LOCK.read_text(encoding="utf-8"))
    accepted = tomllib.loads(ACCEPTED.read_text(encoding="utf-8"))["accepted"]
    service = next(filter(knows, services()), None)
    answer = ask(service, LOCK) if service else None
    lines, code = judge(answer, wanted, accepted, datetime.now(UTC).date())
    for line in lines:
        sys.stdout.write(f"audit: {line}\n")
    return code


def judge(
    answer: Answer | None, wanted: frozenset[str], accepted: list[dict[str, Any]], today: date
) -> tuple[list[str], int]:
    """Say what an answer comes to: lines to read, and how to end. Without an answer there is nothing to report."""
    if answer is None:
        return ["could not look: no vulnerability service reached; nothing is known of the locked packages"], NOT_LOOKED
    passed = {(each["package"], each["id"]) for each in accepted if each["because"] and today <= each["until"]}
    bad = [hole for hole in answer.holes if not any((hole.package, name) in passed for name in hole.names)]
    missed = sorted(wanted - answer.looked_up)
    lines = [f"VULNERABLE {hole}" for hole in bad]
    lines += [f"accepted {hole}" for hole in answer.holes if hole not in bad]
    lines += [f"could not look up {', '.join(missed)}"] if missed else []
    lines.append(f"{len(wanted) - len(missed)} of {len(wanted)} locked packages looked up, {len(bad)} to object to")
    return lines, VULNERABLE if bad else NOT_LOOKED if missed else CLEAN


def services() -> Iterator[str]:
    """Yield the services to try: the one that the environment names, else those that pip-audit knows."""
    chosen = os.environ.get("PIP_AUDIT_VULNERABILITY_SERVICE")
    yield from (chosen,) if chosen else ("osv", "pypi")


def knows(service: str) -> bool:
    """Say whether a service can be asked: whether it knows what all of them know."""
    with tempfile.TemporaryDirectory() as folder:
        asked = Path(folder) / "requirements.txt"
        asked.write_text(f"{KNOWN}\n", encoding="utf-8")
        answer = ask(service, asked)
    return answer is not None and bool(answer.holes)


def ask(service: str, requirements: Path) -> Answer | None:
    """Ask a service about each requirement; None where pip-audit has no answer, which it ends as it does for a hole."""
    options = ("--no-deps", "--disable-pip", "--progress-spinner=off", "--format=json", "--aliases=on", "--desc=off")
    ran = subprocess.run(
        [sys.executable, "-m", "pip_audit", "-r", requirements, "-s", service, *options],
        capture_output=True,
        text=True,
        check=False,
    )
    try:
        return Answer.of(json.loads(ran.stdout))
    except (ValueError, KeyError):
        return None


def locked(text: str) -> frozenset[str]:
    """Give the names of the packages that a lock wants on this machine."""
    lines = re.findall(r"^[A-Za-z0-9][^\\\n]*", text, re.MULTILINE)
    found = [Requirement(line.strip()) for line in lines]
    return frozenset(canonicalize_name(each.name) for each in found if not each.marker or each.marker.evaluate())


if __name__ == "__main__":
    sys.exit(main())
