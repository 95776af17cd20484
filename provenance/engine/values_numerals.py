"""Numerals to exact numbers: digits grouped in either style, number words in sequence, Chinese characters.

Everything here takes folded text (lower case, ASCII digits) and gives a `Decimal`, or None for what is no number.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from decimal import Decimal

LONGEST = 18  # more digits than this are a code, not an amount
TEN, DOZEN, HUNDRED, THOUSAND = 10, 12, 100, 1000
_GROUP = 3
_MYRIADS = {"万": 10**4, "萬": 10**4, "億": 10**8, "亿": 10**8, "兆": 10**12, "만": 10**4, "억": 10**8, "조": 10**12}
_TENS = {"十": 10, "百": 100, "千": 1000, "십": 10, "백": 100, "천": 1000}
_ONES = {sign: value for value, sign in enumerate("〇一二三四五六七八九")} | {"零": 0, "両": 2, "两": 2, "兩": 2}
_RUN = re.compile(r"\d[\d,]*(?:\.\d+)?|\D")
_MARKS = re.compile(r"[.,]")
_NOISE = re.compile(r"['\s]")


def from_digits(raw: str, mark: str) -> Decimal | None:
    """Read digits with separators; `mark` is the language's decimal mark, "both" where either may group.

    A single mark before exactly three digits groups thousands unless it is the language's decimal mark: "1.200" is
    1.2 in English and 1200 in German, "1,200" the reverse. Two kinds of mark: the last one is the decimal mark. One
    kind, several times: it groups. After a leading 0 a mark is always the decimal one.
    """
    if raw.isdigit() and len(raw) <= LONGEST:
        return Decimal(raw)
    raw = _NOISE.sub("", raw)
    marks = _MARKS.findall(raw)
    if len(raw) - len(marks) > LONGEST:
        return None
    if not marks:
        return Decimal(raw)
    last = marks[-1]
    if len(marks) > 1 and len(set(marks)) == 1:
        return Decimal(raw.replace(last, ""))
    tail = len(raw) - raw.rindex(last) - 1
    groups = len(marks) == 1 and tail == 3 and last != mark and not raw.startswith(("0", "-0"))  # noqa: PLR2004
    other = "," if last == "." else "."
    return Decimal(raw.replace(last, "") if groups else raw.replace(other, "").replace(last, "."))


def from_words(values: Sequence[int]) -> tuple[int, int]:
    """Add up the values of number words in order; give the number and how many of the words are in it.

    "two hundred and three hundred" gives (200, 2): what belongs to the next number is left to it.
    """
    total = current = 0
    highest = 0
    whole_until = (0, 0)  # number and words up to the last hundred or magnitude
    for taken, value in enumerate(values):
        if taken and not _follows(total, current, value, highest):
            return whole_until if value >= HUNDRED and whole_until[1] else (total + current, taken)
        if value >= THOUSAND:
            scaled = (current or 1) * value if current or not total else 0
            total, current = (total + scaled if scaled else total * value), 0
            highest = value
        elif current and (value == HUNDRED or (value == DOZEN and current < TEN)):
            current *= value
        else:
            current += value
        if value >= HUNDRED:
            whole_until = (total + current, taken + 1)
    return total + current, len(values)


def _follows(total: int, current: int, value: int, highest: int) -> bool:
    """Tell whether a number word goes on with a number: "twenty" takes "five", "five" does not take "six"."""
    if value >= THOUSAND:
        return value < highest or not total if current else total > 0 and value > highest
    if value == HUNDRED:
        return current < HUNDRED
    if value > HUNDRED:
        return current == 0
    if value == DOZEN and 0 < current < TEN:
        return True
    if value >= TEN:
        return current % HUNDRED == 0
    return value > 0 and current % TEN == 0 and current % HUNDRED != TEN


def from_han(raw: str) -> Decimal | None:
    """Read Chinese numerals, digits mixed in: 百二十, 1万2000, 3億5千万, 二〇二五; None where they make no number."""
    if len(raw) > 2 * LONGEST:
        return None
    if len(raw) > 1 and all(sign in _ONES for sign in raw):  # a year or a telephone number: digit by digit
        return Decimal("".join(str(_ONES[sign]) for sign in raw))
    total, section, pending = Decimal(0), Decimal(0), None
    for piece in _RUN.findall(_NOISE.sub("", raw)):
        if piece[0].isdigit() or piece in _ONES:
            number = Decimal(_ONES[piece]) if piece in _ONES else from_digits(piece.rstrip(",."), ".")
            if number is None or (pending is not None and pending != 0):
                return None
            pending = number
        elif piece in _TENS:
            section += (1 if pending is None else pending) * _TENS[piece]
            pending = None
        elif piece in _MYRIADS:
            total += (section + (pending or 0) or 1) * _MYRIADS[piece]
            section, pending = Decimal(0), None
        else:
            return None
    return total + section + (pending or 0)


def spell(number: Decimal) -> str:
    """Write a number plainly: no exponent, no group marks, no empty decimals."""
    whole = int(number)
    if whole == number:
        return str(whole)
    return format(round(number, 12).normalize(), "f")
