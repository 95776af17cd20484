"""What is to be stored of a batch of drafts: entries, the run that saw them all, and what becomes of each draft."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import datetime
from hashlib import sha256

from provenance.app.weigh import Held, blob_id, completed, content, flags, weigh
from provenance.errors import DraftError, SourceError
from provenance.model import AUTO, ArticleId, Draft, Event, Metadata, Observation, Revision, article_id
from provenance.store import Entry


@dataclass(frozen=True, slots=True)
class Outcome:
    """What became of one draft: the revision that it is, or why it is none (`error`)."""

    origin: str
    event: Event | None = None
    article: ArticleId | None = None
    n: int = 0
    url: str = ""
    technical: bool = False
    flags: tuple[str, ...] = ()
    error: SourceError | None = None


@dataclass(frozen=True, slots=True)
class Plan:
    """What a batch comes to, in the order of its drafts."""

    entries: tuple[Entry, ...]
    observations: tuple[Observation, ...]
    outcomes: tuple[Outcome, ...]


class Planner:
    """Weighs the drafts of one batch, each against what is held and what came before it in the batch."""

    def __init__(self, held: dict[ArticleId, Held], now: datetime, reread: Callable[[Draft, Held], bool]) -> None:
        """Start from what is held of every article named; `reread` tells a draft that is the same bytes read anew."""
        self._held = held
        self._now = now
        self._reread = reread
        self._entries: list[Entry] = []
        self._observations: list[Observation] = []

    def plan(self, drafts: Iterable[Draft | SourceError]) -> Plan:
        """Weigh every draft; one that cannot be stored leaves the others standing."""
        outcomes = tuple(self._outcome(draft) for draft in drafts)
        return Plan(tuple(self._entries), tuple(self._observations), outcomes)

    def _outcome(self, draft: Draft | SourceError) -> Outcome:
        if isinstance(draft, SourceError):
            return Outcome("", error=draft)
        try:
            return self._weighed(draft)
        except SourceError as error:
            return Outcome(draft.origin, url=draft.metadata.url, error=_placed(error, draft.origin))

    def _weighed(self, draft: Draft) -> Outcome:
        held = self._held.get(draft.metadata.article)
        metadata = completed(draft.metadata, held)
        self._check_upstream(metadata)
        observed_at = draft.observed_at or self._now
        blob = blob_id(draft.text)
        technical = held is not None and self._reread(draft, held)
        event, n = weigh(metadata, blob, observed_at, held, technical=technical)
        shown = flags(draft, observed_at)
        if event is Event.STORED:
            text, source, reader = draft.text, draft.source, draft.reader
            self._entries.append(
                Entry(metadata, n, text, source, reader, shown, observed_at=observed_at, technical=technical)
            )
            self._hold(Revision(metadata, n, observed_at=observed_at, blob=blob, reader=reader), held)
        received = sha256(draft.source or draft.text.encode()).hexdigest()
        self._observations.append(Observation(metadata.article, n, observed_at, event, received, draft.origin))
        return Outcome(draft.origin, event, metadata.article, n, metadata.url, technical, shown)

    def _hold(self, revision: Revision, held: Held | None) -> None:
        earlier: dict[tuple[object, ...], int] = {}
        if held is not None:
            earlier = held.earlier
            earlier[content(held.current.metadata, held.current.blob)] = held.current.n
        self._held[revision.article] = Held(revision, earlier)

    def _check_upstream(self, metadata: Metadata) -> None:
        """Refuse a copy of something that is not held, or of itself, be it by a detour."""
        seen = {metadata.article}
        upstream = metadata.copy_of
        while upstream and upstream != AUTO:
            article = article_id(upstream)
            if article in seen:
                raise DraftError(
                    f"{metadata.url} cannot be a copy of itself", hint="say which URL the copy has, with --url or `url`"
                )
            seen.add(article)
            held = self._held.get(article)
            if held is None:
                if len(seen) == 2:  # noqa: PLR2004 - the upstream itself, and not one further up
                    raise DraftError(f"copy_of names {upstream}, which is not held", hint="ingest that article first")
                return
            upstream = held.current.metadata.copy_of


def _placed(error: SourceError, origin: str) -> SourceError:
    """Say where the draft was read, unless the error does."""
    if not origin or str(error).startswith(origin):
        return error
    return type(error)(f"{origin}: {error}", hint=error.hint)


def named(drafts: Iterable[Draft | SourceError]) -> set[ArticleId]:
    """Give every article that a batch speaks of: its own, and those that it calls upstreams."""
    found: set[ArticleId] = set()
    for draft in drafts:
        if isinstance(draft, Draft):
            found.add(draft.metadata.article)
            if draft.metadata.copy_of not in {"", AUTO}:
                found.add(article_id(draft.metadata.copy_of))
    return found
