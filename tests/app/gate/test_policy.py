"""What a policy says of a missed update, and how it is written down."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path

import pytest
from republisher import Republisher

from provenance.app.gate import project, settings
from provenance.app.gate.durations import duration, written
from provenance.app.gate.policy import Grace, Policy
from provenance.errors import UsageError
from provenance.model import ArticleId, Code, Kind, Level


def test_what_is_milder_than_fail_on_does_not_fail() -> None:
    """By default a correction fails, a clarification is a warning, a development a note, a refile nothing."""
    levels = {kind: Policy().level(kind, 0.9, declared=True) for kind in Kind}

    assert {
        Kind.RETRACTION: Level.ERROR,
        Kind.CORRECTION: Level.ERROR,
        Kind.CLARIFICATION: Level.WARNING,
        Kind.DEVELOPMENT: Level.NOTE,
        Kind.REFILE: None,
    } == levels
    assert Level.ERROR is Policy(fail_on=Kind.REFILE).level(Kind.REFILE, 0.9, declared=True)
    assert Level.WARNING is Policy(fail_on=None).level(Kind.RETRACTION, 0.9, declared=True)


def test_a_verdict_that_is_not_sure_enough_is_a_warning() -> None:
    """Precision comes first: below `min_confidence` nothing fails."""
    policy = Policy(min_confidence=0.8)

    assert Level.WARNING is policy.level(Kind.CORRECTION, 0.79, declared=True)
    assert Level.ERROR is policy.level(Kind.CORRECTION, 0.8, declared=True)


def test_a_silent_update_is_no_graver_than_the_policy_says() -> None:
    """`missed_silent` is the most that an update without a notice comes to."""
    policy = Policy(missed_silent=Level.NOTE)

    assert Level.NOTE is policy.level(Kind.CORRECTION, 0.9, declared=False)
    assert Level.ERROR is policy.level(Kind.CORRECTION, 0.9, declared=True)


def test_grace_by_path_beats_grace_by_publisher_beats_grace_by_kind() -> None:
    """The most special one counts, of several paths the last; a kind that a table leaves out falls through."""
    day = timedelta(days=1)
    policy = Policy(
        grace=Grace(kinds={Kind.CORRECTION: day}),
        publishers={"Wire": Grace(2 * day)},
        paths={"content/*": Grace(3 * day), "content/old/*": Grace(kinds={Kind.CORRECTION: 4 * day})},
    )

    assert day == policy.period(Kind.CORRECTION, "Courier", "a.md")
    assert timedelta(0) == policy.period(Kind.RETRACTION, "Courier", "a.md")
    assert 2 * day == policy.period(Kind.RETRACTION, "wire", "a.md")
    assert 3 * day == policy.period(Kind.RETRACTION, "Wire", "content/old/a.md")
    assert 4 * day == policy.period(Kind.CORRECTION, "Wire", "content/old/a.md")


def test_within_its_grace_period_a_missed_correction_warns(site: Republisher, behind: ArticleId) -> None:
    """It fails from the moment on that the period is over, and says which that is."""
    site.settings('grace = "24h"')
    out = site.newsroom.now

    [early] = site.check(now=out + timedelta(hours=23)).findings
    [late] = site.check(now=out + timedelta(hours=24)).findings

    assert (Level.WARNING, out + timedelta(hours=24)) == (early.level, early.due)
    assert Level.ERROR is late.level


def test_what_never_fails_is_not_said_to_fail_some_day(site: Republisher, behind: ArticleId) -> None:
    """Its grace period ends without anything coming of it."""
    site.settings('fail_on = "retraction"\ngrace = "24h"')

    assert site.one("PRV102").due is None


@pytest.mark.parametrize(
    ("text", "hours"), [("24h", 24), ("7d", 168), ("2w", 336), ("90m", 1.5), ("1d 12h", 36), ("0", 0), ("0h", 0)]
)
def test_lengths_of_time_are_written_as_people_do(text: str, hours: float) -> None:
    """Units of minutes, hours, days and weeks, and what is written is read back."""
    assert timedelta(hours=hours) == duration(text)
    assert timedelta(hours=hours) == duration(written(timedelta(hours=hours)))


@pytest.mark.parametrize("text", ["", "24", "h", "1y", "-1h", "1.5h", "9999999w", "999999w" * 2000, "٣h"])
def test_what_is_no_length_of_time_is_none(text: str) -> None:
    """Nothing is guessed."""
    assert duration(text) is None


def test_every_setting_is_read(site: Republisher) -> None:
    """What is written comes to what is in force, with the file as its origin."""
    site.settings(
        'fail_on = "clarification"\nmin_confidence = 1\nmissed_silent = "note"\ngrace = { correction = "6h" }\n'
        'not_checked = "warning"\ncopy_diverged = "ignore"\n'
        '[tool.prov.policy.grace_by_publisher]\n"Wire" = "2d"\n'
        '[tool.prov.policy.grace_by_path]\n"old/*" = { clarification = "1w" }\n',
        'keys = ["from"]\nown = ["US.example"]\nexclude = ["drafts/*"]',
    )
    found = site.project

    assert {
        "fail_on": '"clarification"',
        "min_confidence": "1",
        "missed_silent": '"note"',
        "grace": '{ correction = "6h" }',
        "grace_by_publisher": '{ "Wire" = "2d" }',
        "grace_by_path": '{ "old/*" = { clarification = "7d" } }',
        "not_checked": '"warning"',
        "copy_diverged": '"ignore"',
        "keys": '["from"]',
        "own": '["us.example"]',
        "exclude": '["drafts/*"]',
    }.items() <= settings.written(found).items()
    assert str(site.root / "prov.toml") == found.policy.origin("grace") == found.policy.origin("keys")
    assert "default" == found.policy.origin("notice_dropped")
    assert found.policy.levels[Code.COPY_DIVERGED] is None


@pytest.mark.parametrize(
    "wrong",
    [
        'fail_on = "corrections"',
        "fail_on = 3",
        "min_confidence = 1.5",
        "min_confidence = true",
        'grace = "a while"',
        "grace = 24",
        'grace = { corrections = "6h" }',
        'grace_by_path = "24h"',
        'not_checked = "red"',
        "grave = 1",
    ],
)
def test_a_setting_that_makes_no_sense_is_refused(site: Republisher, wrong: str) -> None:
    """The file, the table and the key are named."""
    site.settings(wrong)

    with pytest.raises(UsageError, match=r"prov\.toml.*\[tool\.prov\.policy\]"):
        _ = site.project


def test_the_nearest_settings_count(site: Republisher, tmp_path: Path) -> None:
    """A pyproject.toml of another tool is passed by; a store's own prov.toml is none of a project."""
    site.write("pyproject.toml", "[tool.other]\nx = 1\n")
    site.write("sub/pyproject.toml", "[tool.other]\nx = 1\n")
    site.write("sub/content/a.md", "Text.\n")
    (site.newsroom.workspace.path / "prov.toml").write_text("lock_timeout = 1\n")

    assert site.root == project.find([site.root / "sub" / "content"]).root
    assert project.find([site.newsroom.workspace.path]).settings is None


def test_the_command_line_overrules_the_settings(site: Republisher) -> None:
    """`--fail-on` and `--grace` win, and say where they were set."""
    site.settings('fail_on = "never"\ngrace_by_path = { "*" = "9d" }')

    found = project.overruled(site.project, "retraction", "1h")

    assert Kind.RETRACTION is found.policy.fail_on
    assert timedelta(hours=1) == found.policy.period(Kind.CORRECTION, "", "a.md")
    assert "option --grace" == found.policy.origin("grace_by_path")
    for wrong in (("sometimes", ""), ("", "a while")):
        with pytest.raises(UsageError):
            project.overruled(site.project, *wrong)
