"""A store in which every field is out to harm: no command, in no format, hands on what a terminal would act on (rows 24 to 29, 105, 113)."""

# ruff: noqa: E501 - a table reads by its rows
from __future__ import annotations

import csv
import io
import json
import re
import shutil
import unicodedata
from pathlib import Path
from typing import Any

import pytest
from command import prov as installed
from hostile.table import row, tries
from hostile.world import OLD
from inside import Prov

from provenance.app.ingest import ingest
from provenance.app.workspace import Workspace, init
from provenance.cli.context import utc_now
from provenance.sources import read

EVIL = (
    "\x1b]0;owned\x07\x1b[2J\x9b31m\rowned\x00\x7f\x85\u2028 \u202edrawkcab\u202c \u2066x\u2069 \u200bz\ufeff "
    '<script>alert(1)</script>"><img src=x onerror=alert(1)>{{7*7}}</ins></textarea> '
    '=HYPERLINK("https://x")\t@SUM(1)%s%n `id` $(id) \';--\n\nProv-Forged: yes\n::error::x'
)
FIELDS = ("=1+1 " + EVIL, "@" + EVIL, "\t" + EVIL, EVIL)
WIRE, MIRROR = "https://wire.example/%3Cscript%3E?a='%22;--", "https://mirror.example/=HYPERLINK(1)"
NAME = "e\x1b[2J\u202e=1.txt"


def feed() -> bytes:
    """Write an article that was corrected and its copies, with that in every field."""
    extra = {EVIL: [EVIL, {EVIL: EVIL}]}
    note = f"Correction: An earlier version said that three people {EVIL} died. It is two, not three."
    common: dict[str, Any] = {"publisher": EVIL, "headline": FIELDS[0], "byline": FIELDS[1], "extra": extra}
    old = f"{OLD}\n\nHe said “{EVIL}”."
    new = f"{old.replace('Three', f'Two {FIELDS[2]}')}\n\n{note}"
    rows = [
        common | {"url": WIRE, "body": old, "modified_at": "2025-03-04T09:12Z", "observed_at": "2025-03-04T10:00Z"},
        common | {"url": WIRE, "body": new, "modified_at": "2025-03-05T09:12Z", "observed_at": "2025-03-05T10:00Z", "notice": note},
        common | {"url": MIRROR, "body": old, "copy_of": WIRE, "observed_at": "2025-03-06T10:00Z", "publisher": FIELDS[3]},
        common | {"url": MIRROR + "2", "body": old.replace("e", "\u0435"), "copy_of": WIRE, "observed_at": "2025-03-06T10:00Z"},
    ]  # fmt: skip
    return "".join(json.dumps(each) + "\n" for each in rows).encode()


