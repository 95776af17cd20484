"""What the ledger answers with where the nouns of the model do not say it: frozen values, no SQL.

Named tuples: they are made in a quarter of the time of dataclasses, and every look at the status waits for them.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from enum import Enum
from types import MappingProxyType
from typing import NamedTuple

from provenance.model import Article, ArticleId, CopyState, Derivation, Kind, Metadata, Revision, Span, State

OPEN = (State.MISSING, State.PARTIAL, State.DIVERGED, State.UNSEEN)
"""The states of a standing that leave something to look at, worst first."""


class Condition(Enum):
    """What can be done with a ledger as it is found."""

    NEW = "new"
    READY = "ready"
    OLD_SCHEMA = "old schema"
    OTHER_ENGINE = "other engine"
    DAMAGED = "damaged"

    @property
    def rebuild(self) -> bool:
        """Tell whether its conclusions must be thrown away (`Ledger.reset`) and worked out again."""
        return self in {Condition.OTHER_ENGINE, Condition.DAMAGED}


class Held(NamedTuple):
    """The current revision of an article (without its text), the sha256 of its text, and when it was last looked at."""

    revision: Revision
    text_digest: str
    observed_at: datetime | None = None

    @property
    def article(self) -> ArticleId:
        """Name the article."""
        return self.revision.article

    @property
    def n(self) -> int:
        """Give the number of the current revision."""
        return self.revision.n

    @property
    def commit(self) -> str:
        """Give the commit that stored the current revision."""
        return self.revision.id

    @property
    def blob(self) -> str:
        """Give the git object that holds its text."""
        return self.revision.blob

    @property
    def metadata(self) -> Metadata:
        """Give what is declared about it."""
        return self.revision.metadata


class Link(NamedTuple):
    """Two articles that belong together as copy and upstream.

    `declared` where the copy's current metadata names the upstream, `judged` where a Copy of the pair is in the
    ledger; at least one of the two holds.
    """

    article: ArticleId
    upstream: ArticleId
    declared: bool
    judged: bool


class Candidate(NamedTuple):
    """An article that shares rare fingerprints with a text: how many, and their weight (the rarer, the more)."""

    article: ArticleId
    shared: int
    weight: float


class Summary(NamedTuple):
    """One article as lists show it; `worst` is the worst state among its copies, None where it has none."""

    article: Article
    commit: str
    blob: str
    observed_at: datetime | None
    declares: str
    copies: int
    behind: int
    worst: CopyState | None


class Named(NamedTuple):
    """An article's names, for a line in a table."""

    id: ArticleId
    url: str
    publisher: str
    headline: str


class Arrival(NamedTuple):
    """Who answers for an article, and when it was first observed."""

    publisher: str
    first: datetime | None


class OpenStanding(NamedTuple):
    """An update that a copy misses, has in part, or of which that cannot be told, with its first evidence.

    `since` is when the update came out, as far as that is known; `edits` counts the edits of it that are open;
    `quote`, `span` and `line` are the copy's own words at the first of them, `wanted` what should stand there, `before`
    and `after` what that edit replaced and by what.
    """

    update: str
    revision: int
    kind: Kind
    declared: bool
    told: bool
    since: datetime | None
    state: State
    confidence: float
    because: str
    notice_dropped: bool
    edits: int
    quote: str = ""
    wanted: str = ""
    span: Span | None = None
    line: int | None = None
    before: str = ""
    after: str = ""


class CopyLine(NamedTuple):
    """One copy as the status table shows it, its open standings worst first."""

    copy: Named
    upstream: Named
    state: CopyState
    derivation: Derivation
    declared: bool
    made_from: int
    coverage: float
    observed_at: datetime | None
    standings: tuple[OpenStanding, ...] = ()
    flags: tuple[str, ...] = ()


class Overview(NamedTuple):
    """All copies that are asked for, worst first, and the totals of the whole ledger.

    `copies` counts them by state, `silent` the updates that no notice discloses by kind; what is none is left out.
    """

    articles: int = 0
    revisions: int = 0
    copies: Mapping[CopyState, int] = MappingProxyType({})
    silent: Mapping[Kind, int] = MappingProxyType({})
    lines: tuple[CopyLine, ...] = ()

    @property
    def behind(self) -> int:
        """Count the copies that are behind."""
        return self.copies.get(CopyState.BEHIND, 0)
