"""The prov-corrections/1 JSON: articles with their updates and all of their texts, one article a line.

Of the texts only the last stands in full; each earlier one is the delta that leads back to it.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from datetime import UTC, datetime
from typing import Any

from provenance.model import Article, Delta, Edit, Extent, History, Revision, Update, digest
from provenance.report import status_json
from provenance.report.json_text import dumped

SCHEMA = "prov-corrections/1"

CONTEXT = 48
"""So many code points of the text before and after an edit are given with it."""

Json = dict[str, Any]


def stream(
    extent: Extent, parts: Iterable[tuple[History, Sequence[Delta]]], copies: Iterable[Article]
) -> Iterator[str]:
    """Yield the document in pieces, one article a line, as they are drawn.

    Each part is a history with the texts of its revisions, and for each revision but the last the delta that leads back
    to it from the next. Of copies the address is written alone. The same values give the same bytes.
    """
    yield _line(_head(extent)).removesuffix("}") + ', "articles": ['
    mark = "\n"
    for history, back in parts:
        yield mark + _line(article(history, back))
        mark = ",\n"
    yield '\n], "copies": ['
    mark = "\n"
    for each in copies:
        yield mark + _line({"id": each.id, "url": each.url, "copy_of": list(each.copy_of)})
        mark = ",\n"
    yield "\n]}\n"


def _line(value: Json) -> str:
    return dumped(value)


def _head(extent: Extent) -> Json:
    only = {"publishers": list(extent.publishers), "articles": list(extent.articles)}
    return {
        "schema": SCHEMA,
        "engine": extent.engine,
        "cursor": extent.cursor,
        "since": extent.since,
        "only": {key: value for key, value in only.items() if value},
    }


def article(history: History, back: Sequence[Delta]) -> Json:
    """Give one article as the format has it."""
    head, last, revisions = history.article, history.revisions[-1], history.revisions
    texts = [revision.text for revision in revisions]
    found: Json = {"id": head.id, "url": head.url, "publisher": head.publisher, "headline": head.headline}
    found["language"] = last.metadata.language
    if head.copy_of:
        found["copy_of"] = list(head.copy_of)
    found["revisions"] = [
        _revision(revision, history, delta) for revision, delta in zip(revisions, (*back, None), strict=True)
    ]
    found["updates"] = [_update(each, texts) for each in history.updates]
    found["text"] = last.text
    return found


def _revision(revision: Revision, history: History, delta: Delta | None) -> Json:
    metadata = revision.metadata
    found: Json = {
        "n": revision.n,
        "id": revision.id,
        "published_at": _time(metadata.published_at),
        "modified_at": _time(metadata.modified_at),
        "observed_at": _time(revision.observed_at),
        "status": metadata.status.value,
        "notices": [each.text for each in history.notices.get(revision.n, ())],
        "sha256": delta.after if delta else digest(revision.text),
    }
    if revision.technical:
        found["technical"] = True
    if delta:
        found["delta"] = delta.ops
    return found


def _update(update: Update, texts: Sequence[str]) -> Json:
    """Give an update as the status has it, and to each edit the words around it."""
    found = status_json.update(update)
    edits = zip(found["edits"], update.edits, strict=True)
    found["edits"] = [written | _context(edit, update.revision, texts) for written, edit in edits]
    return found


def _context(edit: Edit, revision: int, texts: Sequence[str]) -> Json:
    """Quote what stands around an edit: in the text after it, or in the one before where nothing was put in."""
    number, span = revision, edit.after_span
    if span is None:
        number, span = revision - 1, edit.before_span
    if span is None or number < 0:
        return {}
    text = texts[number]
    return {"prefix": text[max(0, span[0] - CONTEXT) : span[0]], "suffix": text[span[1] : span[1] + CONTEXT]}


def _time(value: datetime | None) -> str | None:
    return value.astimezone(UTC).isoformat() if value else None
