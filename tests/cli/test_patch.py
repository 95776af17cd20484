"""`prov patch`: what it prints, what it writes, and what it refuses."""

from __future__ import annotations

import subprocess
from pathlib import Path

import pytest
from inside import Prov

UP = "https://wire.example/crane"
BODY = (
    "The council of Harrowmouth has let the old harbour crane to a brewery for 42,000 pounds a year, officials said.",
    "An engineer at the Port Office said that the crane had carried no load since the flood in spring.",
    "The brewery wants to open a tasting room under the jib before the herring fair, its manager told reporters.",
)
HEAD = "Harrowmouth lets its harbour crane"
NOTE = "Correction: An earlier version of this article said that the rent was 42,000 pounds. It is 24,000 pounds."
MINE = (
    "For forty-two thousand pounds a year, a brewery gets the old crane in the harbour, the council at Harrowmouth "
    "decided."
)
NOW = ("--now", "2025-04-01T00:00Z")


@pytest.fixture
def site(prov: Prov, tmp_path: Path) -> Path:
    """Give a folder with a store that holds a corrected article, and a copy from before the correction."""
    old = "\n\n".join((HEAD, *BODY)) + "\n"
    (tmp_path / "0.txt").write_text(old, encoding="utf-8")
    (tmp_path / "1.txt").write_text(old.replace("42,000", "24,000") + f"\n{NOTE}\n", encoding="utf-8")
    assert prov("init").code == 0
    for n in ("0", "1"):
        day = f"2025-03-0{int(n) + 4}T09:00Z"
        assert (
            prov("ingest", f"{n}.txt", "--url", UP, "--publisher", "Wire", "--modified", day, "--observed", day).code
            == 0
        )
    front = f"---\ntitle: {HEAD}\ncanonical_url: {UP}\n---\n\n"
    (tmp_path / "a.md").write_text(front + "\n\n".join(BODY) + "\n", encoding="utf-8")
    return tmp_path


def test_a_patch_is_shown_as_a_diff_that_others_can_apply(prov: Prov, site: Path) -> None:
    """And nothing is written."""
    before = (site / "a.md").read_bytes()
    ran = prov("patch", "a.md", *NOW)

    assert (0, "") == (ran.code, ran.err)
    assert before == (site / "a.md").read_bytes()
    assert "-The council" in ran.out
    assert "could be written with --write" in ran.out
    subprocess.run(["patch", "-p1", "--quiet"], input=ran.out.encode(), cwd=site, check=True)
    assert before.replace(b"42,000", b"24,000") == (site / "a.md").read_bytes()


def test_what_was_written_passes_and_is_not_written_twice(prov: Prov, site: Path) -> None:
    """`prov check` fails before and passes after; the second patch has nothing to change; the mode is kept."""
    (site / "a.md").chmod(0o640)
    assert prov("check", "a.md", *NOW, "--grace", "0h").code == 1

    assert "written" in prov("patch", "a.md", "--write", *NOW).out
    assert 0o640 == (site / "a.md").stat().st_mode & 0o777
    assert prov("check", "a.md", *NOW, "--grace", "0h").code == 0
    ran = prov("patch", "a.md", "--write", *NOW)
    assert (0, "a.md: nothing to change\n") == (ran.code, ran.out)
    assert [] == [each.name for each in site.iterdir() if each.name.endswith(".prov")]


def test_a_notice_is_put_under_it_once_in_the_houses_style(prov: Prov, site: Path) -> None:
    """As `[tool.prov.patch] note` says."""
    (site / "prov.toml").write_text('[tool.prov.patch]\nnote = "We were wrong ({date}). {notice}"\n', encoding="utf-8")
    prov("patch", "a.md", "--write", "--note", *NOW)
    once = (site / "a.md").read_text(encoding="utf-8")

    assert once.endswith(f"\n\nWe were wrong (2025-04-01). {NOTE.removeprefix('Correction: ')}\n")
    assert "nothing to change" in prov("patch", "a.md", "--write", "--note", "--now", "2025-05-01T00:00Z").out
    assert once == (site / "a.md").read_text(encoding="utf-8")


