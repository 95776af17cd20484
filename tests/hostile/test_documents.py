"""Documents that are empty, huge, no text, broken off, in the wrong encoding or built to hurt (rows 1 to 34)."""

# ruff: noqa: E501 - a table reads by its rows
from __future__ import annotations

import gzip
import io
import json
import os
import socket
import subprocess
import sys
import unicodedata
import zipfile
from collections.abc import Callable
from pathlib import Path

import pytest
from hostile.table import row, tries
from hostile.world import NEW, OLD, STORY, ingested, line, page, refuses
from inside import ARTICLE, Prov, state

from provenance.sources import received

Make = Callable[[Path], object]
ESCAPING = b"esc\x1b[2J\n\xff.txt"


def file(name: str, content: bytes | str) -> tuple[str, Make]:
    """Name a file, and write it when it is wanted."""
    data = content.encode() if isinstance(content, str) else content
    return name, lambda folder: (folder / name).write_bytes(data)


def sparse(folder: Path) -> None:
    """Make a file that says to be of 100 MB."""
    with (folder / "x.txt").open("wb") as out:
        out.truncate(100_000_000)


def zipped() -> bytes:
    """Make a ZIP archive."""
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w") as out:
        out.writestr("a.txt", STORY)
    return made.getvalue()


def bound(folder: Path) -> None:
    """Make a socket."""
    at = socket.socket(socket.AF_UNIX)
    at.bind(os.path.relpath(folder / "x.txt"))
    at.close()


def deep(depth: int) -> bytes:
    """Nest a paragraph in so many boxes."""
    return page("<div>" * depth + "<p>At the bottom.</p>" + "</div>" * depth)


REFUSED = [
    row(1, *file("x.txt", ""), "empty document", what="text"),
    row(1, *file("x.md", ""), "empty document", what="Markdown"),
    row(1, *file("x.html", ""), "empty document", what="HTML"),
    row(1, *file("x.jsonl", ""), "empty document", what="draft lines"),
    row(1, *file("x.jsonl.gz", gzip.compress(b"")), "empty document", what="packed draft lines"),
    row(2, *file("x.txt", " \n\t\r\n\u00a0\u200b"), "no article text", what="text"),
    row(2, *file("x.md", "---\nauthor: x\n---\n\n \n"), "no article text", what="Markdown"),
    row(2, *file("x.html", "<html></html>"), "no article text", what="HTML"),
    row(2, *file("x.html", page().replace(b"<p>", b"<!--").replace(b"</p>", b"-->")), "no article text", what="title"),
    row(3, "x.txt", sparse, "larger than 10 MiB"),
    row(4, "x.txt", lambda folder: (folder / "x.txt").mkdir(), "no articles in x.txt", what="folder"),
    row(4, "x.txt", lambda folder: os.mkfifo(folder / "x.txt"), "not a regular file", what="FIFO"),
    row(4, "x", lambda folder: os.mkfifo(folder / "x"), "not a regular file", what="FIFO without a suffix"),
    row(4, "x.jsonl", lambda folder: os.mkfifo(folder / "x.jsonl"), "not a regular file", what="FIFO of lines"),
    row(4, "/dev/zero", lambda _: None, "not a regular file", what="device"),
    row(4, "x.txt", bound, "not a regular file", what="socket"),
    row(5, "x.txt", lambda _: None, "no such file"),
    row(13, *file("x.txt", b"Ferry " + b"sinks \xc0\xaf\xe0\x80\xaf " * 200), "decoded", what="overlong"),
    row(16, *file("x.html", b"%PDF-1.7\n" + bytes(500)), "not HTML", what="PDF"),
    row(16, *file("x.html", b"\x89PNG\r\n\x1a\n" + bytes(500)), "not HTML", what="PNG"),
    row(16, *file("x.html", zipped()), "not HTML", what="ZIP"),
    row(16, *file("x.html", gzip.compress(page())), "not HTML", what="gzip"),
    row(16, *file("x.txt", zipped()), "ZIP", what="ZIP as text"),
    row(18, *file("x.html", deep(250)), "nested too deep", what="250"),
    row(18, *file("x.html", deep(260)), "nested too deep", what="260"),
    row(18, *file("x.html", deep(100_000)), "tags", what="100,000"),
    row(18, *file("x.md", "> " * 5_000 + "At the bottom."), "nested too deep", what="quotes in Markdown"),
    row(18, *file("x.md", "Head\n\n" + "<div>" * 260 + "At the bottom."), "nested too deep", what="HTML in Markdown"),
    row(19, *file("x.html", page("<p " + " ".join(f"a{n}=1" for n in range(300_000)) + ">x</p>")), "attributes"),
    row(20, *file("x.html", page("<p>" * 2_500_000)), "tags"),
    row(20, *file("x.md", "Head\n\n" + "<p>" * 2_500_000), "tags", what="Markdown"),
    row(51, *file("x.md", "---\ntitle: x\n" + "x: y\n" * 100_000 + "---\n\nText."), "too large", what="front matter"),
    row(57, *file("x.md", "---\ntitle: !!python/object/apply:os.system [touch ran]\n---\n\nText."), "tags not allowed"),
    row(
        58,
        *file("x.md", "---\na: &a [x,x]\n" + "".join(f"{b}: &{b} [*{a},*{a}]\n" for a, b in zip("abcdef", "bcdefg", strict=True)) + "---\n\nT."),
        "aliases not allowed",
    ),
    row(59, *file("x.md", "---\ntitle: " + "[" * 5_000 + "\n---\n\nText."), "too deep", what="open"),
    row(59, *file("x.md", "---\ntitle: " + "[" * 5_000 + "]" * 5_000 + "\n---\n\nText."), "too deep", what="closed"),
    row(59, *file("x.md", "---\n" + "".join(f"{' ' * n}a:\n" for n in range(600)) + "---\n\nText."), "too deep", what="maps"),
    row(59, *file("prov-manifest.toml", "draft = " + "[" * 100_000), "TOML", what="manifest"),
    row(59, *file("x.jsonl", b'{"url": ' + b"[" * 100_000 + b"\n"), "x.jsonl:1", what="draft line"),
    row(73, *file("x.jsonl.gz", gzip.compress(b" " * 200_000_000)), "unpacks", what="one blank line"),
    row(73, *file("x.jsonl.gz", gzip.compress(b"\n" * 100_000_000)), "unpacks", what="blank lines"),
    row(73, *file("x.jsonl.gz", gzip.compress(line())[:-19]), "not a whole gzip file", what="cut off"),
    row(73, *file("x.jsonl.gz", page()), "not a whole gzip file", what="no gzip"),
]  # fmt: skip


