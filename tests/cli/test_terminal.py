"""What a terminal, a pipe and a program get to read, and how a command ends when something goes wrong."""

from __future__ import annotations

import json
import os
import signal
import sqlite3
import subprocess
import sys
from contextlib import closing
from pathlib import Path

import pytest
from command import PROV, clean_environ
from inside import ARTICLE, Prov

from provenance.cli.terminal import Terminal, shortened
from provenance.cli.words import width

NASTY = "Kill \x1b[2J\x1b]0;owned\x07 \u202esdrawkcab\u202c 灾难 “été”"


def drafts(headline: str = NASTY) -> bytes:
    """Write an article and a copy of it that misses its correction, with a headline that is out to harm."""
    old = "Three people died when the ferry went down, the harbour police said.\n\nDivers searched the wreck."
    new = old.replace("Three", "Two") + "\n\nCorrection: An earlier version said that three died. It is two, not three."
    at = {"published_at": "2025-03-04T09:00Z", "observed_at": "2025-03-04T09:00Z", "modified_at": "2025-03-04T09:00Z"}
    later = {"modified_at": "2025-03-04T12:00Z", "observed_at": "2025-03-04T12:00Z"}
    up, down = (
        {"url": f"https://{name}.example/a", "publisher": name, "headline": headline} for name in ("wire", "mirror")
    )
    copy = {"copy_of": "https://wire.example/a", "observed_at": "2025-03-05T12:00Z"}
    lines = [up | at | {"body": old}, up | at | later | {"body": new}, down | at | {"body": old} | copy]
    return b"".join(json.dumps(each).encode() + b"\n" for each in lines)


@pytest.fixture
def behind(prov: Prov, tmp_path: Path) -> Path:
    """Give a folder with a store in which a copy is behind."""
    prov("init")
    assert 0 == prov("ingest", "-", feed=drafts()).code
    return tmp_path


def shell(command: str, folder: Path, **environ: str) -> subprocess.CompletedProcess[bytes]:
    """Run a line of shell in which $PROV is the installed command."""
    whole = clean_environ(folder) | {"PROV": str(PROV)} | environ
    return subprocess.run(["sh", "-c", command], cwd=folder, env=whole, capture_output=True, check=False, timeout=120)


def test_the_table_shows_the_copys_words_beside_what_they_should_be(prov: Prov, behind: Path) -> None:
    """Who is behind, by what, since when, in whose words, how many there are, and what to type next."""
    out = prov("status").out

    assert all(words in out for words in ("mirror", "correction", "2025-03-04 12:00Z", "line 3", "Three", "Two"))
    assert "2 articles, 3 revisions, 1 copy: 1 behind, 0 current" in out
    assert out.splitlines()[-1] == "Next: prov explain https://mirror.example/a"


@pytest.mark.parametrize("columns", ["20", "40", "80", "200"])
@pytest.mark.parametrize("command", [["status"], ["status", "https://wire.example/a"], ["explain", "https://mirror"]])
def test_what_is_shown_fits_the_terminal(
    prov: Prov, behind: Path, monkeypatch: pytest.MonkeyPatch, columns: str, command: list[str]
) -> None:
    """No line is wider than the terminal, however narrow it is."""
    monkeypatch.setenv("COLUMNS", columns)

    lines = prov(*command).out.splitlines()

    assert [] == [line for line in lines if width(line) > int(columns)]


@pytest.mark.parametrize(
    "command",
    [
        ["status"],
        ["status", "https://wire"],
        ["explain", "https://mirror"],
        ["diff", "https://wire"],
        ["log", "https://wire"],
    ],
)
def test_text_from_outside_cannot_drive_the_terminal(prov: Prov, behind: Path, command: list[str]) -> None:
    """Escapes and direction marks are shown, never sent."""
    out = prov(*command).out

    assert not any(character in out for character in "\x1b\x07\r\u202e\u202c")


