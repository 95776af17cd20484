"""What docs/trust.md and SECURITY.md claim can be looked up: behind a promise a test, behind a figure a command."""

from __future__ import annotations

import re
import shlex
from pathlib import Path

import pytest

CHECKOUT = Path(__file__).resolve().parent.parent
TRUST = (CHECKOUT / "docs/trust.md").read_text(encoding="utf-8")
SECURITY = (CHECKOUT / "SECURITY.md").read_text(encoding="utf-8")
MAKE = (CHECKOUT / "Makefile").read_text(encoding="utf-8")

PROMISES = re.findall(r"^\| (P\d+) \| (.*?) \| (.*?) \|$", TRUST, re.MULTILINE)
COMMANDS = sorted({each for each in re.findall(r"`((?:make|python) [^`]+)`", TRUST) if each != "make test"})
OPEN = {"P13"}
"""Promises that nothing holds yet: each says so in bold."""


def test_every_promise_is_there_once_and_in_order() -> None:
    """P1 to P15."""
    assert [f"P{n}" for n in range(1, 16)] == [name for name, _, _ in PROMISES]


@pytest.mark.parametrize(("name", "held"), [pytest.param(name, held, id=name) for name, _, held in PROMISES])
def test_a_promise_has_a_test_or_says_that_it_has_none(name: str, held: str) -> None:
    """Each file that is named is there and has a test in it, a folder has a file of tests."""
    named = [CHECKOUT / "docs" / each for each in re.findall(r"\]\(([^)]+)\)", held)]

    assert (not named) == (name in OPEN) == ("**not yet**" in held)
    for path in named:
        tests = sorted(path.glob("test_*.py")) if path.is_dir() else [path]
        assert any(
            re.search(r"^(?:def test_|TABLE\b)", each.read_text(encoding="utf-8"), re.MULTILINE) for each in tests
        ), path


@pytest.mark.parametrize("command", COMMANDS)
def test_a_command_that_is_named_is_there_with_its_options(command: str) -> None:
    """A figure that nobody can obtain again is none."""
    program, first, *rest = shlex.split(command)
    if program == "make":
        assert re.search(rf"^{first}:", MAKE, re.MULTILINE)
    elif first != "-m":
        text = (CHECKOUT / first).read_text(encoding="utf-8")
        assert [] == [each for each in rest if each.startswith("--") and f'"{each}"' not in text]
    else:
        assert all((CHECKOUT / each).exists() for each in rest if "/" in each)


def test_a_figure_has_a_command() -> None:
    """The last cell of each row."""
    figures = [row for row in TRUST.partition("## Figures")[2].splitlines() if re.match(r"\| [^-]", row)]
    rows = [row for row in figures if not row.endswith("| command |")]

    assert len(rows) >= 10
    assert [] == [row for row in rows if not re.search(r"\| `(?:make|python) [^|]*` \|$", row)]


@pytest.mark.parametrize(
    "who", ["page", "copy", "bundle", "store", "repository", "another user", "network", "operator"]
)
def test_the_threat_model_has_every_adversary(who: str) -> None:
    """In one row each: what they can, what they cannot, what they can all the same."""
    rows = SECURITY.partition("## Against whom")[2].partition("\n## ")[0].splitlines()

    assert any(who in row.split("|")[1] for row in rows if row.startswith("| "))


def test_what_is_not_promised_is_said() -> None:
    """Against a dishonest operator, and of erasure: the two that are not there yet."""
    must_not = SECURITY.partition("## You must not assume")[2].partition("\n## ")[0]

    assert "Checkpoints that a witness keeps are not there yet" in must_not
    assert "Erasure is not there yet" in must_not
