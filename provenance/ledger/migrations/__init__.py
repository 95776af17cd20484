"""How a ledger of an older schema becomes one of today's: alembic, imported only when there is something to do."""

from __future__ import annotations

from pathlib import Path

from alembic import command
from alembic.config import Config
from sqlalchemy import Connection


def upgrade(connection: Connection) -> None:
    """Run every migration that the ledger has not seen, in the connection's own transaction."""
    command.upgrade(settings(connection), "head")


def settings(connection: Connection | None = None) -> Config:
    """Give alembic its settings, which are all in here."""
    config = Config()
    config.set_main_option("script_location", str(Path(__file__).parent).replace("%", "%%"))
    config.set_main_option("path_separator", "os")
    config.attributes["connection"] = connection
    return config