@pytest.mark.parametrize(("name", "make", "words"), REFUSED)
def test_a_document_that_is_no_article_is_refused(prov: Prov, world: Path, name: str, make: Make, words: str) -> None:
    """One line says what is wrong, and the store is as it was to the byte."""
    make(world)
    source = world if name == "prov-manifest.toml" else name

    refuses(prov, world, "ingest", source, "--url", NEW, words=words)

    assert not (world / "ran").exists()


@pytest.mark.parametrize("name", [row(6, "x.txt", what="text"), row(6, "x.jsonl", what="lines"), row(6, "x", what="?")])
def test_a_file_that_may_not_be_read_is_refused(prov: Prov, world: Path, name: str) -> None:
    """Permission denied is said; root may read everything, and is made somebody else for the while."""
    (world / name).write_text(STORY)
    (world / name).chmod(0)
    if os.geteuid():
        refuses(prov, world, "ingest", name, "--url", NEW, words="permission denied")
        return
    found = _as_nobody(world / name)
    assert "permission denied" in found


def _as_nobody(path: Path) -> str:
    """Read a file as a user who may not, and give the refusal: every module has to be there before the change."""
    script = (
        "import os, sys; from provenance.sources import *; from provenance.sources import drafts, folder;"
        "import encodings.idna; os.seteuid(65534)\n"
        "try: [print(each) for each in read(sys.argv[1])]\nexcept Exception as error: print(error)"
    )
    for folder in path.parents:
        if "pytest" in str(folder):
            folder.chmod(0o755)
    ran = subprocess.run([sys.executable, "-c", script, path], capture_output=True, text=True, check=True)
    return ran.stdout


