"""Waivers and the baseline: findings that are accepted, and until when."""

from __future__ import annotations

import tomllib
from datetime import UTC, date, datetime
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from republisher import Republisher

from provenance.app.gate import baseline, waivers
from provenance.app.gate.waiving import the_finding
from provenance.errors import GateError, NotFoundError, StorageError, UsageError
from provenance.model import ArticleId, Level, Waiver

DAY = date(2026, 12, 31)


def waive(site: Republisher, until: date = DAY) -> Waiver:
    """Waive the only finding that a site has."""
    made = Waiver(site.one("PRV102").id, "our own count stands", "Ada Moor", until, date(2026, 1, 2))
    waivers.add(site.root, made, "PRV102 in content/a.md")
    return made


def at(day: date, hour: int = 12) -> datetime:
    """Give a moment of a day."""
    return datetime(day.year, day.month, day.day, hour, tzinfo=UTC)


def test_a_waived_finding_does_not_fail(site: Republisher, behind: ArticleId) -> None:
    """It is still there, with who accepted it, until when and why."""
    waive(site)

    [found] = site.check(now=at(DAY, 23)).findings
    assert not found.fails
    assert Level.ERROR is found.level
    assert "waived by Ada Moor until 2026-12-31: our own count stands" == found.accepted


def test_a_waiver_ends(site: Republisher, behind: ArticleId) -> None:
    """The day after its last, the finding fails again, and the end is told."""
    waive(site)

    codes = {each.code.value: each.fails for each in site.check(now=at(date(2027, 1, 1))).findings}
    assert {"PRV102": True, "PRV502": False} == codes


def test_of_two_waivers_the_later_end_counts(site: Republisher, behind: ArticleId) -> None:
    """A decision that was renewed needs no other taken out."""
    waive(site, date(2026, 6, 1))
    waive(site)

    assert () == site.check(now=at(DAY)).failed


def test_what_stands_in_the_file_stays(site: Republisher, behind: ArticleId) -> None:
    """A waiver is put at the end; comments and the other waivers stay to the byte."""
    before = '# ours\n[[waiver]]\nfinding="abc"   # old\nreason="x"\nby="y"\nuntil=2020-01-01'
    site.write(waivers.NAME, before)

    made = waive(site)

    after = (site.root / waivers.NAME).read_text()
    assert after.startswith(before)
    assert made == waivers.read(site.root)[-1]


@pytest.mark.parametrize(
    ("content", "said"),
    [
        ('[[waiver]]\nfinding="a"\nreason="x"\nby="y"\n', "has no end"),
        ('[[waiver]]\nfinding="a"\nreason="x"\nby="y"\nuntil="soon"\n', "has no end"),
        ('[[waiver]]\nfinding="a"\nreason="x"\nuntil=2026-12-31\n', "name of who decided"),
        ('[[waiver]]\nfinding="a"\nreason="x"\nby=" "\nuntil=2026-12-31\n', "name of who decided"),
        ('[[waiver]]\nfinding="a"\nby="y"\nuntil=2026-12-31\n', "has no reason"),
        ('[[waiver]]\nreason="x"\nby="y"\nuntil=2026-12-31\n', "has no finding"),
        ('[[waiver]]\nfinding="a"\nreason="x"\nby="y"\nuntil=2026-12-31\nfor="ever"\n', "unknown key for"),
        ("[[waiver\n", "not TOML"),
        ("x = 1\n", "something else than waivers"),
        ("waiver = 1\n", "something else than waivers"),
    ],
)
def test_a_waiver_without_an_end_or_by_nobody_stops_the_check(site: Republisher, content: str, said: str) -> None:
    """And so does anything else that cannot be relied on."""
    site.write(waivers.NAME, content)

    with pytest.raises(GateError, match=said):
        site.check()


def test_a_file_of_waivers_that_takes_no_other_is_left_alone(site: Republisher, behind: ArticleId) -> None:
    """A list written inline cannot be added to by lines at its end."""
    inline = 'waiver = [{ finding = "a", reason = "x", by = "y", until = 2026-12-31 }]\n'
    site.write(waivers.NAME, inline)

    with pytest.raises(GateError):
        waive(site)
    assert inline == (site.root / waivers.NAME).read_text()


def test_no_waiver_is_written_through_a_link(site: Republisher, behind: ArticleId, tmp_path: Path) -> None:
    """The file that it would lead to stays as it is."""
    (tmp_path / "elsewhere").write_text("")
    (site.root / waivers.NAME).symlink_to(tmp_path / "elsewhere")

    with pytest.raises(StorageError, match="symbolic link"):
        waive(site)


@given(st.text())
def test_any_text_is_written_so_that_it_is_read_back(text: str) -> None:
    """Quotation marks, line ends, controls: nothing breaks out of its string."""
    expected = text.encode("utf-8", "replace").decode()

    assert {"x": expected} == tomllib.loads(f"x = {waivers.quoted(text)}")


def test_a_finding_is_named_by_the_beginning_of_its_id(site: Republisher, behind: ArticleId) -> None:
    """None, or several, is an error."""
    found = site.check().findings

    assert found[0] == the_finding(found, found[0].id[:5])
    with pytest.raises(NotFoundError):
        the_finding(found, "zzz")
    with pytest.raises(NotFoundError):
        the_finding(found, "")
    with pytest.raises(UsageError):
        the_finding([*found, *found], found[0].id)


# --- the baseline


def accept(site: Republisher, now: datetime) -> None:
    """Accept what a site has at the moment."""
    before = baseline.read(site.root)
    baseline.write(site.root, baseline.made(before, site.check(now=now).findings, ["."], now))


def test_what_was_wrong_already_is_accepted_with_its_age(site: Republisher, behind: ArticleId) -> None:
    """Only what is new fails."""
    accept(site, at(date(2026, 1, 1)))
    site.copy(behind, "content/b.md")
    site.newsroom.correct(behind, "a full car deck", "a half-empty car deck")

    now = at(date(2026, 3, 1))
    verdict = site.check(now=now)
    assert ["in the baseline for 59 days, since 2026-01-01"] == [f.accepted for f in verdict.findings if f.accepted]
    assert ["content/a.md", "content/b.md"] == [each.path for each in verdict.failed]


def test_what_is_accepted_keeps_its_day_and_what_is_mended_leaves(site: Republisher, behind: ArticleId) -> None:
    """Writing a baseline again is no new beginning."""
    accept(site, at(date(2026, 1, 1)))
    accept(site, at(date(2026, 2, 1)))
    [kept] = baseline.read(site.root).values()
    site.copy(behind)
    accept(site, at(date(2026, 3, 1)))

    assert date(2026, 1, 1) == kept.made
    assert {} == baseline.read(site.root)


def test_what_could_not_be_checked_is_never_accepted(site: Republisher) -> None:
    """It is not known to be wrong already."""
    site.write("content/a.md", "---\ntitle: [broken\n---\n\nText.\n")
    accept(site, at(date(2026, 1, 1)))

    assert {} == baseline.read(site.root)
    assert site.check().failed


@pytest.mark.parametrize(
    "content", ["", "[]", '{"schema": "prov-baseline/1"}', '{"schema": 2, "accepted": []}', "[" * 9999]
)
def test_a_baseline_that_is_none_stops_the_check(site: Republisher, content: str) -> None:
    """What it would have accepted is not known."""
    site.write(baseline.NAME, content)

    with pytest.raises(GateError, match="baseline"):
        site.check()
