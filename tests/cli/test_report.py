"""`prov report` on the command line: where it writes, what it refuses, and that it leaves nothing half done."""

from __future__ import annotations

import json
import os
import sys
from pathlib import Path

import pytest
from inside import ARTICLE, Prov, state

NOW = ("--now", "2026-01-01T00:00Z")
FORMATS = ("csv", "json")


@pytest.mark.parametrize("form", FORMATS)
def test_the_same_facts_and_moment_give_the_same_bytes(world: Path, prov: Prov, form: str) -> None:
    """Into a file or into a pipe, today or tomorrow; and the store is as it was."""
    first = prov("report", "--format", form, *NOW)
    before = state(world / "store")

    assert (0, "") == (first.code, first.err)
    assert (0, "", "") == tuple(vars(prov("report", "--format", form, "-o", "r", *NOW)).values())
    assert first.out == (world / "r").read_bytes().decode()
    assert first.out == prov("report", "--format", form, *NOW).out
    assert before == state(world / "store")


@pytest.mark.parametrize("form", FORMATS)
def test_an_empty_store_is_reported_on(tmp_path: Path, prov: Prov, form: str) -> None:
    """That nothing is held yet is an answer."""
    assert 0 == prov("init").code

    ran = prov("report", "--format", form, *NOW)

    assert (0, "") == (ran.code, ran.err)
    assert ran.out
    assert tmp_path.exists()


def test_a_ledger_that_is_behind_catches_up(world: Path, prov: Prov) -> None:
    """The report is of the store, whatever has become of the ledger."""
    whole = prov("report", "--format", "json", *NOW).out
    (world / "store" / "ledger.sqlite").unlink()

    assert whole == prov("report", "--format", "json", *NOW).out
    assert [ARTICLE] == [each["url"] for each in json.loads(whole)["articles"]]


@pytest.mark.parametrize(
    ("arguments", "code", "word"),
    [
        (("https://nowhere.example/",), 3, "no article"),
        (("--publisher", "Nobody"), 3, "no article by Nobody"),
        (("--since", "yesterday"), 2, "no time"),
        (("--format", "docx"), 2, "docx"),
        (("-o", "nowhere/r.json"), 3, "nowhere"),
        (("-o", "."), 3, "no regular file"),
    ],
)
def test_what_cannot_be_done_is_said_in_one_line(
    world: Path, prov: Prov, arguments: tuple[str, ...], code: int, word: str
) -> None:
    """With the right exit code, and no file left behind."""
    before = sorted(world.iterdir())

    ran = prov("report", "--format", "json", *arguments) if "--format" not in arguments else prov("report", *arguments)

    assert (code, 1) == (ran.code, ran.err.count("\n")), ran.err
    assert word in ran.err
    assert before == sorted(world.iterdir())


def test_a_link_is_not_followed(world: Path, prov: Prov) -> None:
    """What it points to is as it was."""
    (world / "mine.txt").write_text("mine", encoding="utf-8")
    (world / "r.json").symlink_to("mine.txt")

    ran = prov("report", "--format", "json", "-o", "r.json")

    assert (3, "mine") == (ran.code, (world / "mine.txt").read_text(encoding="utf-8"))
    assert "symbolic link" in ran.err


@pytest.mark.skipif(os.geteuid() == 0, reason="who may do everything may write everywhere")
def test_a_folder_that_may_not_be_written_is_refused(world: Path, prov: Prov) -> None:
    """One line, exit 3."""
    (world / "closed").mkdir(mode=0o500)

    assert 3 == prov("report", "--format", "json", "-o", "closed/r.json").code


def test_what_was_there_stays_when_the_writing_fails(world: Path, prov: Prov) -> None:
    """A report that breaks off in the middle leaves the one before it, and no rest."""
    (world / "r.json").write_text("the one before", encoding="utf-8")
    before = sorted(world.iterdir())
    (world / "store" / "facts.git" / "HEAD").write_text("broken\n", encoding="utf-8")

    ran = prov("report", "--format", "json", "-o", "r.json")

    assert ran.code in {3, 4}
    assert (before, "the one before") == (sorted(world.iterdir()), (world / "r.json").read_text(encoding="utf-8"))


@pytest.mark.parametrize("form", ["html", "pdf"])
def test_a_page_is_not_for_a_terminal(prov: Prov, form: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """It says how to give it a file."""
    monkeypatch.setattr(sys.stdout, "isatty", lambda: True, raising=False)

    ran = prov("report", "--format", form)

    assert 2 == ran.code
    assert f"-o report.{form}" in ran.err
