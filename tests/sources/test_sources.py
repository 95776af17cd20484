"""A source is a file, a folder or standard input; what cannot be read is refused in one line, and the rest stands."""

from __future__ import annotations

import io
import os
import subprocess
import sys
import time
from datetime import UTC, datetime
from pathlib import Path

import pytest

from provenance.errors import DraftError, PassedOverError, SourceError, UnnamedDraftError, UsageError
from provenance.model import Draft
from provenance.sources import READERS, Options, read

URL = "https://courier.example/a"
OPTIONS = Options(url=URL)
STORY = "Lease signed\n\nIt runs for 49 years, and not for 99 as was said.\n"


def one(path: Path, options: Options = OPTIONS) -> Draft:
    """Read a file that is good."""
    [draft] = read(path, options)
    assert isinstance(draft, Draft), draft
    return draft


def files(folder: Path, *names: str) -> Path:
    """Fill a folder with articles that say their URL."""
    for name in names:
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(f"{name} is signed\n\nIt runs for years.\n\nOriginal url:\nhttps://courier.example/{name}\n")
    return folder


def urls(folder: Path, options: Options | None = None) -> list[str]:
    """Give the URLs of a folder's drafts, and the errors, in order."""
    return [d.metadata.url if isinstance(d, Draft) else str(d) for d in read(folder, options)]


@pytest.mark.parametrize(
    ("name", "content", "reader"),
    [
        ("a.txt", STORY, "text 1"),
        ("a.md", "# Lease signed\n\nIt runs for 49 years, and not for 99 as was said.", "markdown"),
        ("a.html", "<h1>Lease signed</h1><p>It runs for 49 years, and not for 99 as was said.</p>", "html"),
        (
            "page",
            "<!DOCTYPE html><h1>Lease signed</h1><p>It runs for 49 years, and not for 99 as was said.</p>",
            "html",
        ),
        ("note", "---\ntitle: Lease signed\n---\nIt runs for 49 years, and not for 99 as was said.", "markdown"),
        ("words", STORY, "text 1"),
    ],
)
def test_a_file_is_read_in_the_format_of_its_name_or_its_beginning(
    tmp_path: Path, name: str, content: str, reader: str
) -> None:
    """The same article in any format is the same text under the same headline."""
    (tmp_path / name).write_text(content)
    draft = one(tmp_path / name)

    assert STORY == draft.text
    assert "Lease signed" == draft.metadata.headline
    assert draft.reader.startswith(reader)
    assert (b"" if content == STORY else content.encode()) == draft.source


@pytest.mark.parametrize(
    ("content", "message"),
    [
        (b"", "empty document"),
        (b" \n\n ", "no article text"),
        (b"%PDF-1.4 x", "not text: it is a PDF"),
        (bytes(range(32)) * 50, "not text: it is binary"),
        (b"word \xff\xfe\xc0\xaf" * 50, "cannot be decoded"),
        (b"x" * 11_000_000, "larger than 10 MiB"),
    ],
)
def test_what_is_no_text_is_refused(tmp_path: Path, content: bytes, message: str) -> None:
    """Empty, blank, binary, undecodable or too large: one line that names the file (bad inputs 1, 2, 13)."""
    (tmp_path / "a.txt").write_bytes(content)

    with pytest.raises(SourceError, match=message) as caught:
        list(read(tmp_path / "a.txt", OPTIONS))
    assert "a.txt" in str(caught.value)
    assert "\n" not in str(caught.value)


def test_a_huge_file_is_refused_before_it_is_read(tmp_path: Path) -> None:
    """The size is looked at first (bad input 3)."""
    with (tmp_path / "a.txt").open("wb") as file:
        file.truncate(50 * 1024**3)
    begin = time.process_time()

    with pytest.raises(SourceError, match="larger than 10 MiB"):
        list(read(tmp_path / "a.txt", OPTIONS))
    assert time.process_time() - begin < 1


def test_a_fifo_a_device_and_a_missing_file_are_refused(tmp_path: Path) -> None:
    """What is not a regular file is not waited for (bad inputs 4, 5)."""
    os.mkfifo(tmp_path / "a.txt")

    for path, message in (
        (tmp_path / "a.txt", "not a regular file"),
        (Path("/dev/null"), "not a regular file"),
        (tmp_path / "b.txt", "no such file"),
        (tmp_path / ("x" * 300), "cannot read"),
        (Path("a\x00b"), "cannot read"),
    ):
        with pytest.raises(SourceError, match=message):
            list(read(path, OPTIONS))
    [error] = read(tmp_path)
    assert "not a regular file" in str(error)


