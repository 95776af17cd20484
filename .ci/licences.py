"""Hold the licence of every installed package against a list, and tell which of our extras brings the package.

python .ci/licences.py            ends with 1 where a licence is not allowed, or docs/licences.md is behind
python .ci/licences.py --write    writes docs/licences.md
"""

from __future__ import annotations

import re
import sys
import tomllib
from collections.abc import Iterator
from dataclasses import dataclass
from importlib import metadata
from pathlib import Path
from typing import Any

from packaging.licenses import InvalidLicenseExpression, canonicalize_license_expression
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

CHECKOUT = Path(__file__).resolve().parent.parent
DOCUMENT = CHECKOUT / "docs" / "licences.md"
RULES = Path(__file__).with_name("licences.toml")
OURS = "newsprov"
EXTRAS = ("", "postgresql", "pdf", "semantic", "test", "dev", "bench")
"""Smallest first: a package is listed under the first that brings it."""

TABLE = "| --- | --- | --- |\n"
"""Above this line a person writes, below it this script."""


@dataclass(frozen=True)
class Rules:
    """What is allowed, to whom, and how a package's own words are read."""

    allowed: frozenset[str]
    exceptions: dict[str, str]
    means: dict[str, str]
    read: dict[str, str]

    @classmethod
    def of(cls, found: dict[str, Any]) -> Rules:
        """Take the rules from what `licences.toml` says."""
        exceptions = {name: each["licence"] for each in found["exception"] for name in each["packages"]}
        return cls(frozenset(found["allowed"]), exceptions, found["means"], found["read"])

    def licence(self, package: metadata.PackageMetadata) -> str:
        """Give a package's licence as an SPDX expression; empty where it names none that we can read."""
        names = ("License-Expression", "License")
        expression, field = (package[each] if each in package else "" for each in names)  # noqa: SIM401 - no `get` there
        field = field.strip().partition("\n")[0].strip()
        said = [self.read.get(canonicalize_name(package["Name"])), expression, field, self.means.get(field)]
        classifiers = [each for each in package.get_all("Classifier", []) if each.startswith("License :: ")]
        if len(classifiers) == 1:
            said.append(self.means.get(classifiers[0].rpartition(" :: ")[2]))
        return next(filter(None, (spdx(each or "") for each in said)), "")

    def permit(self, name: str, licence: str) -> bool:
        """Say whether this package may come under this licence."""
        mine = self.allowed | {self.exceptions.get(canonicalize_name(name), "")}
        return bool(licence) and Expression(re.findall(r"[()]|[^\s()]+(?: WITH [^\s()]+)?", licence), mine).either()


@dataclass(frozen=True)
class Expression:
    """What is left to read of an SPDX expression: AND binds closer than OR."""

    words: list[str]
    allowed: frozenset[str]

    def either(self) -> bool:
        """Read parts joined by OR: one is enough."""
        found = self.all()
        while self.words[:1] == ["OR"]:
            self.words.pop(0)
            found = self.all() or found
        return found

    def all(self) -> bool:
        """Read parts joined by AND: each is needed."""
        found = self.one()
        while self.words[:1] == ["AND"]:
            self.words.pop(0)
            found = self.one() and found
        return found

    def one(self) -> bool:
        """Read one licence, or what is in brackets."""
        word = self.words.pop(0)
        if word != "(":
            return word in self.allowed
        found = self.either()
        self.words.pop(0)
        return found


def main(arguments: list[str]) -> int:
    """Check, or write."""
    rules = Rules.of(tomllib.loads(RULES.read_text(encoding="utf-8")))
    installed = {str(canonicalize_name(each.metadata["Name"])): each.metadata for each in metadata.distributions()}
    licences = {name: rules.licence(found) for name, found in sorted(installed.items()) if name != OURS}
    head, _, written = DOCUMENT.read_text(encoding="utf-8").partition(TABLE)
    rows = table(licences, brings(frozenset(installed)), written.splitlines())
    if "--write" in arguments:
        written = "".join(f"{row}\n" for row in rows)
        DOCUMENT.write_text(head + TABLE + written, encoding="utf-8")
    trouble = [*refused(licences, rules), *behind(rows, written.splitlines())]
    for line in trouble:
        sys.stderr.write(f"licences: {line}\n")
    sys.stdout.write(f"licences: {len(licences)} packages looked at, {len(trouble)} to object to\n")
    return 1 if trouble else 0


def refused(licences: dict[str, str], rules: Rules) -> Iterator[str]:
    """Yield a line for each package whose licence is not allowed."""
    for name, licence in licences.items():
        if not rules.permit(name, licence):
            why = licence or "names no licence that can be read"
            yield f"{name}: {why} (allow it in .ci/licences.toml, or do without the package)"


def table(licences: dict[str, str], brought: dict[str, str], written: list[str]) -> list[str]:
    """Give the rows of the document, core first; those of `bench` stay where that extra is not installed."""
    found = [(brought[name], name, licences[name]) for name in licences if name in brought]
    rows = [f"| {name} | {licence} | {by} |" for by, name, licence in sorted(found, key=by_extra)]
    kept = [] if "`bench`" in brought.values() else [row for row in written if row.endswith("| `bench` |")]
    return rows + kept


def by_extra(row: tuple[str, ...]) -> tuple[int, tuple[str, ...]]:
    """Sort the smallest extra first."""
    return EXTRAS.index(row[0].strip("`").replace("core", "")), row


def behind(rows: list[str], written: list[str]) -> Iterator[str]:
    """Yield a line for each row that the document has too few or too many."""
    for row in sorted({*rows} ^ {*written}):
        yield f"docs/licences.md is behind (python .ci/licences.py --write): {row}"


def brings(installed: frozenset[str]) -> dict[str, str]:
    """Say of each package which of our extras brings it."""
    found: dict[str, str] = {}
    for extra in EXTRAS:
        for name in reached(extra, installed):
            found.setdefault(name, f"`{extra}`" if extra else "core")
    return found


def reached(extra: str, installed: frozenset[str]) -> set[str]:
    """Give the names of all packages that an extra of ours asks for, directly or not."""
    seen: set[tuple[str, str]] = set()
    left = [(OURS, extra)]
    while left:
        name, asked = left.pop()
        if (name, asked) in seen or name not in installed:
            continue
        seen.add((name, asked))
        for each in map(Requirement, metadata.requires(name) or []):
            if each.marker is None or each.marker.evaluate({"extra": asked}):
                left += [(canonicalize_name(each.name), wanted) for wanted in ("", *each.extras)]
    return {name for name, _ in seen} - {OURS}


def spdx(licence: str) -> str:
    """Give a licence as SPDX writes it; empty where it is none of SPDX's."""
    try:
        return str(canonicalize_license_expression(licence))
    except InvalidLicenseExpression:
        return ""


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
