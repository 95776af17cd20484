"""Run by alembic: hands it the connection and the tables."""

from __future__ import annotations

from alembic import context

from provenance.ledger.tables import METADATA

context.configure(
    connection=context.config.attributes["connection"],
    target_metadata=METADATA,
    render_as_batch=True,  # SQLite alters a table by making it anew
)
with context.begin_transaction():
    context.run_migrations()
