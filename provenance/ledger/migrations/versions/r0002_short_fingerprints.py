"""Fingerprints of half the length, each kept once: under its number, or as waiting to be."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"

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
)


def upgrade() -> None:
    """Make the tables of fingerprints anew, and have the log read again: the old ones cannot be turned into these."""
    for table in ("fingerprint_queue", "fingerprint_index", "fingerprints"):
        op.drop_table(table)
    op.create_table(
        "fingerprint_index",
        sa.Column("fingerprint", sa.Integer(), nullable=False),
        sa.Column("holder", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("fingerprint", "holder", name="pk_fingerprint_index"),
        sqlite_with_rowid=False,
    )
    op.create_table(
        "fingerprint_queue",
        sa.Column("article", sa.String(16), nullable=False),
        sa.Column("prints", sa.LargeBinary(), nullable=False),
        sa.PrimaryKeyConstraint("article", name="pk_fingerprint_queue"),
        sqlite_with_rowid=False,
    )
    for table in _ANEW:
        op.execute(sa.table(table).delete())
    meta = sa.table("meta", sa.column("name"), sa.column("value"))
    op.execute(meta.update().where(meta.c.name == "cursor").values(value=""))
