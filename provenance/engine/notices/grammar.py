"""The grammar of notices as compiled from its data: one value a language, its patterns made when first wanted."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cache, cached_property
from importlib.resources import files
from typing import Any
from unicodedata import normalize

from provenance.engine.dates import MONTHS
from provenance.model import Says

LIMIT = 1_500
"""Characters that a notice has at most: what is longer is not searched, so no text can make the search slow."""

_NEVER = "(?!)"


@dataclass(frozen=True, slots=True)
class Rule:
    """A cue in a sentence and what it claims; `left` and `right` name what the words beside it are.

    `pair` marks "X, not Y", which takes over from the claim that it stands in. Without `says` the cue only parts.
    """

    name: str
    says: Says | None
    pattern: re.Pattern[str]
    left: str = ""
    right: str = ""
    pair: bool = False


@dataclass(frozen=True)
class Label:
    """What a notice is headed with: the whole label ends before its text; `says` is claimed where nothing else is."""

    name: str
    says: Says | None
    weight: float
    words: str

    def match(self, note: str) -> re.Match[str] | None:
        """Match the label that a note begins with, with its date; a note that begins otherwise costs little."""
        return self.pattern.match(note) if self._words.match(note) else None

    @cached_property
    def _words(self) -> re.Pattern[str]:
        return re.compile(_heading(self.words), re.IGNORECASE)

    @cached_property
    def pattern(self) -> re.Pattern[str]:
        """Match the whole label."""
        return _label(self.words)


@dataclass(frozen=True)
class Grammar:
    """How notices are written in one language."""

    language: str
    data: Mapping[str, Any] = field(repr=False)

    @property
    def script(self) -> str:
        """Name the letters that the language is written in."""
        return str(self.data["script"])

    @cached_property
    def common(self) -> frozenset[str]:
        """Give frequent words of the language."""
        return frozenset(str(self.data.get("common", "")).split())

    @cached_property
    def hints(self) -> tuple[str, ...]:
        """List what a notice without a label has one of; none where every note is to be looked at."""
        return tuple(self.data.get("hints", ()))

    @cached_property
    def openers(self) -> tuple[str, ...]:
        """List how a notice may begin, as sources of patterns."""
        return tuple(self._expand(each) for each in self.data["openers"])

    @cached_property
    def opener(self) -> re.Pattern[str]:
        """Match the beginning of a notice."""
        return re.compile(rf"(?:[^\w\n]|_){{0,8}}{clock()}(?:{'|'.join(self.openers)})", re.IGNORECASE)

    @property
    def cues(self) -> tuple[str, ...]:
        """List plain strings that give away a notice which begins in another way."""
        return tuple(self.data["cues"])

    @property
    def closings(self) -> tuple[str, ...]:
        """List plain strings that end a notice which may begin in any way: an apology."""
        return tuple(self.data.get("closings", ()))

    @cached_property
    def labels(self) -> tuple[Label, ...]:
        """List the labels, the most telling first."""
        return tuple(
            Label(
                each["name"],
                Says(each["says"]) if each["says"] else None,
                each["weight"],
                self._expand(each["pattern"]),
            )
            for each in self.data["labels"]
        )

    @cached_property
    def wire(self) -> re.Pattern[str]:
        """Match what an agency's note in brackets begins with."""
        return self.compile(rf"^\W{{0,3}}\((?:{self.data.get('wire', _NEVER)})")

    @cached_property
    def remark(self) -> re.Pattern[str]:
        """Match what an editor's remark on a piece of the text begins with, in its brackets."""
        return self.compile(rf"^\W{{0,3}}(?<=[\[(（【［])(?:{self.data.get('remark', _NEVER)})")

    @cached_property
    def rules(self) -> tuple[Rule, ...]:
        """List the rules that claims are read by; the first wins where two begin at the same place."""
        return tuple(
            Rule(
                each["name"],
                Says(each["says"]) if each["says"] else None,
                self.compile(each["pattern"]),
                each.get("left", ""),
                each.get("right", ""),
                each.get("pair", False),
            )
            for each in self.data["claims"]
        )

    @cached_property
    def refuse(self) -> re.Pattern[str]:
        """Match what speaks against a notice."""
        return self.compile("|".join(self.data["refuse"]) or _NEVER)

    @cached_property
    def patterns(self) -> Mapping[str, re.Pattern[str]]:
        """Give the patterns that the language has one of, by name."""
        names = ("earlier", "self", "wrong", "verb", "sorry", "split", "start", "stop")
        found = {name: self.compile(self.data.get(name) or _NEVER) for name in names}
        return {**found, "loose": self.compile(self.data.get("words", {}).get("version", _NEVER))}

    @cached_property
    def whole(self) -> Mapping[str, re.Pattern[str]]:
        """Give the patterns that are matched from the start of a text, by name."""
        return {
            name: self.compile(self.data.get(name) or _NEVER)
            for name in ("stamp", "quiet", "anaphora", "subject", "lead", "sure")
        }

    def compile(self, pattern: str) -> re.Pattern[str]:
        """Compile a pattern of this language, its named parts filled in."""
        return re.compile(self._expand(pattern), re.IGNORECASE)

    def _expand(self, pattern: str) -> str:
        words: Mapping[str, str] = {**self.data.get("words", {}), "when": when()}
        for _ in range(2):  # a named part may use another
            for name, part in words.items():
                pattern = pattern.replace(f"{{{name}}}", f"(?:{part})")
        return pattern


