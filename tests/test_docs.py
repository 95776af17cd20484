"""The documents are tested: every command, option, exit code and invariant that they name is there, and the reverse."""

from __future__ import annotations

import ast
import inspect
import re
import shlex
import subprocess
from collections.abc import Iterator
from pathlib import Path

import click
import pytest
from command import clean_environ, run

from provenance import errors
from provenance.cli.group import COMMANDS, prov

CHECKOUT = Path(__file__).resolve().parent.parent
README = CHECKOUT / "README.md"
DOCUMENTS = sorted(
    path
    for path in (*CHECKOUT.glob("*.md"), *CHECKOUT.glob("*/*.md"), *CHECKOUT.glob("docs/adr/*.md"))
    if not path.relative_to(CHECKOUT).parts[0].startswith(".")
)

EXIT_CODES = {0, 2, 3, 4, 70, 130}
"""What `prov` ends with so far; 1 is kept for findings."""


def test_every_command_is_in_the_readme() -> None:
    """A command that the README does not name is one that nobody finds."""
    text = README.read_text(encoding="utf-8")

    assert [] == [name for name in COMMANDS if f"prov {name}" not in text]


def test_the_help_in_the_readme_is_the_real_one(tmp_path: Path) -> None:
    """What the README shows of `prov --help` is what it prints, to the letter."""
    assert run("--help", cwd=tmp_path) in README.read_text(encoding="utf-8")


def test_the_status_in_the_readme_is_the_real_one() -> None:
    """What the README shows of `prov status` is what it says of the starter set, line by line."""
    shown = README.read_text(encoding="utf-8").split("$ prov status\n")[1].split("```")[0].splitlines()
    said = (CHECKOUT / "fixtures" / "golden" / "status.txt").read_text(encoding="utf-8").splitlines()

    assert shown
    assert [] == [line for line in shown if line not in said]


@pytest.mark.parametrize("document", DOCUMENTS, ids=lambda path: path.relative_to(CHECKOUT).as_posix())
def test_every_command_that_a_document_shows_exists(document: Path) -> None:
    """Each `prov …` in a code block names a command that is there, with options that it has."""
    for line in shown_commands(document):
        name, *arguments = line
        assert name in COMMANDS, f"{document.name}: prov {name}"
        command = prov.get_command(click.Context(prov), name)
        assert command is not None
        known = {option for parameter in command.params for option in (*parameter.opts, *parameter.secondary_opts)}
        assert {word.split("=")[0] for word in arguments if word.startswith("--")} <= known | {"--help"}, line


@pytest.mark.parametrize("name", sorted(COMMANDS))
def test_every_option_has_its_help(name: str) -> None:
    """A command says what it does, and each of its options what it is for."""
    command = prov.get_command(click.Context(prov), name)
    assert command is not None

    assert command.help
    assert [] == [each.name for each in command.params if isinstance(each, click.Option) and not each.help]


def test_every_exit_code_is_in_the_readme() -> None:
    """The README's table has each exit code that an error, or the command line itself, can end with."""
    documented = {
        int(code) for code in re.findall(r"^\| `?(\d+)`? \|", README.read_text(encoding="utf-8"), re.MULTILINE)
    }

    assert documented >= EXIT_CODES | {1}
    assert documented >= {each.exit_code for each in error_classes()}


def test_every_invariant_that_fsck_names_is_in_the_stores_format() -> None:
    """Each S-code in the code is explained in `store/README.md`."""
    used = {
        code
        for path in (CHECKOUT / "provenance").rglob("*.py")
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8")))
        if isinstance(node, ast.Constant) and isinstance(node.value, str)
        for code in re.findall(r"\bS\d{1,2}\b", node.value)
    }
    documented = set(re.findall(r"\bS\d{1,2}\b", (CHECKOUT / "store" / "README.md").read_text(encoding="utf-8")))

    assert used
    assert used <= documented


@pytest.mark.parametrize("document", DOCUMENTS, ids=lambda path: path.relative_to(CHECKOUT).as_posix())
def test_every_file_that_a_document_links_to_exists(document: Path) -> None:
    """No link inside the project leads nowhere."""
    links = re.findall(r"\]\(([^)#\s]+)", document.read_text(encoding="utf-8"))

    assert [] == [
        link for link in links if not link.startswith(("http", "mailto:")) and not (document.parent / link).exists()
    ]


def test_the_architecture_fits_on_a_page() -> None:
    """`docs/architecture.md` has at most 120 lines."""
    assert len((CHECKOUT / "docs" / "architecture.md").read_text(encoding="utf-8").splitlines()) <= 120


def test_make_names_the_targets_that_the_documents_name() -> None:
    """`make demo`, `make test`, `make lint` and `make bench` are there."""
    for target in ("demo", "test", "lint", "bench"):
        asked = subprocess.run(
            ["make", "--dry-run", "--question", target],
            cwd=CHECKOUT,
            env=clean_environ(CHECKOUT),
            capture_output=True,
            check=False,
        )
        assert asked.returncode in {0, 1}, asked.stderr


def shown_commands(document: Path) -> Iterator[list[str]]:
    """Yield the words after `prov` of each command in a document's code blocks."""
    blocks = re.findall(
        r"^```(?:console|sh)?\n(.*?)^```", document.read_text(encoding="utf-8"), re.MULTILINE | re.DOTALL
    )
    for line in "".join(blocks).splitlines():
        found = re.search(r"(?:^|\| )(?:\$ )?prov (?:--store \S+ )?([a-z].*?)(?:\s{2,}#.*|\s+\|.*)?$", line)
        if found:
            yield shlex.split(found[1], comments=True)


def error_classes() -> list[type[errors.ProvError]]:
    """Give every way to fail on purpose."""
    return [each for _, each in inspect.getmembers(errors, inspect.isclass) if issubclass(each, errors.ProvError)]
