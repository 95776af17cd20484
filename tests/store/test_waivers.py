"""Waivers in the log: decisions about an article, one a line and one commit a decision."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from store.world import AT, URL, git, make, put

from provenance.app.workspace import Workspace
from provenance.model import Waiver, article_id
from provenance.store import Code, Store

ARTICLE = article_id(URL)
ONE = Waiver("0123456789ab", "our own count stands", 'Ada "A." Moor\n', date(2026, 12, 31), date(2026, 11, 22))
TWO = Waiver("ba9876543210", "ein Grund – ein zweiter", "Ben Lisk", date(2027, 1, 31), None)


def test_decisions_are_kept_in_their_order(store: Store) -> None:
    """By article, each as it was made; the log has one commit more for each."""
    put(store, make())
    before = int(git(store, "rev-list", "--count", "main"))

    store.waive(ARTICLE, ONE, AT)
    head = store.waive(ARTICLE, TWO, AT + timedelta(days=1))

    assert {ARTICLE: (ONE, TWO)} == store.waivers()
    assert before + 2 == int(git(store, "rev-list", "--count", "main"))
    assert head == store.head()


def test_a_decision_that_is_held_is_not_stored_twice(store: Store) -> None:
    """The same command again changes nothing."""
    first = store.waive(ARTICLE, ONE, AT)

    assert first == store.waive(ARTICLE, ONE, AT + timedelta(days=9))


def test_an_empty_store_has_no_waivers_and_takes_one(store: Store) -> None:
    """A decision may be the first fact of all."""
    assert {} == store.waivers()
    store.waive(ARTICLE, ONE, AT)
    assert {ARTICLE: (ONE,)} == store.waivers()


def test_a_sound_store_with_waivers_is_sound(store: Store) -> None:
    """Neither form nor bytes give cause for complaint, and nothing else of the log is hidden by them."""
    put(store, make())
    store.waive(ARTICLE, ONE, AT)
    put(store, make(1))
    store.waive(ARTICLE, TWO, AT)

    assert () == store.fsck(deep=True)
    assert [0, 1] == [fact.n for fact in store.log() if hasattr(fact, "n")]


def test_the_ledger_goes_on_past_a_waiver(store: Store) -> None:
    """Nothing follows from it there, and the cursor is at the end of the log."""
    from provenance.app.catch_up import catch_up

    workspace = Workspace(store.path)
    put(store, make())
    store.waive(ARTICLE, ONE, AT)
    catch_up(workspace)
    assert store.head() == workspace.ledger.cursor()
    put(store, make(1))
    store.waive(ARTICLE, TWO, AT)

    assert 1 == catch_up(workspace).revisions
    assert store.head() == workspace.ledger.cursor()


@pytest.mark.parametrize(
    ("content", "code"),
    [
        (b"{}\n", Code.WAIVER),
        (b"not JSON\n", Code.WAIVER),
        (b'{"by":"","finding":"a","made":null,"reason":"x","until":"2026-12-31"}\n', Code.WAIVER),
        (b'{"by":"y","finding":"a","made":null,"reason":"x","until":"soon"}\n', Code.WAIVER),
        (b'{"by": "y","finding":"a","made":null,"reason":"x","until":"2026-12-31"}\n', Code.WAIVER),
        (b'{"by":"y","finding":"a","made":null,"reason":"x","until":"2026-12-31"}\n', Code.KEPT),
    ],
)
def test_a_waiver_that_was_tampered_with_is_found(store: Store, content: bytes, code: Code) -> None:
    """Lines that are none, and decisions taken away."""
    store.waive(ARTICLE, ONE, AT)
    blob = git(store, "hash-object", "-w", "--stdin", stdin=content).strip()
    entry = f"100644 blob {blob}\t{ARTICLE}.jsonl\n".encode()
    folder = git(store, "mktree", stdin=entry).strip()
    tree = git(store, "mktree", stdin=f"040000 tree {folder}\twaivers\n".encode()).strip()
    commit = git(store, "commit-tree", tree, "-p", store.head(), "-m", "x").strip()
    git(store, "update-ref", "refs/heads/main", commit)

    assert code in {damage.code for damage in store.fsck()}
