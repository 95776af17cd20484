"""The tables of the ledger: natural keys throughout, so that equal conclusions are equal rows whatever their order.

A table's columns stand in the order of `codec.COLUMNS`. Whoever changes a table adds a migration and its name to
`schema.SCHEMAS`; a test holds what the migrations build equal to what is said here.
"""

from __future__ import annotations

from typing import Any

from sqlalchemy import (
    Boolean,
    Column,
    Double,
    ForeignKeyConstraint,
    Index,
    Integer,
    LargeBinary,
    MetaData,
    PrimaryKeyConstraint,
    String,
    Table,
    Text,
    UniqueConstraint,
    text,
)

from provenance.ledger.columns import UtcTime

METADATA = MetaData(
    naming_convention={
        "ix": "ix_%(table_name)s_%(column_0_N_name)s",
        "uq": "uq_%(table_name)s_%(column_0_N_name)s",
        "ck": "ck_%(table_name)s_%(constraint_name)s",
        "fk": "fk_%(table_name)s_%(referred_table_name)s",
        "pk": "pk_%(table_name)s",
    }
)

ID = String(16)
WORD = String(16)
COMMIT = String(64)
SHA256 = String(64)


def _has(name: str, kind: Any = Text, *, null: bool = False, default: str | None = None) -> Column[Any]:  # noqa: ANN401
    return Column(name, kind, nullable=null, server_default=default)


def _of(columns: str, parent: str, keys: str = "") -> ForeignKeyConstraint:
    """Point to a parent, by columns of the same name unless `keys` says others; what hangs on it goes with it."""
    targets = [f"{parent}.{key}" for key in (keys or columns).split()]
    return ForeignKeyConstraint(columns.split(), targets, ondelete="CASCADE")


# alembic makes the same table where it builds a ledger, under this name of its own
Table(
    "alembic_version",
    METADATA,
    _has("version_num", String(32)),
    PrimaryKeyConstraint("version_num", name="alembic_version_pkc"),
)

Table("meta", METADATA, _has("name", String(16)), _has("value"), PrimaryKeyConstraint("name"))

Table(
    "articles",
    METADATA,
    _has("id", ID),
    _has("url"),
    _has("publisher"),
    _has("headline"),
    _has("revisions", Integer),
    _has("commit_id", COMMIT),
    _has("blob", COMMIT),
    _has("copy_of"),
    _has("upstream", ID),
    _has("observed_n", Integer),
    _has("observed_at", UtcTime, null=True),
    _has("copies", Integer, default="0"),
    _has("behind", Integer, default="0"),
    _has("worst", WORD, default=""),
    PrimaryKeyConstraint("id"),
    Index(None, "upstream", sqlite_where=text("upstream <> ''"), postgresql_where=text("upstream <> ''")),
    Index(None, "revisions"),
)

Table(
    "revisions",
    METADATA,
    _has("article", ID),
    _has("n", Integer),
    _has("commit_id", COMMIT),
    _has("blob", COMMIT),
    _has("text_sha256", SHA256),
    _has("observed_at", UtcTime, null=True),
    _has("reader"),
    _has("flags"),
    _has("technical", Boolean),
    _has("url"),
    _has("publisher"),
    _has("headline"),
    _has("byline"),
    _has("language"),
    _has("published_at", UtcTime, null=True),
    _has("modified_at", UtcTime, null=True),
    _has("status", WORD),
    _has("notices"),
    _has("copy_of"),
    _has("extra"),
    _has("before_seen_at", UtcTime, null=True),
    PrimaryKeyConstraint("article", "n"),
    _of("article", "articles", "id"),
    UniqueConstraint("commit_id"),
)

Table(
    "notices",
    METADATA,
    _has("article", ID),
    _has("revision", Integer),
    _has("position", Integer),
    _has("text"),
    _has("span_start", Integer, null=True),
    _has("span_end", Integer, null=True),
    _has("claims"),
    _has("rule"),
    _has("language"),
    PrimaryKeyConstraint("article", "revision", "position"),
    _of("article revision", "revisions", "article n"),
    sqlite_with_rowid=False,
)

