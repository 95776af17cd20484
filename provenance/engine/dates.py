"""The date that a line of an article names, in the forms that newspapers print, in a dozen languages.

Only days of the Gregorian calendar with day, month and year count as a value: 3/4/2025 can be two days and is none.
"""

from __future__ import annotations

import re
from datetime import date

from provenance.model import Span

_NAMES = """
january jan janvier janv januar jänner enero gennaio janeiro januari styczeń stycznia січня января ocak يناير जनवरी 1
february feb février févr fév februar febrero febbraio fevereiro februari luty lutego лютого февраля şubat 2
فبراير फरवरी 2
march mar mars märz maerz marzo março maart marca березня марта mart مارس मार्च 3
april apr avril avr abril aprile abr kwietnia квітня апреля nisan أبريل ابريل إبريل अप्रैल 4
may mai mayo maggio maio mei maja травня мая mayıs مايو मई 5
june jun juin juni junio giugno junho czerwca червня июня haziran يونيو يونيه जून 6
july jul juillet juil juli julio luglio julho lipca липня июля temmuz يوليو يوليه जुलाई 7
august aug août aout agosto ago augustus sierpnia серпня августа ağustos أغسطس اغسطس अगस्त 8
september sep sept septembre septiembre settembre setembro september września вересня сентября eylül سبتمبر सितंबर 9
october oct octobre oktober okt octubre ottobre outubro października жовтня октября ekim أكتوبر اكتوبر अक्टूबर 10
november nov novembre noviembre novembro listopada листопада ноября kasım نوفمبر नवंबर 11
december dec décembre déc dezember dez diciembre dicembre dezembro grudnia грудня декабря aralık ديسمبر दिसंबर 12
"""
MONTHS = {name: int(row.split()[-1]) for row in _NAMES.strip().splitlines() for name in row.split()[:-1]}

_MONTHS_OF_A_YEAR = 12
_MONTH = "|".join(sorted(MONTHS, key=len, reverse=True))
_YEAR = r"(?P<year{n}>[12١٢۱۲१२]\d{{3}})(?!\d)"
_DATE = re.compile(
    rf"(?<![\w/.-])(?:"
    rf"(?P<day1>\d{{1,2}})(?:\.|er|st|nd|rd|th|º)?\s(?:de\s|of\s)?(?P<month1>{_MONTH})\b\.?"
    rf"(?:,?\s(?:de\s|del\s)?{_YEAR.format(n=1)})?"
    rf"|(?P<month2>{_MONTH})\b\.?\s(?P<day2>\d{{1,2}})(?:st|nd|rd|th)?(?![\w:])(?:,?\s{_YEAR.format(n=2)})?"
    rf"|{_YEAR.format(n=3)}[-/.](?P<month3>\d{{1,2}})[-/.](?P<day3>\d{{1,2}})(?!\d)"
    rf"|{_YEAR.format(n=4)}\s?[年년]\s?(?P<month4>\d{{1,2}})\s?[月월]\s?(?P<day4>\d{{1,2}})\s?[日일]"
    rf"|(?P<day5>\d{{1,2}})\.\s?(?P<month5>\d{{1,2}})\.\s?{_YEAR.format(n=5)}"
    rf"|(?P<a>\d{{1,2}})/(?P<b>\d{{1,2}})/{_YEAR.format(n=6)}"
    rf")",
    re.IGNORECASE,
)


def find(line: str) -> tuple[Span, date | None] | None:
    """Give the span of the first date in a line and its day, None for one without a year or of two readings."""
    # what has no digit has no date; most lines end here
    if not any(map(str.isdecimal, line)):
        return None
    found = _DATE.search(line)
    return (found.span(), _day(found)) if found else None


def _day(found: re.Match[str]) -> date | None:
    parts = {name.rstrip("123456"): value for name, value in found.groupdict().items() if value}
    if "year" not in parts:
        return None
    if "a" in parts:
        return _slashed(int(parts["a"]), int(parts["b"]), int(parts["year"]))
    month = parts["month"].lower()
    return _valid(int(parts["year"]), MONTHS.get(month) or int(month), int(parts["day"]))


def _slashed(first: int, second: int, year: int) -> date | None:
    if first == second or second > _MONTHS_OF_A_YEAR:
        return _valid(year, first, second)
    return _valid(year, second, first) if first > _MONTHS_OF_A_YEAR else None


def _valid(year: int, month: int, day: int) -> date | None:
    try:
        return date(year, month, day)
    except ValueError:
        return None
