"""What a patch is made of: the edits that a copy lacks, what is proposed for each, and why one was not placed."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from provenance.engine.patching.splices import EditName, Splice, Spliced
from provenance.model import Copy, Edit, EditStanding, Update


class Why(StrEnum):
    """Why an edit was not placed."""

    OTHER_WORDS = "the copy says it in its own words"
    NO_NEIGHBOUR = "what stands beside it in the article does not stand in the copy, or not in one place"
    TOLD = "the copy tells something of it in its own words"
    RETOLD = "the copy tells what was taken out in its own words"
    ORDER = "the copy has its own order"
    HEADLINE = "the copy has a headline of its own"
    SHORT = "too short to tell whether the copy has a line for it"
    REMARK = "it is a remark on the article, not a part of it"
    ITS_NOTICE = "known from the notice alone: the words before it are not held"
    NOT_PROVED = "with it the copy would still not be shown to have it, or would lack something else"
    GONE = "the words stand nowhere in the article any more"
    HALF = "only a part of it could be placed, which alone would mislead"
    NO_PLACE = "where it stands in the file cannot be told, or it would not read as meant there"
    WITHDRAWN = "the article is withdrawn: take it down"


@dataclass(frozen=True, slots=True)
class Lacking:
    """An edit of an update that a copy lacks: its name, and the revision that made it."""

    name: EditName
    edit: Edit
    revision: int
    told: bool = False


@dataclass(frozen=True, slots=True)
class Proposal:
    """Splices for a copy's text; `exact` where the sentences would then be the article's, word for word."""

    splices: tuple[Splice, ...]
    exact: bool = False


Placing = Proposal | Why


@dataclass(frozen=True, slots=True)
class Left:
    """An edit that was not placed: the copy's own words where it should be, if any, and why not."""

    update: Update
    edit: Edit
    standing: EditStanding
    why: Why


@dataclass(frozen=True, slots=True)
class Patch:
    """What came of it: the text with its splices, the edits that were left, and the verdicts before and after it."""

    made: Spliced
    left: tuple[Left, ...]
    before: Copy
    after: Copy
