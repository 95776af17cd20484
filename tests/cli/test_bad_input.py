"""Every bad input: one clear line on standard error, the exit code of the design, and nothing lost."""

from __future__ import annotations

import json
import multiprocessing
import os
from collections.abc import Callable
from pathlib import Path

import pytest
from inside import ARTICLE, TEXT, Prov, Ran, state

from provenance.store import Store

UPSTREAM = "https://nowhere.example/held"


def refused(ran: Ran, code: int, *words: str) -> None:
    """Hold what a refusal looks like: its exit code, one line with these words, no trace of the code."""
    assert code == ran.code, ran.err
    assert 1 == ran.err.count("\n"), ran.err
    assert ran.err.startswith("prov: ")
    assert "Traceback" not in ran.err
    for word in words:
        assert word in ran.err


def line(**fields: str) -> bytes:
    """Write one draft line."""
    return json.dumps({"url": "https://courier.example/b", "headline": "H", "body": "Text."} | fields).encode() + b"\n"


def _made(content: bytes, name: str = "x.txt") -> Callable[[Path], Path]:
    def make(folder: Path) -> Path:
        (folder / name).write_bytes(content)
        return folder / name

    return make


def _folder(folder: Path) -> Path:
    (folder / "empty").mkdir()
    return folder / "empty"


