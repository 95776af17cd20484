"""What the engine works out from facts, and the ledger keeps: notices, edits, updates, copies, standings."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum

from provenance.model.facts import ArticleId, Revision, Span

EVASION = "evasion-suspected"
"""The flag of a copy whose words are the article's to a reader, and others to a program that compares letters."""


class Op(StrEnum):
    """How an edit changed a text."""

    INSERT = "insert"
    DELETE = "delete"
    REPLACE = "replace"
    MOVE = "move"


class Aspect(StrEnum):
    """What an edit touches."""

    NUMBER = "number"
    DATE = "date"
    NAME = "name"
    NEGATION = "negation"
    QUALIFIER = "qualifier"
    QUOTE = "quote"
    ATTRIBUTION = "attribution"
    HEADLINE = "headline"
    BYLINE = "byline"
    CAPTION = "caption"
    LINK = "link"
    NOTICE = "notice"
    STATUS = "status"
    PASSAGE = "passage"
    WORDING = "wording"
    SPELLING = "spelling"
    LAYOUT = "layout"


class Kind(StrEnum):
    """What an update means to whoever holds the old text; declared mildest first."""

    REFILE = "refile"
    DEVELOPMENT = "development"
    CLARIFICATION = "clarification"
    CORRECTION = "correction"
    RETRACTION = "retraction"

    @property
    def rank(self) -> int:
        """Give 0 for the mildest to 4 for the gravest."""
        return list(Kind).index(self)


class Says(StrEnum):
    """What a notice claims was done."""

    CORRECTED = "corrected"
    CLARIFIED = "clarified"
    ADDED = "added"
    REMOVED = "removed"
    RETRACTED = "retracted"
    REFILED = "refiled"


@dataclass(frozen=True, slots=True)
class Claim:
    """One thing that a notice says was done: `old` is what the text said, `new` what is right, empty where untold."""

    says: Says
    old: str = ""
    new: str = ""
    about: str = ""


@dataclass(frozen=True, slots=True)
class Notice:
    """The publisher's own note about an update: where it stands, what it says, the rule that recognised it.

    `span` is None for a notice that came as metadata and does not stand in the text.
    """

    text: str
    span: Span | None
    claims: tuple[Claim, ...]
    rule: str
    language: str = ""

    @property
    def kind(self) -> Kind | None:
        """Give the gravest kind that the notice claims, None for one that claims nothing in particular."""
        kinds = [KIND_OF[claim.says] for claim in self.claims]
        return max(kinds, key=lambda kind: kind.rank, default=None)


KIND_OF = {
    Says.CORRECTED: Kind.CORRECTION,
    Says.CLARIFIED: Kind.CLARIFICATION,
    Says.ADDED: Kind.DEVELOPMENT,
    Says.REMOVED: Kind.CORRECTION,
    Says.RETRACTED: Kind.RETRACTION,
    Says.REFILED: Kind.REFILE,
}


@dataclass(frozen=True, slots=True)
class Edit:
    """One changed span, or one changed metadata `field` (then without spans).

    `before_span` counts in the text of revision n-1, `after_span` in that of revision n.
    """

    n: int
    op: Op
    aspects: tuple[Aspect, ...]
    before: str
    after: str
    before_span: Span | None = None
    after_span: Span | None = None
    field: str = ""


@dataclass(frozen=True, slots=True)
class Update:
    """The edits of one revision that belong together, of one kind.

    `told` marks an update that is known only from its notice: the text before it is not held.
    """

    id: str
    revision: int
    kind: Kind
    declared: bool
    because: str
    edits: tuple[Edit, ...]
    notice: str = ""
    told: bool = False


@dataclass(frozen=True, slots=True)
class Delta:
    """The exact edit from one canonical text to the next, in diff-match-patch's delta form, counted in UTF-16 units."""

    before: str
    after: str
    ops: str


class State(StrEnum):
    """What a copy shows of one update, or of one edit in it (DESIGN: standings)."""

    MISSING = "missing"
    PARTIAL = "partial"
    DIVERGED = "diverged"
    UNSEEN = "unseen"
    CARRIED = "carried"
    NOT_APPLICABLE = "not_applicable"
    SUPERSEDED = "superseded"


class By(StrEnum):
    """How an edit came to be carried or told."""

    TEXT = "text"
    NOTICE = "notice"


class Derivation(StrEnum):
    """How much of the article the copy takes over."""

    REPUBLISHED = "republished"
    EXCERPTED = "excerpted"


class CopyState(StrEnum):
    """A copy's standing as a whole, worst first."""

    BEHIND = "behind"
    DIVERGED = "diverged"
    UNSEEN = "unseen"
    CURRENT = "current"
    WITHDRAWN = "withdrawn"


@dataclass(frozen=True, slots=True)
class EditStanding:
    """What a copy shows of one edit, in its own words.

    `span` and `line` (from 1) are places in the copy's canonical text; `wanted` is what should stand there.
    """

    n: int
    state: State
    confidence: float
    because: str
    by: By = By.TEXT
    span: Span | None = None
    line: int | None = None
    quote: str = ""
    wanted: str = ""


@dataclass(frozen=True, slots=True)
class Standing:
    """What a copy shows of one update, with the evidence for each of its edits.

    `first_seen` is when a copy that carries the update was first seen to do so; that is before the update came out
    where the copy had it already. `last_missing` is when a copy was last seen without it after it came out, None for
    never.
    """

    update: str
    state: State
    confidence: float
    because: str
    edits: tuple[EditStanding, ...] = ()
    notice_dropped: bool = False
    first_seen: datetime | None = None
    last_missing: datetime | None = None


@dataclass(frozen=True, slots=True)
class Copy:
    """An article seen as the downstream end of a derivation.

    `made_from_range` is the first and last revision that fit as well as `made_from`. `coverage` is the share of the
    upstream's words that the copy has. `revision` is the copy's own revision that was judged; `declared` is False
    where prov found the derivation itself. `flags` are oddities of the copy that its standings see through.
    """

    article: ArticleId
    upstream: ArticleId
    revision: int
    derivation: Derivation
    made_from: int
    made_from_range: tuple[int, int]
    coverage: float
    observed_at: datetime | None
    state: CopyState
    declared: bool
    standings: tuple[Standing, ...] = ()
    flags: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Article:
    """An identity with a canonical URL that outlives its texts, as its current revision presents it."""

    id: ArticleId
    url: str
    publisher: str
    headline: str
    revisions: int
    copy_of: tuple[ArticleId, ...] = ()


@dataclass(frozen=True, slots=True)
class History:
    """All that the ledger holds of one article: its revisions, the notices on each, its updates and its copies."""

    article: Article
    revisions: tuple[Revision, ...] = ()
    notices: Mapping[int, tuple[Notice, ...]] = field(default_factory=dict)
    updates: tuple[Update, ...] = ()
    copies: tuple[Copy, ...] = ()
