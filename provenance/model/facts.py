"""What is observed or declared, and lives in git: drafts, revisions, runs.

Times are aware and in UTC. Spans are half-open pairs of code-point offsets into a canonical text.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum
from functools import lru_cache
from hashlib import sha256
from typing import Any, NewType

ArticleId = NewType("ArticleId", str)
"""16 hex digits of the sha256 of an article's canonical URL."""

Span = tuple[int, int]
"""Half-open offsets in code points."""

AUTO = "auto"
"""The value of `copy_of` that asks prov to find the upstream among the articles held."""

HIDDEN_IN_WORDS = "hidden-in-words"
"""The flag of a draft or revision that had characters inside its words that nobody sees; its text is without them."""

LOCAL = "https://file.invalid/"
"""How the URL of an article begins that was read from a file and has no address of its own; the file's path follows."""


@lru_cache(maxsize=1 << 10)
def article_id(url: str) -> ArticleId:
    """Name the article that a canonical URL stands for."""
    return ArticleId(sha256(url.encode()).hexdigest()[:16])


def digest(text: str) -> str:
    """Give the sha256 of a text in UTF-8, as 64 hex digits."""
    return sha256(text.encode()).hexdigest()


class Status(StrEnum):
    """Whether the publisher lets an article be used (IPTC `pubstatus`)."""

    USABLE = "usable"
    WITHHELD = "withheld"
    WITHDRAWN = "withdrawn"


@dataclass(frozen=True, slots=True)
class Metadata:
    """What is declared about one state of an article: the content of `<id>.json` in the store."""

    url: str
    publisher: str = ""
    headline: str = ""
    byline: str = ""
    language: str = ""
    published_at: datetime | None = None
    modified_at: datetime | None = None
    status: Status = Status.USABLE
    notices: tuple[str, ...] = ()
    copy_of: str = ""
    extra: Mapping[str, Any] = field(default_factory=dict)

    @property
    def article(self) -> ArticleId:
        """Name the article by its canonical URL."""
        return article_id(self.url)


@dataclass(frozen=True, slots=True)
class Draft:
    """What a source read, not yet stored.

    `source` is the bytes as received, empty where they are the text itself; `reader` names the extractor and its
    version; `flags` are oddities that did not stop it (`charset-conflict`, `truncated-suspected`, …); `origin`
    says where it was read (`batch.jsonl:7`) for messages.
    """

    metadata: Metadata
    text: str
    observed_at: datetime | None = None
    source: bytes = b""
    reader: str = "text"
    flags: tuple[str, ...] = ()
    origin: str = ""


@dataclass(frozen=True, slots=True)
class Revision:
    """One state of an article as the store keeps it.

    `id` is the commit, `blob` the git object that holds the text. `text` is empty where it was not read.
    """

    metadata: Metadata
    n: int
    id: str = ""
    observed_at: datetime | None = None
    blob: str = ""
    text: str = field(default="", repr=False)
    reader: str = "text"
    flags: tuple[str, ...] = ()
    technical: bool = False

    @property
    def article(self) -> ArticleId:
        """Name the article that this is a state of."""
        return self.metadata.article


class Event(StrEnum):
    """What a run found when it looked at an article."""

    STORED = "stored"
    UNCHANGED = "unchanged"
    STALE = "stale-delivery"


@dataclass(frozen=True, slots=True)
class Observation:
    """One line of a run: who looked at an article, when, and which revision was there.

    `received` is the sha256 of the bytes as received, so that a change that is none of the text stays on record.
    """

    article: ArticleId
    n: int
    observed_at: datetime
    event: Event
    received: str = ""
    origin: str = ""


@dataclass(frozen=True, slots=True)
class Sighting:
    """When a revision of an article was first and last observed, as far as that is known."""

    n: int
    first: datetime | None
    last: datetime | None


@dataclass(frozen=True, slots=True)
class Run:
    """One look at the world, kept whether or not anything changed."""

    observations: tuple[Observation, ...]
    id: str = ""


Fact = Revision | Run
