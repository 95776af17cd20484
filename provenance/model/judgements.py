"""Judgements: what a policy objects to at a given moment, and on what evidence. Computed, never stored."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date, datetime
from enum import StrEnum

from provenance.model.conclusions import Kind
from provenance.model.facts import ArticleId, Span


class Code(StrEnum):
    """What a finding is of; `docs/findings.md` has a section for each."""

    MISSED_RETRACTION = "PRV101"
    MISSED_CORRECTION = "PRV102"
    MISSED_CLARIFICATION = "PRV103"
    MISSED_DEVELOPMENT = "PRV104"
    MISSED_REFILE = "PRV105"
    SILENT_UPDATE = "PRV201"
    NOTICE_DROPPED = "PRV202"
    COPY_DIVERGED = "PRV301"
    COPY_UNSEEN = "PRV302"
    UPSTREAM_UNKNOWN = "PRV401"
    UPSTREAM_CLAIMED = "PRV402"
    UPSTREAM_CONFLICT = "PRV403"
    NOT_CHECKED = "PRV404"
    EVASION_SUSPECTED = "PRV405"
    LOCK_OUT_OF_DATE = "PRV501"
    WAIVER_EXPIRED = "PRV502"

    @property
    def slug(self) -> str:
        """Give the code's name as words parted by hyphens: `missed-correction`."""
        return self.name.lower().replace("_", "-")


MISSED = {
    Kind.RETRACTION: Code.MISSED_RETRACTION,
    Kind.CORRECTION: Code.MISSED_CORRECTION,
    Kind.CLARIFICATION: Code.MISSED_CLARIFICATION,
    Kind.DEVELOPMENT: Code.MISSED_DEVELOPMENT,
    Kind.REFILE: Code.MISSED_REFILE,
}


class Level(StrEnum):
    """What the policy makes of a finding: `error` fails the check, the others do not."""

    ERROR = "error"
    WARNING = "warning"
    NOTE = "note"


class Outcome(StrEnum):
    """What came of one file."""

    COPY = "copy"
    NO_COPY = "no-copy"
    NOT_CHECKED = "not-checked"


class Found(StrEnum):
    """How a file's upstream is known, surest first."""

    LOCK = "lock"
    MANIFEST = "manifest"
    FRONT_MATTER = "front-matter"
    LINK = "link"
    CONTENT = "content"
    NOWHERE = ""


@dataclass(frozen=True, slots=True)
class Place:
    """A span of a *source file*, as editors count: lines and columns from 1, columns and offsets in code points.

    The end is exclusive: `end_column` is the column after the last character.
    """

    line: int
    column: int
    end_line: int
    end_column: int
    span: Span


@dataclass(frozen=True, slots=True)
class Passage:
    """One place of a finding: the copy's words, the words that should stand there, and the rule that says so.

    `place` is None where nothing in the file shows it: an addition that it lacks.
    """

    edit: int
    quote: str
    wanted: str
    because: str
    confidence: float
    place: Place | None = None
    before: str = ""
    after: str = ""


@dataclass(frozen=True, slots=True)
class Replacement:
    """A change to a source file: what stands in `span` (code points of the file's text) gives way to `text`."""

    place: Place
    text: str


@dataclass(frozen=True, slots=True)
class Waiver:
    """A named person's dated decision to accept a finding, with a reason and an end (the last day it holds)."""

    finding: str
    reason: str
    by: str
    until: date
    made: date | None = None


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing that the policy objects to in one file (or in one copy of a store), with its evidence.

    `id` stays the same when lines move and from run to run: it is made of the path, the code, the article, and the
    update. `item` says which article of a file that holds several (`7`: the seventh line or member). `since` is when
    the update came out; `due` is when the grace period ends, of one that fails from then on. `accepted` says why it
    does not fail although it is there: a waiver's or a baseline's words. `withdraws` tells a retraction of the whole
    article, which no patch mends, from one of a statement in it. `fixes` are filled in where they are asked for.
    """

    id: str
    code: Code
    level: Level
    path: str
    message: str
    upstream: ArticleId | None = None
    url: str = ""
    publisher: str = ""
    headline: str = ""
    update: str = ""
    kind: Kind | None = None
    declared: bool = False
    withdraws: bool = False
    because: str = ""
    notice: str = ""
    confidence: float = 1.0
    since: datetime | None = None
    due: datetime | None = None
    passages: tuple[Passage, ...] = ()
    fixes: tuple[Replacement, ...] = ()
    hint: str = ""
    accepted: str = ""
    item: str = ""

    @property
    def fails(self) -> bool:
        """Tell whether it turns the build red."""
        return self.level is Level.ERROR and not self.accepted

    @property
    def place(self) -> Place | None:
        """Give the first place in the file that shows it."""
        return next((p.place for p in self.passages if p.place), None)


@dataclass(frozen=True, slots=True)
class Checked:
    """One file that was looked at: what came of it, its upstream, and how that is known."""

    path: str
    outcome: Outcome
    upstream: ArticleId | None = None
    url: str = ""
    found: Found = Found.NOWHERE
    revision: int | None = None
    state: str = ""
    why: str = ""
    item: str = ""


@dataclass(frozen=True, slots=True)
class Verdict:
    """The result of one check: all files, all findings in order, at which moment, against which state of the store."""

    files: tuple[Checked, ...]
    findings: tuple[Finding, ...]
    now: datetime
    head: str
    fail_on: Kind | None = None
    settings: dict[str, str] = field(default_factory=dict)

    @property
    def failed(self) -> tuple[Finding, ...]:
        """Give the findings that fail the policy."""
        return tuple(finding for finding in self.findings if finding.fails)
