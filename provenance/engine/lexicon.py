"""What words mean to the engine whatever the language: which carry no content, which stand for one qualifier.

The words themselves are data (`lexicon.toml`). A language is its ISO 639-1 code; "" and a language that is not
held give a lexicon without words, which still knows digits, symbols and currency codes.
"""

from __future__ import annotations

import re
import tomllib
from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import lru_cache
from importlib import resources
from types import MappingProxyType
from typing import Any

from provenance.model import Span

_LOOKED_AT = 2_000
_WORD = re.compile(r"[^\W\d_]+(?:'[^\W\d_]+)*")
DENSE = frozenset({"ja", "zh"})
"""Languages written without spaces, whose forms are found anywhere in a text."""

_ALSO = {"no": "nb", "nn": "nb"}
"""Codes of a language under which its words are not kept."""

_SCRIPTS = {
    "ja": re.compile("[\u3040-\u30ff]"),
    "zh": re.compile("[\u4e00-\u9fff]"),
    "ko": re.compile("[\uac00-\ud7af]"),
    "he": re.compile("[\u05d0-\u05ea]"),
    "hi": re.compile("[\u0900-\u097f]"),
}

Forms = Mapping[str, str]
"""A form, lower case, and what it stands for."""


@dataclass(frozen=True, slots=True)
class Mention:
    """A concept where a text names it: its name and the span of the words."""

    concept: str
    span: Span


@dataclass(frozen=True, slots=True)
class Lexicon:
    """The words of one language that carry a known meaning, or none.

    Every mapping goes from a lower-case form to its value: a number, a month (1-12), a currency or unit code.
    `stems` are the beginnings that name a concept whatever follows. `rules` holds what is said once for a language:
    its decimal mark, what joins number words, and the like.
    """

    language: str
    common: frozenset[str]
    concepts: Forms
    numbers: Forms
    endings: Forms
    fractions: Forms
    ordinals: Forms
    magnitudes: Forms
    months: Forms
    weekdays: Forms
    currencies: Forms
    signs: Forms
    cents: Forms
    units: Forms
    zones: Forms
    rules: Mapping[str, str]
    stems: Forms
    _opposites: Forms = field(repr=False)

    def concept(self, word: str) -> str:
        """Name the concept that a word, or a phrase, stands for; "" where it stands for none."""
        return _concept(self.language, word)

    def opposite(self, concept: str) -> str:
        """Name the concept that says the contrary; "" where there is none."""
        return self._opposites.get(concept, "")

    def month(self, word: str) -> int:
        """Give the number of a month, 1 to 12; 0 where the word names none."""
        return int(self.months.get(fold(word).rstrip("."), "0"))

    def weekday(self, word: str) -> int:
        """Give the number of a weekday, 1 for Monday to 7; 0 where the word names none."""
        return int(self.weekdays.get(fold(word).rstrip("."), "0"))

    def mentions(self, text: str) -> tuple[Mention, ...]:
        """List where a text names a concept, in words, phrases or prefixes, in order and without overlap."""
        pattern = _mentions(self.language)
        if pattern is None:
            return ()
        return tuple(
            Mention(name, match.span("form"))
            for match in pattern.finditer(fold(text))
            if match.lastgroup == "form" and (name := self._named(match["form"]))
        )

    def _named(self, form: str) -> str:
        return self.concepts.get(form, "") or self._stem(form)

    def _stem(self, word: str) -> str:
        for end in range(len(word), 1, -1):
            if name := self.stems.get(word[:end], ""):
                return name
        return ""


@lru_cache(maxsize=1 << 15)
def _concept(language: str, word: str) -> str:
    held = lexicon(language)
    name = fold(word)
    if found := held.concepts.get(name, ""):
        return found
    head, hyphen, _ = name.partition("-")
    if hyphen and (found := held.concepts.get(head + "-", "")):
        return found
    return held._stem(name)  # noqa: SLF001 - a method of the same module, cached here by language and word


def fold(text: str) -> str:
    """Give the text in lower case with straight apostrophes and plain hyphens, every character in its place."""
    lower = text.lower()
    if len(lower) != len(text):  # "İ" alone grows
        lower = "".join(small if len(small := sign.lower()) == 1 else sign for sign in text)
    if lower.isascii() or not _CURLY.search(lower):
        return lower
    return _CURLY.sub(lambda sign: "'" if sign[0] in _APOSTROPHES else "-", lower)


_APOSTROPHES = "\u2019\u02bc\u02b9"
_CURLY = re.compile(f"[{_APOSTROPHES}\u2010\u2011]")  # apostrophes and hyphens that are not the plain ones


def guess(text: str) -> str:
    """Name the language of a text by its script and its function words, "" where they do not tell.

    Only the first 2,000 characters are looked at.
    """
    return _guessed(text[:_LOOKED_AT])


