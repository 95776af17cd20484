"""The first tables: all that version 1 of the engine concludes."""

from __future__ import annotations

from typing import Any

import sqlalchemy as sa
from alembic import op

revision = "0001"
down_revision = None

# as it was when this was written: a migration does not change with the code
TIME = sa.DateTime(timezone=True).with_variant(sa.String(27), "sqlite")
ID = sa.String(16)
WORD = sa.String(16)
HASH = sa.String(64)
COUNT = sa.Integer()
TEXT = sa.Text()


def upgrade() -> None:
    """Make every table, parents before children."""
    _meta()
    _articles()
    _revisions()
    _notices()
    _deltas()
    _updates()
    _edits()
    _copies()
    _standings()
    _edit_standings()
    _fingerprints()


def _has(name: str, kind: Any = TEXT, *, null: bool = False, default: str | None = None) -> sa.Column[Any]:  # noqa: ANN401
    return sa.Column(name, kind, nullable=null, server_default=default)


def _cascade(name: str, columns: list[str], targets: list[str]) -> sa.ForeignKeyConstraint:
    return sa.ForeignKeyConstraint(columns, targets, name=name, ondelete="CASCADE")


def _meta() -> None:
    op.create_table("meta", _has("name", WORD), _has("value"), sa.PrimaryKeyConstraint("name", name="pk_meta"))


def _articles() -> None:
    op.create_table(
        "articles",
        _has("id", ID),
        _has("url"),
        _has("publisher"),
        _has("headline"),
        _has("revisions", COUNT),
        _has("commit_id", HASH),
        _has("blob", HASH),
        _has("copy_of"),
        _has("upstream", ID),
        _has("observed_n", COUNT),
        _has("observed_at", TIME, null=True),
        _has("copies", COUNT, default="0"),
        _has("behind", COUNT, default="0"),
        _has("worst", WORD, default=""),
        sa.PrimaryKeyConstraint("id", name="pk_articles"),
    )
    declared = sa.text("upstream <> ''")
    op.create_index("ix_articles_upstream", "articles", ["upstream"], sqlite_where=declared, postgresql_where=declared)
    op.create_index("ix_articles_revisions", "articles", ["revisions"])


def _revisions() -> None:
    op.create_table(
        "revisions",
        _has("article", ID),
        _has("n", COUNT),
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
        _cascade("fk_revisions_articles", ["article"], ["articles.id"]),
        sa.PrimaryKeyConstraint("article", "n", name="pk_revisions"),
        sa.UniqueConstraint("commit_id", name="uq_revisions_commit_id"),
    )


def _notices() -> None:
    op.create_table(
        "notices",
        _has("article", ID),
        _has("revision", COUNT),
        _has("position", COUNT),
        _has("text"),
        _has("span_start", COUNT, null=True),
        _has("span_end", COUNT, null=True),
        _has("claims"),
        _has("rule"),
        _has("language"),
        _cascade("fk_notices_revisions", ["article", "revision"], ["revisions.article", "revisions.n"]),
        sa.PrimaryKeyConstraint("article", "revision", "position", name="pk_notices"),
        sqlite_with_rowid=False,
    )


def _deltas() -> None:
    op.create_table(
        "deltas",
        _has("article", ID),
        _has("revision", COUNT),
        _has("before_sha256", HASH),
        _has("after_sha256", HASH),
        _has("ops"),
        _cascade("fk_deltas_revisions", ["article", "revision"], ["revisions.article", "revisions.n"]),
        sa.PrimaryKeyConstraint("article", "revision", name="pk_deltas"),
        sqlite_with_rowid=False,
    )


def _updates() -> None:
    op.create_table(
        "updates",
        _has("article", ID),
        _has("id", HASH),
        _has("revision", COUNT),
        _has("position", COUNT),
        _has("kind", WORD),
        _has("declared", sa.Boolean()),
        _has("because"),
        _has("notice"),
        _has("told", sa.Boolean()),
        _cascade("fk_updates_revisions", ["article", "revision"], ["revisions.article", "revisions.n"]),
        sa.PrimaryKeyConstraint("article", "id", name="pk_updates"),
        sa.UniqueConstraint("article", "revision", "position", name="uq_updates_article_revision_position"),
        sqlite_with_rowid=False,
    )
    silent = sa.text("NOT declared")
    op.create_index("ix_updates_silent", "updates", ["kind"], sqlite_where=silent, postgresql_where=silent)