def test_a_note_without_a_place_for_the_notice_is_refused(prov: Prov, site: Path) -> None:
    """Before anything is written."""
    (site / "prov.toml").write_text('[tool.prov.patch]\nnote = "We were wrong."\n', encoding="utf-8")

    assert prov("patch", "a.md", "--note", *NOW).code == 2


def test_an_update_from_after_the_moment_is_left_out(prov: Prov, site: Path) -> None:
    """As `prov check` leaves it out."""
    assert "nothing to change" in prov("patch", "a.md", "--now", "2025-03-04T12:00Z").out


def test_what_cannot_be_placed_is_listed(prov: Prov, site: Path) -> None:
    """With the file's words, the words that should stand there, and the reason; exit code 0."""
    own = (site / "a.md").read_text(encoding="utf-8").replace(BODY[0], MINE)
    (site / "a.md").write_text(own, encoding="utf-8")
    ran = prov("patch", "a.md", "--write", *NOW)

    assert 0 == ran.code
    assert own == (site / "a.md").read_text(encoding="utf-8")
    shown = " ".join(ran.out.split())
    assert "in its own words" in shown
    assert "For forty-two thousand pounds a year" in shown
    assert "for 24,000 pounds a year" in shown
    assert "nothing to change; 1 edit left to do by hand" in shown


def test_a_notice_waits_for_what_is_left_to_do(prov: Prov, site: Path) -> None:
    """It would tell of a correction that the copy does not have: one line says so, and nothing is written."""
    own = (site / "a.md").read_text(encoding="utf-8").replace(BODY[0], MINE)
    (site / "a.md").write_text(own, encoding="utf-8")
    said = "the notice is not put under it before the rest is done\n"

    assert said in prov("patch", "a.md", "--write", "--note", *NOW).out
    assert said not in prov("patch", "a.md", *NOW).out
    assert own == (site / "a.md").read_text(encoding="utf-8")


def test_a_withdrawn_article_is_to_be_taken_down(prov: Prov, site: Path) -> None:
    """No patch makes it right."""
    gone = f"{HEAD}\n\nThis article has been retracted. It must not be used any more.\n"
    (site / "2.txt").write_text(gone, encoding="utf-8")
    day = "2025-03-07T09:00Z"
    assert prov("ingest", "2.txt", "--url", UP, "--modified", day, "--observed", day).code == 0
    ran = prov("patch", "a.md", "--write", *NOW)

    assert 0 == ran.code
    assert "take it down" in ran.out
    assert "42,000" in (site / "a.md").read_text(encoding="utf-8")


def test_a_file_that_is_no_copy_has_nothing_to_change(prov: Prov, site: Path) -> None:
    """Said in one line."""
    (site / "b.md").write_text(
        "# Bees\n\nHoney is cheap this year in all of the towns along the coast.\n", encoding="utf-8"
    )
    ran = prov("patch", "b.md", *NOW)

    assert (0, "b.md: no copy of an article held; nothing to change\n") == (ran.code, ran.out)


@pytest.mark.parametrize("name", ["none.md", ".", "empty.md", "link.md"])
def test_what_cannot_be_patched_is_refused(prov: Prov, site: Path, name: str) -> None:
    """In one line, with exit code 3, and nothing written."""
    (site / "empty.md").touch()
    (site / "link.md").symlink_to(site / "a.md")
    ran = prov("patch", name, "--write", *NOW)

    assert (3, 1) == (ran.code, ran.err.count("\n"))
    assert "42,000" in (site / "a.md").read_text(encoding="utf-8")


def test_a_file_that_was_changed_meanwhile_is_left_as_it_is(site: Path) -> None:
    """Nobody's work is lost, and nothing is left behind."""
    from provenance.app.replacing import replace_file
    from provenance.errors import StorageError

    with pytest.raises(StorageError, match="was changed meanwhile"):
        replace_file(site / "a.md", b"something else", b"new")
    assert b"42,000" in (site / "a.md").read_bytes()
    assert [] == [each.name for each in site.iterdir() if each.name.endswith(".prov")]
