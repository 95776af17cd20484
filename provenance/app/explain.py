"""The evidence for what a copy carries and misses: old words, new words, its own words, and why."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from provenance.app.disguises import disguises
from provenance.app.status import subject
from provenance.app.workspace import Workspace
from provenance.errors import NotFoundError, UsageError
from provenance.model import Article, ArticleId, Copy, Disguised, Update


@dataclass(frozen=True, slots=True)
class Explanation:
    """A copy of one upstream with the updates that are explained, the articles named, and words not as they look."""

    copy: Copy
    updates: tuple[Update, ...]
    known: Mapping[ArticleId, Article]
    disguises: tuple[Disguised, ...] = ()


def explain(workspace: Workspace, copy: str, update: str = "") -> tuple[Explanation, ...]:
    """Give the evidence of a copy, for each upstream that it has; for one update if the beginning of its id is given.

    Raises NotFoundError for an article that is no copy, or an update that there is not.
    """
    seen = subject(workspace, copy)
    article = seen.history.article
    if not article.copy_of:
        raise NotFoundError(f"{article.url} is not known as a copy of anything", hint=_how(seen.history.copies))
    found = []
    for upstream in article.copy_of:
        above = subject(workspace, upstream)
        [judged] = [each for each in above.history.copies if each.article == article.id]
        updates = tuple(each for each in above.history.updates if each.id.startswith(update))
        if updates or not update:
            known = {**above.known, upstream: above.history.article}
            found.append(Explanation(judged, updates, known, disguises(workspace, judged)))
    _check(found, update)
    return tuple(found)


def _how(copies: tuple[Copy, ...]) -> str:
    return "it has copies: explain one of them" if copies else "say so with `prov ingest ... --copy-of ARTICLE`"


def _check(found: list[Explanation], update: str) -> None:
    if not found:
        raise NotFoundError(f"no update {update}", hint="leave it out to see all of them")
    if update and sum(len(each.updates) for each in found) > 1:
        raise UsageError(f"{update} names several updates", hint="say more of it")
