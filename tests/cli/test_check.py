"""`prov check` and its kin on the command line: what they print, what they write, how they end."""

from __future__ import annotations

import json
import subprocess
from pathlib import Path

import pytest
from inside import ARTICLE, TEXT, Prov

from provenance.app.gate import baseline, lock, waivers
from provenance.cli.outputs import Output, paired
from provenance.errors import UsageError
from provenance.model import Code

NOW = ("--now", "2026-01-01T00:00Z")
NOTE = 'Correction: An earlier version of this article said "Three people". It is "Two people", not "Three people".'
RIGHT = TEXT.replace("Three people", "Two people") + f"\n{NOTE}\n"
COPY = f"---\ntitle: Ferry sinks in calm\ncanonical_url: {ARTICLE}\n---\n\n" + TEXT.partition("\n\n")[2]


@pytest.fixture
def site(world: Path, prov: Prov) -> Path:
    """Give a project whose `content/a.md` is a copy made before the article was corrected."""
    (world / "a.txt").write_text(RIGHT, encoding="utf-8")
    ran = prov(
        "ingest", "a.txt", "--url", ARTICLE, "--modified", "2025-03-05T09:12Z", "--observed", "2025-03-05T10:00Z"
    )
    assert 0 == ran.code
    (world / "prov.toml").write_text("[tool.prov.policy]\n", encoding="utf-8")
    (world / "content").mkdir()
    (world / "content/a.md").write_text(COPY, encoding="utf-8")
    return world


def test_a_missed_correction_turns_the_build_red(site: Path, prov: Prov) -> None:
    """File, line and column, the code, the words that stand there and that should, since when and what to do."""
    ran = prov("check", "content", *NOW)

    assert (1, "") == (ran.code, ran.err)
    assert ran.out.startswith("content/a.md:6:1 PRV102 missed-correction: misses the correction by ")
    for words in ("Three people", "Two people", "2025-03-05 09:12Z", "prov patch content/a.md", "prov waive "):
        assert words in ran.out
    assert "checked 1 file: 1 copy, 0 no copy; 1 finding fails\n" in ran.out


def test_nothing_to_object_to_ends_with_0(site: Path, prov: Prov) -> None:
    """The mended copy passes."""
    (site / "content/a.md").write_text(COPY.replace("Three", "Two") + f"\n{NOTE}\n", encoding="utf-8")

    ran = prov("check", "content", *NOW)

    assert (0, "checked 1 file: 1 copy, 0 no copy; nothing fails\n") == (ran.code, ran.out)


@pytest.mark.parametrize(
    ("arguments", "code"),
    [
        (("--fail-on", "retraction"), 0),
        (("--fail-on", "never"), 0),
        (("--fail-on", "clarification"), 1),
        (("--grace", "52w"), 0),
        (("--grace", "7d"), 1),
        (("--now", "2025-03-05T00:00Z"), 0),
        (("--fail-on", "corrections"), 2),
        (("--grace", "soon"), 2),
        (("--now", "today"), 2),
        (("--now", "2026-01-01"), 2),
        (("--format", "xml"), 2),
        (("--config", "nothing.toml"), 2),
        (("--changed-since", "HEAD"), 3),
    ],
)
def test_options_say_what_fails(site: Path, prov: Prov, arguments: tuple[str, ...], code: int) -> None:
    """And what makes no sense is a matter of usage."""
    moment = () if "--now" in arguments else NOW
    ran = prov("check", "content", *moment, *arguments)

    assert code == ran.code
    assert (code < 2) is (not ran.err)
    assert ran.err.count("\n") == (code > 1)


