"""How dates and times are written in one language, as patterns.

Groups end with the number of their row (@ until it is known): y, m, d for a date; h, n (minute), z (zone), half (of
the day) for a time.
"""

from __future__ import annotations

from provenance.engine.lexicon import Lexicon
from provenance.engine.values_forms import BLANK, NOTHING, UNBOUND, either, rule, whole

_YEAR = r"[12]\d{3}(?!\d)"
_DAY = r"(?:0?[1-9]|[12]\d|3[01])(?!\d)"
_MONTH = r"(?:0?[1-9]|1[0-2])(?!\d)"
_HOUR = r"(?:[01]?\d|2[0-4])"


def dates(held: Lexicon) -> str:
    """Give the pattern of a date."""
    rows = [
        rf"(?P<y1>[12]\d{{3}})(?P<s1>[-/.])(?P<m1>{_MONTH})(?P=s1)(?P<d1>{_DAY})",
        rf"(?P<a2>{_DAY})(?P<s2>[/-]|\.{BLANK}?)(?P<b2>{_DAY})(?P=s2)(?P<y2>(?:\d\d){{1,2}}(?!\d))",
    ]
    if held.language in UNBOUND:
        rows = [*_signed(), *rows]
    if held.months:
        rows += _named(held)
    if held.rules.get("decimal") == ",":
        rows.append(rf"(?P<d7>{_DAY})\.{BLANK}?(?P<m7>{_MONTH})\.(?!\d)")
        clocks = whole(held, rule(held, "clock_after") + rule(held, "oclock"))
        rows.append(rf"(?P<d0>{_DAY})\.(?P<m0>0[1-9]|1[0-2])(?![\d.,]|{BLANK}?[%€$£]|{BLANK}{clocks})")
    return "|".join(rows)


def _signed() -> list[str]:
    """Give the dates of Chinese, Japanese and Korean: 2025年2月3日, 2월 3일."""
    day = rf"(?:{BLANK}?(?P<d@>{_DAY}){BLANK}?[日号號일](?!間|间|간))?"
    month = rf"(?P<m@>{_MONTH}){BLANK}?[月월]{day}"
    year = rf"(?P<y8>[12]\d{{3}}){BLANK}?[年년]{BLANK}?"
    return [year + month.replace("@", "8"), month.replace("@", "9")]


def _named(held: Lexicon) -> list[str]:
    """Give the dates that name the month: 3 February 2025, Feb. 3, March 2024, and the bare month."""
    clitics = f"[{held.rules['clitics']}]?" if "clitics" in held.rules else ""
    month = whole(held, held.months)
    rank = either(rule(held, "ordinal_suffix"))
    joint = rf"{BLANK}(?:{either(rule(held, 'month_joint'))}{BLANK})?"
    second = rf"(?:/{whole(held, held.months)})?"  # Arabic dates give both names
    day = rf"(?P<d4>{_DAY}){rank}?(?![.:,]?\d)(?!{BLANK}?%)(?:,?{BLANK}(?P<y4>{_YEAR}))?"
    return [
        rf"(?P<d3>{_DAY})(?:\.|{rank})?(?:{joint})?{clitics}(?P<m3>{month}){second}(?:\.?,?{joint}(?P<y3>{_YEAR}))?",
        rf"(?P<m4>{month}){second}\.?(?:{BLANK}?{day}|,?(?:{joint})?(?P<y5>{_YEAR}))",
        rf"(?P<m6>{month})",
    ]


def after_day(held: Lexicon) -> str:
    """Give the pattern of the month, and of the year, behind a day in words: " de mayo de 2025"."""
    if not held.months:
        return NOTHING
    joint = rf"{BLANK}(?:{either(rule(held, 'month_joint'))}{BLANK})?"
    return rf"{joint}(?P<m>{whole(held, held.months)})(?:\.?,?{joint}(?P<y>{_YEAR}))?"


def times(held: Lexicon) -> str:
    """Give the pattern of a time of day."""
    before = either(rule(held, "clock_before"))
    after = rf"{BLANK}?(?P<after@>{whole(held, rule(held, 'clock_after') + rule(held, 'oclock'))})"
    am, pm = (rf"{BLANK}?(?P<{name}@>{whole(held, rule(held, name))})" for name in ("am", "pm"))
    half = rf"(?:{am}|{pm})"
    zone = rf"(?:{BLANK}?\(?(?P<z@>{whole(held, held.zones)}))?"
    clock = rf"(?P<h1>{_HOUR})(?P<s1>[:.h]|{BLANK}h{BLANK})(?P<n1>[0-5]\d)(?![\d%])"
    rows = [
        rf"(?P<cue1>{before}{BLANK}?)?{clock}(?:{after})?{half}?{zone}".replace("@", "1"),
        rf"(?P<cue2>{before}{BLANK}?)(?P<h2>{_HOUR})(?![\d.,:]\d|\d){half}?{zone}".replace("@", "2"),
        rf"(?P<h3>{_HOUR})(?:{after}|{half}){zone}".replace("@", "3"),
        rf"(?P<h4>[01]\d|2[0-4])(?P<n4>[0-5]\d){zone[:-1]}".replace("@", "4"),
    ]
    if held.language in UNBOUND:
        halves = either(rule(held, "half_day"))
        minute = rf"(?:{BLANK}?(?P<n5>[0-5]?\d)分?분?|(?P<thirty5>[半반]))?(?!\d)"
        rows.insert(0, rf"(?P<half5>{halves})?{BLANK}?(?P<h5>{_HOUR})[時时點点시](?!間|间|간){minute}")
    return "|".join(rows) or NOTHING
