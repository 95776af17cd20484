"""`prov export corrections` and `--corrections` on the command line: files as partners send them, good and bad."""

from __future__ import annotations

import json
import os
from collections.abc import Callable
from pathlib import Path

import pytest
from inside import ARTICLE, TEXT, Prov

NOW = ("--now", "2026-01-01T00:00Z")
NOTE = 'Correction: An earlier version of this article said "Three people". It is "Two people", not "Three people".'
RIGHT = TEXT.replace("Three people", "Two people") + f"\n{NOTE}\n"
COPY = f"---\ntitle: Ferry sinks in calm\ncanonical_url: {ARTICLE}\n---\n\n" + TEXT.partition("\n\n")[2]


@pytest.fixture
def site(world: Path, prov: Prov) -> Path:
    """Give a project with a copy that misses a correction, the corrections file, and no store."""
    (world / "a.txt").write_text(RIGHT, encoding="utf-8")
    when = ("--modified", "2025-03-05T09:12Z", "--observed", "2025-03-05T10:00Z")
    assert 0 == prov("ingest", "a.txt", "--url", ARTICLE, *when).code
    assert (0, "") == (prov("export", "corrections", "-o", "corrections.json").code, "")
    (world / "store").rename(world.parent / f"{world.name}-store")
    (world / "a.txt").unlink()
    (world / "prov.toml").write_text("[tool.prov.policy]\n", encoding="utf-8")
    (world / "content").mkdir()
    (world / "content/a.md").write_text(COPY, encoding="utf-8")
    return world


def test_a_partner_needs_no_store(site: Path, prov: Prov) -> None:
    """The file alone turns the build red; and it is itself none of the site's articles."""
    ran = prov("check", ".", "--corrections", "corrections.json", *NOW)

    assert (1, "") == (ran.code, ran.err)
    assert ran.out.startswith("content/a.md:6:1 PRV102 missed-correction")
    assert "checked 1 file: 1 copy" in ran.out
    assert 1 == prov("check", "corrections.json", "content/a.md", "--corrections", "corrections.json", *NOW).code


def test_a_corrections_file_is_no_article_under_another_name_either(site: Path, prov: Prov) -> None:
    """One that lies in the repository and is not named is known by how it begins."""
    (site / "content/old.json").write_bytes((site / "corrections.json").read_bytes())

    assert "checked 1 file" in prov("check", "content", "--corrections", "corrections.json", *NOW).out


def test_every_command_of_the_gate_takes_the_file(site: Path, prov: Prov) -> None:
    """Lock, waive and patch work without a store as well."""
    files = ("--corrections", "corrections.json")

    assert 0 == prov("lock", "content", *files).code
    [name] = [line.split()[-1] for line in prov("check", *files, *NOW).out.splitlines() if "prov waive" in line]
    decided = ("--reason", "in print", "--by", "Ann", "--until", "2026-02-01")
    assert 0 == prov("waive", name, "content", *decided, *files, *NOW).code
    assert 0 == prov("check", *files, *NOW).code
    assert 0 == prov("patch", "content/a.md", "--write", *files, *NOW).code
    assert "Two people died" in (site / "content/a.md").read_text(encoding="utf-8")


def test_a_store_and_a_file_are_two_answers(site: Path, prov: Prov) -> None:
    """Which one counts is not guessed."""
    ran = prov("--store", "x", "check", "--corrections", "corrections.json")

    assert (2, 1) == (ran.code, ran.err.count("\n"))
    assert 2 == prov("check", "--in-store", "--corrections", "corrections.json").code


