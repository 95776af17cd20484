"""The lock: what each file was made of, and what is said when that no longer holds."""

from __future__ import annotations

import json

import pytest
from newsroom import Newsroom
from republisher import Republisher

from provenance.app.gate.lock import NAME, is_covered
from provenance.app.gate.locking import lock_up
from provenance.app.gate.scope import Scope
from provenance.app.gate.upstreams import LedgerUpstreams
from provenance.errors import GateError
from provenance.model import ArticleId, Found


def locked(site: Republisher, *names: str) -> int:
    """Lock files or folders of a project, and give how many articles were locked."""
    paths = tuple(site.root / name for name in names) or (site.root,)
    _, count = lock_up(LedgerUpstreams(site.newsroom.workspace), Scope(site.project, paths))
    return count


def test_a_lock_says_of_which_revision_a_file_was_made(site: Republisher, behind: ArticleId) -> None:
    """With the article, the commit and the digest of the text; a file that is no copy is not in it."""
    site.write("content/own.md", "Ours alone.\n")

    assert 1 == locked(site)

    values = json.loads((site.root / NAME).read_text())
    [entry] = values["files"]
    assert ("content/a.md", behind, 0) == (entry["path"], entry["article"], entry["revision"])
    assert site.newsroom.history(behind).revisions[0].id == entry["commit"]
    assert site.newsroom.workspace.store.head() == values["store"]


def test_a_lock_is_the_surest_pointer(site: Republisher, behind: ArticleId) -> None:
    """A file that names nothing any more is held against what it is locked to."""
    locked(site)
    site.unname()

    assert ["PRV102 content/a.md"] == site.findings()
    assert Found.LOCK is site.outcome().found


def test_the_same_files_give_the_same_lock(site: Republisher, behind: ArticleId) -> None:
    """Twice the same bytes; what lies outside of the paths that were named stays locked."""
    site.copy(behind, "other/b.md")
    locked(site)
    first = (site.root / NAME).read_bytes()

    locked(site, "content")

    assert first == (site.root / NAME).read_bytes()


def test_a_file_that_was_changed_is_no_longer_what_was_locked(site: Republisher, behind: ArticleId) -> None:
    """As it is to be expected after mending it: a warning, until it is locked again."""
    locked(site)
    site.copy(behind)

    assert ["PRV501 content/a.md"] == site.findings()
    assert not site.one("PRV501").fails
    locked(site)
    assert [] == site.findings()


def test_a_file_that_is_gone_is_told_where_its_folder_is_checked(site: Republisher, behind: ArticleId) -> None:
    """And taken out of the lock by the next one."""
    locked(site)
    (site.root / "content/a.md").unlink()
    site.write("other/b.md", "Ours.\n")

    assert ["PRV501 content/a.md"] == site.findings("content")
    assert [] == site.findings("other")
    assert 0 == locked(site)
    assert [] == site.findings()


@pytest.mark.parametrize(
    "change",
    [
        lambda text: text.replace('"revision": 0', '"revision": 1'),
        lambda text: text[:-20],
        lambda text: f"<<<<<<< ours\n{text}",
        lambda _: "[]",
        lambda text: text.replace("prov-lock/1", "prov-lock/9"),
        lambda text: text.replace('"item"', '"items"'),
    ],
)
def test_a_lock_that_was_edited_is_refused(site: Republisher, behind: ArticleId, change: object) -> None:
    """By hand, by a merge, by a newer prov: no check is made on it."""
    locked(site)
    text = (site.root / NAME).read_text()
    assert callable(change)
    site.write(NAME, change(text))

    with pytest.raises(GateError, match=r"prov\.lock"):
        site.check()


def test_a_store_that_is_older_than_the_lock_is_refused(
    site: Republisher, behind: ArticleId, tmp_path_factory: pytest.TempPathFactory
) -> None:
    """What is locked and not held cannot be checked; a store that is newer can."""
    site.copy(behind)
    locked(site)
    site.newsroom.correct(behind, "Two people died", "Four people died")
    assert ["PRV102 content/a.md"] == site.findings()
    older = Newsroom(tmp_path_factory.mktemp("older") / "store")
    older.publish("Something else.", site="other")

    with pytest.raises(GateError, match="older than"):
        Republisher(older, site.root).check()


@pytest.mark.parametrize(
    ("path", "names", "covered"),
    [
        ("content/a.md", (".",), True),
        ("content/a.md", ("content",), True),
        ("content/a.md", ("content/a.md",), True),
        ("contents/a.md", ("content",), False),
        ("content/a.md", (), False),
    ],
)
def test_a_path_covers_what_lies_below_it(path: str, names: tuple[str, ...], *, covered: bool) -> None:
    """And nothing that only begins alike."""
    assert covered is is_covered(path, names)