@pytest.mark.parametrize(
    ("name", "content", "said"),
    [
        (lock.NAME, "{}", "prov.lock is no lock"),
        (waivers.NAME, '[[waiver]]\nfinding="a"\nreason="b"\nby="c"\n', "has no end"),
        (waivers.NAME, '[[waiver]]\nfinding="a"\nreason="b"\nuntil=2026-01-01\n', "name of who decided it"),
        (baseline.NAME, "{", "is no baseline"),
        ("content/prov-manifest.toml", "[[", "cannot be used"),
    ],
)
def test_what_a_check_rests_on_must_be_sound(site: Path, prov: Prov, name: str, content: str, said: str) -> None:
    """One line, and exit code 3: no check was made."""
    (site / name).write_text(content, encoding="utf-8")

    ran = prov("check", "content", *NOW)

    assert (3, 1) == (ran.code, ran.err.count("\n"))
    assert said in ran.err


def test_without_a_store_no_check_is_made(site: Path, prov: Prov) -> None:
    """Exit code 3, and the way out."""
    ran = prov("--store", "nowhere", "check", "content", *NOW)

    assert 3 == ran.code
    assert "no store at" in ran.err
    assert "--corrections" in ran.err


def test_a_code_that_there_is_not_is_no_copy(prov: Prov) -> None:
    """`prov explain` says so, store or not."""
    ran = prov("explain", "PRV999")

    assert (3, 1) == (ran.code, ran.err.count("\n"))
    assert "no finding has the code PRV999" in ran.err


def test_what_could_not_be_checked_is_never_green(site: Path, prov: Prov) -> None:
    """3 where nothing else fails, 1 where something does, 0 only where the policy says so."""
    (site / "content/b.md").write_text("---\ntitle: [\n---\n\nText.\n", encoding="utf-8")

    assert 1 == prov("check", "content", *NOW).code
    assert 3 == prov("check", "content/b.md", *NOW).code
    (site / "prov.toml").write_text('[tool.prov.policy]\nnot_checked = "warning"\n', encoding="utf-8")
    assert 0 == prov("check", "content/b.md", *NOW).code


def test_text_from_outside_does_nothing_to_the_terminal(site: Path, prov: Prov) -> None:
    """Names of files and words of copies are shown, not obeyed."""
    evil = site / "content/e\x1b[2J\n\u202e.md"
    evil.write_text(COPY.replace("on Tuesday", "on \x1b]0;x\x07Tuesday"), encoding="utf-8")

    ran = prov("check", "content", *NOW)

    assert 1 == ran.code
    assert not set("\x1b\x07\u202e") & set(ran.out)
    assert "e\\x1b[2J\\n\\u202e.md" in ran.out


def test_one_run_may_write_several_formats(site: Path, prov: Prov) -> None:
    """Each into its file; on standard output one of them, or the sum."""
    ran = prov("check", "content", *NOW, "--format", "text", "--output", "out.txt")

    assert (1, "checked 1 file: 1 copy, 0 no copy; 1 finding fails\n") == (ran.code, ran.out)
    assert "PRV102" in (site / "out.txt").read_text(encoding="utf-8")


def test_no_result_is_written_through_a_link(site: Path, prov: Prov) -> None:
    """Nor into a folder that is not there."""
    (site / "link.txt").symlink_to("a.txt")

    assert 3 == prov("check", "content", *NOW, "--output", "link.txt").code
    assert 3 == prov("check", "content", *NOW, "--output", "no/where.txt").code
    assert RIGHT == (site / "a.txt").read_text(encoding="utf-8")


@pytest.mark.parametrize(
    ("given", "expected"),
    [
        ([], [Output("text")]),
        ([("form", "json")], [Output("json")]),
        ([("output", "a")], [Output("text", Path("a"))]),
        ([("output", "a"), ("form", "json")], [Output("json", Path("a"))]),
        (
            [("form", "sarif"), ("output", "a"), ("form", "text")],
            [Output("sarif", Path("a")), Output("text")],
        ),
    ],
)
def test_an_output_belongs_to_the_format_before_it(given: list[tuple[str, str]], expected: list[Output]) -> None:
    """At the beginning, to the one after it."""
    assert tuple(expected) == paired(given)


