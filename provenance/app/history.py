"""The revisions of an article: their list, the text of one, and what changed between two."""

from __future__ import annotations

from provenance.app.catch_up import catch_up
from provenance.app.compare import Comparison, compare
from provenance.app.lookup import DIGITS, split, the_article
from provenance.app.status import Subject, subject
from provenance.app.workspace import Workspace
from provenance.errors import NotFoundError, UsageError
from provenance.model import Article, Revision


def history(workspace: Workspace, article: str) -> Subject:
    """Give the history of an article."""
    return subject(workspace, article)


def revision(workspace: Workspace, text: str) -> Revision:
    """Give the revision that `ARTICLE@N` names, the last one without `@N`, with its text."""
    catch_up(workspace)
    head, n = split(text)
    return _revision(workspace, the_article(workspace, head), n)


def comparison(workspace: Workspace, article: str, other: str = "") -> Comparison:
    """Compare two revisions (`N..M`, by default the last two), or the last one with a copy's."""
    catch_up(workspace)
    head, n = split(article)
    subject = the_article(workspace, head)
    if _is_range(other):
        first, last = (int(number) for number in other.split(".."))
        return _compared(_revision(workspace, subject, first), _revision(workspace, subject, last))
    newer = _revision(workspace, subject, n)
    if other:
        name, m = split(other)
        return _compared(newer, _revision(workspace, the_article(workspace, name), m))
    if not newer.n:
        raise UsageError(f"{subject.url} has one revision up to @{newer.n}", hint="`prov show` prints it")
    return _compared(_revision(workspace, subject, newer.n - 1), newer)


def _is_range(text: str) -> bool:
    first, dots, last = text.partition("..")
    return bool(dots) and all(part.isascii() and part.isdecimal() and len(part) <= DIGITS for part in (first, last))


def _revision(workspace: Workspace, article: Article, n: int | None) -> Revision:
    from provenance.app.texts import Texts

    n = article.revisions - 1 if n is None else n
    if not 0 <= n < article.revisions:
        raise NotFoundError(f"{article.url} has no revision {n}", hint=f"it has @0 to @{article.revisions - 1}")
    found = workspace.ledger.revisions_of([article.id])[article.id][n]
    return Texts(workspace.store.read).fill([found])[0]


def _compared(before: Revision, after: Revision) -> Comparison:
    old, new = (f"{each.metadata.url}@{each.n}" for each in (before, after))
    return Comparison(old, new, tuple(compare(before.text, after.text)))