@pytest.mark.skipif(os.geteuid() == 0, reason="root reads everything")
@pytest.mark.parametrize("name", ["a.txt", "a.jsonl", "a"])
def test_a_file_that_may_not_be_read_is_refused(tmp_path: Path, name: str) -> None:
    """Permission denied is said (bad input 6)."""
    (tmp_path / name).write_text(STORY)
    (tmp_path / name).chmod(0)

    with pytest.raises(SourceError, match="permission denied"):
        list(read(tmp_path / name, OPTIONS))


def test_odd_file_names_work_and_are_shown_escaped(tmp_path: Path) -> None:
    """A newline, an escape and bytes that are no UTF-8 are part of a name (bad inputs 8, 9)."""
    for name in (b"a\n.txt", b"\x1b[2J.txt", b"\xff.txt", b"--upload-pack=x.txt"):
        path = Path(os.fsdecode(bytes(tmp_path) + b"/" + name))
        path.write_text(STORY)
        draft = one(path)
        assert STORY == draft.text
        assert draft.origin.isprintable()


def test_without_a_url_there_is_no_draft(tmp_path: Path) -> None:
    """The refusal says how to give one; a bad one is refused too."""
    (tmp_path / "a.txt").write_text(STORY)

    with pytest.raises(DraftError, match="does not say which URL") as caught:
        list(read(tmp_path / "a.txt"))
    assert "--url" in caught.value.hint
    with pytest.raises(DraftError, match="not an http or https URL"):
        list(read(tmp_path / "a.txt", Options(url="ftp://x.example/")))


def test_options_fill_in_what_a_file_does_not_say(tmp_path: Path) -> None:
    """Publisher, headline and byline stand where the file says them; times and upstream are the caller's."""
    at = datetime(2026, 1, 1, tzinfo=UTC)
    (tmp_path / "a.txt").write_text("By Ann Smith\n\nIt runs for 49 years.\n")
    options = Options(URL, "Courier", "Lease signed", "Bo Lind", "en", at, at, at, "auto")
    draft = one(tmp_path / "a.txt", options)
    about = draft.metadata

    assert ("Courier", "Lease signed", "Ann Smith", "en") == (
        about.publisher,
        about.headline,
        about.byline,
        about.language,
    )
    assert draft.text.startswith("Lease signed\n\nBy Ann Smith\n\n")
    assert (at, at, at, "auto") == (about.published_at, about.modified_at, draft.observed_at, about.copy_of)


def test_an_unknown_format_is_wrong_usage(tmp_path: Path) -> None:
    """It is said at once, with the formats that there are."""
    with pytest.raises(UsageError, match="unknown format 'docx'") as caught:
        read(tmp_path, Options(format="docx"))
    assert all(name in caught.value.hint for name in READERS)


def test_a_folder_is_read_in_natural_order(tmp_path: Path) -> None:
    """Below it too; hidden files, other formats and links are passed over, links with a word (bad input 7)."""
    files(tmp_path, "v2.txt", "v10.txt", "v1.txt", "deep/er/x.md", ".hidden.txt", "notes.log")
    (tmp_path / "w.txt").symlink_to("/etc/shadow")
    (tmp_path / "loop").symlink_to(tmp_path)

    assert [
        "https://courier.example/deep/er/x.md",
        f"{tmp_path}/loop is a symbolic link and was not followed",
        "https://courier.example/v1.txt",
        "https://courier.example/v2.txt",
        "https://courier.example/v10.txt",
        f"{tmp_path}/w.txt is a symbolic link and was not followed",
    ] == urls(tmp_path)


def test_a_bad_file_in_a_folder_leaves_the_others_standing(tmp_path: Path) -> None:
    """An error takes the file's place; a batch of lines in the folder is read too."""
    files(tmp_path, "a.txt", "c.txt")
    (tmp_path / "b.txt").write_text("")
    (tmp_path / "d.jsonl").write_text('{"url": "https://courier.example/d", "body": "It runs."}\n{bad\n')

    first, bad, third, fourth, fifth = urls(tmp_path)
    assert ["https://courier.example/a.txt", "https://courier.example/c.txt"] == [first, third]
    assert bad.startswith("empty document")
    assert "https://courier.example/d" == fourth
    assert "d.jsonl:2: is not JSON" in fifth


