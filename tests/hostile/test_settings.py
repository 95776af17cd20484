"""Settings, front matter and data inside pages that are traps, or mean something else to a machine (rows 57 to 63, 82, 108, 109)."""

# ruff: noqa: E501 - a table reads by its rows
from __future__ import annotations

import json
from pathlib import Path

import pytest
from hostile.table import row, tries
from hostile.world import NEW, OLD, ingested, line, page, refused, refuses
from inside import ARTICLE, Prov


@tries(60)
def test_a_scalar_stays_as_it_was_written(prov: Prov, world: Path, rows: object) -> None:
    """No is no boolean, a day no date, 1e3 no number."""
    for n, said in enumerate(("NO", "2024-01-01", "1e3", "0x1F", "null", "12:30:45", "~", "0o17")):
        (world / "x.md").write_text(f"---\ntitle: {said}\nslug: {said}\n---\n\n{OLD}\n")
        found = ingested(prov, "x.md", "--url", f"{NEW}/{n}", url=f"{NEW}/{n}")
        assert (said, said) == (found["headline"], found["extra"]["slug"])


DATA = {
    "NaN": '{"@type": "NewsArticle", "headline": "Other", "x": NaN}',
    "Infinity": '{"@type": "NewsArticle", "headline": "Other", "x": -Infinity}',
    "duplicate keys": '{"@type": "NewsArticle", "headline": "Other", "headline": "Another"}',
    "10,000 digits": '{"@type": "NewsArticle", "headline": "Other", "x": ' + "1" * 10_000 + "}",
    "100,000 deep": '{"@type": "NewsArticle", "headline": ' + "[" * 100_000 + "]" * 100_000 + "}",
    "1 MB": '{"@type": "NewsArticle", "headline": "' + "x" * 1_000_000 + '"}',
    "no JSON": "alert(1)",
}


@pytest.mark.parametrize("data", [row(61, data, what=name) for name, data in DATA.items()])
def test_unsound_data_in_a_page_is_refused_alone(prov: Prov, world: Path, data: str) -> None:
    """The article is stored without it, and says so."""
    (world / "x.html").write_bytes(page(head=f'<script type="application/ld+json">{data}</script>'))

    found = ingested(prov, "x.html", "--url", NEW)

    assert "json-ld-refused" in found["flags"]
    assert "Ferry sinks in calm" == found["headline"]


@pytest.mark.parametrize(
    "data",
    [
        row(61, {"@type": ["NewsArticle", 7, None], "headline": {"name": ["x", {}]}, "author": [[[]]]}, what="odd types"),
        row(61, {"@graph": [{"@type": "NewsArticle", "datePublished": 7, "url": ["\u0000", {"@id": 3}]}]}, what="graph"),
        row(61, {"@type": "NewsArticle", "isBasedOn": {"url": {"url": 1}}, "correction": [1, [2], {"text": []}]}, what="lists"),
        row(61, [[[[[[{"@type": "NewsArticle"}]]]]]], what="nested lists"),
        row(61, {"@type": {"a": "NewsArticle"}, "mainEntityOfPage": [[]]}, what="type"),
    ],
)  # fmt: skip
def test_sound_data_of_the_wrong_types_says_nothing(prov: Prov, world: Path, data: object) -> None:
    """What is no text where a text belongs is passed over."""
    (world / "x.html").write_bytes(page(head=f'<script type="application/ld+json">{json.dumps(data)}</script>'))

    assert "Ferry sinks in calm" in ingested(prov, "x.html", "--url", NEW)["text"]


FIELDS = "url publisher headline body file format byline language published_at modified_at observed_at notice copy_of status".split()
ODD = (7, 1.5, True, [], [1], {}, {"a": 1}, [["x"]], "\ud800", "x" * 3000, [None], "\x1b[2J\u202e")


