"""The written forms of one language as pieces of regular expressions, and the values of its number words."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from functools import lru_cache

from provenance.engine.lexicon import DENSE, Lexicon, lexicon

NOTHING = r"(?!)"
BLANK = "[ \u00a0\u202f]"
HAN = {
    "ja": "〇零一二三四五六七八九十百千万億兆",
    "zh": "〇零一二三四五六七八九十百千万亿萬億兆两兩",
    "ko": "십백천만억조",
}
UNBOUND = DENSE | {"ko"}  # whatever follows a number is written onto it
CODE_LETTER = "a-z\u00df-\u00f6\u00f8-\u024f\u0370-\u052f"  # the scripts in which codes are written
_COUNTED = (
    "명|분|원|달러|유로|개|건|곳|대|마리|년|살|세|퍼센트|톤|미터|킬로|차례|번|시간|일|주|가구|채|척|표|석|회|호|층"
)
_SINO = "일이삼사오육칠팔구십백천만억조"
KOREAN = re.compile(
    rf"(?<![가-힣])(?:(?P<sino>[{_SINO}]{{2,18}})"
    r"|(?P<ten>열|스물|스무|서른|마흔|쉰|예순|일흔|여든|아흔)?(?P<one>한|두|세|네|다섯|여섯|일곱|여덟|아홉)"
    rf"|(?P<round>열|스물|스무|서른|마흔|쉰|예순|일흔|여든|아흔))(?= ?(?:{_COUNTED})(?![가-힣]{{3}}))"
)
"""Korean number words before what they count."""
_MARKS = "\u0300-\u036f\u0591-\u05c7\u064b-\u065f\u0670\u0900-\u0963\u0971-\u0dff\u200c"  # they spell, but are no \w
_HEAD = 4  # letters by which a form is looked for
_ROUND = frozenset(map(str, range(20, 100, 10)))


def either(forms: Iterable[str]) -> str:
    """Give a pattern for any of the forms, the longest that fits; one that never matches where there are none.

    It branches by the first character, so that a place where none stands costs one look.
    """
    branches: dict[str, list[str]] = {}
    for form in sorted({form for form in forms if form}, key=lambda form: (-len(form), form)):
        branches.setdefault(form[0], []).append(re.escape(form[1:]))
    rows = [re.escape(head) + (f"(?:{'|'.join(tails)})" if tails != [""] else "") for head, tails in branches.items()]
    return f"(?:{'|'.join(rows)})" if rows else NOTHING


def shut(held: Lexicon) -> str:
    """Give a pattern for the end of a word; it holds anywhere where words are not parted."""
    return "" if held.language in UNBOUND else rf"(?![\w{_MARKS}])"


def opened(held: Lexicon) -> str:
    """Give a pattern for the beginning of a word, after one of the letters that the language writes onto it."""
    if held.language in DENSE:
        return ""
    clitics = held.rules.get("clitics", "")
    front = rf"(?<![\w{_MARKS}])"
    return f"(?:{front}|(?<={front}[{clitics}]))" if clitics else front


def whole(held: Lexicon, forms: Iterable[str]) -> str:
    """Give a pattern for any of the forms; no letter may follow one that ends with a letter."""
    every = {form for form in forms if form}
    if held.language in UNBOUND:
        return either(every)
    words = {form for form in every if form[-1].isalpha()}
    return rf"(?:{either(every - words)}|{either(words)}(?![^\W\d_]|[{_MARKS}]))"


def rule(held: Lexicon, name: str) -> list[str]:
    """List the forms that a language gives for one of its rules."""
    return [part for part in held.rules.get(name, "").split(",") if part]


def number_words(held: Lexicon) -> Mapping[str, int]:
    """Give the whole number that every number word stands for, compounds, magnitudes and ordinals included."""
    return _values(held.language)


@lru_cache(maxsize=32)
def _values(language: str) -> Mapping[str, int]:
    held = lexicon(language)
    every = {**held.endings, **held.magnitudes, **compounds(held), **held.numbers, **ranks(held)}
    return {form: int(value) for form, value in every.items()}


def compounds(held: Lexicon) -> dict[str, str]:
    """Make 21 to 99 for languages that say the unit first: achtundvierzig, achtenveertig."""
    glue = held.rules.get("unit_first", "")
    if not glue:
        return _elided(held)
    made = {}
    for unit, stems in enumerate(rule(held, "unit_stems"), start=1):
        for stem in stems.split("/"):
            made.update({stem + _glued(glue, stem) + ten: str(int(held.numbers[ten]) + unit) for ten in _tens(held)})
    return made


@lru_cache(maxsize=32)
def _ranks(language: str) -> Mapping[str, str]:
    held = lexicon(language)
    glue = held.rules.get("unit_first", "")
    tens = [(form, value) for form, value in held.ordinals.items() if value in _ROUND]
    made = dict(held.ordinals)
    for unit, stems in enumerate(rule(held, "unit_stems") if glue else [], start=1):
        for stem in stems.split("/"):
            made |= {stem + _glued(glue, stem) + form: str(int(value) + unit) for form, value in tens}
    return made


def ranks(held: Lexicon) -> Mapping[str, str]:
    """Give the ordinals of a language, with those whose unit is said first: vierundzwanzigste."""
    return _ranks(held.language)


def _glued(glue: str, stem: str) -> str:
    return "ën" if glue == "en" and stem.endswith("e") else glue


def _elided(held: Lexicon) -> dict[str, str]:
    """Make the hundreds that lose their last letter before an eight: centottanta, duecentottanta."""
    hundred = held.rules.get("elided", "")
    if not hundred:
        return {}
    ones = {form: int(value) for form, value in held.numbers.items() if value in set("23456789")}
    eights = {form: int(value) for form, value in held.numbers.items() if form.startswith("ott") and int(value) < 100}  # noqa: PLR2004
    heads = {"": 1, **ones}
    return {
        f"{head}{hundred}{form}": str(times * 100 + n) for head, times in heads.items() for form, n in eights.items()
    }


def ages(held: Lexicon) -> dict[str, int]:
    """Make the numbers as they stand in a word for an age, without their last letter: diciassett-enne."""
    if held.rules.get("aged_cut", "") != "yes":
        return {}
    return {form[:-1]: int(value) for form, value in held.numbers.items() if 10 < int(value) < 100}  # noqa: PLR2004


def _tens(held: Lexicon) -> list[str]:
    return [form for form, value in held.numbers.items() if value in _ROUND]


def skipper(held: Lexicon) -> str:
    """Give a pattern that runs over everything at the front of a text with which no value can begin.

    Possessive, so that it costs one look at each word: a value begins with a digit, with a sign of money or of a
    share, with letters before a digit, or with a word whose first letters are those of a known form.
    """
    signs = {sign[0] for sign in [*held.signs, *rule(held, "percent_before")] if not sign[0].isalpha()}
    if held.language in DENSE:
        signs |= {form[0] for name in ("half_day", "percent_before") for form in rule(held, name)}
        signs |= set("令平昭大明") if held.language == "ja" else set()
        signs |= {form[0] for forms in (held.fractions, held.months) for form in forms} | set(HAN[held.language])
        stop = re.escape("".join(sorted(signs)))
        return rf"[^\d{CODE_LETTER}第{stop}]*+"
    clitics = f"[{held.rules['clitics']}]?" if "clitics" in held.rules else ""
    money = rf"{either(sign for sign in held.signs if sign[0].isalpha())}{BLANK}?\d"
    letter = rf"(?:[^\W\d_]|[{_MARKS}])"
    stop = re.escape("".join(sorted(signs)))
    korean = re.sub(r"\?P<\w+>", "?:", KOREAN.pattern) + "|" if held.language == "ko" else ""
    heads = f"{korean}{clitics}{_heads(_beginnings(held))}|[{CODE_LETTER}]{{1,5}}-?\\d|{money}"
    return rf"(?:(?!{heads}){letter}++|(?:[^\w{stop}{_MARKS}]|_)++)*+"


def _beginnings(held: Lexicon) -> set[str]:
    """List how the forms begin: a word of five letters or fewer whole, a longer one with its first four letters.

    A word to which others are joined without a space ("zweihundert") may always go on.
    """
    numbers = {*compounds(held), *held.numbers, *ranks(held)}
    phrases = {
        *rule(held, "traps"),
        *(f"{article} {rank}" for article in rule(held, "articles") for rank in held.magnitudes),
    }
    others = {*held.months, *held.fractions, *phrases}
    others |= {
        f"{article} {form}" for article in rule(held, "articles") for form, code in held.units.items() if "*" in code
    }
    for name in ("clock_before", "half_day", "percent_before", "one_in", "every"):
        others |= set(rule(held, name))
    joined = re.fullmatch(held.rules.get("joint", " "), "") is not None
    end = rf"(?![^\W\d_]|[{_MARKS}])"
    kept = {form[:_HEAD] if joined or len(form) > _HEAD + 1 else form + end for form in numbers}
    return kept | {form[:_HEAD] if len(form) > _HEAD + 1 and " " not in form[:_HEAD] else form + end for form in others}


def _heads(forms: Iterable[str]) -> str:
    """Give a pattern for any of the beginnings, branching by letter so that most words fail at once."""
    branches: dict[str, list[str]] = {}
    for form in sorted(forms):
        if form[0].isalpha():
            branches.setdefault(form[0], []).append(form[1:])
    rows = [head + "(?:" + "|".join(rest) + ")" for head, rest in sorted(branches.items())]
    return f"(?:{'|'.join(rows)})" if rows else NOTHING
