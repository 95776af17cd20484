"""What an audit is asked for, and what is left of an article's history once all else is taken away."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from dataclasses import replace
from datetime import datetime

from provenance.app.audit.moments import Out, is_late
from provenance.app.audit.unanswered import unanswered
from provenance.app.catch_up import catch_up
from provenance.app.lookup import the_article
from provenance.app.workspace import Workspace
from provenance.errors import NotFoundError
from provenance.model import Copy, CopyState, History, State, Update
from provenance.model.audits import Scope

_UNTOUCHED = (State.NOT_APPLICABLE, State.SUPERSEDED)


def scoped(
    workspace: Workspace,
    named: Sequence[str] = (),
    publishers: Collection[str] = (),
    since: datetime | None = None,
    *,
    behind: bool = False,
) -> Scope:
    """Find what is named; raise NotFoundError for an article or a publisher that is not held."""
    catch_up(workspace)
    if publishers:
        held = {each.article.publisher for each in workspace.ledger.articles()}
        if unknown := sorted(set(publishers) - held):
            raise NotFoundError(f"no article by {unknown[0]} is held", hint="`prov status` lists the publishers")
    ids = sorted({the_article(workspace, each).id for each in named})
    return Scope(tuple(ids), tuple(sorted(set(publishers))), since, behind)


def histories(workspace: Workspace, scope: Scope) -> Iterator[History]:
    """Yield every history that can have a chapter, be it without edits: all, or those named and what they copy."""
    if not scope.articles:
        return workspace.ledger.outlines()
    above = {upstream for each in workspace.ledger.histories_of(scope.articles) for upstream in each.article.copy_of}
    return workspace.ledger.histories_of(sorted({*scope.articles, *above}))


def fitted(history: History, scope: Scope, out: Out) -> History | None:
    """Leave of a history what is asked for, None where nothing is.

    An article that is a copy and has none is part of its upstream's chapter, and has no chapter of its own; where it is
    named, its upstream's chapter is narrowed to it.
    """
    if scope.publishers and history.article.publisher not in scope.publishers:
        return None
    if not history.copies and history.article.copy_of:
        return None
    if scope.articles and history.article.id not in scope.articles:
        named = tuple(copy for copy in history.copies if copy.article in scope.articles)
        history = replace(history, copies=named)
        if not named:
            return None
    if scope.since:
        history = _lately(history, scope.since, out)
        if not history.updates and not any(unanswered(history, scope.since, out)):
            return None
    if scope.behind:
        behind = tuple(copy for copy in history.copies if copy.state is CopyState.BEHIND)
        return replace(history, copies=behind) if behind else None
    return history


def _lately(history: History, since: datetime, out: Out) -> History:
    """Leave the updates that came out since, and the copies that they concern."""
    updates = tuple(update for update in history.updates if is_late(update.revision, since, out))
    copies = tuple(found for copy in history.copies if (found := _concerned(copy, updates)))
    return replace(history, updates=updates, copies=copies)


def _concerned(copy: Copy, updates: Sequence[Update]) -> Copy | None:
    """Give a copy as it stands towards some updates alone, None where none of them touches it."""
    from provenance.engine.standings import whole

    ids = {update.id for update in updates}
    left = tuple(each for each in copy.standings if each.update in ids)
    if all(each.state in _UNTOUCHED for each in left):
        return None
    state = copy.state if copy.state is CopyState.WITHDRAWN else whole(updates, left)
    return replace(copy, standings=left, state=state)
