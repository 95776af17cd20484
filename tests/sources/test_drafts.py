"""JSON lines become drafts; a bad line is named and the others stand."""

from __future__ import annotations

import gzip
import io
import json
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest

from provenance.errors import DraftError, SourceError
from provenance.model import Draft, Status
from provenance.sources import Options, read
from provenance.sources.drafts import stream

URL = "https://courier.example/a"


def lines(*rows: object) -> bytes:
    """Give JSON lines; a string stands for itself."""
    return "\n".join(row if isinstance(row, str) else json.dumps(row) for row in rows).encode()


def taken(*rows: object, options: Options | None = None, folder: Path | None = None) -> list[Draft | SourceError]:
    """Read some lines."""
    return list(stream(io.BytesIO(lines(*rows)), options or Options(), "batch.jsonl", folder))


def one(**values: object) -> Draft:
    """Read one line that is good."""
    [draft] = taken({"url": URL, "body": "It runs for 49 years.", **values})
    assert isinstance(draft, Draft), draft
    return draft


def refused(**values: object) -> SourceError:
    """Read one line that is bad."""
    [error] = taken({"url": URL, "body": "It runs for 49 years.", **values})
    assert isinstance(error, SourceError), error
    return error


def test_a_line_is_a_draft_with_all_that_it_says() -> None:
    """Every key of the contract arrives; unknown ones are kept as extra."""
    draft = one(
        publisher="Courier",
        headline="Lease signed",
        byline="Ann Smith",
        language="en",
        published_at="2025-03-04T09:12Z",
        modified_at="2025-03-04T10:12:30+01:00",
        observed_at="2025-03-05T00:00:00Z",
        notice="It was 49.",
        copy_of="https://wire.example/w",
        status="withheld",
        desk="local",
        extra={"id": 7},
    )
    about = draft.metadata

    assert "Lease signed\n\nIt runs for 49 years.\n" == draft.text
    assert (URL, "Courier", "Lease signed", "Ann Smith", "en") == (
        about.url,
        about.publisher,
        about.headline,
        about.byline,
        about.language,
    )
    assert datetime(2025, 3, 4, 9, 12, tzinfo=UTC) == about.published_at
    assert datetime(2025, 3, 4, 9, 12, 30, tzinfo=UTC) == about.modified_at
    assert datetime(2025, 3, 5, tzinfo=UTC) == draft.observed_at
    assert (("It was 49.",), "https://wire.example/w", Status.WITHHELD) == (about.notices, about.copy_of, about.status)
    assert {"desk": "local", "id": 7} == dict(about.extra)
    assert "batch.jsonl:1" == draft.origin


def test_a_bad_line_is_named_and_the_others_stand() -> None:
    """An error takes the place of its line; blank lines do not count as drafts but as lines."""
    good = {"url": URL, "body": "It runs."}
    first, second, third, fourth = taken(good, "", "{not json", [1], good)

    assert isinstance(first, Draft)
    assert isinstance(fourth, Draft)
    assert str(second).startswith("batch.jsonl:3: is not JSON")
    assert str(third).startswith("batch.jsonl:4: is not a JSON object")


@pytest.mark.parametrize(
    ("values", "message"),
    [
        ({"url": ""}, "does not say which URL"),
        ({"url": "courier"}, "not an http or https URL"),
        ({"url": "javascript:alert(1)"}, "not an http or https URL"),
        ({"url": 7}, "`url` is not a string"),
        ({"body": ""}, "has no text"),
        ({"body": " \n "}, "no article text"),
        ({"body": 5}, "`body` is not a string"),
        ({"format": "docx"}, "unknown format 'docx'"),
        ({"published_at": "2025-03-04T09:12"}, "published_at: .* does not say its time zone"),
        ({"modified_at": "2025-02-30T09:12Z"}, "modified_at: .* is no time"),
        ({"modified_at": "yesterday"}, "modified_at: .* is no time"),
        ({"modified_at": "9999-12-31T23:59:60Z"}, "is no time"),
        ({"modified_at": "0000-01-01T00:00:00Z"}, "is no time"),
        ({"modified_at": "0001-01-01T00:00:00+14:00"}, "is no time"),
        ({"modified_at": 1741079520}, "is no time"),
        ({"copy_of": "the other one"}, "copy_of: the URL .* has a space"),
        ({"status": "gone"}, "unknown status 'gone'"),
        ({"notice": [1]}, "`notice` is not a string"),
        ({"file": "a.txt"}, "has both `body` and `file`"),
        ({"file": "a.txt", "body": ""}, "not in a folder"),
    ],
)
def test_a_line_that_cannot_be_stored_says_why(values: dict[str, Any], message: str) -> None:
    """Each refusal is one line that names the place, and has a hint."""
    error = refused(**values)

    assert isinstance(error, SourceError)
    assert str(error).startswith("batch.jsonl:1")
    assert "\n" not in str(error)
    assert error.hint or "no article text" in str(error)
    with pytest.raises(SourceError, match=message):
        raise error


def test_far_times_are_kept_as_claimed() -> None:
    """A time in a far future is no reason to lose an article (bad input 44)."""
    assert datetime(2099, 1, 1, tzinfo=UTC) == one(published_at="2099-01-01T00:00Z").metadata.published_at


@pytest.mark.parametrize(
    ("body", "format_name", "text"),
    [
        ("It *runs*.", "text", "It runs.\n"),
        ("It *runs*.", "markdown", "It runs.\n"),
        ("<p>It <b>runs</b> for years and years.</p>", "html", "It runs for years and years.\n"),
    ],
)
def test_a_body_is_read_in_its_format(body: str, format_name: str, text: str) -> None:
    """Text, Markdown and HTML give the same canonical text."""
    draft = one(body=body, format=format_name)

    assert text == draft.text
    assert body.encode() == draft.source