def test_a_folder_without_articles_is_refused(tmp_path: Path) -> None:
    """The refusal says what it looked for."""
    (tmp_path / "picture.png").write_bytes(b"\x89PNG")

    with pytest.raises(SourceError, match="no articles in") as caught:
        list(read(tmp_path))
    assert ".txt" in caught.value.hint


def test_a_manifest_gives_order_and_what_the_files_do_not_say(tmp_path: Path) -> None:
    """Its drafts are read in its order; keys at its top hold for all of them; other files are not read."""
    files(tmp_path, "z.txt", "a.txt", "not-listed.txt")
    (tmp_path / "prov-manifest.toml").write_text(
        f"""publisher = "Courier"
[[draft]]
file = "z.txt"
url = "{URL}"
modified_at = 2025-03-04T09:12:00Z
desk = "local"
[[draft]]
file = "a.txt"
publisher = "Mirror"
copy_of = "{URL}"
[[draft]]
file = "missing.txt"
[[draft]]
url = "{URL}"
"""
    )
    first, second, third, fourth = read(tmp_path)

    assert isinstance(first, Draft)
    assert isinstance(second, Draft)
    assert (URL, "Courier", {"desk": "local"}) == (
        first.metadata.url,
        first.metadata.publisher,
        dict(first.metadata.extra),
    )
    assert datetime(2025, 3, 4, 9, 12, tzinfo=UTC) == first.metadata.modified_at
    assert ("Mirror", URL) == (second.metadata.publisher, second.metadata.copy_of)
    assert "no such file" in str(third)
    assert "has no `file`" in str(fourth)


@pytest.mark.parametrize(
    ("manifest", "message"),
    [
        ("draft = [", "is not TOML"),
        ("", "lists no drafts"),
        ('title = "x"', "unknown key 'title'"),
        ("draft = 7", "lists no drafts"),
    ],
)
def test_a_manifest_that_makes_no_sense_is_refused(tmp_path: Path, manifest: str, message: str) -> None:
    """It is named with what is wrong in it."""
    (tmp_path / "prov-manifest.toml").write_text(manifest or "\n")

    with pytest.raises(SourceError, match=message):
        list(read(tmp_path))


def test_standard_input_is_lines_or_one_document_in_a_format() -> None:
    """`-` reads draft lines; with a format it reads one article."""
    [line] = read("-", stdin=io.BytesIO(b'{"url": "https://courier.example/a", "body": "It runs."}\n'))
    [page] = read("-", Options(url=URL, format="text"), io.BytesIO(STORY.encode()))
    [error] = read("-", stdin=io.BytesIO(b""))

    assert isinstance(line, Draft)
    assert isinstance(page, Draft)
    assert ("stdin:1", STORY) == (line.origin, page.text)
    assert "empty document: stdin" == str(error)
    with pytest.raises(SourceError, match="larger than 10 MiB"):
        list(read("-", Options(url=URL, format="text"), io.BytesIO(b"x" * 11_000_000)))


@pytest.mark.parametrize("codec", ["utf-8", "utf-8-sig", "utf-16", "utf-32", "cp1252"])
def test_a_text_is_the_same_in_any_encoding(tmp_path: Path, codec: str) -> None:
    """A byte order mark is believed; Latin-1 is told from UTF-8 and flagged as a guess (bad inputs 11, 12)."""
    raw = "Éloïse signe\n\n« C'est fait », dit-elle à l’été, et la société a été créée.\n"
    (tmp_path / "a.txt").write_bytes(raw.encode(codec))
    draft = one(tmp_path / "a.txt")

    assert raw == draft.text
    assert (("charset-guessed",) if codec == "cp1252" else ()) == draft.flags


@pytest.mark.parametrize("codec", ["cp1251", "shift_jis"])
def test_other_scripts_are_guessed(tmp_path: Path, codec: str) -> None:
    """An encoding that is not UTF-8 is guessed by what it spells, and the bytes are kept."""
    raw = {
        "cp1251": "Рішення передати котельню\n\nДепутати ухвалили рішення без обговорення й не бачивши договору.\n",
        "shift_jis": "汐見の丘陵で前方後円墳\n\n市北部の鳴瀬丘陵で未知の前方後円墳が見つかったと発表した。\n",
    }[codec]
    (tmp_path / "a.txt").write_bytes(raw.encode(codec))
    draft = one(tmp_path / "a.txt")

    assert raw == draft.text
    assert raw.encode(codec) == draft.source
    assert ("charset-guessed",) == draft.flags


