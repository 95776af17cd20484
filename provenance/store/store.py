"""A store: open it, lock it, append facts to its log, read them back, examine it."""

from __future__ import annotations

from collections.abc import Callable, Generator, Iterable, Iterator
from contextlib import contextmanager
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, Self

from provenance.errors import NoStoreError
from provenance.model import ArticleId, Fact, Observation, Run
from provenance.store import durable, folder, guard, lock
from provenance.store.damage import Damage, Examined
from provenance.store.entry import Entry
from provenance.store.folder import FACTS
from provenance.store.layout import BRANCH
from provenance.store.refs import is_id, read_head

if TYPE_CHECKING:
    from provenance.model import Waiver  # what most commands do without

TIMEOUT = 30.0
"""Seconds to wait for another writer."""


class Store:
    """The log of facts in a store folder. Opening one is cheap and starts no git; any number may read while one writes.

    Every method may raise StorageError, or DamageError where the log is not what it must be.
    """

    def __init__(self, path: Path) -> None:
        self.path = path
        self._lock: int | None = None
        self._until: str | None = None

    @classmethod
    def init(cls, path: Path | str, settings: bytes = b"") -> Self:
        """Make an empty store, or open the one that is there; raise StoreRefusedError on any other folder.

        `settings` are what the prov.toml of a new one holds, where it is to have one.
        """
        folder.make(Path(path), settings)
        return cls.open(path)

    @classmethod
    def open(cls, path: Path | str) -> Self:
        """Open a store; raise NoStoreError, StoreVersionError or StoreRefusedError where there is none to open."""
        path = Path(path).absolute()
        if not path.is_dir() and not path.is_symlink():
            raise NoStoreError(f"no store at {path}", hint="run `prov init`")
        guard.check(path, FACTS)
        folder.recognise(path)
        return cls(path)

    def head(self) -> str:
        """Give the id of the last commit of the log, empty while there is none."""
        return read_head(self._facts) if self._until is None else self._until

    @contextmanager
    def locked(self, timeout: float = TIMEOUT) -> Iterator[None]:
        """Be the only writer for a while; raise StoreBusyError where one other writes for `timeout` seconds."""
        with self.locked_unless(lambda: False, timeout):
            yield

    @contextmanager
    def locked_unless(self, needless: Callable[[], bool], timeout: float = TIMEOUT) -> Iterator[bool]:
        """Be the only writer for a while, or give False as soon as `needless`, asked while others write, says so."""
        if self._lock is not None:
            yield True
            return
        with lock.held_unless(self.path, timeout, needless) as descriptor:
            self._lock = descriptor
            try:
                yield descriptor is not None
            finally:
                self._lock = None

    def load(self) -> None:
        """Load what writing takes, for whoever would rather not do so while others wait for the lock."""
        from provenance.store import git, upkeep, writing  # noqa: F401

        git.find(self._facts).load()

    def append(
        self,
        revisions: Iterable[Entry],
        run: Run | Iterable[Observation],
        *,
        stored: Callable[[int], None] = lambda _: None,
    ) -> str:
        """Store revisions and then the run that found them, and give the new head.

        Both are drawn one by one, the observations after the last revision. An entry's `n` must be the next of its
        article, which the caller knows from the ledger and holds true by `locked`. `stored` is told how many more
        revisions are safe on the disk, in groups; what it was not told of when an error is raised was not stored.
        """
        from provenance.store import git, upkeep, writing

        with self.locked():
            assert self._lock is not None
            program = git.find(self._facts)
            folder.make_facts(program)
            observations = run.observations if isinstance(run, Run) else run
            head = writing.append(program, self.head(), revisions, observations, keep=self._lock, stored=stored)
            upkeep.tidy(program)
        return head

    def settle(self) -> None:
        """Flush where the log ends, before anything rests on it: who moved the branch may have died before that."""
        try:
            durable.sync_folder((self._facts / BRANCH).parent)
        except FileNotFoundError:  # there is no repository yet, or its branch is packed
            return
        except OSError as error:
            raise folder.unwritable(self.path, error) from error

    def waive(self, article: ArticleId, waiver: Waiver, at: datetime) -> str:
        """Store a decision about an article, made at a moment, and give the new head; one that is held stays."""
        from provenance.store import git, waivers

        with self.locked():
            assert self._lock is not None
            program = git.find(self._facts)
            folder.make_facts(program)
            return waivers.append(program, self.head(), article, waiver, at, keep=self._lock)

    def waivers(self) -> dict[ArticleId, tuple[Waiver, ...]]:
        """Give all decisions by article, in the order in which they were made."""
        from provenance.store import git, waivers

        head = self.head()
        return waivers.read(git.find(self._facts), head) if head else {}

    def log(self, since: str = "", *, texts: bool = True) -> Iterator[Fact]:
        """Give every fact after the commit `since`, oldest first, as they are read; revisions with their texts.

        Raise DamageError, naming both ids, where the log does not go on from `since`.
        """
        from provenance.store import git, reading

        head = self.head()
        if head == since:
            return
        if not head:
            raise reading.forked(since, head)
        yield from reading.facts(git.find(self._facts), since, head, texts=texts)

    def read(self, blobs: Iterable[str]) -> Generator[bytes]:
        """Give the contents of blobs by their ids, in order, each checked against its id."""
        from provenance.store import git, objects

        yield from (data for _, data in objects.blobs(git.find(self._facts), blobs))

    def source(self, revision: str, article: ArticleId) -> bytes:
        """Give the bytes as received that a revision (a commit's id) was read from, empty where they are its text."""
        from provenance.store import git, reading

        return reading.source(git.find(self._facts), revision, article)

    def fsck(self, *, deep: bool = False) -> tuple[Damage, ...]:
        """Find all damage: every invariant of the format examined; with `deep`, also every byte of every object."""
        return self.examine(deep=deep).damage

    def examine(self, *, deep: bool = False) -> Examined:
        """Do as `fsck`, and give what else is worth knowing."""
        from provenance.store import fsck, git

        return fsck.examine(git.find(self._facts), deep=deep)

    def follows(self, commit: str) -> bool:
        """Tell whether the log has a commit, "" being before the first."""
        from provenance.store import git

        head = self.head()
        if commit in {"", head} or not head:
            return commit in {"", head}
        if not is_id(commit):
            return False
        status, _, _ = git.find(self._facts).run("merge-base", "--is-ancestor", commit, head)
        return status == 0

    def until(self, commit: str) -> Self:
        """Give the store as it was when its log ended at a commit, to read only."""
        earlier = type(self)(self.path)
        earlier._until = commit  # noqa: SLF001
        return earlier

    def bundle(self, head: str) -> Iterator[bytes]:
        """Give a bundle of the log up to a commit, piece by piece."""
        from provenance.store import bundle, git

        yield from bundle.write(git.find(self._facts), head)

    def go_on(self, restored: Store) -> None:
        """Take over the log of another store that goes on from this one's; the lock must be held."""
        from provenance.store import git, handing

        assert self._lock is not None
        program = git.find(self._facts)
        folder.make_facts(program)
        handing.go_on(program, self.head(), restored.path / FACTS, restored.head(), keep=self._lock)

    def repair(self, cursor: str, others: Iterable[Path], scratch: Path) -> Iterator[str]:
        """Mend what can be mended, and name each thing done; `cursor` is what the ledger has read. Hold the lock."""
        from provenance.store import repair

        assert self._lock is not None
        facts = [other / FACTS for other in others]
        yield from repair.repair(self.path, cursor, facts, scratch, keep=self._lock)

    def flush(self, path: Path) -> None:
        """See to it that the names in a folder survive a power cut."""
        durable.sync_folder(path)

    @property
    def _facts(self) -> Path:
        return self.path / FACTS
