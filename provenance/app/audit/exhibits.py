"""Exhibits: each copy of an article with its evidence, as much of it as a reader can take in and a machine can pay."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cached_property

from provenance.app.audit.moments import LACKING
from provenance.app.beside import Shelf, laid
from provenance.app.disguises import disguises
from provenance.app.texts import Texts
from provenance.app.workspace import Workspace
from provenance.ledger import Held
from provenance.model import EVASION, Article, ArticleId, Copy, CopyState, History, Revision, State, Update
from provenance.model.audits import Exhibit, Miss, Sight, Unshown

LONGEST = 200_000
"""The code points of two texts past which they are not laid beside each other."""
HELD = 10_000_000
"""The code points of all revisions of an article past which nothing is laid beside it."""
USUAL = 5_000
"""The code points of an article and a copy of the usual length."""
LAID = 500_000
"""The code points of texts that are laid out in one chapter."""
LAID_IN_ALL = 1_000_000
"""The code points of texts that are laid out in one audit: nobody reads more, and every page has to be made."""
_TO_SEE = frozenset({State.MISSING, State.PARTIAL, State.DIVERGED})
_TAG = re.compile(r"[A-Za-z]{2,8}(?:[-_][A-Za-z0-9]{1,8})*")


def language(revision: Revision, besides: str = "") -> str:
    """Give the BCP 47 tag that a revision declares, or else another one."""
    found = revision.metadata.language.strip()
    return found.replace("_", "-") if _TAG.fullmatch(found) else besides


class Room:
    """How many code points may still be laid out, in the audit as a whole and in the chapter at hand."""

    def __init__(self) -> None:
        self._audit = LAID_IN_ALL
        self._chapter = 0

    def turn(self) -> None:
        """Begin a chapter."""
        self._chapter = min(LAID, self._audit)

    @property
    def any_left(self) -> bool:
        """Tell whether there is room in the audit for a text of the usual length."""
        return self._audit > USUAL

    def take(self, size: int) -> bool:
        """Take so many, if there are."""
        if size > self._chapter:
            return False
        self._audit -= size
        self._chapter -= size
        return True


@dataclass(frozen=True)
class Stand:
    """What the exhibits of one article are put together from.

    `known` are all revisions of the article and of each copy, without their texts. With `beside`, texts are read and
    laid beside each other.
    """

    workspace: Workspace
    history: History
    known: Mapping[ArticleId, Sequence[Held]]
    texts: Texts
    room: Room
    beside: bool

    @cached_property
    def updates(self) -> Mapping[str, Update]:
        """Give the updates by their names."""
        return {update.id: update for update in self.history.updates}

    @cached_property
    def shelf(self) -> Shelf | None:
        """Read the article, to lay copies against it as it stands now; None where its texts are too long to hold."""
        revisions: list[Revision] = []
        left = HELD
        for revision in self.history.revisions:
            revisions += self.texts.fill([revision])
            left -= len(revisions[-1].text)
            if left < 0:
                return None
        return Shelf(self.history.article, revisions, self.history.updates, len(revisions) - 1)

    def exhibits(self) -> Iterator[Exhibit]:
        """Yield the copies in their order; each that is not as it should be takes of what may be laid out."""
        self.room.turn()
        above = language(self.history.revisions[-1])
        for copy in self.history.copies:
            exhibit = self._exhibit(copy, above)
            yield self._seen(exhibit) if to_see(copy) else exhibit

    def _exhibit(self, copy: Copy, above: str) -> Exhibit:
        revisions = self.known[copy.article]
        return Exhibit(
            copy=copy,
            article=as_article(copy.article, revisions),
            seen=tuple(Sight(each.n, each.revision.observed_at, each.commit) for each in revisions),
            digest=revisions[copy.revision].text_digest,
            language=language(revisions[copy.revision].revision, above),
            misses=tuple(self._misses(copy)),
        )

    def _misses(self, copy: Copy) -> Iterator[Miss]:
        for standing in copy.standings if copy.state is not CopyState.WITHDRAWN else ():
            update = self.updates[standing.update]
            edits = {edit.n: edit for edit in update.edits}
            for each in standing.edits if standing.state in LACKING else ():
                if each.state in LACKING and each.n in edits:
                    yield Miss(update, edits[each.n], each, each.quote)

    def _seen(self, exhibit: Exhibit) -> Exhibit:
        """Lay a copy beside the article, and find its disguised words, or say why not."""
        if not self.beside:
            return replace(exhibit, unshown=Unshown.UNASKED)
        if not self.room.any_left:
            return replace(exhibit, unshown=Unshown.MANY)
        copy, shelf = exhibit.copy, self.shelf
        if shelf is None:
            return replace(exhibit, unshown=Unshown.LONG)
        [revision] = self.texts.fill([self.known[copy.article][copy.revision].revision])
        size = len(revision.text) + len(shelf.revisions[-1].text)
        if size > LONGEST:
            return replace(exhibit, unshown=Unshown.LONG)
        if not self.room.take(size):
            return replace(exhibit, unshown=Unshown.MANY)
        sides = laid(shelf, exhibit.article, revision, copy)
        return replace(exhibit, sides=sides, disguised=disguises(self.workspace, copy))


def to_see(copy: Copy) -> bool:
    """Tell whether a copy is not as it should be, so that its text is worth a look."""
    return EVASION in copy.flags or any(each.state in _TO_SEE for each in copy.standings)


def as_article(article: ArticleId, revisions: Sequence[Held]) -> Article:
    """Give an article as its current revision presents it."""
    metadata = revisions[-1].metadata
    return Article(article, metadata.url, metadata.publisher, metadata.headline, len(revisions))
