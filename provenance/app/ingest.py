"""Drafts become facts, and facts conclusions: the one path through all layers."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from datetime import datetime, timedelta

from provenance.app.batches import batches
from provenance.app.catch_up import catch_up, conclude
from provenance.app.lookup import the_article
from provenance.app.plan import Outcome, Plan, Planner, named
from provenance.app.weigh import Held, content
from provenance.app.workspace import Happening, Workspace
from provenance.errors import SourceError
from provenance.model import AUTO, ArticleId, Draft, Run, article_id

COUNT = 500
BYTES = 4_000_000
"""The most drafts, and bytes of text and source, in a batch: it is stored, and told of, as one."""

SKEW = timedelta(minutes=5)
"""By how much the clocks of a desk's machines may differ."""


def ingest(
    workspace: Workspace, drafts: Iterable[Draft | SourceError], clock: Callable[[], datetime]
) -> Iterator[Outcome]:
    """Store drafts in their order, and yield what became of each as soon as that is durable.

    A draft that cannot be stored is yielded with its error; the others stand. Every batch leaves a run that says what
    was looked at, changed or not. Raises StoreBusyError, StorageError, DamageError.
    """
    for batch in batches(drafts, _size, count=COUNT, most=BYTES):
        outcomes = _store(workspace, batch, clock()).outcomes
        del batch  # its texts are not kept while the next one is read
        yield from outcomes


def upstream_url(workspace: Workspace, text: str) -> str:
    """Give the URL of the upstream that `--copy-of` names by a URL, an id or the beginning of one; "" and auto stay."""
    if text in {"", AUTO} or "://" in text:
        return text
    catch_up(workspace)
    return the_article(workspace, text).url


def _load(workspace: Workspace) -> None:
    """Load what storing and concluding take: under the lock, everybody would wait for it."""
    import provenance.app.chunk
    import provenance.app.texts
    import provenance.ledger.book
    import provenance.ledger.core  # noqa: F401

    workspace.store.load()


def _store(workspace: Workspace, batch: list[Draft | SourceError], now: datetime) -> Plan:
    _load(workspace)
    with workspace.locked():
        catch_up(workspace)
        held = _held(workspace, named(batch))
        _look_at_the_clock(workspace, held.values(), now)
        plan = Planner(held, now, lambda draft, known: _reread(workspace, draft, known)).plan(batch)
        if plan.observations:
            workspace.store.append(plan.entries, Run(plan.observations))
        conclude(workspace)
    return plan


def _look_at_the_clock(workspace: Workspace, held: Iterable[Held], now: datetime) -> None:
    """Tell of a clock that has been set back: the order of what is stored is that of the log, whatever it says."""
    seen = max((each.current.observed_at or now for each in held), default=now)
    if seen - now > SKEW:
        workspace.tell(Happening.CLOCK_BEHIND, seen.isoformat().replace("+00:00", "Z"))


def _held(workspace: Workspace, articles: set[ArticleId]) -> dict[ArticleId, Held]:
    """Look up in bulk what is held of articles, and of everything that they say they were taken from."""
    found: dict[ArticleId, Held] = {}
    wanted = articles
    while wanted:
        current = workspace.ledger.current(wanted)
        several = [article for article, each in current.items() if each.n]
        earlier = workspace.ledger.revisions_of(several) if several else {}
        for article, each in current.items():
            former = {content(old.metadata, old.blob): old.n for old in earlier.get(article, ()) if old.n < each.n}
            found[article] = Held(each.revision, former)
        above = (each.revision.metadata.copy_of for each in current.values())
        wanted = {article_id(url) for url in above if url not in {"", AUTO}} - found.keys()
    return found


def _reread(workspace: Workspace, draft: Draft, held: Held) -> bool:
    """Tell whether a draft is the very bytes of the current revision, and only the reader has changed."""
    if not draft.source or draft.reader == held.current.reader:
        return False
    return workspace.store.source(held.current.id, held.current.article) == draft.source


def _size(draft: Draft | SourceError) -> int:
    return len(draft.text) + len(draft.source) + 500 if isinstance(draft, Draft) else 500