@tries(7)
def test_a_link_in_a_batch_folder_is_not_followed(prov: Prov, world: Path, rows: object) -> None:
    """A file, a folder and a loop of folders: each is named, nothing of it is read, the others stand."""
    batch = world / "batch"
    (batch / "deep").mkdir(parents=True)
    (batch / "a.txt").symlink_to("/etc/passwd")
    (batch / "deep" / "b.txt").symlink_to("../../store/README.md")
    (batch / "loop").symlink_to(batch)
    (batch / "prov-manifest.toml").symlink_to("/etc/passwd")

    before = state(world / "store")
    ran = prov("ingest", batch, "--url", NEW)

    assert (3, 4) == (ran.code, ran.err.count("was not followed"))
    assert "root:" not in ran.err + ran.out
    assert before == state(world / "store")


@pytest.mark.parametrize(
    "name",
    [
        row(7, "link.txt", what="file of a line"),
        row(7, "linked/a.txt", what="folder of a file of a line"),
        row(9, "../outside.txt", what="file of a line leads out"),
        row(9, "/etc/passwd", what="file of a line is absolute"),
        row(9, "a\x00b", what="file of a line with NUL"),
        row(9, "x" * 5000, what="file of a line with a long name"),
    ],
)
def test_a_file_that_a_line_names_stays_in_its_folder(prov: Prov, world: Path, name: str) -> None:
    """Neither by dots, nor by a link, nor by an absolute path."""
    (world / "outside.txt").write_text(STORY)
    batch = world / "batch"
    batch.mkdir()
    (batch / "link.txt").symlink_to(world / "outside.txt")
    (batch / "linked").symlink_to(world)
    (batch / "x.jsonl").write_text(json.dumps({"url": NEW, "file": name}) + "\n")

    refuses(prov, world, "ingest", batch / "x.jsonl", words="x.jsonl:1")


@pytest.mark.parametrize(
    "name",
    [
        row(8, b"a\nb\x1b[2J\x1b]0;owned\x07.txt"),
        row(8, b"caf\xe9\xff.txt", what="not UTF-8"),
        row(8, "turned\u202e\u2066.txt".encode(), what="direction marks"),
        row(9, b"--upload-pack=x"),
        row(9, b"-c"),
    ],
)
@pytest.mark.parametrize("content", [STORY, ""])
def test_an_odd_file_name_works_and_is_shown_escaped(prov: Prov, world: Path, name: bytes, content: str) -> None:
    """A document under such a name is stored, an empty one is refused in one line; neither drives the terminal."""
    Path(os.fsdecode(name)).write_text(content)

    before = state(world / "store")
    ran = prov("ingest", "--url", NEW, "--copy-of", ARTICLE, "--", os.fsdecode(name))

    assert (0 if content else 3, not content) == (ran.code, before == state(world / "store")), ran.err
    assert (0 if content else 1) == ran.err.count("\n")
    assert all(each == "\n" or each.isprintable() for each in ran.out + ran.err)


@tries(8)
def test_a_copy_that_goes_by_an_odd_path(prov: Prov, world: Path, rows: object) -> None:
    """Its name becomes a URL in plain ASCII."""
    Path(os.fsdecode(ESCAPING)).write_text(STORY)

    ran = prov("ingest", os.fsdecode(ESCAPING), "--copy-of", ARTICLE)

    assert (0, "") == (ran.code, ran.err)
    assert "https://file.invalid/esc%1B%5B2J%0A%FF.txt" in ran.out
    assert all(each == "\n" or each.isprintable() for each in ran.out + prov("status").out)


@tries(4)
def test_a_folder_of_pipes_and_a_folder_without_end(prov: Prov, world: Path, rows: object) -> None:
    """Nothing waits for the writer of a pipe; folders are followed down to a limit; the others stand."""
    batch = world / "batch"
    batch.mkdir()
    for name in ("a.txt", "b.jsonl", "c.jsonl.gz", "prov-manifest.toml"):
        os.mkfifo(batch / name)
    (batch / "z.md").write_text(f"---\nurl: {NEW}\n---\n\n# Ferry\n\n{OLD}\n")
    deepest = os.open(batch, os.O_RDONLY)
    for _ in range(150):
        os.mkdir("d", dir_fd=deepest)
        inside = os.open("d", os.O_RDONLY, dir_fd=deepest)
        os.close(deepest)
        deepest = inside
    os.close(deepest)

    ran = prov("ingest", batch)

    assert (3, 4) == (ran.code, ran.err.count("\n")), ran
    assert 3 == ran.err.count("not a regular file")
    assert "100 folders" in ran.err


