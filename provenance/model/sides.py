"""What two texts laid beside each other show: pieces of a paragraph, pairs of sentences, words that are disguised."""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum

from provenance.model.conclusions import Article, Copy, Edit, EditStanding, Update
from provenance.model.facts import Span


class Mark(Enum):
    """What became of a piece of text."""

    KEPT = "kept"
    DROPPED = "dropped"
    ADDED = "added"


@dataclass(frozen=True, slots=True)
class Piece:
    """A run of text with what became of it."""

    mark: Mark
    text: str


@dataclass(frozen=True, slots=True)
class Label:
    """What a copy shows of one edit, at the place of the edit."""

    update: Update
    edit: Edit
    standing: EditStanding


@dataclass(frozen=True, slots=True)
class Pair:
    """Sentences of the upstream and those of the copy that tell the same, each with its span and line (from 1).

    One side is None where only the other has them. `pieces` are the words of both in reading order, for a pair that is
    not `alike`; `moved` where the copy has them in another order.
    """

    left: Span | None
    right: Span | None
    left_line: int | None
    right_line: int | None
    before: str
    after: str
    alike: bool
    moved: bool
    pieces: tuple[Piece, ...] = ()
    labels: tuple[Label, ...] = ()


@dataclass(frozen=True, slots=True)
class Sides:
    """A revision of an upstream and one of a copy, sentence by sentence in the upstream's order.

    `verdict` is what the ledger holds of the two, None where they are no pair in it; `elsewhere` are its edits that
    have no place in either text.
    """

    upstream: Article
    revision: int
    copy: Article
    copy_revision: int
    pairs: tuple[Pair, ...]
    verdict: Copy | None = None
    elsewhere: tuple[Label, ...] = ()


@dataclass(frozen=True, slots=True)
class Disguised:
    """A word as it was received and as a reader sees it, its line (from 1), and the characters that tell them apart."""

    line: int
    word: str
    plain: str
    characters: tuple[str, ...]
