"""Facts go in as one line of commits: what each holds, in which order, and what the same input gives elsewhere."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as some
from store.world import AT, URL, git, make, put, saw

from provenance.errors import DraftError
from provenance.model import Event, Revision, Run, Status, article_id, digest
from provenance.store import Entry, Store, writing

ID = article_id(URL)


def test_what_was_appended_is_read_back(store: Store) -> None:
    """A revision comes back with its metadata, text, number and time, and the run that found it after it."""
    entry = make(
        text="Ferry sinks\n\nTwo died.\n",
        byline="By Élodie",
        notices=("Correction: two, not three.",),
        modified_at=datetime(2026, 11, 22, 5, 0, 0, 250, tzinfo=UTC),
        status=Status.WITHHELD,
        extra={"section": ["sea", 1, None]},
        source=b"<p>Two died.",
        reader="html 1",
        flags=("charset-conflict",),
    )

    head = put(store, entry)

    revision, run = store.log()
    assert isinstance(revision, Revision)
    assert entry.metadata == revision.metadata
    assert (0, entry.text, AT, "html 1", ("charset-conflict",), False) == (
        revision.n,
        revision.text,
        revision.observed_at,
        revision.reader,
        revision.flags,
        revision.technical,
    )
    assert isinstance(run, Run)
    assert (tuple(saw(entry)), head) == (run.observations, run.id)
    assert [entry.text.encode()] == list(store.read([revision.blob]))
    assert b"<p>Two died." == store.source(revision.id, revision.article)
    assert head == store.head()


@settings(max_examples=10)
@given(
    some.lists(
        some.builds(
            lambda url, publisher, headline, text, source: make(
                url=f"https://x.example/{url}", publisher=publisher, headline=headline, text=text + "\n", source=source
            ),
            some.integers(),
            some.text(),
            some.text(),
            some.text(some.characters(exclude_categories=["Cs"])),
            some.binary(),
        ),
        max_size=8,
        unique_by=lambda entry: entry.article,
    )
)
def test_no_text_or_name_can_break_the_stream(tmp_path_factory: pytest.TempPathFactory, entries: list[Entry]) -> None:
    """Whatever a draft says, each entry is one commit and its text comes back to the byte."""
    store = Store.init(tmp_path_factory.mktemp("store"))

    put(store, *entries)

    found = [fact for fact in store.log() if isinstance(fact, Revision)]
    assert [(each.article, each.text) for each in entries] == [(each.article, each.text) for each in found]
    assert () == store.fsck(deep=True)


def test_a_revision_is_one_commit_and_the_run_comes_last(store: Store) -> None:
    """Author is the publisher and the time it gives, committer is prov and the time we saw it."""
    put(store, make(0), make(1, modified_at=AT.replace(hour=4)))

    subjects = git(store, "log", "--reverse", "--format=%s", "main").splitlines()
    assert [f"revision 0 of {ID}", f"revision 1 of {ID}"] == subjects[:2]
    assert subjects[2].startswith("run ")
    who = git(store, "log", "-1", "--format=%an <%ae> %at|%cn <%ce> %ct", "main~1").strip()
    author = f"Courier <{ID}@article.invalid> {int(AT.replace(hour=4).timestamp())}"
    assert f"{author}|prov <prov@invalid> {int(AT.replace(hour=6).timestamp())}" == who


def test_the_same_input_gives_the_same_trees_everywhere(tmp_path: Path) -> None:
    """Nothing in a blob or a tree depends on when we looked or where."""
    one, other = Store.init(tmp_path / "one"), Store.init(tmp_path / "other")

    one.append([make(0), make(1, source=b"x")], [])
    other.append([make(0, observed_at=AT.replace(year=2030))], [])
    other.append([make(1, source=b"x", observed_at=AT.replace(year=2031))], [])

    assert git(one, "log", "--format=%T") == git(other, "log", "--format=%T")


def test_a_run_that_is_in_the_log_already_is_not_stored_again(store: Store) -> None:
    """To observe the same at the same declared time adds no fact; to observe it later does."""
    put(store, make())
    unchanged = saw(make(), event=Event.UNCHANGED)
    head = store.append([], unchanged)

    assert head == store.append([], unchanged)
    assert head != store.append([], saw(make(observed_at=AT.replace(year=2027)), event=Event.UNCHANGED))
    assert () == store.fsck(deep=True)


def test_nothing_to_store_starts_no_git_and_moves_nothing(store: Store) -> None:
    """An empty batch is no commit."""
    assert "" == store.append([], [])
    head = put(store, make())

    assert head == store.append([], [])


def test_received_bytes_go_when_the_next_revision_has_none(store: Store) -> None:
    """A `.source` stands for its own revision only."""
    put(store, make(0, source=b"<p>x"), make(1), make(2))

    first, second, third = (fact for fact in store.log() if isinstance(fact, Revision))
    assert [b"<p>x", b"", b""] == [store.source(each.id, each.article) for each in (first, second, third)]
    assert ".source" not in git(store, "ls-tree", "-r", "--name-only", "main")
    assert () == store.fsck(deep=True)


def test_a_revision_of_the_metadata_alone_still_knows_its_text(store: Store) -> None:
    """Where the text did not change, git has no new blob, and the revision has the old one."""
    put(store, make(0, "Same\n"), make(1, "Same\n", status=Status.WITHDRAWN))

    first, second = (fact for fact in store.log() if isinstance(fact, Revision))
    assert ("Same\n", first.blob) == (second.text, second.blob)
    [*_, again, _] = store.log(texts=False)
    assert isinstance(again, Revision)
    assert ("", first.blob) == (again.text, again.blob)
    assert () == store.fsck(deep=True)


def test_a_technical_revision_says_so(store: Store) -> None:
    """A text that changed because another reader read the same bytes is marked in the commit."""
    put(store, make(0, source=b"x"), make(1, source=b"x", technical=True))

    assert [False, True] == [fact.technical for fact in store.log() if isinstance(fact, Revision)]


@pytest.mark.parametrize("year", [1, 1850, 1969, 2099, 2600, 9999])
def test_a_time_beyond_what_git_can_hold_is_kept_in_the_record(store: Store, year: int) -> None:
    """The commit has the nearest time that git can hold; nothing breaks, and the order is that of the log."""
    declared = datetime(year, 1, 2, 3, 4, 5, tzinfo=UTC)

    put(store, make(0), make(1, published_at=declared, modified_at=declared, observed_at=declared), make(2))

    found = [fact for fact in store.log() if isinstance(fact, Revision)]
    assert [0, 1, 2] == [each.n for each in found]
    assert declared == found[1].metadata.published_at
    assert () == store.fsck(deep=True)


def test_entries_are_drawn_one_by_one_and_reported_in_groups(store: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    """A batch of any size streams: a group is on the disk, and told of, before the next one is drawn."""
    monkeypatch.setattr(writing, "GROUP", 3)
    told: list[int] = []
    heads: list[str] = []

    def entries() -> Iterator[Entry]:
        for n in range(8):
            heads.append(f"{sum(told)} {len(store.head())}")
            yield make(n)

    store.append(entries(), saw(make(7)), stored=told.append)

    assert [3, 3, 2] == told
    assert ["0 0"] * 3 + ["3 40"] * 3 + ["6 40"] * 2 == heads
    assert [*range(8)] == [fact.n for fact in store.log() if isinstance(fact, Revision)]


def test_a_batch_that_breaks_off_leaves_what_was_reported(store: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    """An error while entries are drawn comes through; reported groups stay, the rest was never stored."""
    monkeypatch.setattr(writing, "GROUP", 2)
    told: list[int] = []

    def entries() -> Iterator[Entry]:
        yield from (make(0), make(1), make(2))
        raise DraftError("no more")

    with pytest.raises(DraftError, match="no more"):
        store.append(entries(), [], stored=told.append)

    assert [2] == told
    assert [0, 1] == [fact.n for fact in store.log() if isinstance(fact, Revision)]
    put(store, make(2))
    assert () == store.fsck(deep=True)


def test_observations_may_be_made_while_entries_are_drawn(store: Store) -> None:
    """The run is drawn after the last revision, so it can say what became of each."""
    seen: list[object] = []

    def entries() -> Iterator[Entry]:
        for n in range(2):
            seen.extend(saw(make(n)))
            yield make(n)

    store.append(entries(), seen)  # type: ignore[arg-type]

    *_, run = store.log()
    assert isinstance(run, Run)
    assert [0, 1] == [each.n for each in run.observations]


def test_every_file_in_a_store_is_its_owners_alone(store: Store) -> None:
    """Folders are 0700 and files 0600 or less, whatever the umask."""
    put(store, make())

    found = {path: path.stat().st_mode & 0o777 for path in (store.path, *store.path.rglob("*"))}
    assert {} == {path: oct(mode) for path, mode in found.items() if mode & 0o077}


def test_every_revision_can_be_read_with_plain_git(store: Store) -> None:
    """Ids, texts and digests need nothing of ours to be found and checked."""
    put(store, make(0), make(1))

    commit = git(store, "rev-list", "--reverse", "main").split()[1]
    text = git(store, "cat-file", "blob", f"{commit}:articles/{ID[:2]}/{ID[2:4]}/{ID}.txt")
    assert make(1).text == text
    assert f"Prov-Text: sha256:{digest(text)}" in git(store, "cat-file", "commit", commit)
