"""Answers that are kept from one check to the next."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from pathlib import Path

import pytest
from republisher import Republisher

from provenance.app.gate.cache import Cache, place
from provenance.app.gate.check import check
from provenance.app.gate.scope import Scope
from provenance.app.gate.upstreams import LedgerUpstreams, Story
from provenance.model import ArticleId, Verdict


class Counting(LedgerUpstreams):
    """Counts how often a story is asked for."""

    asked = 0

    def stories(self, wanted: Collection[ArticleId]) -> Mapping[ArticleId, Story]:
        """Count, and answer."""
        Counting.asked += 1
        return super().stories(wanted)


def run(site: Republisher, folder: Path, state: str = "") -> tuple[Verdict, int]:
    """Check a site with a cache, and give how often a story had to be read."""
    Counting.asked = 0
    upstreams = Counting(site.newsroom.workspace)
    cache = Cache(folder, upstreams.head, state)
    verdict = check(upstreams, Scope(site.project, (site.root,)), site.newsroom.now, cache=cache)
    return verdict, Counting.asked


def test_what_has_not_changed_is_not_asked_again(site: Republisher, behind: ArticleId, tmp_path: Path) -> None:
    """And the verdict is the same, to the last field."""
    first, asked = run(site, tmp_path / "cache")
    again, later = run(site, tmp_path / "cache")

    assert first == again
    assert (True, 0) == (asked > 0, later)


@pytest.mark.parametrize("change", ["file", "store", "state", "lock"])
def test_whatever_changes_asks_anew(site: Republisher, behind: ArticleId, tmp_path: Path, change: str) -> None:
    """The bytes of the file, what is held, the engine and the settings, the lock."""
    run(site, tmp_path / "cache")
    if change == "file":
        site.copy(behind)
    elif change == "store":
        site.newsroom.correct(behind, "Two people died", "Four people died")
    elif change == "lock":
        from provenance.app.gate.locking import lock_up

        lock_up(LedgerUpstreams(site.newsroom.workspace), Scope(site.project, (site.root,)))

    _, asked = run(site, tmp_path / "cache", "other" if change == "state" else "")

    assert asked


def test_what_was_tampered_with_is_asked_anew(site: Republisher, behind: ArticleId, tmp_path: Path) -> None:
    """Neither rubbish nor half a file breaks a check."""
    first, _ = run(site, tmp_path / "cache")
    for content in (b"", b"[]", b"{", b'{"a": 1}', b"[" * 99999):
        for file in (tmp_path / "cache").rglob("*.json"):
            file.write_bytes(content)
        assert first == run(site, tmp_path / "cache")[0]


def test_a_folder_that_others_can_write_to_is_not_used(site: Republisher, behind: ArticleId, tmp_path: Path) -> None:
    """Whoever can write answers could turn a red check green."""
    (tmp_path / "cache").mkdir()
    (tmp_path / "cache").chmod(0o777)

    run(site, tmp_path / "cache")

    assert [] == list((tmp_path / "cache").iterdir())


def test_answers_of_another_state_are_forgotten(site: Republisher, behind: ArticleId, tmp_path: Path) -> None:
    """The cache does not grow with the store's history."""
    run(site, tmp_path / "cache", "one")
    run(site, tmp_path / "cache", "two")

    assert 1 == len(list((tmp_path / "cache").iterdir()))


def test_the_cache_is_the_users_own_and_never_in_the_repository(tmp_path: Path) -> None:
    """Below $XDG_CACHE_HOME, else ~/.cache; a relative path is none."""
    named = place({"XDG_CACHE_HOME": "/x", "HOME": "/h"}, tmp_path)
    usual = place({"XDG_CACHE_HOME": "cache", "HOME": "/h"}, tmp_path)

    assert named
    assert usual
    assert (True, True) == (named.is_relative_to("/x/prov"), usual.is_relative_to("/h/.cache/prov"))
    assert place({}, tmp_path) is None
