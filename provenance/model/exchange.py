"""What one desk hands to another: how far a corrections file reaches."""

from __future__ import annotations

from dataclasses import dataclass

from provenance.model.facts import ArticleId


@dataclass(frozen=True, slots=True)
class Extent:
    """What a corrections file covers: all up to the commit `cursor`, or with `since` what came after that one.

    `publishers` and `articles` are what it was limited to, empty for everything. `engine` told the updates.
    """

    engine: str
    cursor: str
    since: str = ""
    publishers: tuple[str, ...] = ()
    articles: tuple[ArticleId, ...] = ()

    def follows(self, other: Extent) -> bool:
        """Tell whether this goes on where another ends, limited to the same and told by the same rules."""
        same = (self.engine, self.publishers, self.articles) == (other.engine, other.publishers, other.articles)
        return same and self.since == other.cursor