@pytest.mark.parametrize(
    "environ", [{"LC_ALL": "C"}, {"PYTHONIOENCODING": "ascii"}, {"LC_ALL": "C", "PYTHONUTF8": "0"}]
)
def test_a_terminal_that_knows_only_ascii_is_no_error(behind: Path, environ: dict[str, str]) -> None:
    """What cannot be shown is escaped."""
    ran = shell('"$PROV" status && "$PROV" explain https://mirror && "$PROV" show https://wire', behind, **environ)

    assert (0, b"") == (ran.returncode, ran.stderr)


def test_json_is_utf_8_whatever_the_locale(behind: Path) -> None:
    """A program gets the same bytes everywhere."""
    plain = shell('"$PROV" status --format json', behind, LC_ALL="C", PYTHONIOENCODING="ascii").stdout
    rich = shell('"$PROV" status --format json', behind, LC_ALL="C.UTF-8").stdout

    assert plain == rich
    assert "灾难" in plain.decode()
    assert [["mirror"], []] == sorted(
        ([copy["publisher"] for copy in each["copies"]] for each in json.loads(plain)["articles"]), reverse=True
    )


def test_a_reader_that_goes_away_is_no_error(behind: Path) -> None:
    """A closed pipe ends the command, without a word."""
    ran = shell('"$PROV" status --format json --texts | head -c 1 >/dev/null; "$PROV" status | true', behind)

    assert (0, b"") == (ran.returncode, ran.stderr)


def test_colours_are_for_terminals_that_want_them() -> None:
    """A pipe gets none, and neither does a terminal that was told so."""
    assert "plain" == Terminal(80).paint("plain", "red")
    assert "\x1b[31mred\x1b[0m" == Terminal(80, colours=True).paint("red", "red")


def test_a_shortened_text_says_so() -> None:
    """What was left out is marked."""
    assert ["one two", "three ..."] == shortened("one two three four five", 9, 2)


def test_only_what_is_behind_is_listed_when_asked_for(prov: Prov, behind: Path) -> None:
    """`--behind` narrows the table and the JSON."""
    whole = json.loads(prov("status", "--format", "json").out)
    narrow = json.loads(prov("status", "--format", "json", "--behind").out)

    assert (2, 1) == (len(whole["articles"]), len(narrow["articles"]))
    assert "mirror" in prov("status", "--behind").out


def test_the_text_that_is_piped_is_the_text(behind: Path) -> None:
    """`prov show` gives the canonical text to the byte, an earlier one by its number."""
    now = shell('"$PROV" show https://wire.example/a', behind).stdout.decode()
    before = shell('"$PROV" show https://wire.example/a@0', behind).stdout.decode()

    assert ("Two people" in now, "Three people" in before) == (True, True)
    assert now.endswith("three.\n")
    assert "wire" == json.loads(shell('"$PROV" show https://wire.example/a --meta', behind).stdout)["publisher"]


def test_a_difference_is_marked_word_by_word(prov: Prov, behind: Path) -> None:
    """Old and new words stand in brackets; between two articles as between two revisions."""
    between = prov("diff", "https://wire.example/a", "0..1").out

    assert "[-Three-]{+Two+} people died" in between
    assert between == prov("diff", "https://wire.example/a").out
    assert "[-Two-]{+Three+}" in prov("diff", "https://wire.example/a", "https://mirror.example/a").out
    assert "|" in prov("diff", "https://wire.example/a", "--side-by-side").out


def test_the_log_lists_revisions_with_their_updates(prov: Prov, behind: Path) -> None:
    """Newest first, each with its time and the kinds of its updates."""
    newest, oldest = prov("log", "https://wire.example/a").out.splitlines()

    assert newest.startswith("@1 ")
    assert "2025-03-04 12:00Z" in newest
    assert "correction (declared" in newest
    assert "first revision held" in oldest


def test_an_explanation_has_the_rule_and_the_words(prov: Prov, behind: Path) -> None:
    """For each edit: old, new, the copy's own words and their line, and why."""
    out = prov("explain", "https://mirror.example/a").out

    assert all(word in out for word in ("missing", "line 3", '"Three"', '"Two"', "why", "sure"))


