"""Verdicts to write: one of every kind of finding, and one whose every word is hostile."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime

from provenance.model import (
    Checked,
    Code,
    Finding,
    Found,
    Kind,
    Level,
    Outcome,
    Passage,
    Place,
    Replacement,
    Verdict,
    article_id,
)

NOW = datetime(2026, 11, 22, 12, 0, tzinfo=UTC)
URL = "https://wire.example/a"
PLACE = Place(7, 5, 7, 17, (120, 132))
LATER = Place(9, 1, 10, 4, (150, 180))

HOSTILE = (
    "a\x1b[2Jb\u202ec\nd\r\n::error file=x::boo\n]]> <script>alert(1)</script> --> `````` | @everyone #1 "
    "[x](http://evil.example) ![y](z) {0} %0A , https://evil.example "
    "=cmd()|' /C calc'!A0 \x00\ud800 \udcff \ufffe &amp; \\"
)


def finding(**values: object) -> Finding:
    """Give a missed correction with two places and a fix, changed as named."""
    made = Finding(
        id="a1b2c3d4e5f6",
        code=Code.MISSED_CORRECTION,
        level=Level.ERROR,
        path="content/fire.md",
        message="misses the correction by Meridian Wire",
        upstream=article_id(URL),
        url=URL,
        publisher="Meridian Wire",
        headline="Two die in fire",
        update="4f5a",
        kind=Kind.CORRECTION,
        declared=True,
        because="the notice corrects it",
        notice="Two people died, not three.",
        confidence=0.98,
        since=datetime(2026, 11, 20, 8, 0, tzinfo=UTC),
        passages=(
            Passage(0, "Three people", "Two people died.", "has the words as they stood before", 0.98, PLACE),
            Passage(1, "all three", "both", "has the words as they stood before", 0.98, LATER),
        ),
        fixes=(Replacement(LATER, "both"), Replacement(PLACE, "Two people")),
        hint="prov patch content/fire.md",
    )
    return replace(made, **values)  # type: ignore[arg-type]


def every_code() -> tuple[Finding, ...]:
    """Give a finding of each code, the levels taken in turn, without a place."""
    levels = tuple(Level)
    return tuple(
        finding(id=f"{n:012x}", code=code, level=levels[n % 3], passages=(), fixes=(), kind=None, since=None)
        for n, code in enumerate(Code)
    )


def verdict(*findings: Finding) -> Verdict:
    """Give the verdict of a check with these findings, and one file that is no copy."""
    paths = sorted({each.path for each in findings})
    files = [Checked(path, Outcome.COPY, article_id(URL), URL, Found.LOCK, 0, "behind") for path in paths]
    files.append(Checked("content/own.md", Outcome.NO_COPY, why="nothing held is like it"))
    return Verdict(tuple(files), findings, NOW, "f" * 40, Kind.CORRECTION, {"fail_on": '"correction"'})


def accepted() -> Finding:
    """Give a finding that was waived."""
    return finding(id="0f0f0f0f0f0f", accepted="waived by Ada Moor until 2026-12-31: our own count")


def hostile(words: str = HOSTILE) -> Verdict:
    """Give a verdict in which all that comes from outside is the same hostile words."""
    passage = Passage(0, words, words, words, 0.5, PLACE, words, words)
    bad = finding(
        path=f"content/{words}".replace("\x00", ""),
        item=words,
        message=words,
        url=words,
        publisher=words,
        headline=words,
        because=words,
        notice=words,
        hint=words,
        passages=(passage, replace(passage, place=LATER)),
        fixes=(Replacement(PLACE, words),),
    )
    return verdict(
        bad,
        replace(bad, id="b" * 12, accepted=words, kind=Kind.RETRACTION),
        replace(bad, id="c" * 12, code=Code.NOT_CHECKED),
    )
