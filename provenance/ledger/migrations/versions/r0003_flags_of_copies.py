"""The flags of a copy: that its words are disguised, as if to keep them from being compared."""

from __future__ import annotations

from typing import Any

import sqlalchemy as sa
from alembic import op

revision = "0003"
down_revision = "0002"

TIME = sa.DateTime(timezone=True).with_variant(sa.String(27), "sqlite")
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
    """Add the column, and have the log read again: what is a flag was not looked for before."""
    for table in _ANEW:
        op.execute(sa.table(table).delete())
    meta = sa.table("meta", sa.column("name"), sa.column("value"))
    op.execute(meta.update().where(meta.c.name == "cursor").values(value=""))
    if op.get_context().dialect.name == "sqlite":
        _made_anew()  # SQLite would write the new column behind the keys
    else:
        op.add_column("copies", _has("flags", default="[]"))


def _has(name: str, kind: Any = None, *, null: bool = False, default: str | None = None) -> sa.Column[Any]:  # noqa: ANN401
    return sa.Column(name, kind or sa.Text(), nullable=null, server_default=default)


def _made_anew() -> None:
    op.drop_table("copies")
    op.create_table(
        "copies",
        _has("upstream", sa.String(16)),
        _has("article", sa.String(16)),
        _has("revision", sa.Integer()),
        _has("derivation", sa.String(16)),
        _has("made_from", sa.Integer()),
        _has("made_first", sa.Integer()),
        _has("made_last", sa.Integer()),
        _has("coverage", sa.Double()),
        _has("observed_at", TIME, null=True),
        _has("state", sa.String(16)),
        _has("declared", sa.Boolean()),
        _has("flags", default="[]"),
        sa.PrimaryKeyConstraint("upstream", "article", name="pk_copies"),
        sa.ForeignKeyConstraint(["upstream"], ["articles.id"], name="fk_copies_upstream", ondelete="CASCADE"),
        sa.ForeignKeyConstraint(["article"], ["articles.id"], name="fk_copies_article", ondelete="CASCADE"),
        sqlite_with_rowid=False,
    )
    op.create_index("ix_copies_article", "copies", ["article"])
    op.create_index("ix_copies_state", "copies", ["state"])