@tries(10)
def test_a_file_that_changes_while_it_is_read(
    prov: Prov, world: Path, monkeypatch: pytest.MonkeyPatch, rows: object
) -> None:
    """It is read once more; where it changes again, nothing of it is stored."""
    at = world / "x.txt"
    at.write_text(STORY)
    changes = iter(["once"])
    opened = received.regular

    class Restless(io.FileIO):
        """A file that somebody writes to as soon as it has been read."""

        def read(self, size: int | None = -1, /) -> bytes:
            content = super().read(size)
            if next(changes, None):
                at.write_text(STORY + "More came in.\n" * len(content))
            return content

    def restless(path: Path) -> object:
        opened(path).close()
        return Restless(path)

    monkeypatch.setattr(received, "regular", restless)
    assert "More came in." in ingested(prov, "x.txt", "--url", NEW)["text"]
    changes = iter(["each", "time", "again"])
    refuses(prov, world, "ingest", "x.txt", "--url", NEW, words="changed while")


@tries(11)
def test_a_byte_order_mark_changes_nothing(prov: Prov, world: Path, rows: object) -> None:
    """UTF-8 and UTF-16 with a mark give the canonical text of plain UTF-8."""
    for number, codec in enumerate(("utf-8", "utf-8-sig", "utf-16", "utf-32")):
        (world / "x.txt").write_bytes((STORY + "Ēdda – “été”.\n").encode(codec))
        found = ingested(prov, "x.txt", "--url", f"{NEW}/{number}", url=f"{NEW}/{number}")
        assert STORY + "\nĒdda – “été”.\n" == found["text"]
        assert not found["flags"]


FLAGGED = [
    row(12, "x.html", page("<p>Café été.</p>").replace(b"utf-8", b"latin-1"), "charset-conflict", "Café été", what="latin-1"),
    row(12, "x.html", page("<p>Café été.</p>").decode().encode("latin-1"), "charset-conflict", "Café été", what="UTF-8"),
    row(13, "x.txt", STORY.encode() * 3 + b"\xff", "undecodable-bytes", "\ufffd"),
    row(14, "x.jsonl", b'{"url": "%s", "body": "Ferry \\ud800 sinks.", "headline": "\\udfff", "x": "\\ud800"}' % NEW.encode(), "surrogates-replaced", "\ufffd", what="JSON"),
    row(14, "x.html", page("<p>Half of &#xD800; it, &#55357; too.</p>"), "", "\ufffd", what="HTML"),
    row(14, "x.md", "Half of &#xD800; it.", "", "\ufffd", what="Markdown"),
    row(15, "x.txt", STORY.replace("calm", "ca\x00lm"), "control-characters", "calm", what="text"),
    row(15, "x.jsonl", line(headline="Fer\x00ry sinks", publisher="A\x00B", body="Te\x00xt."), "control-characters", "Ferry sinks\n\nText", what="draft line"),
    row(15, "x.html", page("<p>Te\x00xt.</p>", title="Fer\x00ry"), "control-characters", "Ferry", what="HTML"),
    row(17, "x.html", page("<p>It goes on and on").partition(b"and on")[0] + b"<p cl", "truncated-suspected", "It goes on", what="in a tag"),
    row(17, "x.html", page("<p>It goes on").partition(b"</article")[0], "truncated-suspected", "It goes on", what="in the text"),
    row(21, "x.html", page(f"<p>{'word ' * 1_900_000}</p>"), "", "word word", what="HTML"),
    row(21, "x.txt", STORY + "word " * 2_000_000, "", "word word", what="text"),
    row(23, "x.html", page(head="".join(f"<title>Title {n}</title><link rel=canonical href='{NEW}?{n}'>" for n in range(200))), "ambiguous", "Ferry sinks"),
]  # fmt: skip


