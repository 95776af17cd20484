"""When a copy was first seen to carry an update, and last seen without it."""

from __future__ import annotations

from typing import Any

import sqlalchemy as sa
from alembic import op

revision = "0004"
down_revision = "0003"

TIME = sa.DateTime(timezone=True).with_variant(sa.String(27), "sqlite")
ID = sa.String(16)
WORD = sa.String(16)
HASH = sa.String(64)
_ANEW = (
    "edit_standings",
    "standings",
    "copies",
    "edits",
    "updates",
    "deltas",
    "notices",
    "revisions",
    "articles",
    "fingerprint_queue",
    "fingerprint_index",
)


def upgrade() -> None:
    """Add the columns, and have the log read again: when a revision was last observed was not kept before."""
    for table in _ANEW:
        op.execute(sa.table(table).delete())
    meta = sa.table("meta", sa.column("name"), sa.column("value"))
    op.execute(meta.update().where(meta.c.name == "cursor").values(value=""))
    if op.get_context().dialect.name == "sqlite":  # which would write a new column behind the keys
        _revisions()
        _standings()
    else:
        op.add_column("revisions", _has("before_seen_at", TIME, null=True))
        op.add_column("standings", _has("first_seen_at", TIME, null=True))
        op.add_column("standings", _has("last_missing_at", TIME, null=True))


def _has(name: str, kind: Any = None, *, null: bool = False) -> sa.Column[Any]:  # noqa: ANN401
    return sa.Column(name, kind or sa.Text(), nullable=null)


def _cascade(name: str, columns: list[str], targets: list[str]) -> sa.ForeignKeyConstraint:
    return sa.ForeignKeyConstraint(columns, targets, name=name, ondelete="CASCADE")


def _revisions() -> None:
    op.drop_table("revisions")
    op.create_table(
        "revisions",
        _has("article", ID),
        _has("n", sa.Integer()),
        _has("commit_id", HASH),
        _has("blob", HASH),
        _has("text_sha256", HASH),
        _has("observed_at", TIME, null=True),
        _has("reader"),
        _has("flags"),
        _has("technical", sa.Boolean()),
        _has("url"),
        _has("publisher"),
        _has("headline"),
        _has("byline"),
        _has("language"),
        _has("published_at", TIME, null=True),
        _has("modified_at", TIME, null=True),
        _has("status", WORD),
        _has("notices"),
        _has("copy_of"),
        _has("extra"),
        _has("before_seen_at", TIME, null=True),
        _cascade("fk_revisions_articles", ["article"], ["articles.id"]),
        sa.PrimaryKeyConstraint("article", "n", name="pk_revisions"),
        sa.UniqueConstraint("commit_id", name="uq_revisions_commit_id"),
    )


def _standings() -> None:
    op.drop_table("standings")
    op.create_table(
        "standings",
        _has("upstream", ID),
        _has("article", ID),
        _has("update_id", HASH),
        _has("position", sa.Integer()),
        _has("state", WORD),
        _has("confidence", sa.Double()),
        _has("because"),
        _has("notice_dropped", sa.Boolean()),
        _has("first_seen_at", TIME, null=True),
        _has("last_missing_at", TIME, null=True),
        _cascade("fk_standings_copies", ["upstream", "article"], ["copies.upstream", "copies.article"]),
        _cascade("fk_standings_updates", ["upstream", "update_id"], ["updates.article", "updates.id"]),
        sa.PrimaryKeyConstraint("upstream", "article", "update_id", name="pk_standings"),
        sa.UniqueConstraint("upstream", "article", "position", name="uq_standings_upstream_article_position"),
        sqlite_with_rowid=False,
    )
