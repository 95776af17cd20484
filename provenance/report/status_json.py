"""The prov-status/1 JSON: every article with its revisions, updates and copies, one article at a time."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from datetime import UTC, datetime
from typing import Any

from provenance.model import (
    Article,
    ArticleId,
    Copy,
    Edit,
    EditStanding,
    History,
    Notice,
    Revision,
    Span,
    Standing,
    Update,
)
from provenance.report.json_text import dumped

SCHEMA = "prov-status/1"

Json = dict[str, Any]


def stream(parts: Iterable[tuple[History, Mapping[ArticleId, Article]]]) -> Iterator[str]:
    """Yield the document in pieces, one article a line.

    Each part is a history with the articles that its copies are, by id. A revision's text is written where it was
    read. The same parts give the same bytes.
    """
    yield f'{{"schema": "{SCHEMA}", "articles": ['
    mark = "\n"
    for history, copies in parts:
        yield mark + dumped(article(history, copies))
        mark = ",\n"
    yield "\n]}\n"


def article(history: History, copies: Mapping[ArticleId, Article]) -> Json:
    """Give one article as the contract has it; `copies` holds the article behind each of its copies."""
    head = history.article
    found: Json = {"id": head.id, "url": head.url, "publisher": head.publisher, "headline": head.headline}
    if head.copy_of:
        found["copy_of"] = list(head.copy_of)
    found["revisions"] = [_revision(each, history.notices.get(each.n, ())) for each in history.revisions]
    found["updates"] = [update(each) for each in history.updates]
    found["copies"] = [copy(each, copies[each.article]) for each in history.copies]
    return found


def _revision(revision: Revision, notices: Iterable[Notice]) -> Json:
    metadata = revision.metadata
    found: Json = {
        "n": revision.n,
        "id": revision.id,
        "published_at": _time(metadata.published_at),
        "modified_at": _time(metadata.modified_at),
        "observed_at": _time(revision.observed_at),
        "status": metadata.status.value,
        "notices": [_notice(each) for each in notices],
    }
    if revision.technical:
        found["technical"] = True
    if revision.flags:
        found["flags"] = list(revision.flags)
    if revision.text:
        found["text"] = revision.text
    return found


def _notice(notice: Notice) -> Json:
    claims = [
        {"says": each.says.value, "old": each.old, "new": each.new, "about": each.about} for each in notice.claims
    ]
    kind = notice.kind.value if notice.kind else None
    return {"text": notice.text, "span": _span(notice.span), "kind": kind, "rule": notice.rule, "claims": claims}


def update(update: Update) -> Json:
    """Give one update as the contract has it."""
    found: Json = {
        "id": update.id,
        "revision": update.revision,
        "kind": update.kind.value,
        "declared": update.declared,
        "because": update.because,
    }
    if update.notice:
        found["notice"] = update.notice
    if update.told:
        found["told"] = True
    found["edits"] = [_edit(each) for each in update.edits]
    return found


def _edit(edit: Edit) -> Json:
    found: Json = {
        "n": edit.n,
        "op": edit.op.value,
        "aspects": [each.value for each in edit.aspects],
        "before": edit.before,
        "after": edit.after,
    }
    if edit.field:
        found["field"] = edit.field
    if edit.before_span is not None:
        found["before_span"] = list(edit.before_span)
    if edit.after_span is not None:
        found["after_span"] = list(edit.after_span)
    return found


def copy(copy: Copy, as_article: Article) -> Json:
    """Give one copy as the contract has it, with the article that it is."""
    found: Json = {
        "id": copy.article,
        "url": as_article.url,
        "publisher": as_article.publisher,
        "derivation": copy.derivation.value,
        "declared": copy.declared,
        "revision": copy.revision,
        "made_from": copy.made_from,
    }
    if copy.made_from_range[0] != copy.made_from_range[1]:
        found["made_from_range"] = list(copy.made_from_range)
    found["coverage"] = copy.coverage
    found["observed_at"] = _time(copy.observed_at)
    found["state"] = copy.state.value
    if copy.flags:
        found["flags"] = list(copy.flags)
    found["standings"] = [_standing(each) for each in copy.standings]
    return found


def _standing(standing: Standing) -> Json:
    found: Json = {
        "update": standing.update,
        "state": standing.state.value,
        "confidence": standing.confidence,
        "because": standing.because,
    }
    if standing.notice_dropped:
        found["notice_dropped"] = True
    found["edits"] = [_edit_standing(each) for each in standing.edits]
    return found


def _edit_standing(standing: EditStanding) -> Json:
    return {
        "n": standing.n,
        "state": standing.state.value,
        "by": standing.by.value,
        "confidence": standing.confidence,
        "because": standing.because,
        "span": _span(standing.span),
        "line": standing.line,
        "quote": standing.quote,
        "wanted": standing.wanted,
    }


def _time(value: datetime | None) -> str | None:
    return value.astimezone(UTC).isoformat() if value else None


def _span(span: Span | None) -> list[int] | None:
    return list(span) if span is not None else None
