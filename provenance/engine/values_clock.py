"""Dates and times where they stand in a text, as keys that sort: "2025-02-03", "02-03", "21:40"."""

from __future__ import annotations

import re

from provenance.engine.values_grammar import Grammar
from provenance.model import Span

_ABBREVIATION = 4  # letters; a shorter name of a month needs a day or a year beside it
_BEFORE_DAY = frozenset("am vom bis zum ab seit den dem il dal fino le du el del do od dnia з до від от ne dne".split())
_EVENING = frozenset({"午後", "下午", "晚上", "夜", "오후", "pm"})


def date_at(rules: Grammar, text: str, folded: str, start: int) -> tuple[str, int] | None:
    """Read the date that begins at a place: its key and its end."""
    found = rules.dates.match(folded, start)
    if not found:
        return None
    parts = found.groupdict()
    if month := parts.get("m6"):
        return _bare(rules, text, folded, found, month)
    if parts.get("a2"):
        return _numeric(rules, found)
    if parts.get("d0") and not _announced(folded, start):
        return None
    number = next((name[1] for name, value in parts.items() if name[0] == "m" and value), "")
    word = parts["m" + number]
    month_number = int(word) if word.isdigit() else rules.lexicon.month(word)
    year = parts.get("y" + number) or parts.get("y5") or ""
    if number == "4" and not text[start].isupper() and rules.lexicon.language == "en":
        return None
    return _key(year, month_number, parts.get("d" + number) or ""), found.end()


def _announced(folded: str, start: int) -> bool:
    """Tell whether the word before a place announces a day: "am 24.05"."""
    return folded[max(0, start - 8) : start].rstrip().rpartition(" ")[2] in _BEFORE_DAY


def _key(year: str, month: int, day: str) -> str:
    return "-".join(part for part in (year, f"{month:02}", f"{int(day):02}" if day else "") if part)


def _bare(rules: Grammar, text: str, folded: str, found: re.Match[str], month: str) -> tuple[str, int] | None:
    """Read a month that stands alone, unless its name is a common word and nothing says that it is meant."""
    held = rules.lexicon
    names = [name for name, number in held.months.items() if number == held.months[month]]
    if len(month) <= _ABBREVIATION and any(name != month and name.startswith(month) for name in names):
        return None
    if held.language == "en" and not text[found.start()].isupper():
        return None
    if month in held.rules.get("shy_months", "").split(","):
        before = folded[: found.start()].rstrip(" -").rpartition(" ")[2]
        if before not in held.rules.get("before_month", "").split(","):
            return None
    return _key("", held.month(month), ""), found.end()


def _numeric(rules: Grammar, found: re.Match[str]) -> tuple[str, int] | None:
    """Read 3/2/2025 day first; where the language does not tell (English), only if one part can be no month."""
    first, second, year = int(found["a2"]), int(found["b2"]), found["y2"]
    if rules.lexicon.rules.get("decimal") != "," and first <= 12 and second <= 12 and first != second:  # noqa: PLR2004
        return None
    day, month = (first, second) if second <= 12 else (second, first)  # noqa: PLR2004
    if month > 12:  # noqa: PLR2004
        return None
    full = year if len(year) > 2 else "20" + year  # noqa: PLR2004
    return _key(full, month, str(day)), found.end()


def time_at(rules: Grammar, folded: str, start: int) -> tuple[str, Span, str] | None:
    """Read the time of day that begins at a place, after what announces it: its key, span, and zone or ""."""
    found = rules.times.match(folded, start)
    if not found:
        return None
    parts = found.groupdict()
    number = next(name[1] for name, value in parts.items() if name[0] == "h" and name[1:].isdigit() and value)
    told = {name[:-1]: value for name, value in parts.items() if name.endswith(number) and value}
    if number == "1" and told["s"] == "." and not told.keys() & {"cue", "after", "am", "pm", "z"}:
        return None
    if number == "3" and told.get("after") in _rule(rules, "clock_after") and not _cued(rules, folded, start):
        return None  # "12 hours" is a duration
    hour, minute = int(told["h"]), 30 if "thirty" in told else int(told.get("n", 0))
    if ("pm" in told or told.get("half") in _EVENING) and hour < 12:  # noqa: PLR2004
        hour += 12
    begin = found.end("cue" + number) if "cue" in told else start
    if "am" in told and hour == 12:  # noqa: PLR2004
        hour = 0
    return f"{hour:02}:{minute:02}", (begin, found.end()), rules.lexicon.zones[told["z"]] if "z" in told else ""


def _rule(rules: Grammar, name: str) -> list[str]:
    return rules.lexicon.rules.get(name, "").split(",")


def _cued(rules: Grammar, folded: str, start: int) -> bool:
    """Tell whether the word before a place announces a time of day: "à 9 heures", "a las 21 horas"."""
    before = folded[max(0, start - 12) : start].rstrip().rpartition(" ")[2]
    return bool(before) and before in _rule(rules, "clock_cue")
