"""Amounts where they stand in a text: in digits, in words or as a fraction, with what they are an amount of."""

from __future__ import annotations

import re
from decimal import Decimal

from provenance.engine.values_fact import Kind, Value
from provenance.engine.values_forms import number_words, ranks, rule
from provenance.engine.values_grammar import Grammar
from provenance.engine.values_numerals import HUNDRED, from_digits, from_han, from_words, spell
from provenance.model import Span

_NEXT = re.compile("[ \u00a0-]([^\\W\\d_]+(?:'[^\\W\\d_]+)?)")
_MEGA = {
    "k": 10**3,
    "m": 10**6,
    "mn": 10**6,
    "md": 10**9,
    "mds": 10**9,
    "mrd": 10**9,
    "bn": 10**9,
}  # before a sign: 9 M€
_ATTACHED = re.compile(r"[a-z]{1,3}(?!\w)")
_MILLIONS = re.compile(r"m(?= (?:people|men|women|children|(?:cubic |square |metric |new )?[a-z]{3,}[^s\W]s\b))")
_SHORT = {"k": 10**3, "m": 10**6, "b": 10**9, "bn": 10**9}  # written onto a number, as capitals or after a currency
CROWNS = frozenset({"kr", "rs"})
"""Signs of money in small letters."""
_DIGIT = re.compile(r"\d")
_PART = re.compile(r"([\d一二三四五六七八九十百]+)分[の之]([\d一二三四五六七八九十百]+)")
_ORDINAL_DIGITS = 3
_LONG_RUN = 4  # Chinese numerals; so many in a row count something whatever follows
_SHARES = (("points", Kind.POINTS), ("percent", Kind.PERCENT))
_ENDLESS = 6  # decimals; a fraction with more is kept as it is written


def shared(rules: Grammar, folded: str, start: int) -> Value | None:
    """Read a share that is announced before its number ("yüzde 12", 百分之十二), or a fraction ("two thirds")."""
    if (part := rules.fraction.match(folded, start)) and not folded[start].isdigit():
        return _measured(rules, folded, (start, part.end()), quotient(rules.lexicon.fractions[part[0]]))
    if rules.dense and (part := _PART.match(folded, start)):
        below, above = from_han(part[1]), from_han(part[2])
        if below and above and below != HUNDRED:
            return _measured(rules, folded, part.span(), quotient(f"{spell(above)}/{spell(below)}"))
    lead = rules.share.match(folded, start)
    if not lead:
        return None
    if rules.dense and (number := rules.number.match(folded, lead.end())):
        amount = from_han(number[0])
        return Value(Kind.PERCENT, spell(amount), (start, number.end())) if amount is not None else None
    value = counted(rules, folded, folded, lead.end()) or spoken(rules, folded, lead.end())
    return Value(Kind.PERCENT, value.key, (start, value.span[1])) if value and value.kind is Kind.NUMBER else None


def counted(rules: Grammar, text: str, folded: str, start: int) -> Value | None:
    """Read an amount in digits or Chinese numerals, a sign of money before it included."""
    lead = rules.prefix.match(folded, start)
    if (
        lead
        and lead["money"].isalpha()
        and not text[start : lead.end("money")].isupper()
        and lead["money"] not in CROWNS
    ):
        lead = None
    currency = rules.lexicon.signs[lead["money"]] if lead else ""
    at = lead.end() if lead else start
    found = rules.number.match(folded, at)
    if not found:
        return None
    if found.re.groups and found["han"] is not None:
        return _han(rules, folded, start, found, currency)
    number = from_digits(found[0], rules.lexicon.rules.get("decimal", "both"))
    if number is None:
        return Value(Kind.CODE, found[0], (start, found.end()))
    if not currency and (rank := _rank(rules, folded, start, found.end())):
        return Value(Kind.ORDINAL, spell(number), (start, rank))
    return _scaled(rules, text, folded, (start, found.end()), _signed(folded, at, number), currency)


def _han(rules: Grammar, folded: str, start: int, found: re.Match[str], currency: str) -> Value | None:
    number = from_han(found[0])
    after = rule(rules.lexicon, "counters")
    digits = bool(_DIGIT.search(found[0]))
    if folded[start - 1 : start] == "第" and number is not None:
        return Value(Kind.ORDINAL, spell(number), (start, found.end()))
    counts = digits or len(found[0]) >= _LONG_RUN or any(folded.startswith(form, found.end()) for form in after)
    return _measured(rules, folded, (start, found.end()), number, currency) if counts and number is not None else None


def _signed(folded: str, at: int, number: Decimal) -> Decimal:
    """Give the number below zero where a minus stands right before it and nothing but a blank before that."""
    minus = at > 0 and folded[at - 1] == "-" and (at == 1 or folded[at - 2] in " (\n\u00a0")
    return -number if minus else number


