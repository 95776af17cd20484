"""The types of columns that SQLite and PostgreSQL must agree on."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

from sqlalchemy import DateTime, Dialect, String
from sqlalchemy.types import TypeDecorator, TypeEngine

from provenance.ledger.codec import time_of, time_text

TIME_WIDTH = 27


class UtcTime(TypeDecorator[datetime]):
    """An aware time, kept in UTC to the microsecond; a naive one is a ValueError.

    SQLite has no time zones and drops them silently, whatever `DateTime` is told: there it is text of one width with
    a `Z`, which sorts as times do and which SQLite's own date functions read.
    """

    impl = DateTime(timezone=True)
    cache_ok = True

    def load_dialect_impl(self, dialect: Dialect) -> TypeEngine[Any]:
        """Choose text for SQLite, the engine's own time with zone elsewhere."""
        if dialect.name == "sqlite":
            return dialect.type_descriptor(String(TIME_WIDTH))
        return dialect.type_descriptor(DateTime(timezone=True))

    def process_bind_param(self, value: datetime | None, dialect: Dialect) -> str | datetime | None:
        """Write a time the way the dialect keeps it."""
        if value is None:
            return None
        text = time_text(value)
        return text if dialect.name == "sqlite" else value.astimezone(UTC)

    def process_result_value(self, value: str | datetime | None, dialect: Dialect) -> datetime | None:  # noqa: ARG002
        """Read a time back as an aware one in UTC."""
        return time_of(value)