@pytest.mark.parametrize(
    ("headline", "body"),
    [("", "It runs.\n"), ("", "It runs."), ("Lease signed", "It runs.\n\nFor years."), ("Lease signed", "It runs.\n")],
)
def test_a_body_that_is_its_own_text_is_no_evidence_besides(headline: str, body: str) -> None:
    """Where nothing was changed there is no second thing to keep."""
    assert b"" == one(headline=headline, body=body).source
    assert b"It  runs." == one(body="It  runs.").source


def test_options_fill_in_and_url_copy_of_and_times_win() -> None:
    """What the source says itself stands, but for URL, upstream and times."""
    options = Options(
        url="https://other.example/b",
        publisher="Other",
        byline="Other",
        modified=datetime(2026, 1, 1, tzinfo=UTC),
        copy_of="auto",
    )
    [draft] = taken({"url": URL, "body": "It runs.", "publisher": "Courier"}, options=options)

    assert isinstance(draft, Draft)
    about = draft.metadata
    assert ("https://other.example/b", "Courier", "Other", "auto") == (
        about.url,
        about.publisher,
        about.byline,
        about.copy_of,
    )
    assert datetime(2026, 1, 1, tzinfo=UTC) == about.modified_at


def test_a_lone_surrogate_is_replaced_and_flagged() -> None:
    """JSON can hold what UTF-8 cannot (bad input 14)."""
    draft = one(body="one \ud800 two", headline="a\ud800b", desk="\udfff")

    assert "a\ufffdb\n\none \ufffd two\n" == draft.text
    assert "a\ufffdb" == draft.metadata.headline
    assert {"desk": "\ufffd"} == dict(draft.metadata.extra)
    assert ("surrogates-replaced",) == draft.flags


def test_nul_and_controls_are_removed_and_flagged() -> None:
    """NUL would cut a title short (bad inputs 15, 28, 29, 42, 43)."""
    draft = one(
        headline="Lease\x00 signed\n\nProv-Canonical: x",
        body="one\x00two \u202ethree",
        byline="Ann\n<a@b>" + " " * 100_000,
    )

    assert "Lease signed Prov-Canonical: x" == draft.metadata.headline
    assert "Ann <a@b>" == draft.metadata.byline
    assert "Lease signed Prov-Canonical: x\n\nonetwo three\n" == draft.text
    assert {"control-characters", "hidden-characters"} == set(draft.flags)


def test_the_same_text_in_another_normal_form_is_the_same() -> None:
    """NFC and NFD of one text are one text (bad input 33)."""
    assert one(body="caf\u00e9 and more").text == one(body="cafe\u0301 and more").text


def test_a_file_of_a_line_stays_in_its_folder(tmp_path: Path) -> None:
    """`file` is relative to the JSON lines and never leads out of their folder, also not by a link."""
    (tmp_path / "a.txt").write_text("Lease signed\n\nIt runs for 49 years and not for 99.\n")
    (tmp_path / "b.txt").symlink_to("/etc/hostname")
    (tmp_path / "batch.jsonl").write_bytes(
        lines(
            *({"url": URL, "file": name} for name in ("a.txt", "../a.txt", "/etc/hostname", "b.txt", "c.txt", "a\x00b"))
        )
    )
    first, *others = read(tmp_path / "batch.jsonl")

    assert isinstance(first, Draft)
    assert "Lease signed" == first.metadata.headline
    told = [str(error).split(": ", 1)[1] for error in others]
    assert ["leads out" in line for line in told] == [True, True, False, False, True]
    assert "symbolic link" in told[2]
    assert "no such file" in told[3]


def test_packed_lines_are_unpacked_as_they_are_read(tmp_path: Path) -> None:
    """A `.gz` is read on the fly; one that breaks off is told after what it held."""
    packed = gzip.compress(lines(*({"url": f"{URL}{n}", "body": f"It runs {n}."} for n in range(2000))))
    (tmp_path / "a.drafts.jsonl.gz").write_bytes(packed)
    (tmp_path / "b.jsonl.gz").write_bytes(packed[: len(packed) // 2])

    assert 2000 == sum(isinstance(draft, Draft) for draft in read(tmp_path / "a.drafts.jsonl.gz"))
    with pytest.raises(SourceError, match="not a whole gzip file"):
        list(read(tmp_path / "b.jsonl.gz"))


def test_a_line_beyond_the_limit_is_passed_over(monkeypatch: pytest.MonkeyPatch) -> None:
    """One line of 10 MiB and more is refused; the next one stands."""
    first, second = taken('{"url": "' + "x" * 11_000_000 + '"}', {"url": URL, "body": "It runs."})

    assert "larger than 10 MiB" in str(first)
    assert isinstance(second, Draft)


def test_a_deep_or_endless_line_is_no_json() -> None:
    """Depth, NaN and endless numbers are refused, not followed."""
    for line in ("[" * 100_000, '{"url": NaN}', '{"url": ' + "1" * 10_000 + "}"):
        [error] = taken(line)
        assert "is not JSON" in str(error)


def test_no_lines_are_no_document() -> None:
    """An empty batch says so."""
    [error] = taken("")
    assert str(error) == "empty document: batch.jsonl"
    assert isinstance(refused(url=""), DraftError)


def test_a_headline_with_markup_is_named_as_it_is_read() -> None:
    """Entities and tags in a declared headline are resolved in the metadata as they are in the text."""
    draft = one(headline="La Junta dejar&aacute; <em>sin</em> beca a 3.200 alumnos")

    assert "La Junta dejará sin beca a 3.200 alumnos" == draft.metadata.headline
