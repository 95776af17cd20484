"""Times as sources give them: exact where a person or a program declares one, as claimed where a page prints one."""

from __future__ import annotations

from datetime import UTC, date, datetime, time

from provenance.errors import DraftError

NO_ZONE = "tz-unknown"
UNREADABLE = "time-unreadable"


def declared(value: str, name: str) -> datetime:
    """Read an ISO 8601 time with an offset or `Z`, and give it in UTC.

    Raises DraftError, which names the field, for a naive or an impossible time.
    """
    try:
        moment = datetime.fromisoformat(value)
        # an offset can carry a time out of the years 1 to 9999
        moment = moment if moment.tzinfo is None else moment.astimezone(UTC)
    except (ValueError, OverflowError, TypeError) as error:
        raise DraftError(f"{name}: {str(value)[:60]!r} is no time", hint="write it like 2025-03-04T09:12Z") from error
    if moment.tzinfo is None:
        raise DraftError(f"{name}: {value!r} does not say its time zone", hint="end it with Z or an offset: +01:00")
    return moment


def claimed(value: str) -> tuple[datetime | None, tuple[str, ...]]:
    """Read a time that a page claims; a naive one counts as UTC, an unreadable one as None, and both are flagged."""
    text = value.strip()
    if not text:
        return None, ()
    try:
        moment = datetime.fromisoformat(text)
        if moment.tzinfo is not None:
            return moment.astimezone(UTC), ()
    except (ValueError, OverflowError):
        return None, (UNREADABLE,)
    return moment.replace(tzinfo=UTC), (NO_ZONE,)


def of_day(day: date) -> datetime:
    """Give the beginning of a day in UTC, for a date line that tells no more."""
    return datetime.combine(day, time(), UTC)