def _cut(content: bytes) -> bytes:
    return content[: len(content) // 2]


@pytest.mark.parametrize(
    ("spoil", "said"),
    [
        pytest.param(lambda _: b"", "not JSON", id="empty"),
        pytest.param(lambda _: b"no JSON", "not JSON", id="no JSON"),
        pytest.param(lambda _: b"\xff\xfe" * 99, "not JSON", id="bytes"),
        pytest.param(lambda _: b"[" * 99_999, "not JSON", id="nested"),
        pytest.param(lambda _: b"[]", "no corrections file", id="a list"),
        pytest.param(lambda _: b'{"schema": "prov-status/1", "articles": []}', "no corrections file", id="other"),
        pytest.param(_cut, "cut off", id="cut off"),
        pytest.param(lambda content: content[:40], "cut off", id="cut off in its head"),
        pytest.param(lambda content: content[:-4], "cut off", id="without its end"),
        pytest.param(lambda content: content[:-3], "is cut off", id="without its last line"),
        pytest.param(lambda content: content + b"{}\n", "after its end", id="more than its end"),
        pytest.param(lambda content: content.replace(b"prov-corrections/1", b"prov-corrections/2"), "newer", id="new"),
        pytest.param(lambda content: content.replace(b'"since": ""', b'"since": 7'), "since is no text", id="since"),
        pytest.param(lambda content: content.replace(b'"cursor"', b'"curser"'), "cursor is missing", id="no cursor"),
        pytest.param(lambda content: content.replace(b"Two people", b"Six people"), "sha256", id="another text"),
        pytest.param(lambda content: content.replace(b'{"id"', b'{"ID"'), "no article begins", id="no article"),
        pytest.param(
            lambda content: content.replace(b'"text": "Ferry', b'"text": "\\u001b[2J', 1),
            "sha256",
            id="another headline",
        ),
    ],
)
def test_a_file_that_cannot_be_used_stops_the_check(
    site: Path, prov: Prov, spoil: Callable[[bytes], bytes], said: str
) -> None:
    """Exit code 3 and one line: no part of the file is believed."""
    file = site / "corrections.json"
    file.write_bytes(spoil(file.read_bytes()))

    ran = prov("check", "content", "--corrections", "corrections.json", *NOW)

    assert (3, "", 1) == (ran.code, ran.out, ran.err.count("\n")), ran.err
    assert said in ran.err


def test_what_is_no_regular_file_stops_the_check(site: Path, prov: Prov) -> None:
    """A missing file, a folder, a pipe that nobody writes to."""
    os.mkfifo(site / "pipe")

    for name in ("missing.json", "content", "pipe"):
        ran = prov("check", "content", "--corrections", name, *NOW)
        assert (3, 1) == (ran.code, ran.err.count("\n"))


@pytest.mark.parametrize("begins", [False, True], ids=["of nothing", "of one article"])
def test_a_hundred_megabytes_of_something_else_are_not_read(site: Path, prov: Prov, begins: bool) -> None:  # noqa: FBT001 - a parameter
    """A file in one piece is read up to a limit, and so is one article."""
    file = site / "corrections.json"
    head = file.read_bytes().partition(b"\n")[0] + b"\n" if begins else b""
    with file.open("wb") as out:
        out.write(head)
        out.truncate(100 * 1024 * 1024)

    ran = prov("check", "content", "--corrections", "corrections.json", *NOW)

    assert (3, 1) == (ran.code, ran.err.count("\n"))
    assert "64 MiB" in ran.err


def test_a_file_that_another_tool_laid_out_anew_is_read(site: Path, prov: Prov) -> None:
    """It is JSON, whatever its line breaks."""
    file = site / "corrections.json"
    file.write_text(json.dumps(json.loads(file.read_text(encoding="utf-8")), indent=2), encoding="utf-8")

    assert 1 == prov("check", ".", "--corrections", "corrections.json", *NOW).code


def test_hostile_words_do_nothing(site: Path, prov: Prov) -> None:
    """What a publisher is called, and what an update rests on, is shown and never obeyed."""
    file = site / "corrections.json"
    found = json.loads(file.read_text(encoding="utf-8"))
    found["articles"][0] |= {"publisher": "\x1b]0;x\x07\n::error::y", "headline": "<script>\u202e\x1b[2J"}
    for update in found["articles"][0]["updates"]:
        update |= {"because": "\x1b[31m\r\nx", "notice": "]]>\n::warning::z"}
    file.write_text(json.dumps(found), encoding="utf-8")

    for form in ("text", "github", "markdown", "junit"):
        ran = prov("check", "content", "--corrections", "corrections.json", "--format", form, *NOW)
        assert 1 == ran.code, ran.err
        assert not {"\x1b", "\x07", "\r", "\u202e"} & set(ran.out)
        assert not any(line.startswith(("::error::y", "::warning::z")) for line in ran.out.splitlines())


def test_an_export_is_written_whole_or_not_at_all(world: Path, prov: Prov) -> None:
    """Nothing else is written over, and nothing is left beside it."""
    (world / "link.json").symlink_to(world / "a.txt")
    (world / "folder").mkdir()

    assert 0 == prov("export", "corrections", "-o", "c.json").code
    assert (world / "c.json").read_text(encoding="utf-8") == prov("export", "corrections").out
    for name in ("link.json", "folder", "nowhere/c.json"):
        ran = prov("export", "corrections", "-o", name)
        assert (3, 1) == (ran.code, ran.err.count("\n"))
    assert {"a.txt", "c.json", "folder", "link.json", "store"} == {each.name for each in world.iterdir()}
    assert TEXT == (world / "a.txt").read_text(encoding="utf-8")


@pytest.mark.parametrize(
    ("arguments", "code"),
    [
        (("corrections", "--since", "a" * 40), 3),
        (("corrections", "--since", "yesterday"), 2),
        (("corrections", "https://nowhere.example/a"), 3),
        (("corrections", "--publisher", "Nobody"), 3),
        (("secrets",), 2),
        ((), 2),
    ],
)
def test_an_export_that_cannot_be_made_is_refused(
    world: Path, prov: Prov, arguments: tuple[str, ...], code: int
) -> None:
    """One line, and no file."""
    ran = prov("export", *arguments, *(["-o", "c.json"] if arguments else []))

    assert (code, 1) == (ran.code, ran.err.count("\n"))
    assert not (world / "c.json").exists()


def test_the_summary_of_a_job_gets_the_verdict(site: Path, prov: Prov, monkeypatch: pytest.MonkeyPatch) -> None:
    """With `--format github`, and added to what others wrote there; without it the file is left alone."""
    summary = site / "summary.md"
    summary.write_text("before\n", encoding="utf-8")
    monkeypatch.setenv("GITHUB_STEP_SUMMARY", str(summary))

    prov("check", "content", "--corrections", "corrections.json", *NOW)
    assert "before\n" == summary.read_text(encoding="utf-8")
    ran = prov("check", "content", "--corrections", "corrections.json", "--format", "github", *NOW)

    assert (1, "::error ") == (ran.code, ran.out[:8])
    assert summary.read_text(encoding="utf-8").startswith("before\n## prov check: 1 finding fails\n")