@pytest.fixture(scope="module")
def hostile(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Give the folder of such a store, with a site beside it whose files are no better."""
    folder = tmp_path_factory.mktemp("hostile")
    outcomes = list(ingest(Workspace(init(folder / "store")), read("-", stdin=io.BytesIO(feed())), utc_now))
    assert [None] * 4 == [each.error for each in outcomes]
    site = folder / "site"
    site.mkdir()
    head = f"---\ntitle: {json.dumps(EVIL)}\ncopy_of: {WIRE}\nauthor: {json.dumps(EVIL)}\n---\n\n"
    (site / NAME.replace("txt", "md")).write_text(head + OLD + f"\n\nHe said “{EVIL}”.\n", errors="replace")
    return folder


@pytest.fixture
def there(hostile: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Copy that folder, and be in it."""
    shutil.copytree(hostile, tmp_path, dirs_exist_ok=True)
    monkeypatch.chdir(tmp_path)
    return tmp_path


TEXT = {
    "status": ["status"],
    "status of one": ["status", WIRE],
    "status of a copy": ["status", MIRROR],
    "log": ["log", WIRE],
    "diff": ["diff", WIRE],
    "diff to a copy": ["diff", "--copy", MIRROR],
    "explain": ["explain", MIRROR],
    "explain a disguise": ["explain", MIRROR + "2"],
    "check": ["check", "site", "--no-cache"],
    "check in the store": ["check", "--in-store"],
    "check for GitHub": ["check", "site", "--format", "github", "--no-cache"],
    "check as Markdown": ["check", "site", "--format", "markdown", "--no-cache"],
    "lock": ["lock", "site"],
    "policy": ["policy"],
    "fsck": ["fsck"],
    "report as Markdown": ["report", "--format", "markdown"],
    "report as CSV": ["report", "--format", "csv"],
    "letter": ["letter", MIRROR],
    "show what is not held": ["show", EVIL.replace("\x00", "")],
    "show a revision that is not held": ["show", f"{WIRE}@77"],
    "ingest what is not there": ["ingest", NAME + EVIL.replace("\x00", "")],
    "ingest without a URL": ["ingest", f"site/{NAME.replace('txt', 'md')}"],
    "check what is not there": ["check", NAME],
    "a command that is none": [EVIL.replace("\x00", "")],
    "a store that is none": ["--store", NAME, "status"],
}
JSON = {
    "status": ["status", "--format", "json", "--texts"],
    "diff": ["diff", "--copy", MIRROR, "--format", "json"],
    "explain": ["explain", MIRROR, "--format", "json"],
    "show": ["show", WIRE, "--meta"],
    "check": ["check", "site", "--format", "json", "--no-cache"],
    "SARIF": ["check", "site", "--format", "sarif", "--no-cache"],
    "GitLab": ["check", "site", "--format", "codequality", "--no-cache"],
    "export": ["export", "corrections"],
    "report": ["report", "--format", "json"],
}


def acts(text: str) -> list[str]:
    """Find the characters that a terminal acts on, or that turn a line around, other than line ends."""
    return sorted({f"U+{ord(c):04X}" for c in text if c != "\n" and (unicodedata.category(c) in {"Cc", "Zl", "Zp"} or c in "\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069\u200e\u200f\u061c")})  # fmt: skip


@pytest.mark.parametrize("command", [row(28, command, what=name) for name, command in TEXT.items()])
def test_no_text_drives_a_terminal(prov: Prov, there: Path, command: list[str]) -> None:
    """Whatever a command prints or complains of, controls and direction marks are shown as escapes."""
    ran = prov(*command)

    assert ran.code in {0, 1, 2, 3}, ran.err
    assert "Traceback" not in ran.err + ran.out
    csv_ends = ran.out.replace("\r\n", "\n") if "csv" in command else ran.out
    assert [] == acts(csv_ends)
    assert [] == acts(ran.err)
    if ran.code in {2, 3} and not ran.out:
        assert 1 == ran.err.count("\n"), ran.err


@pytest.mark.parametrize("command", [row(29, command, what=f"{name} as JSON") for name, command in JSON.items()])
def test_json_is_safe_to_look_at(prov: Prov, there: Path, command: list[str]) -> None:
    """Controls of both sets and direction marks are written as JSON's own escapes: the data is the same."""
    ran = prov(*command)

    assert ran.code in {0, 1}, ran.err
    assert json.loads(ran.out)
    assert [] == acts(ran.out)


@pytest.mark.parametrize("columns", ["20", "200"])
@pytest.mark.parametrize(
    "environ", [{"LC_ALL": "C"}, {"PYTHONIOENCODING": "ascii"}, {"LC_ALL": "POSIX", "PYTHONUTF8": "0"}]
)
@tries(113)
def test_a_poor_terminal_is_no_error(there: Path, rows: object, environ: dict[str, str], columns: str) -> None:
    """Neither a locale without letters nor twenty columns: what cannot be shown is escaped."""
    for command in (["status"], ["explain", MIRROR]) if columns == "20" else (["diff", WIRE],):
        ran = installed(*command, cwd=there, environ=environ | {"COLUMNS": columns})
        assert (0, "") == (ran.returncode, ran.stderr)
        assert [] == acts(ran.stdout)


@tries(24, 25, 27)
def test_a_page_of_it_is_inert(prov: Prov, there: Path, rows: object) -> None:
    """Read as a browser reads it, a report has no element, attribute or address of anybody else's."""
    from lxml import html

    ran = prov("report", "--format", "html", "-o", "report.html", "--now", "2026-01-01T00:00Z")
    assert (0, "") == (ran.code, ran.err)
    source = (there / "report.html").read_text(encoding="utf-8")
    page = html.document_fromstring(source.encode(), parser=html.HTMLParser(encoding="utf-8"))

    assert "alert(1)" in page.text_content()
    assert "49" not in re.findall(r"\{\{7\*7\}\}|\b49\b", page.text_content())
    for element in page.iter():
        if not isinstance(element.tag, str):
            continue
        assert not [name for name in element.attrib if name.lower().startswith("on")]
        assert element.tag not in {"img", "iframe", "object", "embed", "base", "form", "textarea"}
        for name in ("href", "src", "action", "formaction", "xlink:href"):
            link = element.get(name, "")
            assert not link or link.startswith(("#", "http://", "https://", "data:image/", "mailto:")), link
        if element.tag == "script":
            assert "alert(1)" not in (element.text or "")


@tries(105)
def test_a_table_of_it_is_no_program(prov: Prov, there: Path, rows: object) -> None:
    """No cell begins as a formula would, whatever begins the field."""
    ran = prov("report", "--format", "csv", "--now", "2026-01-01T00:00Z")

    assert (0, "") == (ran.code, ran.err)
    cells = [cell for line in csv.reader(io.StringIO(ran.out)) for cell in line]
    assert len(cells) > 10
    assert not [cell for cell in cells if cell.lstrip(" ").startswith(("=", "+", "@", "\t", "\r"))]
    assert not [cell for cell in cells if re.match(r"\s*-[^\d.]", cell)]
