"""Values to rows and back: the columns of each table, in order, beside the two functions that translate.

A row that goes in is a dict by column; one that comes out is a sequence in the order of the columns named here.
Nothing in here knows SQL, so that reading needs no SQLAlchemy.
"""

from provenance.ledger.codec.copies import COPY, EDIT_STANDING, STANDING, copies_of, copy_rows
from provenance.ledger.codec.plain import (
    Out,
    Row,
    among,
    canonical_json,
    chunks,
    columns,
    span_of,
    strings_of,
    time_of,
    time_text,
)
from provenance.ledger.codec.revisions import (
    ARTICLE,
    REVISION,
    article_row,
    revision_of,
    revision_row,
    summary_of,
)
from provenance.ledger.codec.updates import (
    DELTA,
    EDIT,
    NOTICE,
    UPDATE,
    delta_of,
    delta_row,
    notice_of,
    notice_rows,
    update_rows,
    updates_of,
)

META = ("name", "value")

COLUMNS = {
    "meta": META,
    "articles": ARTICLE,
    "revisions": REVISION,
    "notices": NOTICE,
    "deltas": DELTA,
    "updates": UPDATE,
    "edits": EDIT,
    "copies": COPY,
    "standings": STANDING,
    "edit_standings": EDIT_STANDING,
}
"""Every table of conclusions with its columns in order, parents before children."""

__all__ = [
    "ARTICLE",
    "COLUMNS",
    "COPY",
    "DELTA",
    "EDIT",
    "EDIT_STANDING",
    "META",
    "NOTICE",
    "REVISION",
    "STANDING",
    "UPDATE",
    "Out",
    "Row",
    "among",
    "article_row",
    "canonical_json",
    "chunks",
    "columns",
    "copies_of",
    "copy_rows",
    "delta_of",
    "delta_row",
    "notice_of",
    "notice_rows",
    "revision_of",
    "revision_row",
    "span_of",
    "strings_of",
    "summary_of",
    "time_of",
    "time_text",
    "update_rows",
    "updates_of",
]