@pytest.mark.parametrize(("name", "content", "flag", "words"), FLAGGED)
def test_an_odd_document_is_stored_and_says_what_is_odd(
    prov: Prov, world: Path, name: str, content: str | bytes, flag: str, words: str
) -> None:
    """What it says is kept, with a flag; nothing is cut off in silence."""
    file(name, content)[1](world)

    found = ingested(prov, name, "--url", NEW)

    assert words in found["text"]
    assert not flag or flag in found["flags"]
    assert found["text"].count("word ") >= (1_899_999 if words == "word word" else 0)
    assert "\x00" not in json.dumps(found, ensure_ascii=False)


@tries(22)
def test_what_is_not_shown_is_no_text(prov: Prov, world: Path, rows: object) -> None:
    """Scripts, hidden boxes, templates and comments say nothing."""
    hidden = (
        "<script>SECRET()</script><div style='display: none'>SECRET</div><template><p>SECRET</p></template>"
        "<p hidden>SECRET</p><!-- SECRET --><noscript>SECRET</noscript><style>SECRET{}</style>"
    )
    (world / "x.html").write_bytes(page(hidden))

    assert "SECRET" not in ingested(prov, "x.html", "--url", NEW)["text"]


@tries(33)
def test_composed_and_decomposed_letters_are_the_same_text(prov: Prov, world: Path, rows: object) -> None:
    """The second delivery is unchanged."""
    for form in ("NFC", "NFD"):
        (world / f"{form}.txt").write_text(unicodedata.normalize(form, STORY + "Élan, naïve, İstanbul, 각.\n"))

    assert "stored" in prov("ingest", "NFD.txt", "--url", NEW).out
    assert prov("ingest", "NFC.txt", "--url", NEW).out.startswith("unchanged")


@tries(34)
def test_what_stands_beside_an_article_makes_no_revision(prov: Prov, world: Path, rows: object) -> None:
    """White space, an advertisement and a box of related stories change: the article does not."""
    beside = (
        "<aside class=related><h2>More</h2><p><a href=/b>{} hit by storm</a></p></aside><div class=advert>Buy {}</div>"
    )
    for n, what in enumerate(("Harbour", "Market")):
        made = page().replace(b"</article>", b"</article>" + beside.format(what, what).encode())
        (world / f"{n}.html").write_bytes(made.replace(b"<p>", b"<p>\n  " if n else b"<p>"))

    assert "stored" in prov("ingest", "0.html", "--url", NEW).out
    assert prov("ingest", "1.html", "--url", NEW).out.startswith("unchanged")


@tries(50, 51, 52)
def test_no_entity_of_a_page_is_resolved(prov: Prov, world: Path, rows: object) -> None:
    """Neither a file nor an address nor a billion laughs comes into a text: XHTML is read as browsers read HTML."""
    (world / "secret.txt").write_text("SECRET")
    laughs = "".join(f'<!ENTITY l{n} "{f"&l{n - 1};" * 10 if n else "lol"}">' for n in range(10))
    doctype = (
        f'<?xml version="1.0"?><?xml-stylesheet href="file://{world}/secret.txt"?><!DOCTYPE html SYSTEM "http://127.0.0.1:9/x.dtd" ['
        f'<!ENTITY x SYSTEM "file://{world}/secret.txt"><!ENTITY % p SYSTEM "file://{world}/secret.txt"> %p; {laughs}]>'
    )
    include = f'<xi:include xmlns:xi="http://www.w3.org/2001/XInclude" href="{world}/secret.txt" parse="text"/>'
    (world / "x.xhtml").write_bytes(doctype.encode() + page(f"<p>It says &x; and &l9; here.</p>{include}"))

    ran = prov("ingest", "x.xhtml", "--url", NEW)

    assert ran.code in {0, 3}
    assert 1 >= ran.err.count("\n")
    text = prov("show", NEW).out
    assert "SECRET" not in text
    assert "lollol" not in text


@tries(55)
def test_a_bad_file_among_ten_leaves_nine(prov: Prov, world: Path, rows: object) -> None:
    """Nine are stored, one is listed, and a last line sums up."""
    (world / "batch").mkdir()
    for n in range(10):
        content = "" if n == 6 else f"---\nurl: {NEW}/{n}\n---\n\n# Ferry {n}\n\nText number {n}.\n"
        (world / "batch" / f"{n}.md").write_text(content)

    ran = prov("ingest", "batch")

    assert (3, 1) == (ran.code, ran.err.count("\n"))
    assert "6.md" in ran.err
    assert "9 stored, 1 refused" in ran.out
