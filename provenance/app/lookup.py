"""The article that a person means: by URL, by id, or by the beginning of one."""

from __future__ import annotations

from provenance.app.workspace import Workspace
from provenance.errors import NotFoundError, SourceError, UsageError
from provenance.model import Article

_NAMED = 3
DIGITS = 9
"""Digits of a revision's number at most: what has more is no number of one."""


def the_article(workspace: Workspace, text: str) -> Article:
    """Find the one article that is meant; raise NotFoundError for none, UsageError for several."""
    found = (workspace.ledger.find(text) or workspace.ledger.find(_canonical(text))) if _is_text(text) else []
    if not found:
        raise NotFoundError(f"no article {text}", hint="name it by its URL, its id, or the beginning of one")
    if len(found) > 1:
        some = ", ".join(each.article.url for each in found[:_NAMED]) + (", ..." if len(found) > _NAMED else "")
        raise UsageError(f"{text} names {len(found)} articles", hint=f"say more of it: {some}")
    return found[0].article


def _is_text(text: str) -> bool:
    """Tell whether a name is text at all: the bytes of an argument may be anything."""
    try:
        text.encode()
    except UnicodeEncodeError:
        return False
    return True


def _canonical(text: str) -> str:
    """Write a URL as the store has it; a beginning of one, or an id, stays as it is."""
    from provenance.sources import urls

    try:
        return urls.canonical(text)
    except SourceError:
        return text


def split(text: str) -> tuple[str, int | None]:
    """Part `ARTICLE@N` into the article and the number, None where there is none."""
    head, at, number = text.rpartition("@")
    if at and number.isascii() and number.isdecimal() and len(number) <= DIGITS:
        return head, int(number)
    return text, None