def test_a_damaged_byte_is_replaced_and_flagged(tmp_path: Path) -> None:
    """A few undecodable bytes in UTF-8 do not lose the rest (bad input 13)."""
    (tmp_path / "a.txt").write_bytes(("Éloïse signe\n\n" + "Tout est prêt ici. " * 30).encode() + b"x\xff y\xc0\xaf")
    draft = one(tmp_path / "a.txt")

    assert "x\ufffd y\ufffd\ufffd" in draft.text
    assert ("undecodable-bytes",) == draft.flags


def test_hidden_characters_are_flagged(tmp_path: Path) -> None:
    """The text is what a reader sees, the bytes are kept, and the flag says so (bad input 30)."""
    (tmp_path / "a.txt").write_text("Lease signed\n\nThe for\u200bmer official said so.\n")
    draft = one(tmp_path / "a.txt")

    assert "The former official" in draft.text
    assert ("hidden-characters", "hidden-in-words") == draft.flags
    assert draft.source


def test_heavy_libraries_wait_until_they_are_needed() -> None:
    """Reading plain text and draft lines loads no HTML, Markdown or YAML library."""
    code = (
        "import io, sys; from provenance.sources import read, Options\n"
        '[d] = read(\'-\', stdin=io.BytesIO(b\'{"url": "https://a.example/", "body": "It runs."}\'))\n'
        "heavy = {'lxml', 'trafilatura', 'markdown_it', 'frontmatter', 'yaml', 'charset_normalizer'}\n"
        "sys.exit(1 if heavy & set(sys.modules) else 0)"
    )

    assert 0 == subprocess.run([sys.executable, "-c", code], check=False).returncode


# --- copies and folders without URLs


def test_a_copy_without_a_url_goes_by_the_path_of_its_file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A local file that is declared a copy is one of its own, the same each time, and flagged."""
    monkeypatch.chdir(tmp_path)
    Path("a b").mkdir()
    Path("a b/répost.md").write_text("# Lease signed\n\nIt runs for 99 years.")
    copy = Options(copy_of=URL)

    first, again = (one(Path(name), copy) for name in ("a b/répost.md", "./a b/répost.md"))

    assert "https://file.invalid/a%20b/r%C3%A9post.md" == first.metadata.url == again.metadata.url
    assert "no-url" in first.flags
    named = one(Path("a b/répost.md"), Options(url="https://mirror.example/r", copy_of=URL))
    assert ("https://mirror.example/r", ()) == (named.metadata.url, named.flags)
    with pytest.raises(DraftError, match="which URL"):
        one(Path("a b/répost.md"), Options())


def test_only_a_file_has_a_path_to_go_by(tmp_path: Path) -> None:
    """A draft line, and a document on standard input, still have to say their URL."""
    lines = tmp_path / "batch.jsonl"
    lines.write_text('{"body": "It runs for 99 years.", "copy_of": "https://courier.example/a"}\n')

    [line] = read(lines)
    assert isinstance(line, DraftError)
    with pytest.raises(DraftError, match="which URL"):
        list(read("-", Options(copy_of=URL, format="text"), io.BytesIO(STORY.encode())))


@pytest.mark.parametrize("options", [Options(), Options(copy_of=URL)])
def test_what_is_about_a_folder_is_passed_over(tmp_path: Path, options: Options) -> None:
    """A README that names no URL, and any such file beside draft lines, is said to be passed over; others are not."""
    files(tmp_path, "a.txt")
    (tmp_path / "README.md").write_text("# What this is\n\nA folder.")

    about, article = read(tmp_path, options)
    assert (PassedOverError, Draft) == (type(about), type(article))

    (tmp_path / "b.txt").write_text(STORY)
    (tmp_path / "batch.jsonl").write_text('{"url": "https://courier.example/c", "body": "It runs for years."}\n{}\n')
    found = [type(each) for each in read(tmp_path, options)]
    assert [PassedOverError, Draft, PassedOverError, Draft, DraftError] == found


def test_an_article_of_a_folder_that_names_no_url_is_refused(tmp_path: Path) -> None:
    """Without draft lines every file counts: one that cannot be stored is no small thing."""
    files(tmp_path, "a.txt")
    (tmp_path / "b.txt").write_text(STORY)

    draft, error = read(tmp_path)

    assert (Draft, UnnamedDraftError) == (type(draft), type(error))
