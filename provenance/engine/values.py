"""Facts as values: numbers, shares, money, dates, times, ordinals and codes, equal whatever their notation.

1,800 million is 1.8 billion, "12 per cent" is 12%, "3. Februar" is 3 February. What is read:

- A number's key is plain decimal ("1800000000", "0.5"); a fraction without an end is "1/3". A span takes in the
  magnitude, a share's sign and a currency, but no unit of measure, which is in `unit` alone ("15" minutes).
- A date's key is what it states of year, month and day: "2025-02-03", "02-03", "2024-03", "03" for a bare month. A
  bare year is a number, weekdays are no values, and 3/2/2025 is ambiguous in English, hence a code there.
- A time's key is "21:40", its zone the unit. An ordinal's key is its number; "first" is a concept, not a value.
- A code ("SP-605", "800-555-0171") keeps its letters and digits, in lower case.
- A decimal mark is read by language (`values_numerals.from_digits`). "a", "un", "ein" are no numbers; "one" is
  where a noun follows.
"""

from __future__ import annotations

import re
from dataclasses import replace

from provenance.engine.lexicon import fold
from provenance.engine.values_amounts import CROWNS, counted, shared, spoken
from provenance.engine.values_clock import date_at, time_at
from provenance.engine.values_fact import Kind, Value, agrees, same
from provenance.engine.values_grammar import Grammar, grammar
from provenance.engine.values_turns import aged, dated, era, hedged, korean, one_in, spans_years

__all__ = ["Kind", "Value", "agrees", "plain", "read", "same"]

_SHIFTED = re.compile("[\u0660-\u0669\u06f0-\u06f9\u0966-\u096f\uff00-\uffee\u066a-\u066c\u2212\u3000]+")
_SHIFT = (
    {zero + digit: ord("0") + digit for zero in (0x660, 0x6F0, 0x966, 0xFF10) for digit in range(10)}
    | {wide: wide - 0xFEE0 for wide in range(0xFF01, 0xFF5F)}
    | {0x66A: "%", 0x66B: ".", 0x66C: ",", 0x2212: "-", 0x3000: " "}
)
_RUN = re.compile(r"[^\W\d_]+-?|\d+|.", re.DOTALL)
_RANGED = frozenset({Kind.NUMBER, Kind.PERCENT, Kind.POINTS, Kind.MONEY})
_RANGE = re.compile(" ?(?:[-\u2013\u2014~\u301c]|to|bis|à|a|al|tot|til|till|do|до|تا|से|から|至|到) ?")
_GROUPS = re.compile(r"\d{1,3}(?:\.\d{3})+$")
# beginnings that a hyphen ties to a number, and that make no code of it: mid-20s, Post-2014
_TIED = frozenset({"anti", "ex", "mid", "no", "non", "over", "post", "pre", "pro", "sub", "top", "under"})
_INITIALS = 2  # letters; so many of either case make a code of the number written onto them: e12, mp3


def read(text: str, language: str) -> tuple[Value, ...]:
    """List the values of a text in order, without overlap; spans are code points of `text`."""
    rules = grammar(language)
    folded = plain(text)
    skip, end = rules.skip.match, len(folded)
    found: list[Value] = []
    at = 0
    while (skipped := skip(folded, at)) and (start := skipped.end()) < end:
        if value := _at(rules, text, folded, start):
            if found and value.kind in _RANGED and _RANGE.fullmatch(folded, found[-1].span[1], start):
                found[-1] = _likened(found[-1], value)
            found.append(hedged(rules, folded, value))
            at = value.span[1]
        else:
            at = _past(rules, folded, start)
    return tuple(found)


def _likened(low: Value, high: Value) -> Value:
    """Give the lower end of a range the kind and unit that are said once, after the upper: "7 to 9 per cent"."""
    return replace(low, kind=high.kind, unit=high.unit) if low.kind is Kind.NUMBER and not low.unit else low


def _past(rules: Grammar, folded: str, start: int) -> int:
    """Give where to look next after a place where no value begins."""
    if trap := rules.trap.match(folded, start):
        return trap.end()
    if (rules.dense and not folded[start].isdigit()) or folded[start] in rules.lexicon.rules.get("clitics", ""):
        return start + 1
    run = _RUN.match(folded, start)
    return run.end() if run else len(folded)


def plain(text: str) -> str:
    """Give the text folded, with ASCII digits and marks, every character in its place."""
    folded = fold(text)
    if folded.isascii() or not _SHIFTED.search(folded):
        return folded
    return _SHIFTED.sub(lambda run: run[0].translate(_SHIFT), folded)


def _at(rules: Grammar, text: str, folded: str, start: int) -> Value | None:
    """Read the value that begins at a place, None where none does."""
    if not rules.dense and folded[start].isdigit():
        return (
            _moment(rules, text, folded, start)
            or _code(rules, text, folded, start)
            or counted(rules, text, folded, start)
        )
    if rules.trap.match(folded, start):
        return None
    return (
        era(rules, folded, start)
        or _moment(rules, text, folded, start)
        or _code(rules, text, folded, start)
        or one_in(rules, folded, start)
        or shared(rules, folded, start)
        or counted(rules, text, folded, start)
        or aged(rules, folded, start)
        or korean(rules, folded, start)
        or spans_years(rules, folded, start)
        or _in_words(rules, folded, start)
    )


def _in_words(rules: Grammar, folded: str, start: int) -> Value | None:
    value = spoken(rules, folded, start)
    return dated(rules, folded, value) if value else None


def _moment(rules: Grammar, text: str, folded: str, start: int) -> Value | None:
    if stated := date_at(rules, text, folded, start):
        key, end = stated
        return Value(Kind.DATE, key, (start, end))
    if told := time_at(rules, folded, start):
        return Value(Kind.TIME, told[0], told[1], told[2])
    return None


def _code(rules: Grammar, text: str, folded: str, start: int) -> Value | None:
    """Read a token of letters and digits, or of digits and hyphens, that names something."""
    found = rules.code.match(folded, start)
    if not found or (found["dots"] and _GROUPS.match(found[0])):
        return None
    if found["dots"]:
        return Value(Kind.CODE, found[0], found.span())
    if found["letters"] and not _initials(rules, text, found):
        return None
    return Value(Kind.CODE, "".join(filter(str.isalnum, found[0])), found.span())


def _initials(rules: Grammar, text: str, found: re.Match[str]) -> bool:
    """Tell whether the letters at the front of a code name something, and are no currency and no mere prefix."""
    head = found["letters"]
    written = text[found.start() : found.start() + len(head)]
    if head in _TIED or head in CROWNS or (head in rules.lexicon.signs and written.isupper() and not found["join"]):
        return False
    return written.isupper() or written.istitle() or (not found["join"] and len(head) <= _INITIALS)