def test_a_store_that_is_whole_is_said_to_be(prov: Prov, behind: Path) -> None:
    """And a ledger that is gone is no damage: it is behind, and comes back."""
    before = prov("status").out
    assert (0, "The store is whole.\n") == (prov("fsck").code, prov("fsck").out)
    (behind / "store" / "ledger.sqlite").unlink()

    ran = prov("fsck")

    assert 0 == ran.code
    assert "behind the store" in ran.out
    assert before == prov("status").out


def test_a_ledger_that_differs_from_the_store_is_found(prov: Prov, behind: Path) -> None:
    """`prov fsck --deep` holds every revision in the ledger against git; `prov rebuild` mends it."""
    assert 0 == prov("fsck", "--deep").code
    with closing(sqlite3.connect(behind / "store" / "ledger.sqlite")) as ledger:
        ledger.execute("UPDATE revisions SET text_sha256 = 'x' WHERE n = 1")
        ledger.commit()

    ran = prov("fsck", "--deep")

    assert 4 == ran.code
    assert "the ledger is wrong about" in ran.err
    assert 0 == prov("rebuild").code
    assert 0 == prov("fsck", "--deep").code


def test_damage_is_exit_code_4(prov: Prov, behind: Path) -> None:
    """A branch that was put back is found, not followed."""
    facts = behind / "store" / "facts.git"
    oldest = ["git", f"--git-dir={facts}", "rev-list", "--max-parents=0", "main"]
    first = subprocess.run(oldest, capture_output=True, check=True)
    (facts / "refs" / "heads" / "main").write_bytes(first.stdout)

    ran = prov("status")

    assert 4 == ran.code
    assert 1 == ran.err.count("\n")


