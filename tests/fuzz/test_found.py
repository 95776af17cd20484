"""What fuzzing found once, kept as the smallest case that shows it."""

from __future__ import annotations

import json
import sys
from datetime import UTC, datetime
from pathlib import Path
from types import FrameType

import pytest

from provenance.app.gate import baseline, lock, waivers
from provenance.app.workspace import read_toml
from provenance.engine import delta, updates
from provenance.engine.standings import judge
from provenance.errors import DeltaMismatchError, GateError, SourceError, UsageError
from provenance.model import Copy, Delta, Metadata, Revision
from provenance.sources import Options, corrections, read
from provenance.sources.documents import READERS

AT = datetime(2026, 1, 1, tzinfo=UTC)


def judged(old: str, new: str, copy: str) -> Copy:
    """Judge a copy of an article of two revisions."""
    held = [Revision(Metadata("https://wire.example/a"), n, text=text) for n, text in enumerate((old, new))]
    made = updates.revise(*held).updates
    found = judge(held, made, Revision(Metadata("https://mirror.example/a"), 0, text=copy), AT, declared=True)
    assert found is not None
    return found


def test_a_copy_whose_first_paragraph_is_of_many_sentences() -> None:
    """An edit of the headline is looked for in all of them."""
    rest = "\n\nThree people died when the ferry went down, the harbour police said.\n"
    first = "A ferry sinks in calm. Four ferries sank in calm. Five ferries. Ferry sinks. Ferry sinks in a calm."

    for copy in (first + rest, f"{first}\n", f"{first} {first}{rest}"):
        assert judged(f"Ferry sinks in calm{rest}", f"Ferry sinks in storm{rest}", copy).standings


def test_an_article_that_lost_most_of_its_sentences_is_judged() -> None:
    """Each edit looks at the sentences beside it: the cost stays below the square of the edits."""

    def steps(many: int) -> int:
        dropped = "\n\n".join(
            f"Witness number {n} told the court of door {n * 7} and of cabin {n * 13}." for n in range(many)
        )
        kept = "\n\n".join(f"Passenger {n} was there at {n}, the police said on Tuesday." for n in range(many // 20))
        mixed = "\n\n".join(f"{a}\n\n{b}" for a, b in zip(dropped.split("\n\n"), kept.split("\n\n") * 20, strict=False))
        found = 0

        def count(frame: FrameType, event: str, arg: object) -> None:
            nonlocal found
            found += event in {"call", "c_call"}

        before = sys.getprofile()
        sys.setprofile(count)
        try:
            judged(f"Ferry\n\n{mixed}\n", f"Ferry\n\n{kept}\n", f"Ferry\n\n{kept}\n")
        finally:
            sys.setprofile(before)
        return found

    steps(40)
    assert steps(400) < 10 * steps(100)


@pytest.mark.parametrize("ops", ["+%ED%A0%80", "+\ud800", "=1\t+\udfff"])
def test_half_a_character_in_a_delta_is_a_mismatch(ops: str) -> None:
    """There is no digest of it."""
    made = delta.make("a", "b")

    with pytest.raises(DeltaMismatchError):
        delta.apply(Delta(made.before, made.after, ops), "a")


def test_a_page_of_nothing_but_a_broken_tag() -> None:
    """No article text, and no error of the parser's."""
    with pytest.raises(SourceError, match="no article text"):
        READERS["html"](b"<!doctype html>\n<html")


@pytest.mark.parametrize(
    "reference", ["&#02", "&#x1f;", "&#xFFFF;", "&#65534;", "&#xd800;", "&#1114112;", "&#0;", "&#x110000000;"]
)
def test_a_reference_to_what_no_tree_can_hold(reference: str) -> None:
    """It is passed over beside what is taken out, and the words around it stay."""
    page = f"<!doctype html><body><article><p>Three <s>four</s>died{reference} on Monday.</p></article></body>"

    assert "died" in READERS["html"](page.encode()).text


@pytest.mark.parametrize("field", lock.Locked._fields)
def test_a_sealed_lock_with_a_value_of_another_type(field: str, tmp_path: Path) -> None:
    """The seal is no secret: what it seals is looked at all the same."""
    good = lock.Locked("a.md", "", "https://x.example/a", "0" * 16, 0, "c", "t")  # type: ignore[arg-type]
    for odd in ({}, [], None, 1.5, True, "7" if field == "revision" else 7):
        bad = good._replace(**{field: odd})
        values = {"schema": lock.SCHEMA, "store": "h", "files": [bad._asdict()], "sha256": lock._seal("h", [bad])}
        (tmp_path / lock.NAME).write_text(json.dumps(values))
        with pytest.raises(GateError, match="no lock"):
            lock.read(tmp_path)


@pytest.mark.parametrize("field", ["finding", "code", "path", "made"])
def test_a_baseline_with_a_value_of_another_type(field: str, tmp_path: Path) -> None:
    """It is none."""
    row = {"path": "a.md", "code": "PRV102", "finding": "8349a1d0c5b9", "made": "2026-11-22"} | {field: {}}
    (tmp_path / baseline.NAME).write_text(json.dumps({"schema": baseline.SCHEMA, "accepted": [row]}))

    with pytest.raises(GateError, match="no baseline"):
        baseline.read(tmp_path)


def test_a_corrections_file_of_no_extent(tmp_path: Path) -> None:
    """Null in the place of a table is damage."""
    values = {
        "schema": corrections.SCHEMA,
        "engine": "2",
        "cursor": "c",
        "since": "",
        "only": None,
        "articles": [],
        "copies": [],
    }
    (tmp_path / "c.json").write_text(json.dumps(values))

    with pytest.raises(GateError, match="damaged"):
        corrections.read(tmp_path / "c.json")


def test_a_number_of_too_many_digits_in_toml(tmp_path: Path) -> None:
    """Python's reader refuses it with another error than what is no TOML; it is the same to whoever wrote it."""
    for name in (waivers.NAME, "prov.toml", "prov-manifest.toml"):
        (tmp_path / name).write_text(f"number = {'1' * 5_000}\n")

    with pytest.raises(GateError, match="is not TOML"):
        waivers.read(tmp_path)
    with pytest.raises(UsageError, match="not TOML"):
        read_toml(tmp_path / "prov.toml")
    with pytest.raises(SourceError, match="is not TOML"):
        list(read(str(tmp_path), Options()))


@pytest.mark.parametrize("feed", ["\f", "&#12;", "&#xc;"])
def test_a_form_feed_before_what_is_struck_out(feed: str) -> None:
    """It is white space in a page, and nothing that a tree takes."""
    for name in ("html", "markdown"):
        found = READERS[name](f"# Ferry\n\n<p>Three people{feed}<del>had</del> died, police said.</p>".encode())
        assert "Three people died, police said." in found.text
