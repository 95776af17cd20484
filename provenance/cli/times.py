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
            # an offset can carry a time out of the years 1 to 9999
            aware = time if time.tzinfo is None else time.astimezone(UTC)
        except (ValueError, OverflowError):
            self.fail(f"{value!r} is no time; write it as 2025-03-04T09:12Z", param, ctx)
        if aware.tzinfo is None:
            whole = value if len(value) > len("2025-03-04") else f"{value}T00:00"
            self.fail(f"{value!r} has no offset; write it as {whole}Z or {whole}+01:00", param, ctx)
        return aware


TIME = Time()
