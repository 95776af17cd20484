"""Facts as values: numbers, shares, money, dates, times, ordinals and codes, equal whatever their notation.

1,800 million is 1.8 billion, "12 per cent" is 12%, "3. Februar" is 3 February. What is read:

- A number's key is plain decimal ("1800000000", "0.5"); a fraction that has no short decimal is "1/3". A span takes in
  the magnitude, a share's sign and a currency, not a unit of measure, which is in `unit` alone ("15 minutes").
- A date's key is what it states of year, month and day: "2025-02-03", "02-03", "2024-03", "03" for a bare month. A
  bare year is a number. Weekdays are no values. 3/2/2025 is ambiguous in English, hence a code there.
- A time's key is "21:40", its zone the unit. An ordinal's key is its number; "first" is a concept, not a value.
- A code ("SP-605", "800-555-0171") keeps letters and digits alone, in lower case.
- A decimal mark is read by language (`values_numerals.from_digits`). "a", "un", "ein" are never numbers; "one" is
  where a noun follows.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum
from typing import cast

from provenance.engine.lexicon import fold
from provenance.engine.values_clock import date_at, time_at
from provenance.engine.values_grammar import DENSE, Grammar, grammar, values_of
from provenance.engine.values_numerals import from_digits, from_han, from_words, spell
from provenance.model import Span


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


_SHIFTED = re.compile("[\u0660-\u0669\u06f0-\u06f9\u0966-\u096f\uff00-\uffee\u066a-\u066c\u2212\uff0b]")
_SHIFT = {
    **{zero + digit: ord("0") + digit for zero in (0x660, 0x6F0, 0x966, 0xFF10) for digit in range(10)},
    **{wide: wide - 0xFEE0 for wide in range(0xFF01, 0xFF5F)},
    **{0x66A: "%", 0x66B: ".", 0x66C: ",", 0x2212: "-", 0x3000: " "},
}
_RUN = re.compile(r"[^\W\d_]+-?|\d+|.", re.DOTALL)
_NEXT = re.compile("[ \u00a0-]([^\\W\\d_]+(?:'[^\\W\\d_]+)?)")
_ATTACHED = re.compile(r"[^\W\d_]{1,3}(?!\w)")
_MILLIONS = re.compile(r"m(?= (?:people|men|women|children|[a-z]{3,}[^s\W]s\b))")
_SHORT = {"k": 10**3, "m": 10**6, "b": 10**9, "bn": 10**9}
_FALSE_HEADS = frozenset({"mid", "pre", "post", "pro", "sub", "non", "anti", "under", "over", "no", "top", "ex"})
_OFFSETS = {
    **{"UTC": 0, "WET": 0, "BST": 60, "CET": 60, "CEST": 120, "EET": 120, "EEST": 180, "MSK": 180, "TRT": 180},
    **{"IST": 330, "CST8": 480, "JST": 540, "KST": 540, "EST": -300, "EDT": -240},
}


def read(text: str, language: str) -> tuple[Value, ...]:
    """List the values of a text in order, without overlap; spans are code points of `text`."""
    rules = grammar(language)
    folded = plain(text)
    found: list[Value] = []
    at = 0
    while hit := rules.first.search(folded, at):
        start = hit.start()
        if trap := rules.trap.match(folded, start):
            at = trap.end()
            continue
        if value := _at(rules, text, folded, start):
            found.append(value)
            at = value.span[1]
        else:
            at = cast("re.Match[str]", _RUN.match(folded, start)).end()
    return tuple(found)


def same(a: Value, b: Value) -> bool:
    """Tell whether two values state the same fact: kind and key equal, the unit equal or unsaid on one side.

    A date without its year agrees with one that states it. Times in two known zones are compared as instants.
    """
    if a.kind is not b.kind:
        return False
    if a.kind is Kind.TIME and a.unit != b.unit and {a.unit, b.unit} <= _OFFSETS.keys():
        return _instant(a) == _instant(b)
    if a.unit and b.unit and a.unit != b.unit:
        return False
    if a.kind is Kind.DATE and a.key != b.key:
        short, long = sorted((a.key, b.key), key=len)
        return len(short) in {2, 5} and len(long) == len(short) + 5 and long.endswith("-" + short)
    return a.key == b.key


def _instant(value: Value) -> int:
    hour, minute = value.key.split(":")
    return (int(hour) * 60 + int(minute) - _OFFSETS[value.unit]) % 1440


def plain(text: str) -> str:
    """Give the text folded, with ASCII digits and marks, every character in its place."""
    folded = fold(text)
    return folded.translate(_SHIFT) if not folded.isascii() and _SHIFTED.search(folded) else folded


def _at(rules: Grammar, text: str, folded: str, start: int) -> Value | None:
    """Read the value that begins at a place, None where none does."""
    if stated := date_at(rules, text, folded, start):
        key, end = stated
        return Value(Kind.DATE, key, (start, end))
    if told := time_at(rules, folded, start):
        key, end, zone = told
        return Value(Kind.TIME, key, (start, end), zone)
    if value := _code_at(rules, text, folded, start):
        return value
    if (part := rules.fraction.match(folded, start)) and not folded[start].isdigit():
        return _measured(rules, folded, (start, part.end()), rules.lexicon.fractions[part[0]])
    lead = rules.prefix.match(folded, start)
    if lead and lead["money"].isalpha() and not text[start : lead.end("money")].isupper():
        lead = None
    currency = rules.lexicon.signs[lead["money"]] if lead else ""
    return _digits_at(rules, text, folded, (start, lead.end() if lead else start), currency) or (
        _words_at(rules, folded, start)
    )


def _code_at(rules: Grammar, text: str, folded: str, start: int) -> Value | None:
    found = rules.code.match(folded, start)
    if not found or (found["dots"] and from_digits(found[0], "both") and _grouped(found[0])):
        return None
    if head := found["letters"]:
        written = text[start : start + len(head)]
        if head in _FALSE_HEADS or not (
            written.isupper() or (not found["join"] and len(head) < 3) or written.istitle()
        ):
            return None
        if (lead := rules.prefix.match(folded, start)) and lead.end() - start == len(head):
            return None
    elif not found["hyphens"] and not found["dots"] and rules.ordinal.match(folded, start + 1):
        return None
    return Value(Kind.CODE, "".join(filter(str.isalnum, found[0])) if not found["dots"] else found[0], found.span())


def _grouped(raw: str) -> bool:
    return all(len(part) == 3 for part in raw.split(".")[1:])  # noqa: PLR2004


def _digits_at(rules: Grammar, text: str, folded: str, place: Span, currency: str) -> Value | None:
    """Read an amount in digits; `place` is where the value begins and where its digits do."""
    start, at = place
    found = rules.number.match(folded, at)
    if not found:
        return None
    raw, end = found[0], found.end()
    han = rules.lexicon.language in DENSE and found.groupdict().get("han")
    if han and not _counted(rules, folded, found):
        return None
    number = from_han(raw) if han else from_digits(raw, rules.lexicon.rules.get("decimal", "both"))
    if number is None:
        return None if han else Value(Kind.CODE, raw[:64], (start, end))
    if not currency and (rank := _ordinal_end(rules, folded, start, end)):
        return Value(Kind.ORDINAL, spell(number), (start, rank))
    attached = _ATTACHED.match(folded, end)
    if attached and text[end : attached.end()].isupper() and attached[0] in _SHORT:
        end = attached.end()
        number *= _SHORT[attached[0]]
    elif attached and not currency and text[end : attached.end()].isupper() and attached[0] not in _known(rules):
        return Value(Kind.CODE, folded[start : attached.end()], (start, attached.end()))
    if start and folded[start - 1] == "-" and not currency and (start == 1 or folded[start - 2] in " (\n"):
        number = -number
    if (mega := _MILLIONS.match(folded, end)) or (
        currency and folded.startswith("m", end) and not folded[end + 1 : end + 2].isalnum()
    ):
        return Value(
            Kind.MONEY if currency else Kind.NUMBER,
            spell(number * 10**6),
            (start, mega.end() if mega else end + 1),
            currency,
        )
    return _measured(rules, folded, (start, end), number, currency)


def _known(rules: Grammar) -> set[str]:
    known = (rules.lexicon.magnitudes, rules.lexicon.units, rules.lexicon.currencies, rules.lexicon.cents)
    return {form for forms in known for form in forms if len(form) > 1}


def _counted(rules: Grammar, folded: str, found: re.Match[str]) -> bool:
    """Tell whether Chinese numerals count something: digits stand among them, or a counter follows."""
    raw = found[0]
    if any(map(str.isdigit, raw.translate(_PLAIN_DIGITS))):
        return True
    after = rules.lexicon.rules.get("counters", "").split(",")
    return any(counter and folded.startswith(counter, found.end()) for counter in after) or len(raw) > 3


_PLAIN_DIGITS = {ord(sign): None for sign in "〇零一二三四五六七八九十百千万億兆萬亿两"}


def _ordinal_end(rules: Grammar, folded: str, start: int, end: int) -> int:
    """Give where an ordinal in digits ends (88th, 88., 第88), 0 where it is none."""
    if suffix := rules.ordinal.match(folded, end):
        return suffix.end()
    if folded[start - 1 : start] == "第" and start:
        return end
    cues = rules.lexicon.rules.get("before_ordinal", "")
    if cues and folded.startswith(". ", end) and end - start <= 3:  # noqa: PLR2004
        before = folded[:start].rstrip().rpartition(" ")[2]
        if before in cues.split(",") and folded[end + 2 : end + 3].isalpha():
            return end + 1
    return 0


def _words_at(rules: Grammar, folded: str, start: int) -> Value | None:
    found = rules.words.match(folded, start)
    if not found:
        return None
    values = values_of(rules.lexicon)
    begin = found.start("single") if found["single"] else start
    atoms = list(rules.atom.finditer(folded, begin, found.end()))
    total, taken = from_words(values[atom[0]] for atom in atoms)
    last = atoms[taken - 1]
    end = last.end()
    if folded[end : end + 1].isalpha():
        return None
    if last[0] in rules.lexicon.ordinals and last[0] not in rules.lexicon.numbers:
        return Value(Kind.ORDINAL, str(total), (start, end))
    if total == 1 and not _counts_one(rules, folded, end):
        return None
    return _measured(rules, folded, (start, end), Decimal(total))


def _counts_one(rules: Grammar, folded: str, end: int) -> bool:
    after = _NEXT.match(folded, end)
    return bool(after) and cast("re.Match[str]", after)[1] not in rules.lexicon.rules.get("one_unless", "").split(",")


def _measured(rules: Grammar, folded: str, span: Span, number: Decimal | str, currency: str = "") -> Value:
    """Give the value of a number with the magnitude and the unit that follow it."""
    start, end = span
    found = cast("re.Match[str]", rules.tail.match(folded, end))
    held = rules.lexicon
    if scale := found["magnitude"]:
        end = found.end("magnitude")
        number = _exact(number)
        for word in re.split("[ \u00a0\u202f-]+", scale.strip(" \u00a0\u202f-")):
            number *= int(held.magnitudes[word] if word in held.magnitudes else held.magnitudes[word.rstrip(".")])
    key = number if isinstance(number, str) else spell(number)
    if "/" in key and key in _HALVES:
        key = _HALVES[key]
    if currency:
        return Value(Kind.MONEY, key, (start, end), currency)
    for name, kind in _SHARES:
        if found[name]:
            return Value(kind, key, (start, found.end()))
    if found["money"]:
        return Value(Kind.MONEY, key, (start, found.end()), held.currencies[found["money"]])
    if found["cents"]:
        return Value(Kind.MONEY, spell(_exact(number) / 100), (start, found.end()), held.cents[found["cents"]])
    return Value(Kind.NUMBER, key, (start, end), held.units[found["unit"]] if found["unit"] else "")


_SHARES = (("points", Kind.POINTS), ("percent", Kind.PERCENT))
_HALVES = {"1/2": "0.5", "1/4": "0.25", "3/4": "0.75", "1/5": "0.2", "2/5": "0.4", "1/10": "0.1"}


def _exact(number: Decimal | str) -> Decimal:
    if isinstance(number, str):
        above, _, below = number.partition("/")
        return Decimal(above) / Decimal(below or 1)
    return number