def test_a_damaged_object_is_named_with_its_invariant(prov: Prov, behind: Path) -> None:
    """`prov fsck` gives each damage in a line: the invariant's code, what is wrong, and what to do."""
    for pack in (behind / "store" / "facts.git" / "objects" / "pack").glob("*.pack"):
        pack.chmod(0o600)
        data = bytearray(pack.read_bytes())
        data[len(data) // 2] ^= 0xFF
        pack.write_bytes(data)

    ran = prov("fsck", "--deep")

    assert 4 == ran.code
    assert all(line.startswith("prov: S") for line in ran.err.splitlines())


def test_a_bug_is_told_in_one_line_and_its_trace_kept(
    prov: Prov, behind: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """An exception that nobody foresaw: exit code 70, an id, and the trace in the store's log."""
    from provenance.store import Store

    def broken(self: Store) -> str:
        raise RuntimeError("out of cheese")

    monkeypatch.setattr(Store, "head", broken)

    ran = prov("status")

    assert 70 == ran.code
    assert ran.err.startswith("prov: internal error, id ")
    assert 1 == ran.err.count("\n")
    assert "out of cheese" not in ran.err
    [log] = (behind / "store" / "log").iterdir()
    assert "out of cheese" in log.read_text()


def test_an_interrupt_is_exit_code_130_and_loses_nothing(behind: Path) -> None:
    """Ctrl-C while drafts are awaited: one line, and the store is whole."""
    signal.signal(signal.SIGINT, signal.default_int_handler)  # who runs in the background inherits that it is ignored
    ingest = subprocess.Popen(
        [PROV, "ingest", "-"], cwd=behind, env=clean_environ(behind), stdin=subprocess.PIPE, stderr=subprocess.PIPE
    )
    assert ingest.stdin
    assert ingest.stderr
    ingest.stdin.write(drafts("Another")[:40])
    ingest.stdin.flush()
    with pytest.raises(subprocess.TimeoutExpired):
        ingest.wait(1.5)
    ingest.send_signal(signal.SIGINT)
    _, complaint = ingest.communicate(timeout=30)

    assert (130, b"prov: interrupted\n") == (ingest.returncode, complaint)
    assert 0 == shell('"$PROV" fsck', behind).returncode


def test_help_loads_no_command_and_no_room() -> None:
    """`prov --help` imports click and the table of commands, and nothing that takes its time."""
    code = "import sys; from provenance.cli import main; main(['--help']); print(*sorted(sys.modules), file=sys.stderr)"
    ran = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    loaded = set(ran.stderr.split())

    assert "Commands:" in ran.stdout
    assert not loaded & {"sqlite3", "sqlalchemy", "git", "rich", "trafilatura", "lxml", "provenance.model"}


def test_status_loads_no_heavy_library(behind: Path) -> None:
    """`prov status` reads the ledger with the standard library alone."""
    code = "import sys; from provenance.cli import main; main(['status']); print(*sorted(sys.modules), file=sys.stderr)"
    ran = subprocess.run(
        [sys.executable, "-c", code], capture_output=True, text=True, check=True, cwd=behind, env=clean_environ(behind)
    )

    assert not set(ran.stderr.split()) & {"sqlalchemy", "git", "rich", "trafilatura", "lxml", "rapidfuzz", "sentencex"}


def test_the_version_is_told(prov: Prov) -> None:
    """`prov --version` names the program and its version."""
    from provenance import __version__

    assert f"prov {__version__}\n" == prov("--version").out


def test_the_store_is_found_by_option_environment_and_settings(
    prov: Prov, world: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The option wins over the environment, that over the project's settings, those over ./store."""
    (world / "store").rename(world / "elsewhere")
    assert 3 == prov("status").code
    assert 0 == prov("--store", "elsewhere", "status").code
    (world / "pyproject.toml").write_text('[tool.prov]\nstore = "elsewhere"\n')
    assert "1 article," in prov("status").out
    (world / "below").mkdir()
    os.chdir(world / "below")
    assert "1 article," in prov("status").out
    monkeypatch.setenv("PROV_STORE", "nowhere")
    assert 3 == prov("status").code
    assert ARTICLE in prov("--store", "../elsewhere", "show", "--meta", ARTICLE).out


def test_a_change_under_an_old_time_is_dated_by_when_it_was_seen(prov: Prov, tmp_path: Path) -> None:
    """A publisher that leaves the time as it was says nothing of when: table, page and log agree on that."""
    first, second, copy = (json.loads(line) for line in drafts("Ferry").splitlines())
    second["modified_at"] = first["modified_at"]
    prov("init")
    prov("ingest", "-", feed=b"".join(json.dumps(each).encode() + b"\n" for each in (first, second, copy)))

    assert "2025-03-04 12:00Z" in prov("status").out
    assert "@1 2025-03-04 12:00Z" in prov("status", "https://wire").out
    assert prov("log", "https://wire").out.startswith("@1   2025-03-04 12:00Z")


def test_a_copy_of_a_withdrawn_article_is_quoted_once(prov: Prov, behind: Path) -> None:
    """Which words of it are old does not matter any more: it still runs, and should not."""
    killed = json.loads(drafts("Ferry").splitlines()[0]) | {
        "status": "withdrawn",
        "headline": "KILL: Ferry",
        "body": "EDITORS: Kill the story FERRY. It was made up. Do not use it.",
        "modified_at": "2025-03-04T15:00Z",
        "observed_at": "2025-03-04T15:00Z",
    }
    seen = json.loads(drafts("Ferry").splitlines()[2]) | {"observed_at": "2025-03-06T12:00Z"}
    prov("ingest", "-", feed=b"".join(json.dumps(each).encode() + b"\n" for each in (killed, seen)))

    for command in (["status"], ["status", "https://wire"], ["explain", "https://mirror"]):
        out = " ".join(prov(*command).out.split())
        assert 1 == out.count("(withdrawn: not to be used any more)"), out
    assert "still runs an article that was withdrawn" in " ".join(prov("explain", "https://mirror").out.split())
