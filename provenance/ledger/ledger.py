"""The ledger: conclusions in SQL, a projection of the store's log with one cursor."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path
from types import TracebackType
from typing import TYPE_CHECKING, Any, Self, TypeVar

from provenance.engine import ENGINE
from provenance.errors import LedgerRefusedError, NotFoundError, StoreBusyError, UsageError
from provenance.ledger import fingerprints, histories, overview, questions
from provenance.ledger.codec import COLUMNS, columns
from provenance.ledger.files import SqliteFile
from provenance.ledger.schema import META_SQL
from provenance.ledger.values import Arrival, Candidate, Condition, Held, Overview, Summary
from provenance.model import ArticleId, CopyState, Delta, History, Notice, Revision, Update

if TYPE_CHECKING:
    from provenance.ledger.book import Book
    from provenance.ledger.rows import Rows
    from provenance.ledger.servers import Server

Page = TypeVar("Page", Summary, History)


class Ledger:
    """Conclusions about the facts of one store, up to one commit of its log.

    Look at `condition` first: where it says `rebuild`, call `reset` and project the whole log again.
    """

    def __init__(self, place: SqliteFile | Server) -> None:
        self._place = place

    @classmethod
    def open(cls, where: str | Path, engine: str = ENGINE) -> Self:
        """Name a ledger by the path of a SQLite file or by a URL; nothing is read or made yet.

        `engine` names what concludes, which is kept: a ledger of another is rebuilt. Raises UsageError for a URL that
        cannot be one.
        """
        text = str(where)
        scheme, separator, rest = text.partition("://")
        if isinstance(where, Path) or not separator:
            return cls(SqliteFile(Path(where), engine))
        if scheme.partition("+")[0] != "sqlite":
            from provenance.ledger.servers import Server

            return cls(Server(text, engine))
        if rest in {"", "/", "/:memory:"}:
            raise UsageError("a ledger in memory forgets all at the end", hint="name a file: sqlite:///ledger.sqlite")
        return cls(SqliteFile(Path(rest.removeprefix("/")), engine))

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    def close(self) -> None:
        """Let go of the file or the server."""
        self._place.close()

    @property
    def where(self) -> str:
        """Name the place for messages, without a password."""
        return self._place.where

    # --- as a whole ----------------------------------------------------------------------------------------------

    @property
    def condition(self) -> Condition:
        """Say what can be done with the ledger as it is now.

        Raises LedgerRefusedError for a file that is no ledger, and for a schema newer than this code.
        """
        return self._place.condition()

    def cursor(self) -> str:
        """Give the last commit of the log that the ledger has read, "" when it has read none."""
        return self._meta().get("cursor", "")

    def engine_version(self) -> str:
        """Give the version of the engine that concluded what is in the ledger, "" when it is new."""
        return self._meta().get("engine", "")

    def upgrade(self) -> None:
        """Bring a ledger of an older schema to today's; `writing` does so by itself."""
        self._place.upgrade()

    def reset(self) -> Path | None:
        """Empty the ledger for a rebuild. A damaged file is not deleted but moved aside: its new path is given."""
        return self._place.reset()

    def store(self) -> str:
        """Give the first commit of the log that the ledger has read, "" where it has none: by it its store is known."""
        return self._meta().get("store", "")

    @contextmanager
    def beside(self) -> Iterator[Self]:
        """Begin an empty ledger which may `replace` this one, and of which nothing is left otherwise."""
        with self._place.beside() as place, type(self)(place) as fresh:
            yield fresh

    def replace(self, fresh: Ledger) -> None:
        """Put a ledger from `beside` in the place of this one: others see the one or the other, never a part.

        Raises LedgerRefusedError where this one is that of another store. A damaged file is kept, moved aside.
        """
        if self.condition not in {Condition.NEW, Condition.DAMAGED}:
            first = self.store()
            if first and first != fresh.store():
                raise LedgerRefusedError(
                    f"{self.where} is the ledger of another store, whose log begins with {first}",
                    hint="name another as `ledger` in prov.toml; or take that one away, if no store needs it",
                )
        self._place.replace(fresh._place)  # type: ignore[arg-type]  # both are of one kind

    @contextmanager
    def writing(self, expected: str | None = None) -> Iterator[Book]:
        """Open the one transaction that may write; leaving it in peace commits, an error takes all of it back.

        The book's cursor is read inside. With `expected`, StoreBusyError says that another process has moved it.
        """
        from provenance.ledger.book import Book

        with self._place.writing() as core:
            cursor = core.cursor()
            if expected is not None and cursor != expected:
                raise StoreBusyError(f"{self.where}: another process has caught up meanwhile", hint="run it again")
            book = Book(core, cursor)
            yield book
            book.close()

    # --- questions -----------------------------------------------------------------------------------------------

    def articles(self) -> Iterator[Summary]:
        """Yield every article, by id."""
        yield from self._by_pages(histories.articles)

    def find(self, text: str) -> tuple[Summary, ...]:
        """Give the articles that a URL, an id or a beginning of one names; one named whole is the only match."""
        with self._place.reading() as rows:
            return histories.find(rows, text)

    def current(self, articles: Iterable[ArticleId]) -> dict[ArticleId, Held]:
        """Give the current revision of each article that is held."""
        with self._place.reading() as rows:
            return questions.current(rows, set(articles))

    def revisions_of(self, articles: Iterable[ArticleId]) -> dict[ArticleId, tuple[Revision, ...]]:
        """Give all revisions, without their texts, of each article that is held."""
        with self._place.reading() as rows:
            return questions.revisions(rows, set(articles))

    def arrivals_of(self, articles: Iterable[ArticleId]) -> dict[ArticleId, Arrival]:
        """Give who answers for each article that is held, and since when it is known."""
        with self._place.reading() as rows:
            return questions.arrivals(rows, set(articles))

    def held_of(self, articles: Iterable[ArticleId]) -> dict[ArticleId, tuple[Held, ...]]:
        """Give all revisions with the sha256 of their texts, oldest first, of each article that is held."""
        with self._place.reading() as rows:
            return questions.held_of(rows, set(articles))

    def updates_of(self, articles: Iterable[ArticleId]) -> dict[ArticleId, tuple[Update, ...]]:
        """Give the updates of each article, in the order of its revisions."""
        with self._place.reading() as rows:
            return {article: questions.updates(rows, article) for article in sorted(set(articles))}

    def deltas_of(self, articles: Iterable[ArticleId]) -> dict[tuple[ArticleId, int], Delta]:
        """Give the deltas of some articles, each by its article and the revision that it leads to."""
        with self._place.reading() as rows:
            return questions.deltas(rows, set(articles))

    def notices_of(self, articles: Iterable[ArticleId]) -> dict[tuple[ArticleId, int], tuple[Notice, ...]]:
        """Give the notices on the revisions of some articles, each by its article and the number of the revision."""
        with self._place.reading() as rows:
            return questions.notices(rows, set(articles))

    def upstreams_of(self, articles: Iterable[ArticleId]) -> dict[ArticleId, tuple[ArticleId, ...]]:
        """Give what each article is a copy of, judged or declared; one that is no copy is left out."""
        with self._place.reading() as rows:
            found: dict[ArticleId, tuple[ArticleId, ...]] = {}
            for link in questions.links(rows, set(articles), ()):
                found[link.article] = (*found.get(link.article, ()), link.upstream)
            return found

    def candidates(self, texts: Iterable[Collection[int]], limit: int) -> Iterator[list[Candidate]]:
        """Give for each text, by its fingerprints, at most `limit` articles that share rare ones, heaviest first.

        The index of fingerprints is brought up to date first, which is work for the first who asks.
        """
        self._index()
        with self._place.reading() as rows:
            for each in texts:
                yield fingerprints.candidates(rows, each, limit, None)

    def _by_pages(self, following: Callable[[Rows, str], list[Page]]) -> Iterator[Page]:
        """Yield pages of articles, each of one moment: nobody who writes waits until the last one has been taken."""
        last = ""
        while True:
            with self._place.reading() as rows:
                page = following(rows, last)
            if not page:
                return
            yield from page
            last = page[-1].article.id

    def _index(self) -> None:
        for last in (False, False, True):
            with self._place.reading() as rows:
                if not fingerprints.waits(rows):
                    return
            try:
                with self.writing() as book:
                    book.index()
            except StoreBusyError:  # the ledger was exchanged for a new one meanwhile
                if last:
                    raise

    def revisions(self) -> Iterator[Held]:
        """Yield every revision with the sha256 of its text, article by article, to be held against git."""
        with self._place.reading() as rows:
            yield from questions.held(rows)

    def history(self, article: ArticleId) -> History:
        """Give all that is held of one article, revisions without their texts. Raises NotFoundError."""
        with self._place.reading() as rows:
            found = histories.history(rows, article)
        if found is None:
            raise NotFoundError(f"no article {article} is held", hint="`prov status` lists those that are")
        return found

    def histories(self) -> Iterator[History]:
        """Yield all that is held, article by article, by id; what is written meanwhile may be among it."""
        yield from self._by_pages(histories.histories)

    def outlines(self) -> Iterator[History]:
        """Do as `histories`, but leave out what is a copy alone, and the edits of updates and of standings."""
        yield from self._by_pages(histories.outlines)

    def histories_of(self, articles: Iterable[ArticleId]) -> Iterator[History]:
        """Yield all that is held of some articles, in the order in which they are named; keep them few."""
        with self._place.reading() as rows:
            found = tuple(histories.histories_of(rows, tuple(articles)))
        yield from found

    def overview(self, *, behind_only: bool = False) -> Overview:
        """Give the copies, worst first, with what they have not got, and the totals.

        Worst is: behind, diverged, unseen, current, withdrawn; then the gravest kind; then the longest time.
        """
        states = (CopyState.BEHIND,) if behind_only else tuple(CopyState)
        with self._place.reading() as rows:
            return overview.overview(rows, states)

    def rows(self) -> dict[str, list[tuple[Any, ...]]]:
        """Give every row of every table of conclusions, sorted, in plain values.

        Equal conclusions give equal rows, in whatever order they were put and on whatever database.
        """
        from provenance.ledger.inspection import plain

        with self._place.reading() as rows:
            return {
                table: sorted(
                    (plain(names, row) for row in rows.rows(f"SELECT {columns(names)} FROM {table}")), key=repr
                )
                for table, names in COLUMNS.items()
            }

    @property
    def place(self) -> SqliteFile | Server:
        """Give the file or the server itself, for a look at all of it (`inspection`)."""
        return self._place

    def copied(self, folder: Path) -> Path:
        """Copy the ledger as it is at this moment into a SQLite file in a folder: the file is given."""
        return self._place.copied(folder)

    def _meta(self) -> dict[str, str]:
        with self._place.reading() as rows:
            return dict(map(tuple, rows.rows(META_SQL)))
