"""Lengths of time as people write them in settings: `90m`, `24h`, `7d`, `2w`, or several of these in a row."""

from __future__ import annotations

import re
from datetime import timedelta

_UNITS = {"m": "minutes", "h": "hours", "d": "days", "w": "weeks"}
_PART = re.compile(r"([0-9]{1,6})([mhdw])")
_WHOLE = re.compile(r"(?:[0-9]{1,6}[mhdw])+")


def duration(text: str) -> timedelta | None:
    """Read a length of time; None for what is none. `0` is none at all."""
    squeezed = "".join(text.split()).lower()
    if squeezed == "0":
        return timedelta(0)
    if not _WHOLE.fullmatch(squeezed):
        return None
    try:
        return sum((timedelta(**{_UNITS[unit]: int(count)}) for count, unit in _PART.findall(squeezed)), timedelta(0))
    except OverflowError:
        return None


def written(length: timedelta) -> str:
    """Write a length of time in the largest units that fit: `1d12h`."""
    minutes = int(length.total_seconds()) // 60
    parts = []
    for unit, size in (("d", 1440), ("h", 60), ("m", 1)):
        count, minutes = divmod(minutes, size)
        if count:
            parts.append(f"{count}{unit}")
    return "".join(parts) or "0"