def _label(pattern: str) -> re.Pattern[str]:
    """Match a label with the date that may stand behind it, up to its colon, dash or line end.

    Where the date ends with a full stop, it is nothing but a date: "Correction, 8 December. The bridge ...".
    """
    lead = r"[\s,，(（\[–—-]{1,3}"
    near = r"(?=[^\n:：]{0,40}\d|[^\n:：]{1,14}[:：])"
    date = rf"(?P<date>{lead}{near}(?:[^\n:：]|(?<=\d)[:：](?=\d)){{1,48}}?[)）\]]?)"
    day = rf"(?P<day>{lead}{when()}[)）\]]?\.\s(?!\d|(?:{_date_words()})\b|[^\W\d_]{{2,4}}:))"
    end = r"(?:\s{0,2}[:：](?!\d)\s?|[】\]）)］〉》]{1,2}(?!\()[:：]?|\s?[–—]{1,2}\s|\s-{1,2}\s|\s?\Z|\n)"
    return re.compile(rf"{_heading(pattern)}(?:{day}|(?:{date})?{end}|\.\s|。|=|＝)", re.IGNORECASE)


def _heading(pattern: str) -> str:
    """Give the pattern of the words of a label, with the signs and the time that may stand before them."""
    return rf"(?:[^\w\n]|_){{0,8}}{clock()}(?:{pattern})"


@cache
def when() -> str:
    """Give the pattern of a date or a time of any language: digits, names of months, words of three letters."""
    part = rf"(?:\d{{1,4}}(?!\d)|(?:{_date_words()}|[^\W\d_]{{1,3}})(?![^\W\d_]))[\s,./:'’-]{{0,2}}?"
    return rf"(?=[^\n.]{{0,24}}(?:\.\s?)?\d)(?:{part}){{1,10}}?"


@cache
def clock() -> str:
    """Give the pattern of the time, or of the date in signs, that may stand before a note: "16.55 – A correction"."""
    return str(data()["dates"]["clock"])


@cache
def _date_words() -> str:
    """Give the pattern of the words of more than three letters that a date has, in any language."""
    every = {*(name for name in MONTHS if not name.isascii() or name.isalpha()), *data()["dates"]["words"].split()}
    return "|".join(sorted(map(re.escape, every), key=len, reverse=True))


@cache
def data() -> Mapping[str, Any]:
    """Read the grammar's data."""
    text = files(__package__).joinpath("notices.toml").read_text("utf-8")
    return tomllib.loads(normalize("NFC", text))  # as canonical texts are


@cache
def grammars() -> Mapping[str, Grammar]:
    """Give the grammars by language, in the order of the data."""
    return {language: Grammar(language, table) for language, table in data()["languages"].items()}


@cache
def weights() -> Mapping[str, float]:
    """Give the weight of each cue, and the threshold."""
    return {name: float(weight) for name, weight in data()["weights"].items()}


@cache
def substance() -> re.Pattern[str]:
    """Match what tells a remark from a stamp."""
    return re.compile(data()["stamps"]["substance"], re.IGNORECASE)


@cache
def afterthought() -> re.Pattern[str]:
    """Match how whoever passes a text on begins what they found out later: "EDIT 22:50"."""
    return re.compile(rf"[^\w\n]{{0,8}}(?:{data()['afterthoughts']['openers']})(?![^\W\d])", re.IGNORECASE)


@cache
def reply() -> re.Pattern[str]:
    """Match how a passage begins that answers the article by right: "Right of reply."."""
    return re.compile(rf"[^\w\n]{{0,4}}(?:{data()['replies']['heads']})(?=[.:\n)\]]| [–—-] )", re.IGNORECASE)


@cache
def paragraphs() -> re.Pattern[str]:
    """Match where in the article a note says that something was changed: "in paragraph 4"."""
    return re.compile(data()["places"]["paragraph"], re.IGNORECASE)


@cache
def mends() -> re.Pattern[str]:
    """Match a word for a change or an error, in any language."""
    return re.compile(data()["mends"]["words"], re.IGNORECASE)


@cache
def sorts() -> Mapping[str, re.Pattern[str]]:
    """Give the patterns by which a note names a sort of thing, by aspect."""
    return {aspect: re.compile(pattern, re.IGNORECASE) for aspect, pattern in data()["sorts"].items()}
