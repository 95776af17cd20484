"""`prov letter` as a person runs it: what it prints, where nothing is asked, and what it refuses."""

from __future__ import annotations

from email import message_from_string
from email.policy import default
from pathlib import Path

import pytest
from inside import ARTICLE, TEXT, Prov

from provenance.cli.group import COMMANDS

COPY = "https://mirror.example/a"
NEW = TEXT.replace("Three", "Two") + "\nThe ferry had left the harbour of Tarn at noon with a full car deck.\n"


@pytest.fixture
def held(prov: Prov, world: Path) -> Path:
    """Correct the article, and store a copy of its first revision."""
    (world / "b.txt").write_text(NEW)
    (world / "c.txt").write_text(TEXT)
    assert 0 == prov("ingest", "b.txt", "--url", ARTICLE, "--modified", "2025-03-05T09:12Z").code
    seen = ("--observed", "2025-03-06T09:12Z", "--publisher", "Mirror")
    assert 0 == prov("ingest", "c.txt", "--url", COPY, "--copy-of", ARTICLE, *seen).code
    return world


def test_the_letter_quotes_both_sides(prov: Prov, held: Path) -> None:
    """On standard output: the subject, what the copy says and where, what the article now says, what is asked."""
    ran = prov("letter", COPY)

    assert (0, "") == (ran.code, ran.err)
    assert ran.out.startswith("Please update your page: “Ferry sinks in calm”\n\nDear colleagues at Mirror,\n")
    assert "Line 3 of your text: “Three people died" in ran.out
    assert "The article now reads: “Two people died" in ran.out
    assert "when we last looked at your page, on 6 March 2025 (09:12 UTC)" in ran.out.replace("When", "when")
    assert ran.out == prov("letter", COPY).out


@pytest.mark.parametrize(
    ("language", "subject"),
    [("de", "Bitte um Aktualisierung"), ("fr", "Demande de mise à jour"), ("es", "Solicitud de actualización")],
)
def test_it_is_written_in_the_language_that_is_asked_for(prov: Prov, held: Path, language: str, subject: str) -> None:
    """--language wins over what the copy declares."""
    assert prov("letter", COPY, "--language", language).out.startswith(subject)


def test_a_draft_for_a_mail_program_is_written_into_a_file(prov: Prov, held: Path) -> None:
    """The date is the moment that was given, and the same bytes come out again."""
    asked = ("letter", COPY, "--format", "eml", "--to", "desk@mirror.example", "--now", "2026-11-22T12:00Z")

    ran = prov(*asked, "--from", "Wire Desk <desk@wire.example>", "-o", "l.eml")

    assert (0, "", "") == (ran.code, ran.out, ran.err)
    message = message_from_string((held / "l.eml").read_text(), policy=default)
    assert "Please update your page: “Ferry sinks in calm”" == message["Subject"]
    assert "Sun, 22 Nov 2026 12:00:00 +0000" == message["Date"]
    assert "Wire Desk" in message.get_payload()  # type: ignore[operator]


def test_a_link_that_is_cut_says_where_the_whole_letter_is(prov: Prov, held: Path) -> None:
    """One line of ASCII on standard output, a word about it on standard error."""
    (held / "long.txt").write_text("Long\n\n" + "words " * 500)

    ran = prov("letter", COPY, "--format", "mailto", "--to", "desk@mirror.example", "--template", "long.txt")

    assert 0 == ran.code
    assert ran.out.startswith("mailto:desk@mirror.example?subject=Long&body=words%20words")
    assert ran.out.isascii()
    assert 1 == ran.out.count("\n")
    assert "--format text has all of it" in ran.err


def test_nothing_to_ask_is_no_failure(prov: Prov, held: Path) -> None:
    """A copy that carries everything gets no letter, and no file is written."""
    (held / "d.txt").write_text(NEW)
    assert 0 == prov("ingest", "d.txt", "--url", "https://good.example/a", "--copy-of", ARTICLE).code

    ran = prov("letter", "https://good.example/a", "-o", "l.txt")

    assert (0, "") == (ran.code, ran.out)
    assert ran.err.startswith("prov: nothing to ask: https://good.example/a carries every update that prov knows of")
    assert not (held / "l.txt").exists()


@pytest.mark.parametrize(
    ("arguments", "code", "said"),
    [
        (["https://nobody.example/"], 3, "no article https://nobody.example/"),
        ([ARTICLE], 3, "not known as a copy of anything"),
        ([COPY, "--article", COPY], 3, "is no copy of"),
        ([COPY, "--language", "la"], 2, "'la' is not one of"),
        ([COPY, "--to", "x\ny@z.example"], 2, "is no address"),
        ([COPY, "--template", "none.txt"], 3, "none.txt: cannot read the template: no such file or directory"),
        ([COPY, "--template", "bad.txt"], 3, "bad.txt:2: error in the template: 'nobody' is undefined"),
        ([COPY, "--template", "open.txt"], 3, "open.txt:1: error in the template: "),
        ([COPY, "-o", "gone/l.txt"], 3, "there is no folder gone"),
        ([COPY, "-o", "link.txt"], 3, "link.txt is a symbolic link"),
    ],
)
def test_what_cannot_be_done_is_one_clear_line(
    prov: Prov, held: Path, arguments: list[str], code: int, said: str
) -> None:
    """The right exit code, one line, nothing on standard output, no file."""
    (held / "bad.txt").write_text("subject\n{{ nobody }}\n")
    (held / "open.txt").write_text("{% if %}\n")
    (held / "link.txt").symlink_to(held / "a.txt")
    before = sorted(held.iterdir())

    ran = prov("letter", *arguments)

    assert (code, "", 1) == (ran.code, ran.out, ran.err.count("\n"))
    assert said in ran.err
    assert before == sorted(held.iterdir())


def test_the_sample_in_the_document_is_a_real_one(checkout: Path) -> None:
    """What docs/letters.md shows is what prov writes over the starter set, to the letter."""
    written = (checkout / "fixtures" / "golden" / "letter.txt").read_text(encoding="utf-8")

    assert f"```text\n{written}```" in (checkout / "docs" / "letters.md").read_text(encoding="utf-8")


def test_the_command_is_listed() -> None:
    """Who asks for help finds it."""
    assert "letter" in COMMANDS
