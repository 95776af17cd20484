"""`prov diff --copy` and `prov explain` of a copy: side by side for eyes, the same for programs, inert in any case."""

from __future__ import annotations

import json
from importlib import resources
from pathlib import Path
from typing import Any

import jsonschema
import pytest
from cli.test_bad_input import refused
from inside import ARTICLE, TEXT, Prov

from provenance.cli.words import width

COPY = "https://mirror.example/a"
NEW = TEXT.replace("Three", "Two") + "\nThe ferry had left the harbour of Tarn at noon with a full car deck.\n"


def held(prov: Prov, world: Path, copy: str, new: str = NEW) -> None:
    """Correct the article, and store a copy of it."""
    (world / "b.txt").write_text(new)
    (world / "c.txt").write_text(copy)
    assert 0 == prov("ingest", "b.txt", "--url", ARTICLE, "--modified", "2025-03-05T09:12Z").code
    assert 0 == prov("ingest", "c.txt", "--url", COPY, "--copy-of", ARTICLE, "--observed", "2025-03-06T09:12Z").code


def documented(name: str, document: str) -> Any:  # noqa: ANN401
    """Read a document and hold it against its schema."""
    file = resources.files("provenance.report").joinpath(f"schemas/{name}.schema.json")
    found = json.loads(document)
    jsonschema.Draft202012Validator(json.loads(file.read_text())).validate(found)
    return found


def test_the_article_and_the_copy_stand_side_by_side(prov: Prov, world: Path) -> None:
    """Words that differ are marked on their sides, the copy's own are said to be, edits are named in their place."""
    held(prov, world, TEXT + "\nRead more on our own pages.\n")

    ran = prov("diff", "--copy", COPY)

    assert (0, "") == (ran.code, ran.err)
    assert "[-Two-] people died" in ran.out
    assert "| {+Three+} people died" in ran.out
    assert "^ missing: correction, silent of @1" in ran.out
    assert "not in the copy" in ran.out
    assert "copy line 5: the copy's own" in ran.out
    assert "behind: 1 alike, 1 changed, 1 only in the article, 1 only in the copy" in ran.out


def test_a_narrow_terminal_has_one_under_the_other(prov: Prov, world: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Below 60 columns there are no two columns, and no line is wider than the terminal."""
    held(prov, world, TEXT)
    monkeypatch.setenv("COLUMNS", "42")

    ran = prov("diff", "--copy", COPY)

    assert "- [-Two-] people" in ran.out
    assert "+ {+Three+} people" in ran.out
    assert all(width(line) <= 42 for line in ran.out.splitlines() if "http" not in line)


def test_a_revision_is_laid_beside_the_copy(prov: Prov, world: Path) -> None:
    """ARTICLE@N is that revision: the copy that was made from it is alike, and its edits stand there too."""
    held(prov, world, TEXT)

    ran = prov("diff", "--copy", COPY, f"{ARTICLE}@0")

    assert "2 alike, 0 changed" in ran.out
    assert "^ missing: correction" in ran.out


def test_what_is_alike_is_folded(prov: Prov, world: Path) -> None:
    """A stretch of sentences without anything to see is one line."""
    many = "".join(f"\nSentence number {n} tells of port {n}.\n" for n in range(30))
    (world / "b.txt").write_text(TEXT + many)
    (world / "c.txt").write_text(TEXT + many)
    prov("ingest", "b.txt", "--url", "https://courier.example/b")
    prov("ingest", "c.txt", "--url", COPY, "--copy-of", "https://courier.example/b")

    ran = prov("diff", "--copy", COPY)

    assert "\u2026 32 sentences alike" in ran.out
    assert 8 > len(ran.out.splitlines())


def test_programs_get_every_sentence(prov: Prov, world: Path) -> None:
    """The pieces of a pair join to the words of either side; an edit stands once."""
    held(prov, world, TEXT)

    found = documented("diff", prov("diff", "--copy", COPY, "--format", "json").out)

    [pair] = [each for each in found["pairs"] if "pieces" in each]
    for side, mark in (("upstream", "added"), ("copy", "dropped")):
        assert pair[side]["text"] == "".join(text for kind, text in pair["pieces"] if kind != mark)
    assert ["missing"] == [each["state"] for each in pair["edits"]]
    assert "behind" == found["state"]


def test_the_evidence_is_there_for_programs(prov: Prov, world: Path) -> None:
    """The updates and the copy are those of the status, and a disguised word is named with its characters."""
    held(prov, world, TEXT.replace("Three", "Тhree"))

    found = documented("explain", prov("explain", COPY, "--format", "json").out)

    [copy] = found["copies"]
    assert ["evasion-suspected"] == copy["copy"]["flags"]
    assert [{"line": 3, "word": "Тhree", "plain": "Three", "characters": ["U+0422"]}] == copy["disguises"]
    assert "missing" in [each["state"] for each in copy["copy"]["standings"]]


@pytest.mark.parametrize(
    ("word", "name"),
    [("Тhree", "U+0422 CYRILLIC CAPITAL LETTER TE"), ("Th\u200bree", "U+200B ZERO WIDTH SPACE")],
)
def test_a_disguise_is_told_with_its_place(prov: Prov, world: Path, word: str, name: str) -> None:
    """The status says that evasion is suspected, the evidence where and by what; the old figure is still missed."""
    held(prov, world, TEXT.replace("Three", word))

    assert "evasion suspected: mirror.example" in prov("status").out
    assert "evasion suspected" in prov("status", ARTICLE).out
    out = prov("explain", COPY).out
    assert name in " ".join(out.split())
    assert "missing: correction" in out


@pytest.mark.parametrize(
    "words",
    [
        "\x1b]0;owned\x07",
        "\u202edesrever",
        "船が沈んだ。" * 20,
        "غرقت العبارة في الميناء",
        "e\u0301" * 90,
        "x" * 5000,
        "👩‍👩‍👧 " * 40,
    ],
)
def test_whatever_a_copy_holds_is_printed_in_its_columns(prov: Prov, world: Path, words: str) -> None:
    """Controls and direction marks are shown, not sent; wide and combining letters keep their columns."""
    held(prov, world, TEXT + f"\nOur own words are {words} here.\n")

    ran = prov("diff", "--copy", COPY)

    assert 0 == ran.code
    assert not {"\x1b", "\x07", "\u202e"} & set(ran.out)
    assert all(width(line) <= 80 for line in ran.out.splitlines())


def test_what_cannot_be_laid_beside_anything_is_told(prov: Prov, world: Path) -> None:
    """No upstream, two articles, no article and JSON without a copy are one line each."""
    refused(prov("diff", "--copy", ARTICLE), 3, "not known as a copy", "--copy COPY ARTICLE")
    refused(prov("diff", "--copy", ARTICLE, ARTICLE, "b"), 2, "one article")
    refused(prov("diff"), 2, "which article")
    refused(prov("diff", ARTICLE, "--format", "json"), 2, "--copy")
    refused(prov("diff", "--copy", ARTICLE, f"{ARTICLE}@7"), 3, "no revision 7")
    assert "2 alike" in prov("diff", "--copy", ARTICLE, ARTICLE).out