Table(
    "deltas",
    METADATA,
    _has("article", ID),
    _has("revision", Integer),
    _has("before_sha256", SHA256),
    _has("after_sha256", SHA256),
    _has("ops"),
    PrimaryKeyConstraint("article", "revision"),
    _of("article revision", "revisions", "article n"),
    sqlite_with_rowid=False,
)

Table(
    "updates",
    METADATA,
    _has("article", ID),
    _has("id", COMMIT),
    _has("revision", Integer),
    _has("position", Integer),
    _has("kind", WORD),
    _has("declared", Boolean),
    _has("because"),
    _has("notice"),
    _has("told", Boolean),
    PrimaryKeyConstraint("article", "id"),
    _of("article revision", "revisions", "article n"),
    UniqueConstraint("article", "revision", "position"),
    Index("ix_updates_silent", "kind", sqlite_where=text("NOT declared"), postgresql_where=text("NOT declared")),
    sqlite_with_rowid=False,
)

Table(
    "edits",
    METADATA,
    _has("article", ID),
    _has("update_id", COMMIT),
    _has("n", Integer),
    _has("op", WORD),
    _has("aspects"),
    _has("before"),
    _has("after"),
    _has("before_start", Integer, null=True),
    _has("before_end", Integer, null=True),
    _has("after_start", Integer, null=True),
    _has("after_end", Integer, null=True),
    _has("field"),
    PrimaryKeyConstraint("article", "update_id", "n"),
    _of("article update_id", "updates", "article id"),
    sqlite_with_rowid=False,
)

Table(
    "copies",
    METADATA,
    _has("upstream", ID),
    _has("article", ID),
    _has("revision", Integer),
    _has("derivation", WORD),
    _has("made_from", Integer),
    _has("made_first", Integer),
    _has("made_last", Integer),
    _has("coverage", Double),
    _has("observed_at", UtcTime, null=True),
    _has("state", WORD),
    _has("declared", Boolean),
    _has("flags", default="[]"),
    PrimaryKeyConstraint("upstream", "article"),
    ForeignKeyConstraint(["upstream"], ["articles.id"], name="fk_copies_upstream", ondelete="CASCADE"),
    ForeignKeyConstraint(["article"], ["articles.id"], name="fk_copies_article", ondelete="CASCADE"),
    Index(None, "article"),
    Index(None, "state"),
    sqlite_with_rowid=False,
)

Table(
    "standings",
    METADATA,
    _has("upstream", ID),
    _has("article", ID),
    _has("update_id", COMMIT),
    _has("position", Integer),
    _has("state", WORD),
    _has("confidence", Double),
    _has("because"),
    _has("notice_dropped", Boolean),
    _has("first_seen_at", UtcTime, null=True),
    _has("last_missing_at", UtcTime, null=True),
    PrimaryKeyConstraint("upstream", "article", "update_id"),
    _of("upstream article", "copies"),
    _of("upstream update_id", "updates", "article id"),
    UniqueConstraint("upstream", "article", "position"),
    sqlite_with_rowid=False,
)

Table(
    "edit_standings",
    METADATA,
    _has("upstream", ID),
    _has("article", ID),
    _has("update_id", COMMIT),
    _has("n", Integer),
    _has("state", WORD),
    _has("confidence", Double),
    _has("because"),
    _has("shown_by", WORD),
    _has("span_start", Integer, null=True),
    _has("span_end", Integer, null=True),
    _has("line", Integer, null=True),
    _has("quote"),
    _has("wanted"),
    PrimaryKeyConstraint("upstream", "article", "update_id", "n"),
    _of("upstream article update_id", "standings"),
    # no key to `edits`: a standing may speak of an edit that the engine put together for this copy alone
    sqlite_with_rowid=False,
)

# Where each fingerprint stands, and what is not in there yet. No foreign keys: they would double the cost of the
# longest table; and no ids, which would make its rows twice as long: a holder is the first 31 bits of one.
Table(
    "fingerprint_index",
    METADATA,
    _has("fingerprint", Integer),
    _has("holder", Integer),
    PrimaryKeyConstraint("fingerprint", "holder"),
    sqlite_with_rowid=False,
)

Table(
    "fingerprint_queue",
    METADATA,
    _has("article", ID),
    _has("prints", LargeBinary),
    PrimaryKeyConstraint("article"),
    sqlite_with_rowid=False,
)
