"""What an editor is shown: the audit of a store at a moment, chapter by chapter, with its measures.

Computed from the ledger and the texts for one `now`, and never stored.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from enum import StrEnum

from provenance.model.conclusions import Article, Copy, CopyState, Edit, EditStanding, History, Kind, Notice, Update
from provenance.model.facts import ArticleId
from provenance.model.sides import Disguised, Sides


@dataclass(frozen=True, slots=True)
class Scope:
    """What an audit is asked for; empty is all.

    `since` leaves out what came out before it, `behind` the copies that are not behind.
    """

    articles: tuple[ArticleId, ...] = ()
    publishers: tuple[str, ...] = ()
    since: datetime | None = None
    behind: bool = False


@dataclass(frozen=True, slots=True)
class Entry:
    """One article in the contents of an audit: how many of its copies are behind, by what at worst, and since when.

    `worst` and `since` are those of the gravest update that a copy still misses, None where none does.
    """

    article: Article
    copies: Mapping[CopyState, int]
    worst: Kind | None = None
    since: datetime | None = None

    @property
    def behind(self) -> int:
        """Give the number of copies that are behind."""
        return self.copies.get(CopyState.BEHIND, 0)


@dataclass(frozen=True, slots=True)
class Totals:
    """What is in an audit, counted.

    `uncorrected` are the copies that still show what was corrected, clarified or retracted, in `of` articles, the first
    of it since `since`. `silent` counts updates that no notice discloses; `unchanged` notices without a change.
    """

    articles: int
    revisions: int
    copies: Mapping[CopyState, int]
    uncorrected: int
    of: int
    since: datetime | None
    updates: Mapping[Kind, int]
    silent: Mapping[Kind, int]
    unchanged: int


@dataclass(frozen=True, slots=True)
class Miss:
    """One edit that a copy does not show, in the copy's own words.

    `sentence` is the copy's sentence around `standing.quote`, "" where nothing stands there; `standing.wanted` is what
    should. `line` counts from 1 in the copy's canonical text.
    """

    update: Update
    edit: Edit
    standing: EditStanding
    sentence: str = ""

    @property
    def line(self) -> int | None:
        """Give the line of the copy at which it shows."""
        return self.standing.line


@dataclass(frozen=True, slots=True)
class Sight:
    """A revision of an article as somebody first saw it there: number, moment, commit."""

    n: int
    at: datetime | None
    commit: str


class Unshown(StrEnum):
    """Why a copy and its upstream are not laid beside each other, though the copy is not as it should be.

    `long`: the two texts are too long; `many`: so much is laid out already, in the chapter or in the audit; `unasked`:
    nobody wanted it.
    """

    LONG = "long"
    MANY = "many"
    UNASKED = "unasked"


@dataclass(frozen=True, slots=True)
class Exhibit:
    """A copy with its evidence: the verdict, what it was when, each miss, and the two texts beside each other.

    `seen` are its revisions as they were observed, oldest first; `digest` is the sha256 of the text that was judged.
    `language` is a BCP 47 tag: the copy's or else the upstream's, "" where neither declares one. `sides` is there for a
    copy that is not as it should be, unless `unshown` says why not; then no disguised words are looked for either.
    """

    copy: Copy
    article: Article
    seen: tuple[Sight, ...]
    digest: str
    language: str = ""
    misses: tuple[Miss, ...] = ()
    sides: Sides | None = None
    disguised: tuple[Disguised, ...] = ()
    unshown: Unshown | None = None


Surroundings = tuple[str, str]
"""What stands before and after an edit on its line, `…` where it was cut."""


@dataclass(frozen=True, slots=True)
class Chapter:
    """All that an audit says of one article.

    `out` says when each revision came out, by its number; `digests` the sha256 of each text. `unchanged` are the
    notices that came with a revision and that no update of it answers, with its number. `exhibits` are worst first, as
    are the copies in `history`. `surroundings` are the words around edits, by the id of an update and the number of an
    edit in it: of what was taken out in the text before, of all else in the text after.
    """

    history: History
    out: Mapping[int, datetime | None]
    digests: Mapping[int, str]
    upstreams: tuple[Article, ...]
    exhibits: tuple[Exhibit, ...]
    unchanged: tuple[tuple[int, Notice], ...] = ()
    language: str = ""
    surroundings: Mapping[tuple[str, int], Surroundings] = field(default_factory=dict)


# --- measures --------------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Quantiles:
    """How long something took, of so many: the least, the quarters and the most. Nothing is censored."""

    name: str
    count: int
    least: timedelta
    lower: timedelta
    median: timedelta
    upper: timedelta
    most: timedelta


@dataclass(frozen=True, slots=True)
class Step:
    """The share that is mended so long after an update came out, with its 95 % interval; `at_risk` still could be."""

    after: timedelta
    share: float
    low: float
    high: float
    at_risk: int


@dataclass(frozen=True, slots=True)
class Curve:
    """How the share of mended copies grows after an update came out (Kaplan-Meier).

    Each of the `pairs` is a copy with an update that it had to take over; `mended` of them were seen to have done so,
    the others are censored when they were last observed; `unseen` more were not observed since the update came out, and
    tell nothing. `at` gives the share after one hour, one day and seven days,
    None past the last observation. `median` is None where less than half is known to be mended.
    """

    name: str
    pairs: int
    mended: int
    steps: tuple[Step, ...]
    at: tuple[Step | None, ...]
    median: timedelta | None = None
    unseen: int = 0


@dataclass(frozen=True, slots=True)
class Measures:
    """How long corrections take: `corrected` from publication to update, `mended` from update to copy.

    Of each the first is of all; then by publisher (of the article, of the copy), then by kind.
    """

    corrected: tuple[Quantiles, ...] = ()
    corrected_by_publisher: tuple[Quantiles, ...] = ()
    corrected_by_kind: tuple[Quantiles, ...] = ()
    mended: tuple[Curve, ...] = ()
    mended_by_publisher: tuple[Curve, ...] = ()
    mended_by_kind: tuple[Curve, ...] = ()


@dataclass(frozen=True, slots=True)
class Audit:
    """An audit: its front in memory, its chapters read one after the other as often as they are asked for.

    `entries` are worst first, and `chapters` come in their order. `head` is the last commit that it rests on, `engine`
    the version that judged; the same facts and `now` give the same audit.
    """

    scope: Scope
    now: datetime
    head: str
    engine: str
    totals: Totals
    measures: Measures
    entries: tuple[Entry, ...]
    chapters: Callable[[], Iterator[Chapter]]