def _rank(rules: Grammar, folded: str, start: int, end: int) -> int:
    """Give where an ordinal in digits ends (88th, der 88., 第88), 0 where it is none."""
    if suffix := rules.ordinal.match(folded, end):
        return suffix.end()
    if start and folded[start - 1] == "第":
        return end
    cues = rule(rules.lexicon, "before_ordinal")
    if cues and folded.startswith(". ", end) and end - start <= _ORDINAL_DIGITS and folded[end + 2 : end + 3].isalpha():
        before = folded[max(0, start - 20) : start].rstrip().rpartition(" ")[2]
        return end + 1 if before in cues else 0
    return 0


def _scaled(rules: Grammar, text: str, folded: str, span: Span, number: Decimal, currency: str) -> Value:
    """Give the value of digits with the letters written onto them: £6.5m, 5K, 5G, 2.5m people."""
    start, end = span
    attached = _ATTACHED.match(folded, end)
    if not attached:
        return _measured(rules, folded, span, number, currency)
    capital = text[end : attached.end()].isupper()
    if attached[0] in _SHORT and (capital or currency or _MILLIONS.match(folded, end)):
        return _measured(rules, folded, (start, attached.end()), number * _SHORT[attached[0]], currency)
    if capital and not currency and not _known(rules, attached[0]):
        return Value(Kind.CODE, folded[start : attached.end()], (start, attached.end()))
    return _measured(rules, folded, span, number, currency)


def _known(rules: Grammar, form: str) -> bool:
    held = rules.lexicon
    return len(form) > 1 and any(form in forms for forms in (held.magnitudes, held.units, held.currencies, held.cents))


def spoken(rules: Grammar, folded: str, start: int) -> Value | None:
    """Read a number or an ordinal in words."""
    found = rules.words.match(folded, start)
    if not found:
        return None
    begin = found.start("single") if found["single"] else start
    atoms = list(rules.atom.finditer(folded, begin, found.end()))
    values = number_words(rules.lexicon)
    total, taken = from_words([values[atom[0]] for atom in atoms])
    last = atoms[taken - 1]
    end = last.end()
    if folded[end : end + 1].isalpha():
        return None  # the words of one compound make no number
    if last[0] in ranks(rules.lexicon):
        return Value(Kind.ORDINAL, str(total), (start, end))
    if total == 1 and not _counts_one(rules, folded, end):
        return None
    if half := rules.half.match(folded, end):
        return _measured(rules, folded, (start, half.end()), Decimal(total) + Decimal("0.5"))
    return _measured(rules, folded, (start, end), Decimal(total))


def _counts_one(rules: Grammar, folded: str, end: int) -> bool:
    after = _NEXT.match(folded, end)
    return after is not None and after[1] not in rule(rules.lexicon, "one_unless")


def _measured(rules: Grammar, folded: str, span: Span, number: Decimal | str, currency: str = "") -> Value:
    """Give the value of a number with the magnitude and the unit that follow it."""
    start, end = span
    found = rules.tail.match(folded, end)
    if not found:
        return Value(Kind.MONEY if currency else Kind.NUMBER, _key(number), span, currency)
    if found["magnitude"]:
        end = found.end("magnitude")
        number = _exact(number) * _scale(rules, found["magnitude"])
    if found["short"]:
        number = _exact(number) * _MEGA[found["short"].strip()]
    if currency:
        return Value(Kind.MONEY, _key(number), (start, end), currency)
    for name, kind in _SHARES:
        if found[name]:
            return Value(kind, _key(number), (start, found.end()))
    held = rules.lexicon
    if found["money"]:
        return Value(Kind.MONEY, _key(number), (start, found.end()), held.currencies[found["money"]])
    if found["cents"]:
        return Value(Kind.MONEY, _key(_exact(number) / 100), (start, found.end()), held.cents[found["cents"]])
    unit, _, times = (held.units[found["unit"]] if found["unit"] else "").partition("*")
    if times:  # three decades
        return Value(Kind.NUMBER, _key(_exact(number) * int(times)), (start, found.end()), unit)
    return Value(Kind.NUMBER, _key(number), (start, end), unit)


def _scale(rules: Grammar, words: str) -> int:
    """Multiply the magnitudes in a run of them: "thousand million"."""
    held, scale = rules.lexicon.magnitudes, 1
    for word in rules.magnitude.findall(words):
        scale *= int(held[word])
    return scale


def quotient(fraction: str) -> Decimal | str:
    """Give a fraction as a decimal, or as it is written where the decimal would not end."""
    above, _, below = fraction.partition("/")
    if not int(below):
        return fraction
    number = Decimal(above) / Decimal(below)
    return number if number == round(number, _ENDLESS) else fraction


def _exact(number: Decimal | str) -> Decimal:
    if isinstance(number, Decimal):
        return number
    above, _, below = number.partition("/")
    return Decimal(above) / (Decimal(below) or 1)


def _key(number: Decimal | str) -> str:
    return number if isinstance(number, str) else spell(number)