@pytest.mark.parametrize(
    "given",
    [
        [("form", "json"), ("form", "text")],
        [("form", "json"), ("output", "a"), ("output", "b")],
        [("output", "a"), ("output", "b")],
    ],
)
def test_outputs_that_have_no_format_are_refused(given: list[tuple[str, str]]) -> None:
    """And so are two formats on standard output."""
    with pytest.raises(UsageError):
        paired(given)


def test_a_finding_is_waived_by_name_and_for_a_while(site: Path, prov: Prov) -> None:
    """It is written where a review sees it, and the next check accepts it."""
    found = prov("check", "content", *NOW).out.partition("prov waive ")[2].split()[0]

    ran = prov("waive", found[:6], "content", "--reason", 'He said "no"', "--until", "2026-06-30", "--by", "Ada", *NOW)
    again = prov("check", "content", *NOW)
    later = prov("check", "content", "--now", "2026-07-01T00:00Z")

    assert (0, 0, 1) == (ran.code, again.code, later.code)
    assert f'finding = "{found}"' in (site / waivers.NAME).read_text(encoding="utf-8")
    assert "waived by Ada until 2026-06-30" in again.out.replace("\n ", "")
    assert "PRV502 waiver-expired" in later.out


@pytest.mark.parametrize(
    ("change", "code"),
    [
        ({"--until": None}, 2),
        ({"--by": None}, 2),
        ({"--reason": None}, 2),
        ({"--until": "soon"}, 2),
        ({"--until": "2025-01-01"}, 2),
        ({"--by": " "}, 2),
        ({"--reason": ""}, 2),
        ({"": "zzzz"}, 3),
    ],
)
def test_a_waiver_needs_a_reason_a_name_and_an_end(
    site: Path, prov: Prov, change: dict[str, str | None], code: int
) -> None:
    """Nothing is written otherwise."""
    given: dict[str, str | None] = {"": "", "--reason": "x", "--until": "2026-06-30", "--by": "Ada"} | change
    finding = given.pop("") or prov("check", "content", *NOW).out.partition("prov waive ")[2].split()[0]
    options = [part for name, value in given.items() if value is not None for part in (name, value)]

    assert code == prov("waive", finding, "content", *options, *NOW).code
    assert not (site / waivers.NAME).exists()


def test_adopting_the_gate(site: Path, prov: Prov) -> None:
    """What is wrong already is accepted, and listed with its age in every run."""
    ran = prov("check", "content", "--baseline", *NOW)
    later = prov("check", "content", "--now", "2026-02-01T00:00Z")

    assert (0, "1 finding accepted in prov-baseline.json; new ones fail\n") == (ran.code, ran.out)
    assert 0 == later.code
    assert "in the baseline for 31 days" in later.out.replace("\n ", "")
    assert 2 == prov("check", "content", "--baseline", "--changed-since", "HEAD", *NOW).code


def test_locking(site: Path, prov: Prov) -> None:
    """One line says what was done; the lock says of which revision the file was made."""
    ran = prov("lock", "content")

    assert (0, "1 republished article locked in prov.lock\n") == (ran.code, ran.out)
    assert 0 == json.loads((site / lock.NAME).read_text())["files"][0]["revision"]


def test_in_a_git_hook(site: Path, prov: Prov, monkeypatch: pytest.MonkeyPatch) -> None:
    """With git's variables set, only what differs from a revision is looked at."""
    git = ["git", "-C", site, "-c", "user.name=x", "-c", "user.email=x@x"]
    (site / "content/b.md").write_text(COPY, encoding="utf-8")
    for arguments in (["init", "-q"], ["add", "content", "prov.toml"], ["commit", "-q", "-m", "first"]):
        subprocess.run([*git, *arguments], check=True)
    (site / "content/a.md").write_text(COPY + "\nMore.\n", encoding="utf-8")
    monkeypatch.setenv("GIT_DIR", str(site / "elsewhere"))
    monkeypatch.setenv("GIT_INDEX_FILE", str(site / "elsewhere/index"))

    ran = prov("check", ".", "--changed-since", "HEAD", *NOW)

    assert 1 == ran.code
    assert "content/b.md" not in ran.out
    assert 3 == prov("check", ".", "--changed-since", "nothing", *NOW).code


