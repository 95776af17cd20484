"""How facts are written in one language, as regular expressions made from its lexicon.

`skip` runs over what can begin no value; the other patterns are matched where it stops. All read folded text.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache

from provenance.engine import values_calendar as calendar
from provenance.engine.lexicon import DENSE, Lexicon, lexicon
from provenance.engine.values_forms import (
    BLANK,
    CODE_LETTER,
    HAN,
    NOTHING,
    ages,
    compounds,
    either,
    number_words,
    opened,
    ranks,
    rule,
    shut,
    skipper,
    whole,
)


@dataclass(frozen=True, slots=True)
class Grammar:
    """The compiled patterns of one language, with its lexicon."""

    lexicon: Lexicon
    skip: re.Pattern[str]
    dates: re.Pattern[str]
    times: re.Pattern[str]
    code: re.Pattern[str]
    prefix: re.Pattern[str]
    share: re.Pattern[str]
    number: re.Pattern[str]
    words: re.Pattern[str]
    atom: re.Pattern[str]
    fraction: re.Pattern[str]
    trap: re.Pattern[str]
    tail: re.Pattern[str]
    ordinal: re.Pattern[str]
    magnitude: re.Pattern[str]
    half: re.Pattern[str]
    one_in: re.Pattern[str]
    aged: re.Pattern[str]
    stem: re.Pattern[str]
    after_day: re.Pattern[str]
    spell_of_years: re.Pattern[str]
    hedge: re.Pattern[str] | None
    dense: bool


@lru_cache(maxsize=32)
def grammar(language: str) -> Grammar:
    """Compile the patterns of a language; of one that is not held, those for digits, signs and codes."""
    held = lexicon(language)
    return Grammar(
        lexicon=held,
        skip=re.compile(skipper(held)),
        dates=re.compile(calendar.dates(held)),
        times=re.compile(calendar.times(held)),
        code=re.compile(_code()),
        prefix=re.compile(rf"(?P<money>{either(held.signs)}){BLANK}?(?=\d)"),
        share=re.compile(rf"{either(rule(held, 'percent_before'))}{BLANK}?"),
        number=re.compile(_number(held)),
        words=re.compile(_words(held)),
        atom=re.compile(_atom(held)),
        fraction=re.compile(f"{opened(held)}{either(held.fractions)}{shut(held)}"),
        trap=re.compile(f"{opened(held)}{either(rule(held, 'traps'))}{shut(held)}"),
        tail=re.compile(_tail(held)),
        ordinal=re.compile(f"{either(rule(held, 'ordinal_suffix'))}{shut(held)}"),
        magnitude=re.compile(either(held.magnitudes)),
        half=re.compile(f"[ -]{either(rule(held, 'plus_half'))}{shut(held)}"),
        one_in=re.compile(_one_in(held)),
        aged=re.compile(_aged(held)),
        stem=re.compile(either({**number_words(held), **ages(held)})),
        after_day=re.compile(calendar.after_day(held)),
        spell_of_years=re.compile(_spell_of_years(held)),
        hedge=re.compile(rf"(?:^|\W){either(rule(held, 'hedges'))}\W*$") if rule(held, "hedges") else None,
        dense=held.language in DENSE,
    )


def _code() -> str:
    return (
        rf"(?P<hyphens>\d+(?:-\d+){{2,}}(?!\w))|(?P<dots>\d+(?:\.\d+){{2,}}(?!\w))"
        rf"|(?P<letters>[{CODE_LETTER}]{{1,5}})(?P<join>-?)\d+[{CODE_LETTER}\d]*(?:-\d[{CODE_LETTER}\d]*)*"
        rf"|\d+[{CODE_LETTER}]+\d[{CODE_LETTER}\d]*"
    )


def _number(held: Lexicon) -> str:
    """Give the pattern of a number in digits, grouped as the language does, and of one in Chinese numerals."""
    mark = held.rules.get("decimal", "both")
    blank = "\u00a0\u202f " if held.rules.get("spaces") else "\u00a0\u202f"
    group, decimal, other = {".": (",", r"\.", r"\."), ",": (r"\.", ",", ","), "both": (".,", "[.,]", "[.,]")}[mark]
    rows = [
        rf"[1-9]\d{{0,2}}(?:[{group}'{blank}]\d{{3}}){{1,8}}(?!\d)(?:{decimal}\d+)?",
        rf"[1-9]\d{{0,2}}(?:{other}\d{{3}}){{2,8}}(?!\d)",
        r"\d{1,2}(?:,\d{2}){1,8},\d{3}(?!\d)",
        rf"\d+{decimal}\d+",
        *([r"\d+\.\d{1,2}(?!\d)"] if mark == "," else []),
        r"\d+",
    ]
    if han := HAN.get(held.language):
        ranks = han.translate(dict.fromkeys(map(ord, "〇零一二三四五六七八九两兩")))
        mixed = (
            rf"\d[\d,]{{0,24}}(?:\.\d{{1,12}})?[{ranks}](?:{BLANK}?\d[\d,.]{{0,24}}[{ranks}]?|[{han}]){{0,36}}(?<![,.])"
        )
        bare = rf"|[{han}]{{1,36}}" if held.language in DENSE else ""
        rows.insert(0, f"(?P<han>{mixed}{bare})")
    return "|".join(rows)


def _words(held: Lexicon) -> str:
    """Give the pattern of a number in words; `single` is a magnitude that an article counts: "a million"."""
    first = {**held.numbers, **compounds(held)}
    start, more = either(first), either({**first, **held.magnitudes, **held.endings})
    joint, ordinal = held.rules.get("joint", " "), either(ranks(held))
    single = f"{either(rule(held, 'articles'))} (?P<single>{either(held.magnitudes)})"
    number = f"(?:{single}|{start})(?:(?:{joint}){more}){{0,16}}(?:(?:{joint}){ordinal})?"
    twice = f"(?:(?:{joint}){ordinal})?" if held.rules.get("rank_twice") else ""
    return f"{opened(held)}(?:{number}|{ordinal}{twice}){shut(held)}"


def _atom(held: Lexicon) -> str:
    """Give the pattern of one number word inside a number; an ordinal stands at the end of a word."""
    others = [form for form in number_words(held) if form not in ranks(held)]
    return f"{either(ranks(held))}{shut(held)}|{either(others)}"


def _one_in(held: Lexicon) -> str:
    """Give the pattern of what stands before the parts of a share: "one in every", or, before a rank, "jeder"."""
    return f"{opened(held)}(?:(?P<every>{either(rule(held, 'every'))})|{either(rule(held, 'one_in'))}) "


def _aged(held: Lexicon) -> str:
    """Give the pattern of an age in one word: a number in words with its ending."""
    if not held.rules.get("aged"):
        return NOTHING
    stems = ages(held)
    start = either(stems or {**held.numbers, **compounds(held)})
    more = "" if stems else f"(?:(?:{held.rules.get('joint', ' ')}){either({**held.numbers, **held.endings})}){{0,6}}"
    return f"{opened(held)}(?P<number>{start}{more})[ -]?(?:{held.rules['aged']}){shut(held)}"


def _spell_of_years(held: Lexicon) -> str:
    """Give the pattern of "a decade": an article, and a unit that is so many of another."""
    units = [form for form, code in held.units.items() if "*" in code]
    return f"{opened(held)}{either(rule(held, 'articles'))} (?P<unit>{either(units)}){shut(held)}"


def _tail(held: Lexicon) -> str:
    """Give the pattern of what may follow a number: a magnitude, then what is counted."""
    gap = "[ \u00a0\u202f-]?"
    linked = either(form if form.endswith("'") else form + " " for form in rule(held, "of"))
    kinds = {
        "points": rule(held, "points"),
        "percent": rule(held, "percent"),
        "money": held.currencies,
        "cents": held.cents,
        "unit": held.units,
    }
    rows = "|".join(f"(?P<{name}>{whole(held, forms)})" for name, forms in kinds.items())
    signed = r"(?P<short>[ \u00a0\u202f]?(?:mds?|mrd|mn|bn|m|k)(?=[€$£]))?"
    magnitudes = whole(held, held.magnitudes)
    return rf"(?P<magnitude>(?:{gap}{magnitudes}\.?){{1,3}})?{signed}(?:{gap}(?:{linked})?(?:{rows}))?"