@pytest.mark.parametrize("field", [row(61, field, what=f"draft line, {field}") for field in FIELDS])
def test_a_field_of_a_line_that_is_of_another_type(prov: Prov, world: Path, field: str) -> None:
    """Each such line is stored or refused in one line of its own; none is a bug."""
    rows = [{"url": f"{NEW}/{n}", "headline": "Ferry", "body": OLD, field: value} for n, value in enumerate(ODD)]

    ran = prov("ingest", "-", feed="\n".join(map(json.dumps, rows)).encode())

    assert ran.code in {0, 3}
    assert ran.err.count("\n") == ran.err.count("stdin:")
    assert all(each == "\n" or each.isprintable() for each in ran.err + ran.out)
    assert f"{len(ODD) - ran.err.count('stdin:')} stored" in ran.out or ran.err.count("stdin:") == len(ODD)


@pytest.mark.parametrize("depth", [row(61, depth, what=f"draft line, {depth} deep") for depth in (49, 51, 500, 960)])
def test_what_is_kept_of_a_line_is_not_too_deep_to_read(prov: Prov, world: Path, depth: int) -> None:
    """Unknown keys are kept, and whoever reads them back gets to their bottom."""
    feed = line().replace(b"}", b', "x": %s}' % (b"[" * depth + b"]" * depth))
    if depth < 50:
        assert ingested(prov, "-", feed=feed)["extra"]
        assert 0 == prov("rebuild").code
    else:
        refuses(prov, world, "ingest", "-", feed=feed, words="stdin:1")


WRONG = {
    "unknown key": ('[tool.prov]\nstroe = "x"\n', "stroe"),
    "no table": ("[tool]\nprov = 3\n", ""),
    "policy is no table": ("[tool.prov]\npolicy = 3\n", "policy"),
    "unknown policy": ('[tool.prov.policy]\nfale_on = "x"\n', "fale_on"),
    "policy of no kind": ('[tool.prov.policy]\nfail_on = "x"\n', "fail_on"),
    "confidence": ("[tool.prov.policy]\nmin_confidence = nan\n", "min_confidence"),
    "grace": ('[tool.prov.policy]\ngrace = "99999999999999999999d"\n', "grace"),
    "grace of a day in Arabic digits": ('[tool.prov.policy]\ngrace = "٣d"\n', "grace"),
    "patterns": ('[tool.prov.check]\nexclude = ["a", 3]\n', "exclude"),
    "no TOML": ("[tool.prov\n", "TOML"),
    "deep": ("a = " + "[" * 100_000, "TOML"),
    "no UTF-8": ("x = '\udcff'", "TOML"),
    "escape": ('[tool.prov]\n"a\\u001b[2J\\u202e" = 1\n', "a\\x1b[2J\\u202e"),
    "control in a date": ('[tool.prov.policy]\nfail_on = "a\\u0000b\\nc"\n', "fail_on"),
}


@pytest.mark.parametrize(("content", "words"), [row(62, *given, what=name) for name, given in WRONG.items()])
def test_settings_that_make_no_sense_are_named(prov: Prov, world: Path, content: str, words: str) -> None:
    """Wrong usage, in one line with the file and the key; nothing is checked by half a policy."""
    (world / "prov.toml").write_bytes(content.encode(errors="surrogateescape"))
    (world / "site").mkdir()
    (world / "site" / "a.txt").write_text("Nothing to see here.\n")

    ran = prov("--store", "store", "check", "site")
    if content.startswith("[tool]"):
        refused(ran, 2, "prov.toml")
    else:
        refused(ran, 2, "prov.toml", words)


STORE = {
    "unknown key": ('stroe = "x"', 2),
    "lock_timeout of no length": ("lock_timeout = nan", 2),
    "lock_timeout below nothing": ("lock_timeout = -1", 2),
    "a ledger on a line of its own": ('ledger = "a\\nb"', 3),
    "a ledger outside": ('ledger = "../../../../etc/passwd"', 4),
    "a ledger with NUL": ('ledger = "a\\u0000b"', 3),
    "a ledger that is a folder": ('ledger = "facts.git"', 4),
    "a ledger of no database": ('ledger = "evil://x"', 3),
    "a ledger of no port": ('ledger = "postgresql://u:SECRET@127.0.0.1:x/d"', 3),
}


