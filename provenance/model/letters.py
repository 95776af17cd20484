"""What a letter to a copy's publisher rests on: the copy, its article, and each change that it does not show.

Computed from conclusions, and never stored.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from provenance.model.conclusions import Article, Derivation, Edit, EditStanding, Kind, Op, State

ENGLISH = "en"
LANGUAGES = (ENGLISH, "de", "fr", "es")
"""What letters are written in; the first where nothing says another."""

_OUT_OF_DATE = (State.MISSING, State.PARTIAL)


@dataclass(frozen=True, slots=True)
class Point:
    """One place at which a copy differs from its article as that now stands.

    `op` says what mends it: words are replaced, a passage comes in beside `quote`, something goes or moves. `quote` is
    the copy's, at `line` (from 1) of its canonical text; `wanted` is the article's, "" where no words of it can stand
    for those; `gone` are the words that the article no longer has at this place.
    """

    op: Op
    quote: str = ""
    line: int | None = None
    wanted: str = ""
    gone: str = ""

    @classmethod
    def of(cls, edit: Edit, standing: EditStanding) -> Point:
        """Say in what a copy differs by one edit that it does not show."""
        quote, line = standing.quote, standing.line
        if edit.op in {Op.DELETE, Op.MOVE}:
            return cls(edit.op, quote, line, gone=edit.before if edit.op is Op.DELETE else "")
        wanted = standing.wanted or edit.after
        beside = edit.op is Op.INSERT and wanted.strip() == edit.after.strip()
        return cls(Op.INSERT if beside or not quote else Op.REPLACE, quote, line, wanted)


@dataclass(frozen=True, slots=True)
class Change:
    """One update that a copy does not show, or of which it cannot be told: since when, and at which places.

    `out` is when it came out. `state` is `missing` or `partial`, with `points`; or `diverged`, `unseen`, and then the
    points say only what the article now has.
    """

    update: str
    kind: Kind
    declared: bool
    state: State
    out: datetime | None = None
    notice: str = ""
    points: tuple[Point, ...] = ()

    @property
    def is_claim(self) -> bool:
        """Tell whether the copy was seen not to show it, so that a letter can say so."""
        return self.state in _OUT_OF_DATE


@dataclass(frozen=True, slots=True)
class Letter:
    """The request to a copy's publisher; without `changes` there is nothing to ask.

    `headline` is the article's as the copy took it over, `published` when the copy came out, `seen` when it was last
    observed. `declared` is False where prov found out itself what it is a copy of. `language` is one of LANGUAGES.
    """

    copy: Article
    upstream: Article
    headline: str
    language: str
    derivation: Derivation
    declared: bool
    published: datetime | None = None
    seen: datetime | None = None
    changes: tuple[Change, ...] = ()

    @property
    def is_question(self) -> bool:
        """Tell whether nothing is claimed and all that there is is asked."""
        return not any(change.is_claim for change in self.changes)

    @property
    def is_of_withdrawn(self) -> bool:
        """Tell whether the article was withdrawn, and the copy still runs it."""
        return any(change.is_claim and change.kind is Kind.RETRACTION for change in self.changes)


@dataclass(frozen=True, slots=True)
class Template:
    """What a desk has put in the place of our own words of a letter: the name of the file, and what stands in it."""

    file: str
    text: str


@dataclass(frozen=True, slots=True)
class Written:
    """A letter in words: the subject on one line, and the body, lines of any length ending in a newline."""

    language: str
    subject: str
    body: str


@dataclass(frozen=True, slots=True)
class Envelope:
    """From whom and to whom a letter goes, each an address or "", and its date."""

    date: datetime
    to: str = ""
    sender: str = ""
