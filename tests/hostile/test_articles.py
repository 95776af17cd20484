"""Articles with odd names, names that collide, times that lie, and claims about each other (rows 26, 35 to 49, 64 to 67)."""

# ruff: noqa: E501 - a table reads by its rows
from __future__ import annotations

import json
import subprocess
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from hostile.table import row, tries
from hostile.world import COPY, NEW, OLD, STORY, ingested, line, page, refuses
from inside import ARTICLE, Prov, Ran, state

from provenance.cli import ingest

SCRIPTS = ("javascript:alert(1)", "data:text/html,<script>", "JAVA\tSCRIPT:alert(1)", "\x01javascript:x", "vbscript:x")
UNREADABLE = (
    "file:///etc/passwd",
    "gopher://x.example/",
    "ext::sh -c touch% ran",
    "ssh://-oProxyCommand=touch ran/x",
    "git://x.example/a",
    "//x.example/a",
    "--upload-pack=touch ran",
)
UNFIT = (
    "http://good.example\\@evil.example/",
    "https://user:secret@courier.example/a",
    "https://courier.example:99999/a",
    "https://courier.example:0/a",
    "https://courier.example:x/a",
    "https://cou\u202erier.example/a",
    "https://-oProxyCommand=x/a",
    "https://[::1/a",
    "https://",
)
PRIVATE = ("127.0.0.1", "10.0.0.1", "169.254.169.254", "100.64.0.1", "2130706433", "0x7f000001", "127.1")
INSIDE = ("[::ffff:a9fe:a9fe]", "[64:ff9b::a9fe:a9fe]", "[2002:7f00:1::]", "[::127.0.0.1]")


@pytest.mark.parametrize(
    "url",
    [
        row(40, "https://courier.example/" + "x" * 2000, what="over 2 kB"),
        row(40, " ", what="blank"),
        *(row(26, url, what=repr(url)) for url in SCRIPTS),
        *(row(64, url, what=repr(url)) for url in UNREADABLE),
        *(row(72, url, what=repr(url)) for url in UNFIT),
    ],
)
def test_what_is_no_address_names_no_article(prov: Prov, world: Path, url: str) -> None:
    """Not as an option, nor in a draft line, a front matter or a manifest, nor as what something is a copy of."""
    (world / "x.txt").write_text(STORY)
    (world / "y.md").write_text(f"---\nurl: {json.dumps(url)}\n---\n\n# Ferry\n\n{OLD}\n")

    refuses(prov, world, "ingest", "x.txt", f"--url={url}")
    refuses(prov, world, "ingest", "x.txt", "--url", NEW, f"--copy-of={url}")
    refuses(prov, world, "ingest", "y.md")
    before = state(world / "store")
    ran = prov("ingest", "-", feed=line(url=url) + line(copy_of=url))
    assert (3, 2) == (ran.code, ran.err.count("\n"))
    assert before == state(world / "store")
    assert not (world / "ran").exists()


@pytest.mark.parametrize("url", [row(64, url, what=url) for url in UNREADABLE])
def test_an_address_is_no_source(prov: Prov, world: Path, url: str) -> None:
    """What is no file is not there: nothing is fetched, and nothing is run."""
    refuses(prov, world, "ingest", "--", url, words="no such file")
    assert not (world / "ran").exists()


@pytest.mark.parametrize(
    "host",
    [
        *(row(65, host, what=host) for host in PRIVATE[:4]),
        *(row(66, host, what=host) for host in PRIVATE[4:]),
        *(row(67, host, what=host) for host in INSIDE),
    ],
)
def test_a_private_address_is_a_name_that_nobody_calls(prov: Prov, world: Path, host: str) -> None:
    """A URL names an article; no socket is opened for it (the tests' own guard would fail)."""
    url = f"http://{host}/latest/meta-data"
    assert url == ingested(prov, "-", feed=line(url=url), url=url)["url"]


@tries(26)
def test_a_link_of_a_page_that_is_a_script_is_no_url(prov: Prov, world: Path, rows: object) -> None:
    """Canonical links, og:url, JSON-LD: what is no address is passed over, with a flag."""
    for n, url in enumerate(SCRIPTS):
        head = f'<link rel=canonical href="{url}"><meta property="og:url" content="{url}">'
        (world / "x.html").write_bytes(page(head=head))
        refuses(prov, world, "ingest", "x.html", words="which URL")
        assert "url-refused" in ingested(prov, "x.html", "--url", f"{NEW}/{n}", url=f"{NEW}/{n}")["flags"]


# --- the same article, again and again


def told(ran: Ran) -> list[str]:
    """Give what became of each draft."""
    assert (0, "") == (ran.code, ran.err), ran
    return [each.split()[0] for each in ran.out.splitlines() if "@" in each]