@lru_cache(maxsize=1 << 10)
def _guessed(text: str) -> str:
    head = fold(text)
    if not head.isascii():
        letters = sum(map(str.isalpha, head)) or 1
        for language, script in _SCRIPTS.items():
            if len(script.findall(head)) * 6 > letters:
                return language
    words = _WORD.findall(head)
    scores: dict[str, float] = {}
    weights = _weights()
    told = list(filter(weights.__contains__, words))
    for word, times in Counter(told).items():
        for language in weights[word]:
            scores[language] = scores.get(language, 0) + times / len(weights[word])
    if len(told) * 12 < len(words):
        return ""
    return max(sorted(scores), key=lambda language: scores[language], default="")


@lru_cache(maxsize=1)
def _weights() -> Mapping[str, tuple[str, ...]]:
    """Give for every word that tells the language those that have it; languages told by their script are left out."""
    found: dict[str, list[str]] = {}
    for language in languages():
        if language not in _SCRIPTS:
            concepts = _data()[language]["concepts"]
            for word in _split(",".join((_data()[language]["common"], concepts["not"], concepts["said"]))):
                found.setdefault(word, []).append(language)
    return {word: tuple(dict.fromkeys(held)) for word, held in found.items()}


def languages() -> tuple[str, ...]:
    """List the languages held, in the order of the alphabet."""
    return tuple(sorted(name for name in _data() if name not in {"any", "opposites"}))


@lru_cache(maxsize=64)
def lexicon(language: str) -> Lexicon:
    """Give the words of a language ("de", "de-AT"); of one that is not held, none but symbols and codes."""
    code = language.lower().replace("_", "-").split("-")[0]
    code = _ALSO.get(code, code)
    data, shared = _data().get(code, {}), _data()["any"]
    rules = {name: _list_or_text(name, value) for name, value in data.items() if isinstance(value, str)}
    concepts = _forms(data.get("concepts", {}))
    return Lexicon(
        language=code if data else "",
        common=frozenset(_split(data.get("common", ""))),
        concepts=_frozen({form: name for form, name in concepts.items() if not form.endswith("*")}),
        numbers=_frozen(_forms(data.get("numbers", {}))),
        endings=_frozen(_forms(data.get("endings", {}))),
        fractions=_frozen(_forms(data.get("fractions", {}))),
        ordinals=_frozen(_forms(data.get("ordinals", {}))),
        magnitudes=_frozen(_forms(data.get("magnitudes", {}))),
        months=_frozen(_forms(data.get("months", {}))),
        weekdays=_frozen(_forms(data.get("weekdays", {}))),
        currencies=_frozen(_forms(shared["currencies"]) | _forms(data.get("currencies", {}))),
        signs=_frozen(_forms(shared["currencies"])),
        cents=_frozen(_forms(data.get("cents", {}))),
        units=_frozen(_forms(shared["units"]) | _forms(data.get("units", {}))),
        zones=_frozen(_forms(_data()["en"]["zones"]) | _forms(data.get("zones", {}))),
        rules=_frozen(rules | {name: _joined(shared, data, name) for name in ("percent", "points")}),
        stems=_frozen({form[:-1]: name for form, name in concepts.items() if form.endswith("*")}),
        _opposites=_frozen(_both_ways(_data()["opposites"])),
    )


@lru_cache(maxsize=1)
def _data() -> Mapping[str, Any]:
    return tomllib.loads(resources.files("provenance.engine").joinpath("lexicon.toml").read_text("utf-8"))


def _split(forms: str) -> list[str]:
    return [form for part in forms.split(",") if (form := " ".join(part.split()))]


def _forms(table: Mapping[str, str]) -> dict[str, str]:
    return {form: value for value, forms in table.items() for form in _split(forms)}


def _list_or_text(name: str, value: str) -> str:
    return value if name in {"joint", "decimal", "unit_first", "aged"} else ",".join(_split(value))


def _joined(shared: Mapping[str, str], data: Mapping[str, str], name: str) -> str:
    return ",".join(_split(f"{shared[name]},{data.get(name, '')}"))


def _both_ways(pairs: Mapping[str, str]) -> dict[str, str]:
    return {**pairs, **{right: left for left, right in pairs.items()}}


def _frozen(forms: dict[str, str]) -> Forms:
    return MappingProxyType(forms)


@lru_cache(maxsize=64)
def _mentions(language: str) -> re.Pattern[str] | None:
    """Compile the forms of a language's concepts; its traps come first and name nothing."""
    held = lexicon(language)
    if not held.concepts:
        return None
    dense = language in DENSE
    stems = [re.escape(form) + ("" if dense else r"[\w'-]*") for form in held.stems]
    forms = [(form, re.escape(form)) for form in held.concepts]
    whole = [pattern if form.endswith("-") or dense else pattern + r"(?![\w])" for form, pattern in forms]
    traps = [
        re.escape(trap)
        for name in ("traps", "lookalikes")
        for trap in held.rules.get(name, "").split(",")
        if trap and trap not in held.concepts
    ]
    longest = sorted(stems + whole, key=len, reverse=True)
    edge = "" if dense else r"(?<![\w])"
    return re.compile(f"{edge}(?:(?P<trap>{'|'.join(traps) or '(?!)'})|(?P<form>{'|'.join(longest)}))")