@pytest.mark.parametrize(
    ("make", "words"),
    [
        pytest.param(lambda folder: folder / "missing.txt", ["no such file", "missing.txt"], id="missing file"),
        pytest.param(_folder, ["empty"], id="a folder without articles"),
        pytest.param(_made(b""), ["empty document"], id="empty text"),
        pytest.param(_made(b" \n\t\n"), ["x.txt"], id="white space"),
        pytest.param(_made(b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR" + bytes(range(256)) * 4), ["x.txt"], id="binary"),
        pytest.param(
            _made(b"\xef\xbb\xbfFerry sinks\n\n" + b"Three \xff\xfedied " * 9),
            ["x.txt", "decoded"],
            id="undecodable bytes",
        ),
        pytest.param(
            _made(b"Head\n\nText \xff\xfe of \xc3( bytes \xe2\x82 and more \xff\xff\n"),
            ["x.txt", "decoded"],
            id="a few undecodable bytes",
        ),
        pytest.param(_made(b"\x7fELF\x02\x01\x01\0\0\0", "x.html"), ["x.html", "program"], id="a program"),
        pytest.param(lambda _: Path("/dev/null"), ["not a regular file"], id="no regular file"),
        pytest.param(_made(b"Ferry sinks. " * 4_000_000), ["x.txt"], id="50 MB of text"),
    ],
)
def test_a_source_that_is_no_article_is_refused(
    prov: Prov, world: Path, make: Callable[[Path], Path], words: list[str]
) -> None:
    """The line names the source and what is wrong with it, and the store is as it was to the byte."""
    before = state(world / "store")

    refused(prov("ingest", make(world), "--url", "https://courier.example/b"), 3, *words)

    assert before == state(world / "store")


@pytest.mark.parametrize(
    ("draft", "words"),
    [
        pytest.param(b"{not json}\n", ["stdin:2"], id="not JSON"),
        pytest.param(b"[1, 2]\n", ["stdin:2"], id="no object"),
        pytest.param(b'{"body": "x"}\n', ["stdin:2", "url"], id="no URL"),
        pytest.param(line(modified_at="2025-03-04T09:12"), ["stdin:2", "modified_at"], id="naive time"),
        pytest.param(line(observed_at="2025-02-30T09:12Z"), ["stdin:2", "observed_at"], id="impossible time"),
        pytest.param(line(url="javascript:alert(1)"), ["stdin:2", "URL"], id="a URL that is not one"),
        pytest.param(line(format="docx"), ["stdin:2", "docx"], id="unknown format"),
        pytest.param(line(copy_of=UPSTREAM), ["stdin:2", UPSTREAM, "not held"], id="copy of nothing held"),
        pytest.param(line(copy_of="https://courier.example/b"), ["stdin:2", "copy of itself"], id="copy of itself"),
    ],
)
def test_a_bad_draft_line_is_named_and_the_others_stand(
    prov: Prov, world: Path, draft: bytes, words: list[str]
) -> None:
    """The second of three lines is refused with its number; the first and the third are stored."""
    first, last = (line(url=f"https://courier.example/{name}") for name in ("first", "last"))

    ran = prov("ingest", "-", feed=first + draft + last)

    refused(ran, 3, *words)
    assert ["stored", "stored"] == [each.split()[0] for each in ran.out.splitlines()[:2]]
    assert "2 stored, 1 refused" in ran.out


def test_an_unknown_format_is_wrong_usage(prov: Prov, world: Path) -> None:
    """A name that is no format is told with those that are."""
    refused(prov("ingest", "a.txt", "--format", "docx"), 2, "docx")


def test_an_empty_name_is_not_the_folder(prov: Prov, world: Path) -> None:
    """A variable of the shell that is empty by mistake does not ingest whatever lies around."""
    before = state(world / "store")

    refused(prov("ingest", ""), 3, "no such file")

    assert before == state(world / "store")


def test_a_line_of_50_mb_is_named_and_the_others_stand(prov: Prov, world: Path) -> None:
    """Too large a draft line is refused like any other bad line, and what comes after it is read."""
    huge = b'{"url": "https://courier.example/h", "body": "' + b"Ferry sinks. " * 4_000_000 + b'"}\n'

    ran = prov("ingest", "-", feed=line() + huge + line(url="https://courier.example/last"))

    refused(ran, 3, "stdin:2", "10 MiB")
    assert "2 stored, 1 refused" in ran.out


def test_a_document_of_50_mb_on_standard_input(prov: Prov, world: Path) -> None:
    """A pipe is read up to the limit, and no further."""
    refused(
        prov(
            "ingest", "-", "--format", "text", "--url", "https://courier.example/b", feed=b"Ferry sinks. " * 4_000_000
        ),
        3,
        "10 MiB",
    )


@pytest.mark.parametrize(
    "url", ["courier.example/b", "ftp://courier.example/b", "https://courier.example/b c", "https:"]
)
def test_an_option_that_is_no_url(prov: Prov, world: Path, url: str) -> None:
    """What `--url` gives is held to the same as what a draft says."""
    refused(prov("ingest", "a.txt", "--url", url), 3, "URL")


@pytest.mark.parametrize("name", [UPSTREAM, "nowhere", "deadbeefdeadbeef"])
def test_an_option_that_names_no_upstream(prov: Prov, world: Path, name: str) -> None:
    """`--copy-of` by a URL, an id or a beginning that names nothing held is told, and nothing is stored."""
    head = Store.open(world / "store").head()

    refused(prov("ingest", "a.txt", "--url", "https://courier.example/b", "--copy-of", name), 3, name)

    assert head == Store.open(world / "store").head()


@pytest.mark.parametrize(
    "time", ["2025-03-04T09:12", "yesterday", "2025-02-30T09:12Z", "2025-03-04", "0001-01-01T00:00+14:00"]
)
def test_a_time_that_is_none_is_wrong_usage(prov: Prov, world: Path, time: str) -> None:
    """An option with a naive or impossible time is told how to write it."""
    refused(prov("ingest", "a.txt", "--url", ARTICLE, "--modified", time), 2, time)


def test_the_same_draft_twice_is_said_to_be_unchanged(prov: Prov, world: Path) -> None:
    """No new revision, and that is no error."""
    ran = prov("ingest", "a.txt", "--url", ARTICLE, "--modified", "2025-03-04T09:12Z")

    assert (0, "", "unchanged") == (ran.code, ran.err, ran.out.split()[0])
    assert 1 == len(prov("log", ARTICLE).out.splitlines())


def test_an_older_revision_after_a_newer_one_is_refused_with_a_way_out(prov: Prov, world: Path) -> None:
    """A text that is new to the store and older than its current revision has no place: the line says what to do."""
    (world / "old.txt").write_text(TEXT.replace("Three", "Four"))
    head = Store.open(world / "store").head()

    refused(
        prov("ingest", "old.txt", "--url", ARTICLE, "--modified", "2025-03-01T00:00Z"), 3, "before revision 0", "oldest"
    )

    assert head == Store.open(world / "store").head()


def test_an_old_revision_delivered_again_reverts_nothing(prov: Prov, world: Path) -> None:
    """What was there before, stated to be no newer, is recorded as a late delivery and no more."""
    (world / "new.txt").write_text(TEXT.replace("Three", "Two"))
    prov("ingest", "new.txt", "--url", ARTICLE, "--modified", "2025-03-05T00:00Z")

    ran = prov("ingest", "a.txt", "--url", ARTICLE, "--modified", "2025-03-04T09:12Z")

    assert (0, "stale") == (ran.code, ran.out.split()[0])
    assert "Two people" in prov("show", ARTICLE).out


def test_a_store_that_is_none(prov: Prov, tmp_path: Path) -> None:
    """No store, a file in its place, or some other folder: the line says to run init."""
    refused(prov("status"), 3, "no store", "prov init")
    (tmp_path / "file").write_text("x")
    refused(prov("--store", "file", "status"), 3, "file")
    (tmp_path / "other").mkdir()
    refused(prov("--store", "other", "status"), 3, "other")


def test_a_store_of_a_newer_format(prov: Prov, world: Path) -> None:
    """A store that a newer prov wrote is left alone."""
    (world / "store" / "FORMAT").write_text("prov-store 99\n")

    for command in (["status"], ["ingest", "a.txt", "--url", ARTICLE], ["fsck"], ["rebuild"], ["show", ARTICLE]):
        refused(prov(*command), 3, "99")


def test_a_store_that_is_read_only(prov: Prov, world: Path) -> None:
    """What cannot be written is told; reading goes on."""
    folders = [world / "store", *(path for path in (world / "store").rglob("*") if path.is_dir())]
    for folder in folders:
        folder.chmod(0o500)
    if os.access(world / "store", os.W_OK):
        pytest.skip("this user may write anywhere")
    try:
        assert 0 == prov("status").code
        refused(prov("ingest", "-", feed=line()), 3, "cannot write")
    finally:
        for folder in folders:
            folder.chmod(0o700)


def _hold(path: Path, ready: multiprocessing.synchronize.Event, done: multiprocessing.synchronize.Event) -> None:
    with Store.open(path).locked():
        ready.set()
        done.wait(60)


def test_a_store_that_another_process_has_locked(prov: Prov, world: Path) -> None:
    """After a while of waiting the line names the process that holds the lock; reading needs no lock."""
    (world / "store" / "prov.toml").write_text("lock_timeout = 0.2\n")
    spawn = multiprocessing.get_context("spawn")
    ready, done = spawn.Event(), spawn.Event()
    holder = spawn.Process(target=_hold, args=(world / "store", ready, done))
    holder.start()
    try:
        assert ready.wait(30)
        refused(prov("ingest", "-", feed=line()), 3, f"pid {holder.pid}")
        assert 0 == prov("status").code
    finally:
        done.set()
        holder.join()


def test_git_missing(prov: Prov, world: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Without git nothing can be stored: the line says what to install."""
    monkeypatch.setenv("PATH", str(world))

    refused(prov("ingest", "-", feed=line()), 3, "git", "install")
    refused(prov("show", ARTICLE), 3, "git", "install")
    refused(prov("fsck"), 3, "git", "install")
    assert 0 == prov("status").code


def test_an_unknown_setting_is_named_with_its_file(prov: Prov, world: Path) -> None:
    """A key that is none, and a value of the wrong type, are wrong usage."""
    (world / "pyproject.toml").write_text('[tool.prov]\nstroe = "x"\n')
    refused(prov("status"), 2, "stroe", "pyproject.toml")
    (world / "pyproject.toml").write_text("[tool.prov]\nstore = 3\n")
    refused(prov("status"), 2, "store", "pyproject.toml")


@pytest.mark.parametrize(("setting", "code"), [("1", 0), ("0.5", 0), ('"x"', 2), ("true", 2)])
def test_a_setting_of_the_store_is_a_number(prov: Prov, world: Path, setting: str, code: int) -> None:
    """`lock_timeout` is in seconds, with or without a decimal point."""
    (world / "store" / "prov.toml").write_text(f"lock_timeout = {setting}\n")

    assert code == prov("ingest", "a.txt", "--url", ARTICLE).code


def test_a_copy_by_its_path_alone_says_how_to_name_it(prov: Prov, world: Path) -> None:
    """A file without a URL that is declared a copy is stored, and the command says what it goes by."""
    (world / "repost.md").write_text(TEXT)

    ran = prov("ingest", "repost.md", "--copy-of", ARTICLE)

    assert (0, "") == (ran.code, ran.err)
    assert "https://file.invalid/repost.md  [no-url]" in ran.out
    assert "--url URL" in ran.out
    assert "repost.md" in prov("status", ARTICLE).out
    refused(prov("ingest", "repost.md"), 3, "which URL")


@pytest.mark.parametrize("command", ["status", "log", "show", "diff", "explain"])
def test_an_article_that_is_not_held(prov: Prov, world: Path, command: str) -> None:
    """Every command that takes an article says that there is none of that name."""
    refused(prov(command, "https://elsewhere.example/"), 3, "elsewhere.example")


def test_a_revision_that_there_is_not(prov: Prov, world: Path) -> None:
    """The numbers that there are, are told."""
    refused(prov("show", f"{ARTICLE}@7"), 3, "no revision 7", "@0")


def test_a_name_of_several_articles(prov: Prov, world: Path) -> None:
    """A beginning that several URLs share is told with what it could mean."""
    prov("ingest", "-", feed=line())

    refused(prov("show", "https://courier.example/"), 2, "2 articles", ARTICLE)


@pytest.mark.parametrize("arguments", [["nonsense"], ["status", "--nope"], ["ingest"], ["show"], ["status", "--texts"]])
def test_wrong_usage(prov: Prov, world: Path, arguments: list[str]) -> None:
    """What the command line does not know is exit code 2."""
    refused(prov(*arguments), 2)
