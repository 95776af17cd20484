"""A fact as a value, and when two values state the same one."""

from __future__ import annotations

from dataclasses import dataclass, replace
from decimal import Decimal
from enum import StrEnum

from provenance.model import Span

_OFFSETS = {
    **dict.fromkeys(("UTC", "WET"), 0),
    **dict.fromkeys(("BST", "CET"), 60),
    **dict.fromkeys(("CEST", "EET"), 120),
    **dict.fromkeys(("EEST", "MSK", "TRT"), 180),
    **dict.fromkeys(("JST", "KST"), 540),
    "EST": -300,
    "EDT": -240,
}
_CROWNS = frozenset({"KR", "SEK", "NOK", "DKK", "ISK", "CZK"})
_DAY = 24 * 60
_YEAR = len("2025-")


class Kind(StrEnum):
    """What a value states."""

    NUMBER = "number"
    PERCENT = "percent"
    POINTS = "points"
    MONEY = "money"
    DATE = "date"
    TIME = "time"
    ORDINAL = "ordinal"
    CODE = "code"


@dataclass(frozen=True, slots=True)
class Value:
    """One fact in a text: its kind, a key that does not depend on the notation, and where it stands.

    `unit` is a currency code, a unit of measure or a time zone, "" where none is said. `hedged` is what something falls
    short of: "not quite two per cent" is no 2 per cent.
    """

    kind: Kind
    key: str
    span: Span
    unit: str = ""
    hedged: bool = False


def same(a: Value, b: Value) -> bool:
    """Tell whether two values state the same fact: kind and key equal, the unit equal or unsaid on one side.

    A date without its year agrees with one that states it. Times in two known zones are compared as instants.
    """
    if a.kind is not b.kind or a.hedged is not b.hedged:
        return False
    if a.unit and b.unit and a.unit != b.unit and not _crowns(a.unit, b.unit):
        return a.kind is Kind.TIME and {a.unit, b.unit} <= _OFFSETS.keys() and _instant(a) == _instant(b)
    return a.key == b.key or (a.kind is Kind.DATE and _yearless(a.key, b.key))


def agrees(a: Value, b: Value) -> bool:
    """Tell whether two values may state the same fact.

    A bare number may be a sum of money or so many points, one in ten may be 10 per cent, "1.6m" 1.6 million, a rank the
    day of a month, and a month without a day the month of one.
    """
    if a.hedged is not b.hedged:
        a, b = replace(a, hedged=False), replace(b, hedged=False)
    return same(a, b) or _may_be(a, b) or _may_be(b, a)


def _may_be(a: Value, b: Value) -> bool:
    """Tell whether the one value, the vaguer, may state what the other states."""
    if a.kind is Kind.NUMBER and b.kind in {Kind.MONEY, Kind.POINTS} and not a.unit:
        return a.key == b.key or _millions(a, b)
    if a.kind is Kind.DATE and b.kind is Kind.DATE:
        return _month_of(a.key, b.key)
    if a.kind is Kind.NUMBER and b.kind is Kind.PERCENT:
        return not a.unit and _share(a.key) * 100 == Decimal(b.key)
    if a.kind is Kind.ORDINAL and b.kind is Kind.DATE:
        return len(b.key.split("-")) > 1 and b.key.split("-")[-1] == a.key.zfill(2)
    return _millions(a, b)


def _share(key: str) -> Decimal:
    """Give a part of a whole, 0 for a number that is none."""
    above, _, below = key.partition("/")
    number = Decimal(above) / (Decimal(below or 1) or 1)
    return number if number < 1 else Decimal(0)


def _month_of(month: str, day: str) -> bool:
    """Tell whether a month, with or without its year, is that of a day."""
    whole, part = day.split("-"), month.split("-")
    if len(whole) < 2 or len(whole[0]) + len(whole) == len("2024") + 2:  # noqa: PLR2004 - a month, with its year or without
        return False
    return part in (whole[-2:-1], whole[:-1])


def _crowns(one: str, other: str) -> bool:
    """Tell whether two currencies are crowns, one of them of a country that is not said."""
    return "KR" in {one, other} and {one, other} <= _CROWNS


def _millions(short: Value, long: Value) -> bool:
    """Tell whether a number of "m" is so many millions."""
    if short.kind is not Kind.NUMBER or long.kind not in {Kind.NUMBER, Kind.MONEY} or "/" in short.key + long.key:
        return False
    return short.unit == "m" and not long.unit and Decimal(short.key) * 1_000_000 == Decimal(long.key)


def _instant(value: Value) -> int:
    hour, minute = value.key.split(":")
    return (int(hour) * 60 + int(minute) - _OFFSETS[value.unit]) % _DAY


def _yearless(one: str, other: str) -> bool:
    short, long = sorted((one, other), key=len)
    return "-".join(long.split("-")[1:]) == short and len(long) - len(short) == _YEAR
