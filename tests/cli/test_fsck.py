"""`prov fsck`, `backup` and `restore` from the command line: what they print, and how they end."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from inside import ARTICLE, TEXT, Prov, state


@pytest.fixture
def held(prov: Prov, tmp_path: Path) -> Path:
    """Give a folder with a store of one article."""
    prov("init")
    (tmp_path / "store/prov.toml").write_text("meaning = false\n")
    (tmp_path / "store/prov.toml").chmod(0o600)
    (tmp_path / "a.txt").write_text(TEXT)
    assert 0 == prov("ingest", "a.txt", "--url", ARTICLE).code
    return tmp_path


def test_a_look_changes_nothing(prov: Prov, held: Path) -> None:
    """However deep, and in either form."""
    before = state(held / "store")

    assert [0, 0, 0] == [prov("fsck", *more).code for more in ([], ["--deep"], ["--format", "json"])]
    assert before == state(held / "store")


def test_what_is_found_comes_as_json(prov: Prov, held: Path) -> None:
    """Each damage with its code, object, article, message and remedy; the exit code is the same."""
    assert {
        "schema": "prov-fsck/1",
        "whole": True,
        "damage": [],
        "ledger": [],
        "remarks": [],
        "mended": [],
    } == json.loads(prov("fsck", "--format", "json").out)
    (held / "store/facts.git/refs/heads/main").unlink()

    ran = prov("fsck", "--deep", "--format", "json")

    found = json.loads(ran.out)
    assert (4, False) == (ran.code, found["whole"])
    assert {"S18"} == {each["code"] for each in found["damage"]}
    assert all(each["article"] and each["remedy"] for each in found["damage"])


def test_what_was_mended_is_told(prov: Prov, held: Path) -> None:
    """A line for each, and then whether the store is whole."""
    (held / "store/facts.git/refs/heads/main").unlink()

    ran = prov("fsck", "--repair")

    assert (0, "") == (ran.code, ran.err)
    assert ran.out.startswith("Mended: the branch was set")
    assert ran.out.endswith("The store is whole.\n")
    assert "The store is whole.\n" == prov("fsck", "--deep").out


def test_what_cannot_be_mended_is_damage_with_a_remedy(prov: Prov, held: Path) -> None:
    """Lost objects come back only from somewhere; with a backup they do."""
    assert 0 == prov("backup", "b").code
    for path in (held / "store/facts.git/objects/pack").iterdir():
        path.unlink()

    ran = prov("fsck", "--repair")

    assert 4 == ran.code
    assert all("(" in line and line.startswith("prov: S") for line in ran.err.splitlines())
    assert 0 == prov("fsck", "--repair", "--from", "b").code
    assert ARTICLE in prov("status").out or 0 == prov("show", ARTICLE).code


def test_a_source_without_a_repair_makes_no_sense(prov: Prov, held: Path) -> None:
    """Nothing is looked at then."""
    assert 2 == prov("fsck", "--from", "b").code


def test_a_store_comes_back_from_its_backup(prov: Prov, held: Path) -> None:
    """In another folder, or where the commands look for one."""
    ran = prov("backup", "b")
    assert 0 == ran.code
    assert "2 facts" in ran.out
    assert "read it back" in ran.out

    assert "into copy" in prov("restore", "b", "copy").out
    assert 0 == prov("--store", "copy", "fsck", "--deep").code
    assert 0 == prov("--store", "other", "restore", "b").code
    assert TEXT == prov("--store", "other", "show", ARTICLE).out
    assert 3 == prov("restore", "missing", "third").code
    assert {"a.txt", "b", "copy", "other", "store"} == {path.name for path in held.iterdir()}


def test_names_that_a_newer_format_will_use_are_not_passed_over(prov: Prov, held: Path) -> None:
    """A ref of a checkpoint is refused until there is a format that knows it."""
    refs = held / "store/facts.git/refs"
    (refs / "prov").mkdir()
    (refs / "prov/checkpoint").write_bytes((refs / "heads/main").read_bytes())

    ran = prov("fsck")

    assert 4 == ran.code
    assert "S16 the repository has the ref refs/prov/checkpoint" in ran.err
