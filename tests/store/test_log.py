"""The log is read on from where it was left, and a log that does not go on from there is damage."""

from __future__ import annotations

import resource
from datetime import timedelta
from itertools import islice
from pathlib import Path

import pytest
from store.world import AT, git, make, plain, put

from provenance.errors import DamageError
from provenance.model import Revision, Run
from provenance.store import Store


def test_reading_goes_on_from_a_commit(store: Store) -> None:
    """Only what came after `since` is given, oldest first; after the head there is nothing."""
    first = put(store, make(0))
    second = put(store, make(1), make(2))

    assert [1, 2] == [fact.n for fact in store.log(first) if isinstance(fact, Revision)]
    assert [Revision, Revision, Run] == [type(fact) for fact in store.log(first)]
    assert [] == list(store.log(second))


def test_an_empty_store_has_no_facts(store: Store) -> None:
    """Before the first fact there is no repository, and nothing to read."""
    assert "" == store.head()
    assert [] == list(store.log())
    assert () == store.fsck(deep=True)


def test_clocks_that_jump_do_not_reorder_the_log(store: Store) -> None:
    """The order is that of the commits, whatever the times they claim."""
    times = [AT + timedelta(days=days) for days in (0, 9000, -9000, 30, -30, 0)]
    heads = [put(store, make(n, observed_at=at, modified_at=at)) for n, at in enumerate(times)]

    assert [*range(6)] == [fact.n for fact in store.log() if isinstance(fact, Revision)]
    for n, head in enumerate(heads):
        assert [*range(n + 1, 6)] == [fact.n for fact in store.log(head) if isinstance(fact, Revision)]


def test_reading_may_stop_anywhere(store: Store) -> None:
    """A reader that has enough leaves no process behind."""
    put(store, *(make(n) for n in range(600)))

    log = store.log()
    assert 5 == len(list(islice(log, 5)))
    log.close()  # type: ignore[attr-defined]


def test_a_packed_branch_is_found(store: Store) -> None:
    """After `git gc` the branch stands in packed-refs."""
    head = put(store, make(0))
    git(store, "gc", "-q")

    assert not (store.path / "facts.git/refs/heads/main").exists()
    assert head == store.head()
    put(store, make(1))
    assert [0, 1] == [fact.n for fact in Store.open(store.path).log() if isinstance(fact, Revision)]


@pytest.mark.parametrize("fate", ["rewound", "deleted", "forked", "rewritten", "another store's"])
def test_a_log_that_lost_what_was_read_is_damage(store: Store, tmp_path: Path, fate: str) -> None:
    """The error names the commit that was read last and where the log is now."""
    first = put(store, make(0))
    since = put(store, make(1))
    if fate == "rewound":
        git(store, "update-ref", "refs/heads/main", first)
    elif fate == "deleted":
        git(store, "update-ref", "-d", "refs/heads/main")
    elif fate == "forked":
        git(store, "update-ref", "refs/heads/main", first)
        put(store, make(1, "Another\n"))
    elif fate == "rewritten":
        tree = git(store, "rev-parse", "main^{tree}").strip()
        forged = git(store, "commit-tree", tree, "-p", f"{since}~1", "-m", "x").strip()
        git(store, "update-ref", "refs/heads/main", forged)
    else:
        store = Store.init(tmp_path / "other")
        put(store, make(0, "Other\n"))

    with pytest.raises(DamageError, match=since) as caught:
        list(store.log(since))
    assert store.head() in str(caught.value)


def test_a_merge_in_the_log_is_damage(store: Store) -> None:
    """The log is one line: a commit with two parents has no place in it."""
    first = put(store, make(0))
    second = put(store, make(1))
    tree = git(store, "rev-parse", "main^{tree}").strip()
    merge = git(store, "commit-tree", tree, "-p", second, "-p", first, "-m", "x").strip()
    git(store, "update-ref", "refs/heads/main", merge)

    with pytest.raises(DamageError, match="does not follow"):
        list(store.log(first))
    assert "S03" in {damage.code for damage in store.fsck()}


def test_a_blob_that_is_missing_or_not_itself_is_damage(store: Store) -> None:
    """What is read is checked against its id, and the error names it."""
    put(store, make(0))
    [revision, _] = store.log()
    assert isinstance(revision, Revision)

    with pytest.raises(DamageError, match="0123456789012345678901234567890123456789"):
        list(store.read([revision.blob, "0123456789012345678901234567890123456789"]))
    with pytest.raises(DamageError, match=revision.id):
        list(store.read([revision.id]))


@pytest.mark.parametrize("content", ["", "x" * 40, "ref: refs/heads/other", "0" * 39, "A" * 40])
def test_a_branch_that_is_no_commit_is_damage(store: Store, content: str) -> None:
    """A ref of other content is named, and stops everything that would build on it."""
    put(store, make(0))
    (store.path / "facts.git/refs/heads/main").write_text(content + "\n")

    with pytest.raises(DamageError, match="refs/heads/main"):
        store.head()
    assert ["S01"] == [damage.code for damage in store.fsck()]


@pytest.mark.slow
def test_writing_and_reading_take_no_more_memory_for_a_longer_log(store: Store) -> None:
    """A log of many large texts streams in and out: the texts are never in memory together."""
    line = "A paragraph that says little, at some length, of nothing in particular.\n" * 4_000
    store.append((make(n, f"{n}\n{line}") for n in range(3)), [])
    list(store.log())
    before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    store.append((make(n, f"{n}\n{line}") for n in range(3, 300)), [])

    assert 300 == sum(1 for fact in store.log() if isinstance(fact, Revision))
    assert resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before < 40_000


def test_a_clone_is_a_store_like_any_other(store: Store, tmp_path: Path) -> None:
    """A log is cloned with plain git, and read and continued in its new place."""
    put(store, make(0))
    other = Store.init(tmp_path / "other")
    plain(
        store.path / "facts.git", "clone", "-q", "--bare", str(store.path / "facts.git"), str(other.path / "facts.git")
    )
    for sample in (other.path / "facts.git/hooks").glob("*"):
        sample.unlink()

    other = Store.open(other.path)

    assert store.head() == other.head()
    put(other, make(1))
    assert () == other.fsck(deep=True)