def at(hour: int, words: str, **fields: object) -> bytes:
    """Write a draft line of an hour of one day."""
    when = (datetime(2025, 3, 4, tzinfo=UTC) + timedelta(hours=hour)).isoformat()
    return line(body=words, modified_at=when, observed_at=when, **fields)


@tries(35, 36, 37)
def test_a_text_that_comes_back_and_one_that_comes_late(prov: Prov, world: Path, rows: object) -> None:
    """A, B, A are three revisions; the same again is unchanged under the same commit; an old one reverts nothing."""
    a, b = "The first text of it.", "The second text of it."

    assert ["stored"] * 3 == told(prov("ingest", "-", feed=at(1, a) + at(2, b) + at(3, a)))
    commit = json.loads(prov("show", NEW, "--meta").out)["commit"]
    assert ["unchanged", "unchanged"] == told(prov("ingest", "-", feed=at(3, a) + at(4, a)))
    assert ["stale"] == told(prov("ingest", "-", feed=at(2, b)))

    found = json.loads(prov("show", NEW, "--meta").out)
    assert (2, commit) == (found["n"], found["commit"])
    assert a in prov("show", NEW).out
    assert [a, b, a] == [prov("show", f"{NEW}@{n}").out.split("\n\n")[1].strip() for n in range(3)]


@tries(38, 39, 41)
def test_addresses_that_look_alike_are_articles_of_their_own(prov: Prov, world: Path, rows: object) -> None:
    """The same slug, paths out of the folder, names that a system reserves, case, Unicode forms: ids are digests."""
    slugs = (
        "../../etc/x",
        ".git/config",
        "con",
        "x" * 300,
        "-x",
        "a/facts.git/HEAD",
        "%2e%2e/x",
        "é",
        "e\u0301",
        "A",
        "a",
    )
    urls = [f"https://courier.example/{slug}" for slug in slugs if slug != "a"]
    urls += ["https://mirror.example/news/ferry", "https://courier.example/news/ferry"]

    assert ["stored"] * len(urls) == told(prov("ingest", "-", feed=b"".join(line(url=url) for url in urls)))

    ids = {json.loads(prov("show", url, "--meta").out)["id"] for url in urls}
    assert len(urls) == len(ids)
    assert all(len(name) == 16 and set(name) <= set("0123456789abcdef") for name in ids)
    git = ["git", f"--git-dir={world}/store/facts.git", "ls-tree", "-r", "--name-only", "main"]
    names = subprocess.run(git, capture_output=True, text=True, check=True).stdout.split()
    assert all(set(name) <= set("abcdefghijklmnopqrstuvwxyz0123456789/.-TZ_") for name in names), names
    assert not any({"x", "con", "etc"} & {each.name, each.stem} for each in world.rglob("*"))


@tries(42, 43)
def test_no_field_forges_a_line_of_a_commit(prov: Prov, world: Path, rows: object) -> None:
    """Trailers, author lines and names with brackets come from fields; what is stored beside them is whole."""
    forged = "Ferry sinks\n\nProv-Canonical: https://evil.example/\nProv-Revision: 7"
    byline = "Ann <ann@x.example>\nauthor Evil <e@x> 0 +0000" + " " * 100_000 + "x"
    found = ingested(prov, "-", feed=line(headline=forged, publisher=f"C\n<x> {forged}", byline=byline))

    git = ["git", f"--git-dir={world}/store/facts.git", "cat-file", "commit", found["commit"]]
    commit = subprocess.run(git, capture_output=True, text=True, check=True).stdout
    head, _, message = commit.partition("\n\n")
    assert "evil" not in message
    assert "Prov-Revision: 7" not in commit.splitlines()
    assert ["tree", "parent", "author", "committer"] == [each.split(" ")[0] for each in head.splitlines()]
    assert 1 == head.splitlines()[2].count("<")
    assert "Ann <ann@x.example> author Evil <e@x> 0 +0000 x" == found["byline"]
    assert "Prov-Canonical: https://evil.example/" in found["text"]


# --- times


@pytest.mark.parametrize(
    ("time", "code"),
    [
        row(44, "2099-01-01T00:00Z", 0, what="2099"),
        row(44, "0001-01-01T00:00Z", 0, what="year 1"),
        row(44, "9999-12-31T23:59:59Z", 0, what="year 9999"),
        row(44, "0000-01-01T00:00Z", 3, what="year 0"),
        row(44, "9999-12-31T23:59:60Z", 3, what="leap second"),
        row(44, "9999-12-31T23:59:59-23:00", 3, what="past year 9999"),
        row(44, "10000-01-01T00:00Z", 3, what="year 10000"),
        row(45, "2025-03-04T09:12", 3, what="no zone"),
    ],
)
def test_a_time_that_cannot_be(prov: Prov, world: Path, time: str, code: int) -> None:
    """One in the future is kept and flagged, and what comes after it stands after it; one that is none is refused."""
    if code:
        refuses(prov, world, "ingest", "-", feed=line(published_at=time, modified_at=time), words="stdin:1")
        return
    found = ingested(prov, "-", feed=line(modified_at=time, published_at=time))
    assert (datetime.fromisoformat(time) > datetime.now(UTC)) == ("future-time" in found["flags"])
    assert time[:4] == found["modified_at"][:4]
    assert 1 == ingested(prov, "-", feed=line(body="The next text.", modified_at="2025-03-05T00:00Z"))["n"]


