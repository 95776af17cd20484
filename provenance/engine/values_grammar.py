"""How facts are written in one language, as regular expressions made from its lexicon.

`first` finds where a value may begin; the others are matched there. All of them read folded text.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import lru_cache

from provenance.engine.lexicon import Lexicon, lexicon

DENSE = frozenset({"ja", "zh"})
_NOTHING = r"(?!)"
_GAP = "[ \u00a0\u202f-]?"
_LETTER = "a-z\u00df-\u00f6\u00f8-\u024f\u0370-\u052f"  # scripts in which codes are written
_YEAR = r"[12]\d{3}(?!\d)"
_BLANK = "[ \u00a0\u202f]"
_HAN = "〇零一二三四五六七八九十百千万億兆萬亿两"


@dataclass(frozen=True, slots=True)
class Grammar:
    """The compiled patterns of one language, with its lexicon."""

    lexicon: Lexicon
    first: re.Pattern[str]
    dates: re.Pattern[str]
    times: re.Pattern[str]
    code: re.Pattern[str]
    prefix: re.Pattern[str]
    number: re.Pattern[str]
    words: re.Pattern[str]
    atom: re.Pattern[str]
    fraction: re.Pattern[str]
    trap: re.Pattern[str]
    tail: re.Pattern[str]
    ordinal: re.Pattern[str]


def either(forms: Iterable[str]) -> str:
    """Give a pattern for any of the forms, longest first; one that never matches where there are none."""
    ordered = sorted({form for form in forms if form}, key=lambda form: (-len(form), form))
    return "(?:" + "|".join(map(re.escape, ordered)) + ")" if ordered else _NOTHING


def whole(forms: Iterable[str]) -> str:
    """Give a pattern for any of the forms, which no letter may follow where the form ends with one."""
    every = list(forms)
    words = either(form for form in every if form[-1:].isalpha())
    signs = either(form for form in every if form and not form[-1:].isalpha())
    return rf"(?:{signs}|{words}(?![^\W\d_]))"


@lru_cache(maxsize=32)
def grammar(language: str) -> Grammar:
    """Compile the patterns of a language; of one that is not held, those for digits, signs and codes."""
    held = lexicon(language)
    atoms = {**held.numbers, **_compounds(held), **held.magnitudes}
    return Grammar(
        lexicon=held,
        first=re.compile(_first(held, atoms)),
        dates=re.compile(_dates(held)),
        times=re.compile(_times(held)),
        code=re.compile(_code()),
        prefix=re.compile(rf"(?P<money>{either(held.signs)}){_BLANK}?(?=\d)"),
        number=re.compile(_number(held)),
        words=re.compile(_words(held, atoms)),
        atom=re.compile(either([*atoms, *held.ordinals])),
        fraction=re.compile(rf"(?<!\w){either(held.fractions)}(?!\w)"),
        trap=re.compile(rf"(?<!\w){either(_rule(held, 'traps'))}(?!\w)"),
        tail=re.compile(_tail(held)),
        ordinal=re.compile(rf"{either(_rule(held, 'ordinal_suffix'))}(?!\w)"),
    )


def values_of(held: Lexicon) -> Mapping[str, int]:
    """Give the value of every number word of a language, compounds and magnitudes included."""
    return _values(held.language)


@lru_cache(maxsize=32)
def _values(language: str) -> Mapping[str, int]:
    held = lexicon(language)
    every = {**held.numbers, **_compounds(held), **held.magnitudes, **held.ordinals}
    return {form: int(value) for form, value in every.items()}


def _compounds(held: Lexicon) -> dict[str, str]:
    """Make 21 to 99 for languages that say the unit first: achtundvierzig, achtenveertig."""
    glue = held.rules.get("unit_first", "")
    if not glue:
        return {}
    stems = held.rules.get("unit_stems", "").split(",")
    tens = [(form, int(value)) for form, value in held.numbers.items() if value in _ROUND]
    made = {}
    for unit, stem in enumerate(stems, start=1):
        for form, ten in tens:
            joint = "ën" if glue == "en" and stem.endswith("e") else glue
            made[stem + joint + form] = str(ten + unit)
    return made


_ROUND = frozenset(map(str, range(20, 100, 10)))


def _rule(held: Lexicon, name: str) -> list[str]:
    return [part for part in held.rules.get(name, "").split(",") if part]


def _first(held: Lexicon, atoms: Mapping[str, str]) -> str:
    starts = {*atoms, *held.ordinals, *held.months, *held.fractions, *_rule(held, "traps"), *_rule(held, "articles")}
    words = starts if held.language not in DENSE else set()
    for name in ("clock_before", "am_before", "percent_before"):
        words |= set(_rule(held, name))
    signs = list(held.signs)
    letters = [sign for sign in signs if sign[0].isalpha()]
    return (
        rf"\d|(?<![^\W_])(?:[{_LETTER}]{{1,5}}-?(?=\d)|{either(letters)}{_BLANK}?(?=\d)|{_trie(words)})"
        rf"|{either(sign for sign in signs if not sign[0].isalpha())}(?={_BLANK}?\d)"
        + (rf"|[{_HAN}第午上下晚早凌]" if held.language in DENSE else "")
    )


def _trie(forms: Iterable[str]) -> str:
    """Give a pattern for the beginnings of the forms, branching by letter so that most words fail at once."""
    heads: dict[str, set[str]] = {}
    for form in forms:
        heads.setdefault(form[0], set()).add(form[1:4])
    branches = [
        re.escape(head) + either(tails) if "" not in tails else re.escape(head) for head, tails in heads.items()
    ]
    return f"(?:{'|'.join(sorted(branches))})" if branches else _NOTHING


def _dates(held: Lexicon) -> str:
    month = rf"{either(held.months)}(?![^\W\d_])\.?"
    suffix = rf"(?:\.|{either(_rule(held, 'ordinal_suffix'))})?"
    joint = rf"{_BLANK}(?:{either(_rule(held, 'month_joint'))}{_BLANK})?"
    day = r"(?:0?[1-9]|[12]\d|3[01])(?!\d)"
    rows = [
        rf"(?P<y1>[12]\d{{3}})(?P<s1>[-/.])(?P<m1>0?[1-9]|1[0-2])(?P=s1)(?P<d1>{day})",
        rf"(?P<a2>0?[1-9]|[12]\d|3[01])(?P<s2>[./-])(?P<b2>0?[1-9]|[12]\d|3[01])(?P=s2)(?P<y2>\d{{4}}(?!\d)|\d\d(?!\d))",
        rf"(?P<d3>{day}){suffix}(?:{joint})?(?P<m3>{month})(?:,?{joint}(?P<y3>{_YEAR}))?",
        rf"(?P<m4>{month}){_BLANK}?(?:(?P<d4>{day}){suffix}(?![.:,]?\d)(?:,?{_BLANK}(?P<y4>{_YEAR}))?|,?(?:{joint})?(?P<y5>{_YEAR}))",
        rf"(?P<m6>{either(held.months)})(?![^\W\d_])",
    ]
    if held.rules.get("decimal") == ",":
        rows.append(rf"(?P<d7>{day})\.{_BLANK}?(?P<m7>0?[1-9]|1[0-2])\.(?!\d)")
    if held.language in {*DENSE, "ko"}:
        rows.insert(
            0,
            rf"(?:(?P<y8>[12]\d{{3}}){_BLANK}?[年년]{_BLANK}?)(?P<m8>0?[1-9]|1[0-2]){_BLANK}?[月월](?:{_BLANK}?(?P<d8>{day}){_BLANK}?[日号號일])?"
            rf"|(?P<m9>0?[1-9]|1[0-2])[月월](?:{_BLANK}?(?P<d9>{day}){_BLANK}?[日号號일])?(?![間间])",
        )
    return "|".join(rows)


def _times(held: Lexicon) -> str:
    before = either(_rule(held, "clock_before"))
    after = rf"{_BLANK}?(?P<after{{0}}>{whole(_rule(held, 'clock_after') + _rule(held, 'oclock'))})"
    am, pm = (rf"{_BLANK}?(?P<{name}{{0}}>{whole(_rule(held, name))})" for name in ("am", "pm"))
    zone = rf"{_BLANK}?\(?(?P<z{{0}}>{whole(held.zones)})"
    clock = r"(?P<h{0}>[01]?\d|2[0-4])(?P<s{0}>[:.h]|{1}?h{1}?)(?P<n{0}>[0-5]\d)(?![\d%])"
    rows = [
        rf"(?P<cue1>{before}{_BLANK}?)?{clock.format(1, _BLANK)}(?:{after.format(1)})?(?:{am.format(1)}|{pm.format(1)})?(?:{zone.format(1)})?",
        rf"(?P<cue2>{before}{_BLANK}?)(?P<h2>[01]?\d|2[0-4])(?![\d.,:]\d|\d)(?:{am.format(2)}|{pm.format(2)})?(?:{zone.format(2)})?",
        rf"(?P<h3>[01]?\d|2[0-4])(?:{after.format(3)}|{am.format(3)}|{pm.format(3)})(?:{zone.format(3)})?",
        rf"(?P<h4>[01]\d|2[0-4])(?P<n4>[0-5]\d)(?:{zone.format(4)})",
    ]
    if held.language in {*DENSE, "ko"}:
        halves = "|".join(_rule(held, "am_before")) or _NOTHING
        rows.insert(
            0,
            rf"(?P<half5>{halves})?{_BLANK}?(?P<h5>[01]?\d|2[0-4])(?:[時时點点시](?!間|间|간)|:)"
            rf"(?:{_BLANK}?(?P<n5>[0-5]?\d)(?:[分분])?|(?P<thirty5>半))?(?![\d])",
        )
    return "|".join(rows)


def _code() -> str:
    return (
        rf"(?P<hyphens>\d+(?:-\d+){{2,}}(?!\w))|(?P<dots>\d+(?:\.\d+){{2,}}(?!\w))"
        rf"|(?P<letters>[{_LETTER}]{{1,5}})(?P<join>-?)\d+[{_LETTER}\d]*(?:-\d[{_LETTER}\d]*)*"
        rf"|\d+[{_LETTER}]+\d[{_LETTER}\d]*"
    )


def _number(held: Lexicon) -> str:
    mark = held.rules.get("decimal", "both")
    blank = "\u00a0\u202f " if held.rules.get("spaces") else "\u00a0\u202f"
    group, decimal = {".": (",", r"\."), ",": (r"\.", ","), "both": (".,", "[.,]")}[mark]
    other = {".": r"\.", ",": ","}.get(mark, "")
    foreign = rf"|[1-9]\d{{0,2}}(?:{other}\d{{3}}){{2,}}(?!\d)" if other else ""
    plain = (
        rf"[1-9]\d{{0,2}}(?:[{group}'{blank}]\d{{3}})+(?![\d])(?:{decimal}\d+)?{foreign}"
        rf"|\d{{1,2}}(?:,\d{{2}})+,\d{{3}}(?!\d)"
        rf"|\d+{decimal}\d+" + (r"|\d+\.\d{1,2}(?!\d)" if mark == "," else "") + r"|\d+"
    )
    if held.language in DENSE:
        return rf"(?P<han>\d[\d,]*(?:\.\d+)?[十百千万億兆萬亿][{_HAN}\d,.]*(?<![,.])|[{_HAN}]+)|{plain}"
    return plain


def _words(held: Lexicon, atoms: Mapping[str, str]) -> str:
    joint = held.rules.get("joint", " ")
    single = rf"{either(_rule(held, 'articles'))} (?P<single>{either(held.magnitudes)})"
    start = either({**held.numbers, **_compounds(held)})
    more, ordinal = either(atoms), either(held.ordinals)
    return rf"(?<!\w)(?:(?:{single}|{start})(?:(?:{joint}){more})*(?:(?:{joint}){ordinal})?|{ordinal})(?!\w)"


def _tail(held: Lexicon) -> str:
    of = rf"(?:{either(form + ' ' if not form.endswith(chr(39)) else form for form in _rule(held, 'of'))})?"
    magnitudes = whole(form for form in held.magnitudes)
    kinds = {
        "points": _rule(held, "points"),
        "percent": _rule(held, "percent"),
        "money": held.currencies,
        "cents": held.cents,
        "unit": held.units,
    }
    rows = "|".join(f"(?P<{name}>{whole(forms)})" for name, forms in kinds.items())
    return rf"(?P<magnitude>(?:{_GAP}{magnitudes}\.?)+)?(?:{_GAP}{of}(?:{rows}))?"