def test_the_policy_says_where_each_value_was_set(site: Path, prov: Prov) -> None:
    """Default, the file, or an option."""
    (site / "prov.toml").write_text("[tool.prov.policy]\nmin_confidence = 0.9\n", encoding="utf-8")

    lines = {line.split(" = ")[0]: line for line in prov("policy", "content", "--grace", "24h").out.splitlines()}

    assert lines["fail_on"].endswith("# default")
    assert lines["min_confidence"].startswith("min_confidence = 0.9 ")
    assert lines["min_confidence"].endswith(f"# {site / 'prov.toml'}")
    assert lines["grace"].startswith('grace = "1d"')
    assert lines["grace"].endswith("# option --grace")


@pytest.mark.parametrize("content", ["[tool.prov.policy]\ngrave = 1\n", "[tool.prov.policy\n", "[tool.prov]\nx = 1\n"])
def test_settings_that_make_no_sense_are_refused(site: Path, prov: Prov, content: str) -> None:
    """Exit code 2, naming the file."""
    (site / "prov.toml").write_text(content, encoding="utf-8")

    for command in ("check", "policy"):
        ran = prov(command, "content")
        assert (2, 1) == (ran.code, ran.err.count("\n"))
        assert "prov.toml" in ran.err


@pytest.mark.parametrize("code", list(Code))
def test_every_code_is_explained(prov: Prov, code: Code) -> None:
    """By its number and by its name, with what it means, what follows, how to mend and to waive it."""
    ran = prov("explain", code.value)

    assert 0 == ran.code
    assert ran.out == prov("explain", code.slug).out == prov("explain", code.name.lower()).out
    assert ran.out.startswith(f"## {code.value} {code.slug}\n")
    for words in ("**Means**", "**You can conclude**", "**Not**", "**Mend", "**aive"):
        assert words.replace("**aive", "aive") in ran.out


def test_the_page_on_findings_is_the_one_in_the_package(checkout: Path) -> None:
    """`docs/findings.md` and what `prov explain` prints from are the same."""
    packaged = checkout / "provenance/report/findings.md"

    assert packaged.read_text(encoding="utf-8") == (checkout / "docs/findings.md").read_text(encoding="utf-8")


def test_every_setting_of_the_policy_is_on_the_page(prov: Prov, site: Path, checkout: Path) -> None:
    """Each by its name, and with the value that it has unless it is set."""
    from provenance.app.gate.policy import LEVELS

    text = (checkout / "docs/findings.md").read_text(encoding="utf-8")
    for name, (code, level) in LEVELS.items():
        assert f"| `{name}` | {code.value} | {level.value if level else 'ignore'} |" in text
    for line in prov("policy", "content").out.splitlines():
        assert line.split(" = ")[0] in text


def test_a_desk_checks_and_waives_in_its_own_store(site: Path, prov: Prov) -> None:
    """`--in-store` looks at the copies that are held; the decision is a fact of the store."""
    copy = ("--url", "https://mirror.example/a", "--copy-of", ARTICLE, "--observed", "2025-03-06T00:00Z")
    assert 0 == prov("ingest", "content/a.md", *copy).code
    ran = prov("check", "--in-store", *NOW)
    found = ran.out.partition("prov waive ")[2].split()[0]

    told = prov("waive", found, "--in-store", "--reason", "x", "--until", "2026-06-30", "--by", "Ada", *NOW)

    assert (1, 0, 0) == (ran.code, told.code, prov("check", "--in-store", *NOW).code)
    assert "https://mirror.example/a PRV102" in ran.out
    assert not (site / waivers.NAME).exists()
    assert 0 == prov("fsck", "--deep").code
    assert 2 == prov("check", "content", "--in-store").code
