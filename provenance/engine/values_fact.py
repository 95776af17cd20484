"""A fact as a value, and when two values state the same one."""

from __future__ import annotations

from dataclasses import dataclass
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

    `unit` is a currency code, a unit of measure or a time zone, "" where none is said.
    """

    kind: Kind
    key: str
    span: Span
    unit: str = ""


def same(a: Value, b: Value) -> bool:
    """Tell whether two values state the same fact: kind and key equal, the unit equal or unsaid on one side.

    A date without its year agrees with one that states it. Times in two known zones are compared as instants.
    """
    if a.kind is not b.kind:
        return False
    if a.unit and b.unit and a.unit != b.unit:
        return a.kind is Kind.TIME and {a.unit, b.unit} <= _OFFSETS.keys() and _instant(a) == _instant(b)
    return a.key == b.key or (a.kind is Kind.DATE and _yearless(a.key, b.key))


def agrees(a: Value, b: Value) -> bool:
    """Tell whether two values may state the same fact: a bare number and a sum of money; "1.6m" and 1.6 million."""
    money = {a.kind, b.kind} == {Kind.NUMBER, Kind.MONEY} and a.key == b.key and not (a.unit and b.unit)
    return same(a, b) or money or _millions(a, b) or _millions(b, a)


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
