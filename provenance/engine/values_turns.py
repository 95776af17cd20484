"""Turns of phrase that state a value: one in six, a seventeen-year-old, the twelfth of October, the year Reiwa 6.

What is said here is a number, a share or a date as any other; only the words are of another kind. All of it reads
folded text and gives a value, or None where no such turn begins.
"""

from __future__ import annotations

import re
from dataclasses import replace

from provenance.engine.values_amounts import counted, quotient, spoken
from provenance.engine.values_fact import Kind, Value
from provenance.engine.values_forms import KOREAN, ages, number_words
from provenance.engine.values_grammar import Grammar
from provenance.engine.values_numerals import from_han, from_words, spell

_LEAST = 3  # parts; "one in two" is said of couples
_DAYS = 31
_SINO = str.maketrans("일이삼사오육칠팔구십백천만억조", "一二三四五六七八九十百千万億兆")
_RANKS = "십백천만억조"  # a number in words has one of them: 이사 is a removal
_NATIVE = {sign: value for value, sign in enumerate("한 두 세 네 다섯 여섯 일곱 여덟 아홉".split(), start=1)}
_NATIVE_TENS = {
    sign: 10 * value for value, sign in enumerate("열 스물 서른 마흔 쉰 예순 일흔 여든 아흔".split(), start=1)
} | {"스무": 20}
_FIRST_YEARS = {"令和": 2019, "平成": 1989, "昭和": 1926, "大正": 1912, "明治": 1868}
_ERA = re.compile(r"(令和|平成|昭和|大正|明治)(元|\d{1,2}|[一二三四五六七八九十]{1,3})年")


def one_in(rules: Grammar, folded: str, start: int) -> Value | None:
    """Read a share told as one of so many: "one in six", "jeder sechste", "un sur six"."""
    lead = rules.one_in.match(folded, start)
    if not lead:
        return None
    value = counted(rules, folded, folded, lead.end()) or spoken(rules, folded, lead.end())
    wanted = Kind.ORDINAL if lead["every"] else Kind.NUMBER
    if value is None or value.kind is not wanted or value.unit or not value.key.isdigit() or int(value.key) < _LEAST:
        return None
    part = quotient(f"1/{value.key}")
    return Value(Kind.NUMBER, part if isinstance(part, str) else spell(part), (start, value.span[1]))


def aged(rules: Grammar, folded: str, start: int) -> Value | None:
    """Read the age of somebody in one word: siebzehnjährige, diciassettenne, семнадцатилетний."""
    found = rules.aged.match(folded, start)
    if not found:
        return None
    known = {**number_words(rules.lexicon), **ages(rules.lexicon)}
    values = [known[atom[0]] for atom in rules.stem.finditer(folded, start, found.end("number"))]
    total, taken = from_words(values)
    return Value(Kind.NUMBER, str(total), (start, found.end()), "year") if taken == len(values) else None


def korean(rules: Grammar, folded: str, start: int) -> Value | None:
    """Read Korean number words before what they count: 스물세 명, 백이십 명."""
    found = KOREAN.match(folded, start) if rules.lexicon.language == "ko" else None
    if not found:
        return None
    if sino := found["sino"]:
        number = from_han(sino.translate(_SINO)) if any(sign in _RANKS for sign in sino) else None
        return Value(Kind.NUMBER, spell(number), found.span("sino")) if number is not None else None
    total = _NATIVE_TENS.get(found["ten"] or found["round"] or "", 0) + _NATIVE.get(found["one"] or "", 0)
    return Value(Kind.NUMBER, str(total), found.span())


def era(rules: Grammar, folded: str, start: int) -> Value | None:
    """Read a year counted from the beginning of a Japanese era, with the month and the day that may follow."""
    found = _ERA.match(folded, start) if rules.lexicon.language == "ja" else None
    if not found:
        return None
    nth = 1 if found[2] == "元" else from_han(found[2])
    year = str(_FIRST_YEARS[found[1]] + int(nth or 1) - 1)
    day = rules.dates.match(folded, found.end())
    if day is None or not day["m9"]:
        return Value(Kind.NUMBER, year, (start, found.end() - 1))
    parts = (year, f"{int(day['m9']):02}", f"{int(day['d9']):02}" if day["d9"] else "")
    return Value(Kind.DATE, "-".join(filter(None, parts)), (start, day.end()))


def dated(rules: Grammar, folded: str, value: Value) -> Value:
    """Give the day of a month for a number or a rank in words before its name: двенадцатого октября, diez de mayo."""
    held = rules.lexicon
    ranked = value.kind is Kind.ORDINAL or (value.kind is Kind.NUMBER and held.rules.get("day_words") == "cardinal")
    if not ranked or value.unit or not value.key.isdigit() or not 0 < int(value.key) <= _DAYS:
        return value
    found = rules.after_day.match(folded, value.span[1])
    if not found:
        return value
    key = "-".join(filter(None, (found["y"], f"{held.month(found['m']):02}", f"{int(value.key):02}")))
    return Value(Kind.DATE, key, (value.span[0], found.end()))


def hedged(rules: Grammar, folded: str, value: Value) -> Value:
    """Mark a value that something falls short of: "not quite two per cent"."""
    if not rules.hedge:
        return value
    before = folded[max(0, value.span[0] - 32) : value.span[0]]
    return replace(value, hedged=True) if rules.hedge.search(before) else value


def spans_years(rules: Grammar, folded: str, start: int) -> Value | None:
    """Read a span of years that an article counts: "a decade"."""
    found = rules.spell_of_years.match(folded, start)
    if not found:
        return None
    unit, _, times = rules.lexicon.units[found["unit"]].partition("*")
    return Value(Kind.NUMBER, times, (start, found.end()), unit)
