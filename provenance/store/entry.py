"""What is handed to the store to be kept: one state of an article, numbered, with the bytes it was read from."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime

from provenance.model import ArticleId, Metadata


@dataclass(frozen=True, slots=True)
class Entry:
    """Revision `n` of an article, to be appended.

    `source` is the bytes as received, empty where they are the text itself; `observed_at` is aware. `technical` marks
    a revision whose text differs only because another reader read the same bytes.
    """

    metadata: Metadata
    n: int
    text: str
    source: bytes = field(default=b"", repr=False)
    reader: str = "text"
    flags: tuple[str, ...] = ()
    observed_at: datetime = field(kw_only=True)
    technical: bool = False

    @property
    def article(self) -> ArticleId:
        """Name the article that this is a state of."""
        return self.metadata.article