def _edits() -> None:
    op.create_table(
        "edits",
        _has("article", ID),
        _has("update_id", HASH),
        _has("n", COUNT),
        _has("op", WORD),
        _has("aspects"),
        _has("before"),
        _has("after"),
        _has("before_start", COUNT, null=True),
        _has("before_end", COUNT, null=True),
        _has("after_start", COUNT, null=True),
        _has("after_end", COUNT, null=True),
        _has("field"),
        _cascade("fk_edits_updates", ["article", "update_id"], ["updates.article", "updates.id"]),
        sa.PrimaryKeyConstraint("article", "update_id", "n", name="pk_edits"),
        sqlite_with_rowid=False,
    )


def _copies() -> None:
    op.create_table(
        "copies",
        _has("upstream", ID),
        _has("article", ID),
        _has("revision", COUNT),
        _has("derivation", WORD),
        _has("made_from", COUNT),
        _has("made_first", COUNT),
        _has("made_last", COUNT),
        _has("coverage", sa.Double()),
        _has("observed_at", TIME, null=True),
        _has("state", WORD),
        _has("declared", sa.Boolean()),
        _cascade("fk_copies_upstream", ["upstream"], ["articles.id"]),
        _cascade("fk_copies_article", ["article"], ["articles.id"]),
        sa.PrimaryKeyConstraint("upstream", "article", name="pk_copies"),
        sqlite_with_rowid=False,
    )
    op.create_index("ix_copies_article", "copies", ["article"])
    op.create_index("ix_copies_state", "copies", ["state"])


def _standings() -> None:
    op.create_table(
        "standings",
        _has("upstream", ID),
        _has("article", ID),
        _has("update_id", HASH),
        _has("position", COUNT),
        _has("state", WORD),
        _has("confidence", sa.Double()),
        _has("because"),
        _has("notice_dropped", sa.Boolean()),
        _cascade("fk_standings_copies", ["upstream", "article"], ["copies.upstream", "copies.article"]),
        _cascade("fk_standings_updates", ["upstream", "update_id"], ["updates.article", "updates.id"]),
        sa.PrimaryKeyConstraint("upstream", "article", "update_id", name="pk_standings"),
        sa.UniqueConstraint("upstream", "article", "position", name="uq_standings_upstream_article_position"),
        sqlite_with_rowid=False,
    )


def _edit_standings() -> None:
    keys = ["upstream", "article", "update_id"]
    op.create_table(
        "edit_standings",
        _has("upstream", ID),
        _has("article", ID),
        _has("update_id", HASH),
        _has("n", COUNT),
        _has("state", WORD),
        _has("confidence", sa.Double()),
        _has("because"),
        _has("shown_by", WORD),
        _has("span_start", COUNT, null=True),
        _has("span_end", COUNT, null=True),
        _has("line", COUNT, null=True),
        _has("quote"),
        _has("wanted"),
        _cascade("fk_edit_standings_standings", keys, [f"standings.{key}" for key in keys]),
        sa.PrimaryKeyConstraint(*keys, "n", name="pk_edit_standings"),
        sqlite_with_rowid=False,
    )


def _fingerprints() -> None:
    op.create_table(
        "fingerprints",
        _has("article", ID),
        _has("prints", sa.LargeBinary()),
        _cascade("fk_fingerprints_articles", ["article"], ["articles.id"]),
        sa.PrimaryKeyConstraint("article", name="pk_fingerprints"),
    )
    op.create_table(
        "fingerprint_index",
        _has("fingerprint", sa.BigInteger()),
        _has("article", ID),
        sa.PrimaryKeyConstraint("fingerprint", "article", name="pk_fingerprint_index"),
        sqlite_with_rowid=False,
    )
    op.create_table(
        "fingerprint_queue",
        _has("article", ID),
        _has("partly", sa.Boolean()),
        sa.PrimaryKeyConstraint("article", name="pk_fingerprint_queue"),
        sqlite_with_rowid=False,
    )
