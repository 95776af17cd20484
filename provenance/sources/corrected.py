"""The articles of a corrections file, taken from plain JSON values: nothing in them is believed unseen.

Every function raises ValueError, TypeError or KeyError for what is not as the format has it; the caller says where.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

from provenance.engine import delta
from provenance.errors import DeltaMismatchError, DraftError
from provenance.model import (
    Article,
    ArticleId,
    Aspect,
    Delta,
    Edit,
    Extent,
    History,
    Kind,
    Metadata,
    Op,
    Revision,
    Span,
    Status,
    Update,
    article_id,
    digest,
)
from provenance.sources import times, urls

TEXTS = 256_000_000
"""Code points of all texts of one article at most: a small file can say that one is a thousand times as long."""

Row = Mapping[str, Any]


def extent(row: Row) -> Extent:
    """Read how far a file reaches."""
    only = row.get("only", {})
    publishers, articles = (tuple(_texts(only.get(key, []), key)) for key in ("publishers", "articles"))
    since, cursor = _text(row, "since"), _text(row, "cursor")
    return Extent(_text(row, "engine"), cursor, since, publishers, tuple(map(ArticleId, articles)))


def copy(row: Row) -> Article:
    """Read the address of a copy, and what it was taken from."""
    url, name = _named(row)
    return Article(name, url, "", "", 1, tuple(map(ArticleId, _texts(row["copy_of"], "copy_of"))))


def article(row: Row) -> Article:
    """Read what an article is."""
    url, name = _named(row)
    above = tuple(map(ArticleId, _texts(row.get("copy_of", []), "copy_of")))
    return Article(name, url, _text(row, "publisher"), _text(row, "headline"), len(_list(row, "revisions")), above)


def history(row: Row) -> History:
    """Read an article with its updates, and work out the texts of its revisions, each held against its digest."""
    head, rows = article(row), _list(row, "revisions")
    texts = _rebuilt(_text(row, "text"), rows)
    language = _text(row, "language")
    revisions = tuple(
        _revision(each, head, language, n, text) for n, (each, text) in enumerate(zip(rows, texts, strict=True))
    )
    return History(head, revisions, {}, tuple(_update(each, texts) for each in _list(row, "updates")))


def _named(row: Row) -> tuple[str, ArticleId]:
    url = _text(row, "url")
    try:
        canonical = urls.canonical(url)
    except DraftError as error:
        raise ValueError(str(error)) from error
    if canonical != url or article_id(url) != row["id"]:
        raise ValueError("its id is not that of its URL")
    return url, article_id(url)


def _rebuilt(last: str, rows: Sequence[Row]) -> list[str]:
    """Go back from the last text to the first."""
    if not rows:
        raise ValueError("it has no revision")
    sums = [_text(each, "sha256") for each in rows]
    if digest(last) != sums[-1]:
        raise ValueError("its text is not the one that its sha256 names")
    texts, size = [last], len(last)
    for n in range(len(rows) - 2, -1, -1):
        try:
            texts.append(delta.apply(Delta(sums[n + 1], sums[n], _text(rows[n], "delta")), texts[-1]))
        except DeltaMismatchError as error:
            raise ValueError(f"revision {n}: {error}") from error
        size += len(texts[-1])
        if size > TEXTS:
            raise ValueError(f"its texts have more than {TEXTS:,} characters")
    return texts[::-1]


def _revision(row: Row, head: Article, language: str, n: int, text: str) -> Revision:
    if row["n"] != n:
        raise ValueError(f"revision {n} is missing")
    metadata = Metadata(
        url=head.url,
        publisher=head.publisher,
        headline=head.headline,
        language=language,
        published_at=_time(row, "published_at"),
        modified_at=_time(row, "modified_at"),
        status=Status(row["status"]),
        notices=tuple(_texts(row["notices"], "notices")),
    )
    seen, technical = _time(row, "observed_at"), row.get("technical") is True
    return Revision(metadata, n, id=_text(row, "id"), observed_at=seen, text=text, technical=technical)


def _update(row: Row, texts: Sequence[str]) -> Update:
    revision = row["revision"]
    if not isinstance(revision, int) or not 0 <= revision < len(texts):
        raise ValueError(f"an update of revision {revision!r}")
    told = row.get("told") is True
    edits = tuple(_edit(each, revision, texts, told) for each in _list(row, "edits"))
    return Update(
        id=_text(row, "id"),
        revision=revision,
        kind=Kind(row["kind"]),
        declared=_flag(row, "declared"),
        because=_text(row, "because"),
        edits=edits,
        notice=_text(row, "notice", ""),
        told=told,
    )


def _edit(row: Row, revision: int, texts: Sequence[str], told: bool) -> Edit:  # noqa: FBT001 - as an update has it
    made = Edit(
        n=row["n"],
        op=Op(row["op"]),
        aspects=tuple(map(Aspect, _texts(row["aspects"], "aspects"))),
        before=_text(row, "before"),
        after=_text(row, "after"),
        before_span=_span(row, "before_span", revision - 1, texts),
        after_span=_span(row, "after_span", revision, texts),
        field=_text(row, "field", ""),
    )
    if not isinstance(made.n, int):
        raise TypeError("an edit has no number")
    old, new = _quoted(made.before_span, revision - 1, texts), _quoted(made.after_span, revision, texts)
    sound = (old, new) == ((None, None) if made.field else (None if told else made.before, made.after))
    if not sound:
        raise ValueError(f"edit {made.n} of revision {revision} does not stand in the texts")
    return made


def _quoted(span: Span | None, revision: int, texts: Sequence[str]) -> str | None:
    return texts[revision][slice(*span)] if span else None


def _span(row: Row, key: str, revision: int, texts: Sequence[str]) -> Span | None:
    value = row.get(key)
    if value is None:
        return None
    start, end = value
    sound = revision >= 0 and isinstance(start, int) and isinstance(end, int)
    if not sound or not 0 <= start <= end <= len(texts[revision]):
        raise ValueError(f"{key} {value!r} lies outside of the text")
    return start, end


def _text(row: Row, key: str, default: str | None = None) -> str:
    value = row[key] if default is None else row.get(key, default)
    if not isinstance(value, str):
        raise TypeError(f"{key} is no text")
    return value.encode("utf-8", "replace").decode()  # half a surrogate pair is no text either


def _texts(value: object, key: str) -> list[str]:
    if not isinstance(value, list) or not all(isinstance(each, str) for each in value):
        raise TypeError(f"{key} is no list of texts")
    return value


def _list(row: Row, key: str) -> list[Row]:
    value = row[key]
    if not isinstance(value, list) or not all(isinstance(each, dict) for each in value):
        raise TypeError(f"{key} is no list of objects")
    return value


def _flag(row: Row, key: str) -> bool:
    value = row[key]
    if not isinstance(value, bool):
        raise TypeError(f"{key} is neither true nor false")
    return value


def _time(row: Row, key: str) -> datetime | None:
    if row[key] is None:
        return None
    try:
        return times.declared(_text(row, key), key)
    except DraftError as error:
        raise ValueError(str(error)) from error
