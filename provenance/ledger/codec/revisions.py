"""Revisions and articles as rows: all that is declared about one state, and an article as its current one shows it."""

from __future__ import annotations

import json
from collections.abc import Iterable
from datetime import datetime

from provenance.ledger.codec.plain import Out, Row, canonical_json, strings_of, time_of
from provenance.ledger.values import Summary
from provenance.model import AUTO, Article, ArticleId, CopyState, Metadata, Revision, Status, article_id

REVISION = (
    "article",
    "n",
    "commit_id",
    "blob",
    "text_sha256",
    "observed_at",
    "reader",
    "flags",
    "technical",
    "url",
    "publisher",
    "headline",
    "byline",
    "language",
    "published_at",
    "modified_at",
    "status",
    "notices",
    "copy_of",
    "extra",
    "before_seen_at",
)

ARTICLE = (
    "id",
    "url",
    "publisher",
    "headline",
    "revisions",
    "commit_id",
    "blob",
    "copy_of",
    "upstream",
    "observed_n",
    "observed_at",
    "copies",
    "behind",
    "worst",
)


def revision_row(revision: Revision, text_digest: str, before_seen: datetime | None) -> Row:
    """Give the row of a revision whose text has the digest, where the one before it was last observed at a time."""
    metadata = revision.metadata
    return {
        "article": revision.article,
        "n": revision.n,
        "commit_id": revision.id,
        "blob": revision.blob,
        "text_sha256": text_digest,
        "observed_at": revision.observed_at,
        "reader": revision.reader,
        "flags": canonical_json(revision.flags),
        "technical": revision.technical,
        "url": metadata.url,
        "publisher": metadata.publisher,
        "headline": metadata.headline,
        "byline": metadata.byline,
        "language": metadata.language,
        "published_at": metadata.published_at,
        "modified_at": metadata.modified_at,
        "status": metadata.status.value,
        "notices": canonical_json(metadata.notices),
        "copy_of": metadata.copy_of,
        "extra": canonical_json(dict(metadata.extra)),
        "before_seen_at": before_seen,
    }


def revision_of(row: Out) -> Revision:
    """Read a revision, without its text, out of the columns of REVISION (more may follow)."""
    metadata = Metadata(
        url=row[9],
        publisher=row[10],
        headline=row[11],
        byline=row[12],
        language=row[13],
        published_at=time_of(row[14]),
        modified_at=time_of(row[15]),
        status=Status(row[16]),
        notices=strings_of(row[17]),
        copy_of=row[18],
        extra={} if row[19] == "{}" else json.loads(row[19]),
    )
    return Revision(
        metadata=metadata,
        n=row[1],
        id=row[2],
        observed_at=time_of(row[5]),
        blob=row[3],
        reader=row[6],
        flags=strings_of(row[7]),
        technical=bool(row[8]),
    )


def article_row(revision: Revision) -> Row:
    """Give the row of an article whose current revision this is, without what its copies add to it."""
    metadata = revision.metadata
    return {
        "id": revision.article,
        "url": metadata.url,
        "publisher": metadata.publisher,
        "headline": metadata.headline,
        "revisions": revision.n + 1,
        "commit_id": revision.id,
        "blob": revision.blob,
        "copy_of": metadata.copy_of,
        "upstream": _upstream(metadata.copy_of),
        "observed_n": revision.n,
        "observed_at": revision.observed_at,
    }


def _upstream(copy_of: str) -> str:
    """Name the article that is declared to be the upstream, "auto" for one to be found, "" for none."""
    return copy_of if copy_of in {"", AUTO} else article_id(copy_of)


def summary_of(row: Out, copy_of: Iterable[ArticleId]) -> Summary:
    """Read an article out of the columns of ARTICLE, given the articles that it is a copy of."""
    return Summary(
        article=Article(row[0], row[1], row[2], row[3], row[4], tuple(copy_of)),
        commit=row[5],
        blob=row[6],
        declares=row[7],
        observed_at=time_of(row[10]),
        copies=row[11],
        behind=row[12],
        worst=CopyState(row[13]) if row[13] else None,
    )
