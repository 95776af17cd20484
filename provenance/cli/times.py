"""A time on the command line: ISO 8601 with an offset or Z, seconds optional."""

from __future__ import annotations

from datetime import UTC, datetime

import click


class Time(click.ParamType[datetime]):
    """Turns `2025-03-04T09:12Z` into an aware time in UTC, and refuses a time without an offset."""

    name = "time"

    def convert(self, value: str, param: click.Parameter | None, ctx: click.Context | None) -> datetime:
        """Read a time."""
        try:
            time = datetime.fromisoformat(value)
        except ValueError:
            self.fail(f"{value!r} is no time; write it as 2025-03-04T09:12Z", param, ctx)
        if time.tzinfo is None:
            self.fail(f"{value!r} has no offset; write it as {value}Z or {value}+01:00", param, ctx)
        return time.astimezone(UTC)


TIME = Time()