@pytest.mark.parametrize(("setting", "code"), [row(63, *given, what=name) for name, given in STORE.items()])
def test_a_setting_of_the_store_that_makes_no_sense(prov: Prov, world: Path, setting: str, code: int) -> None:
    """One line, nothing written elsewhere, and no password in it."""
    (world / "store" / "prov.toml").write_text(setting + "\n")

    ran = prov("ingest", "-", feed=line())

    assert ran.code in ({code, 0} if "\\n" in setting else {2, 3, 4}), ran
    assert (ran.code != 0) == ran.err.count("\n")
    assert "SECRET" not in ran.err + ran.out
    assert "Traceback" not in ran.err


PROJECT = {
    "lock that is none": ("prov.lock", "[]"),
    "lock of other types": ("prov.lock", '{"schema": "prov-lock/1", "files": 7, "sha256": [], "store": {}}'),
    "lock of deep lists": ("prov.lock", "[" * 100_000),
    "lock of no schema": ("prov.lock", '{"schema": {"a": 1}, "files": [], "sha256": "", "store": ""}'),
    "lock with an escape": ("prov.lock", '{"schema": "\\u001b[2J\\u202e", "files": [], "sha256": "", "store": ""}'),
    "lock that is no text": ("prov.lock", "\udcff\udcfe"),
    "baseline that is none": ("prov-baseline.json", "[]"),
    "baseline of other types": ("prov-baseline.json", '{"schema": "prov-baseline/1", "findings": 7}'),
    "waivers that are none": ("prov-waivers.toml", "waiver = 7"),
    "waiver of other types": ("prov-waivers.toml", "[[waiver]]\nfinding = 7\nreason = []\nby = {}\nuntil = 3\n"),
    "waiver without an end": ("prov-waivers.toml", '[[waiver]]\nfinding = "x"\nreason = "y"\nby = "z"\n'),
    "waivers of deep lists": ("prov-waivers.toml", "a = " + "[" * 100_000),
    "waivers that are no text": ("prov-waivers.toml", "\udcff"),
}


@pytest.mark.parametrize(("name", "content"), [row(109, *given, what=what) for what, given in PROJECT.items()])
def test_what_a_check_rests_on_is_sound_or_nothing_is_green(prov: Prov, world: Path, name: str, content: str) -> None:
    """A lock, a baseline or waivers that make no sense end the check in one line: never as if all were well."""
    (world / name).write_bytes(content.encode(errors="surrogateescape"))
    (world / "a.txt").write_text("Nothing to see here.\n")

    ran = prov("check", "a.txt")

    refused(ran, 3, name)


@tries(109)
def test_a_copy_that_cannot_be_read_is_not_green(prov: Prov, world: Path, rows: object) -> None:
    """Empty, binary, too deep or a link: each is told, and the check fails with 3, also where another one passes."""
    site = world / "site"
    site.mkdir()
    (site / "fine.txt").write_text("Nothing to see here.\n")
    (site / "deep.html").write_bytes(page("<div>" * 300))
    (site / "binary.md").write_bytes(bytes(range(256)) * 9)

    ran = prov("check", "site")

    assert 3 == ran.code
    assert all(name in ran.out for name in ("deep.html", "binary.md"))
    assert "Traceback" not in ran.err


NOTES = {
    "quotes": "Correction: An earlier version " + "said “" * 5000,
    "not": "Correction: It is " + "x, not " * 7000,
    "blanks": "Correction:" + " " * 50_000 + "x",
    "brackets": "(Corrects " * 5000,
    "dates": "This article was amended on " + "1 May 2025 and " * 3500,
    "labels": "CORRECTION: " * 4000,
    "words": "This story has been " + "corrected " * 5000,
    "dots": "An earlier version of this article " + "." * 45_000,
    "figures": "Correction: " + "1,2.3 " * 8000,
    "spread": "C o r r e c t i o n : " * 2200,
}


@pytest.mark.parametrize("note", [row(82, note, what=name) for name, note in NOTES.items()])
def test_a_note_built_to_cost_costs_little(prov: Prov, world: Path, note: str) -> None:
    """50 kB of it, in the text and as a field, end in a revision (bench/bench_patterns.py has the times)."""
    feed = line(
        url=ARTICLE, body=f"{OLD.replace('Three', 'Four')}\n\n{note}", notice=note, modified_at="2025-03-07T00:00Z"
    )
    assert 2 == ingested(prov, "-", feed=feed, url=ARTICLE)["n"]
