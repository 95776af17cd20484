"""Numerals to exact numbers: digits grouped in either style, number words in sequence, Chinese characters.

Everything here takes folded text (lower case, ASCII digits) and gives a `Decimal`, or None for what is no number.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from decimal import Decimal

LONGEST = 18  # more digits than this are a code, not an amount
_MYRIADS = {
    "万": 10**4, "萬": 10**4, "億": 10**8, "亿": 10**8, "兆": 10**12,
}  # fmt: skip
_TENS = {"十": 10, "百": 100, "千": 1000, "拾": 10, "廿": 20}
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
    raw = _NOISE.sub("", raw)
    if len(raw) > LONGEST:
        return None
    marks = _MARKS.findall(raw)
    if not marks:
        return Decimal(raw)
    last = marks[-1]
    if len(marks) > 1 and len(set(marks)) == 1:
        return Decimal(raw.replace(last, ""))
    tail = len(raw) - raw.rindex(last) - 1
    groups = len(marks) == 1 and tail == 3 and last != mark and not raw.startswith(("0", "-0"))  # noqa: PLR2004
    other = "," if last == "." else "."
    return Decimal(raw.replace(last, "") if groups else raw.replace(other, "").replace(last, "."))


def plausible(total: int, current: int, value: int) -> bool:
    """Tell whether a number word may follow inside one number: "twenty" takes "five", "five" does not take "six"."""
    if value >= 1000:  # noqa: PLR2004 - a magnitude multiplies whatever is there
        return current > 0 or total > 0
    if value == 100:  # noqa: PLR2004
        return current < 100  # noqa: PLR2004
    if value >= 100:  # noqa: PLR2004
        return current == 0
    if value >= 10:  # noqa: PLR2004
        return current % 100 == 0
    return current % 10 == 0 and current % 100 not in range(10, 20)


def from_words(values: Iterable[int]) -> tuple[int, int]:
    """Add up the values of number words in order; give the number and how many words it took."""
    total = current = taken = 0
    highest = 1
    for value in values:
        if taken and not (value and plausible(total, current, value)):
            break
        if value >= 1000:  # noqa: PLR2004
            if value > highest and total:
                total, current = (total + current) * value, 0
            else:
                total, current = total + (current or 1) * value, 0
            highest = max(highest, value)
        elif value in {12, 100} and 0 < current and (value == 100 or current < 100):  # noqa: PLR2004
            current *= value
        else:
            current += value
        taken += 1
    return total + current, taken


def from_han(raw: str) -> Decimal | None:
    """Read Chinese numerals, digits mixed in: 百二十, 1万2000, 3億5千万, 二〇二五; None where they make no number."""
    if len(raw) > 2 * LONGEST:
        return None
    if len(raw) > 1 and all(sign in _ONES for sign in raw):  # a year or a telephone number: digit by digit
        return Decimal("".join(str(_ONES[sign]) for sign in raw))
    total, section, pending = Decimal(0), Decimal(0), None
    for piece in _RUN.findall(raw):
        if piece[0].isdigit() or piece in _ONES:
            number = Decimal(_ONES[piece]) if piece in _ONES else from_digits(piece.rstrip(","), ".")
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
    if number == number.to_integral_value():
        return str(int(number))
    return format(number.normalize(), "f")
