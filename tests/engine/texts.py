"""Short invented articles, their revisions and their copies, as the engine takes them in: no store, no ledger."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from itertools import pairwise

from provenance.engine.standings import judge
from provenance.engine.text import canonical
from provenance.engine.told import told
from provenance.engine.updates import revise
from provenance.model import Copy, Edit, EditStanding, Kind, Metadata, Revision, Standing, State, Status, Update

DAY_ONE = datetime(2025, 3, 3, 9, 0, tzinfo=UTC)
LONG_AFTER = DAY_ONE + timedelta(days=100)

HEADLINE = "Harrowmouth lets its harbour crane"
LEAD = "The town council of Harrowmouth has let the old harbour crane to a brewery for 42,000 pounds a year."
WITNESS = "Edda Marsh, an engineer at the Port Office, said the crane had carried no load since the spring flood."
PLANS = "The brewery wants to open a tasting room under the jib before the herring fair, its manager told reporters."
HISTORY = "Shipwrights built the crane from riveted steel in 1911 to lift boilers into coastal steamers."
OBJECTION = "Neighbours on Chandler Street collected 310 signatures against late opening hours and loud music."
PARAGRAPHS = (LEAD, WITNESS, PLANS, HISTORY, OBJECTION)

ADDED = (
    "The Lantern Trust, which looks after listed machines, said on Friday that it had not been asked and would "
    "appeal to the county archaeologist."
)

ELSEWHERE = (
    "Beekeepers in the Vell valley expect their smallest harvest in a decade after frost killed the acacia blossom.",
    "The growers' union has asked the ministry for loans so that members can buy sugar for the winter.",
    "Honey from abroad already fills most supermarket shelves in the region, a trade survey found.",
)
"""Paragraphs of another story altogether."""


def text(*paragraphs: str, headline: str = HEADLINE) -> str:
    """Give a canonical text."""
    return canonical(headline, "\n\n".join(paragraphs))


def article(changes: dict[str, str] | None = None, *more: str, headline: str = HEADLINE) -> str:
    """Give the text of the crane's story with some of its words changed and paragraphs added at the end."""
    story = "\n\n".join(PARAGRAPHS)
    for old, new in (changes or {}).items():
        assert old in story, old
        story = story.replace(old, new)
    return text(story, *more, headline=headline)


def revision(whole: str, n: int = 0, *, language: str = "", url: str = "https://wire.example/crane") -> Revision:
    """Give a text as the nth revision of an article, published *n* days after the first."""
    at = DAY_ONE + timedelta(days=n)
    metadata = Metadata(url=url, language=language, published_at=DAY_ONE, modified_at=at)
    return Revision(metadata, n, observed_at=at, text=whole)


def noted(base: Revision, *notices: str) -> Revision:
    """Give a revision with notices that came as metadata."""
    return replace(base, metadata=replace(base.metadata, notices=notices))


def withdrawn(base: Revision) -> Revision:
    """Give a revision as one that the publisher no longer lets be used."""
    return replace(base, metadata=replace(base.metadata, status=Status.WITHDRAWN))


@dataclass(frozen=True, slots=True)
class Story:
    """An article's revisions, oldest first, and the updates that the engine found in them."""

    revisions: tuple[Revision, ...]
    updates: tuple[Update, ...]

    def judge(self, copy: str, *, observed_at: datetime | None = LONG_AFTER, declared: bool = True) -> Copy | None:
        """Judge a text as a copy of the article."""
        metadata = Metadata(url="https://mirror.example/crane")
        return judge(self.revisions, self.updates, Revision(metadata, 0, text=copy), observed_at, declared=declared)

    def copy(self, copy: str, *, observed_at: datetime | None = LONG_AFTER) -> Copy:
        """Judge a text that declares itself a copy of the article."""
        found = self.judge(copy, observed_at=observed_at)
        assert found is not None
        return found

    def standings(self, copy: str, *, observed_at: datetime | None = LONG_AFTER) -> tuple[Standing, ...]:
        """Give what a copy shows of each update, oldest first."""
        return self.copy(copy, observed_at=observed_at).standings

    def states(self, copy: str, *, observed_at: datetime | None = LONG_AFTER) -> list[State]:
        """Give the states of a copy's standings, those of mere refiles left out, oldest update first."""
        counted = {update.id for update in self.updates if update.kind is not Kind.REFILE}
        return [s.state for s in self.standings(copy, observed_at=observed_at) if s.update in counted]

    def evidence(self, copy: str) -> tuple[EditStanding, ...]:
        """Give what a copy shows of each edit of the one update."""
        [standing] = self.standings(copy)
        return standing.edits


def story(*texts: str, language: str = "") -> Story:
    """Make the story whose revisions have these texts."""
    return of(*(revision(whole, n, language=language) for n, whole in enumerate(texts)))


def of(*revisions: Revision) -> Story:
    """Make the story of these revisions, the first one's notices read for what they tell of."""
    updates = list(told(revisions[0]))
    for before, after in pairwise(revisions):
        updates.extend(revise(before, after).updates)
    return Story(revisions, tuple(updates))


def edits(before: str, after: str) -> tuple[Edit, ...]:
    """List the edits of all updates between two texts."""
    return tuple(edit for update in story(before, after).updates for edit in update.edits)