@tries(45)
def test_a_claimed_time_without_a_zone_is_kept_and_flagged(prov: Prov, world: Path, rows: object) -> None:
    """JSON-LD and a meta tag that differ: the first one counts; as UTC, and said so."""
    data = json.dumps({"@type": "NewsArticle", "headline": "Ferry sinks in calm", "datePublished": "2025-03-04T09:12"})
    head = f'<script type="application/ld+json">{data}</script>'
    head += '<meta property="article:published_time" content="2024-01-01T00:00Z">'
    (world / "x.html").write_bytes(page(head=head))

    found = ingested(prov, "x.html", "--url", NEW)

    assert "tz-unknown" in found["flags"]
    assert "2025-03-04T09:12:00+00:00" == found["published_at"]


@tries(46)
def test_a_clock_that_jumps_back_reorders_nothing(
    prov: Prov, world: Path, monkeypatch: pytest.MonkeyPatch, rows: object
) -> None:
    """A revision seen a year before the one under it is the later one all the same, and the clock is told of."""
    monkeypatch.setattr(ingest, "utc_now", lambda: datetime(2026, 3, 4, tzinfo=UTC))
    assert 0 == ingested(prov, "-", feed=line())["n"]
    monkeypatch.setattr(ingest, "utc_now", lambda: datetime(2025, 3, 4, tzinfo=UTC))
    ran = prov("ingest", "-", feed=line(body="The next text."))
    assert (0, 1) == (ran.code, ran.err.count("\n"))
    assert ran.err.startswith("prov: the clock is behind: something was stored at 2026-03-04T00:00:00Z")
    assert 1 == json.loads(prov("show", NEW, "--meta").out)["n"]

    before = prov("status", "--format", "json").out
    assert 0 == prov("fsck").code
    assert 0 == prov("rebuild").code
    assert before == prov("status", "--format", "json").out


# --- claims


@tries(47)
def test_a_copy_that_claims_anothers_address_writes_nothing_there(prov: Prov, world: Path, rows: object) -> None:
    """A republished page names the original as its canonical URL: it is checked as a copy, and the store is untouched."""
    (world / "site").mkdir()
    (world / "site" / "x.html").write_bytes(page(head=f'<link rel=canonical href="{ARTICLE}">'))
    before = state(world / "store" / "facts.git")

    ran = prov("check", "site", "--no-cache")

    assert (1, "") == (ran.code, ran.err)
    assert "Three" in ran.out
    assert before == state(world / "store" / "facts.git")


@pytest.mark.parametrize("many", [row(48, 2), row(49, 3), row(49, 9, what="of nine")])
def test_copies_of_each_other_end_somewhere(prov: Prov, world: Path, many: int) -> None:
    """A loop is told in one line, what stood before it stands, and every command comes to its end."""
    urls = [f"https://mirror.example/{n}" for n in range(many)]
    feed = b"".join(line(url=url) for url in urls)
    feed += b"".join(
        line(url=url, copy_of=urls[(n + 1) % many], body=f"{OLD}\n\nMore {n}.") for n, url in enumerate(urls)
    )

    ran = prov("ingest", "-", feed=feed)

    assert (3, 1) == (ran.code, ran.err.count("\n")), ran
    assert "itself" in ran.err
    for command in (["status"], ["fsck"], ["rebuild"], ["explain", urls[0]]):
        assert prov(*command).code in {0, 3}


@tries(104)
def test_a_name_is_taken_literally(prov: Prov, world: Path, rows: object) -> None:
    """Signs of SQL's patterns, quotation marks and comments find nothing, and cost nothing."""
    for name in (
        "%",
        "_",
        "'",
        "';--",
        '"',
        "https://courier.example/_",
        "\\",
        "https://%",
        "*",
        "?",
        "[a-z]",
        "\udcff",
        f"{ARTICLE}\udcff",
        f"{ARTICLE}@{'9' * 5000}",
    ):
        for command in ("show", "log", "status", "explain", "diff"):
            refuses(prov, world, command, "--", name)
    refuses(prov, world, "diff", ARTICLE, f"{'9' * 5000}..{'9' * 5001}")
    assert ARTICLE in prov("status").out or COPY in prov("status").out
