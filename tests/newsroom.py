"""A small world of publishers and republishers over a real store: what tests build instead of mocks."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

from provenance.app.history import history
from provenance.app.ingest import ingest
from provenance.app.workspace import Workspace, init
from provenance.model import AUTO, ArticleId, Copy, Draft, History, Metadata, Standing, Status, Update

REST = (
    "The ferry Kittiwake had left Harrowmouth at seven in the morning with a full car deck, harbour records show.",
    "Divers from the coastguard searched the wreck until dusk and will go down again as soon as the wind allows.",
    "The Marine Accident Board has asked anyone who filmed the boat from the shore to hand in what they have.",
)
"""Paragraphs that follow a story's first one, so that a copy has something to be recognised by."""


@dataclass(frozen=True)
class Page:
    """What a site shows under one address at the moment."""

    url: str
    publisher: str
    headline: str
    paragraphs: tuple[str, ...]
    published_at: datetime
    modified_at: datetime
    notices: tuple[str, ...] = ()
    status: Status = Status.USABLE
    copy_of: str = ""

    @property
    def text(self) -> str:
        """Give the page as a canonical text."""
        return "\n\n".join((self.headline, *self.paragraphs, *self.notices)) + "\n"


class Newsroom:
    """Publishers who publish, correct and retract, republishers who copy, and prov looking on.

    Every act takes an hour. Publishing, changing and copying are seen at once, except that a changed *upstream* says
    nothing about its copies: those are looked at again with `observe`.
    """

    def __init__(self, path: Path) -> None:
        self.workspace = Workspace(init(path))
        self.now = datetime(2025, 3, 4, 9, 0, tzinfo=UTC)
        self.pages: dict[ArticleId, Page] = {}

    # --- what publishers do

    def publish(
        self,
        *paragraphs: str,
        headline: str = "Ferry sinks in calm",
        site: str = "wire",
        rest: tuple[str, ...] = REST,
    ) -> ArticleId:
        """Put a story on a site's page; its further paragraphs are made up."""
        at = self._tick()
        url = f"https://{site}.example/{len(self.pages)}"
        return self._show(Page(url, site.title(), headline, (*paragraphs, *rest), at, at))

    def correct(self, article: ArticleId, wrong: str, right: str, *, note: str = "") -> None:
        """Replace words that were wrong, with a note that says so."""
        note = note or f"Correction: An earlier version of this article said “{wrong}”. It is “{right}”, not “{wrong}”."
        self._change(article, wrong, right, note)

    def clarify(self, article: ArticleId, vague: str, clear: str) -> None:
        """Replace words that could mislead, with a note that says so."""
        self._change(article, vague, clear, f"This article was amended to clarify that it is “{clear}”.")

    def revise(self, article: ArticleId, before: str, after: str) -> None:
        """Replace words and tell nobody."""
        self._change(article, before, after, "")

    def add(self, article: ArticleId, paragraph: str) -> None:
        """Put a paragraph at the end."""
        page = self.pages[article]
        self._show(replace(page, paragraphs=(*page.paragraphs, paragraph), modified_at=self._tick()))

    def retract(self, article: ArticleId) -> None:
        """Withdraw a story: only a notice is left of it."""
        notice = "This article has been retracted. It must not be used."
        page = replace(self.pages[article], paragraphs=(notice,), notices=(), status=Status.WITHDRAWN)
        self._show(replace(page, modified_at=self._tick()))

    # --- what republishers do

    def syndicate(self, article: ArticleId, *, site: str = "mirror", found: bool = False) -> ArticleId:
        """Copy a story as it now stands; with `found`, prov is left to find out from where."""
        return self._copy(article, self.pages[article].paragraphs, site, found=found)

    def excerpt(self, article: ArticleId, count: int, *, site: str = "digest") -> ArticleId:
        """Copy the first paragraphs of a story."""
        return self._copy(article, self.pages[article].paragraphs[:count], site, found=False)

    def post(self, article: ArticleId, *paragraphs: str, site: str = "digest") -> ArticleId:
        """Tell a story in words of one's own."""
        return self._copy(article, paragraphs, site, found=False)

    def _copy(self, article: ArticleId, paragraphs: tuple[str, ...], site: str, *, found: bool) -> ArticleId:
        at = self._tick()
        page = self.pages[article]
        copy_of = AUTO if found else page.url
        url = f"https://{site}.example/{len(self.pages)}"
        copy = Page(url, site.title(), page.headline, paragraphs, at, at, page.notices, page.status, copy_of)
        return self._show(copy)

    # --- what prov sees

    def observe(self, article: ArticleId) -> None:
        """Look at a page again, changed or not."""
        self._tick()
        self._ingest(self.pages[article])

    def history(self, article: ArticleId) -> History:
        """Give all that the ledger holds of an article."""
        return history(self.workspace, article).history

    def updates(self, article: ArticleId) -> tuple[Update, ...]:
        """Give the updates of an article, oldest first."""
        return self.history(article).updates

    def copy(self, copy: ArticleId) -> Copy:
        """Give an article as the copy that it is of its one upstream."""
        [upstream] = self.history(copy).article.copy_of
        [found] = [each for each in self.history(upstream).copies if each.article == copy]
        return found

    def standings(self, copy: ArticleId) -> tuple[Standing, ...]:
        """Give what a copy shows of each update of its upstream."""
        return self.copy(copy).standings

    def _change(self, article: ArticleId, before: str, after: str, note: str) -> None:
        page = self.pages[article]
        paragraphs = tuple(each.replace(before, after) for each in page.paragraphs)
        assert paragraphs != page.paragraphs, f"{before!r} does not stand in {page.paragraphs}"
        notices = (*page.notices, note) if note else page.notices
        self._show(replace(page, paragraphs=paragraphs, notices=notices, modified_at=self._tick()))

    def _show(self, page: Page) -> ArticleId:
        draft = self._ingest(page)
        self.pages[draft.metadata.article] = page
        return draft.metadata.article

    def _ingest(self, page: Page) -> Draft:
        metadata = Metadata(
            url=page.url,
            publisher=page.publisher,
            headline=page.headline,
            published_at=page.published_at,
            modified_at=page.modified_at,
            status=page.status,
            copy_of=page.copy_of,
        )
        draft = Draft(metadata=metadata, text=page.text, observed_at=self.now)
        [outcome] = ingest(self.workspace, [draft], lambda: self.now)
        if outcome.error:
            raise outcome.error
        return draft

    def _tick(self) -> datetime:
        self.now += timedelta(hours=1)
        return self.now
