"""The lines of a canonical text that are not story: headline, byline, date line, captions, the original URL.

They are recognised where they are clear and left alone where not; they stay in the text either way. Every field
gives its value and the span of the line it stands on.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from datetime import date
from itertools import takewhile

from provenance.engine import dates
from provenance.engine.text import paragraphs
from provenance.model import Span

_HEAD = 1500  # the lines looked at for a masthead fit into this
_TOP = 6  # a byline and a date line stand among the first lines
_LINE = 140  # longer than this is prose
_TITLE = 180
_TITLE_WORDS = 28
_ENDS = (".", "。", "।", "۔", "。」", '."', ".”", ".“", ".»", ".’")
_SENTENCE = (*_ENDS, "!", "?", "？", "！", "؟", '"', "”", "“", "»", "…", ":")

_NAME = r"[^\W\d_a-zß-ÿа-яіїєґ][\w'’.-]*"
_PARTICLE = r"(?:de|del|da|di|du|la|le|van|von|der|den|ter|bin|al|el|ibn|y|e|dos|das|af|zu)"
_PERSON = rf"{_NAME}(?:\s(?:{_PARTICLE}\s)*{_NAME}){{1,3}}"
_BY = re.compile(
    r"(?:(?i:(?:(?:an?\s)?(?:interview|story|words|text|report|reporting|analysis|written|opinion|review)\s)?by|von|par"
    r"|por|door|av|af|текст|автор|autor|auteur|reportage|bericht von|texto|testo di|di|przez|yazan|haber):?\s+"
    rf"(?=(?:the\s|our\s)?(?:{_NAME}|[^\x00-\u036f\u0400-\u045f]))"
    rf"|(?i:from)\s+(?={_PERSON}))"
    r"|(?:文|取材・文|記者|作者|撰文|글|מאת|بقلم|كتب|نویسنده)(?:\s?[:：=＝/／]\s?|\s)"
)
_AGENT = re.compile(r"(?<=[（(])[^（）()]{2,12}(?:記者|기자)|^[^\s、。]{2,12}(?:記者|기자)$")
_BARE = re.compile(rf"{_PERSON}(?:\s(?:and|und|et|y|e|en|та|і|и|&)\s{_PERSON})?$")
_ROLE = re.compile(
    rf"(?P<name>{_PERSON}),\s[\w\s-]*(?i:correspondent|reporter|editor|writer|columnist|critic|staff|desk|journaliste"
    r"|redakteur(?:in)?|korrespondent(?:in)?|redactora?|corresponsal|correspondante?|redattor[ei]|corrispondente)\b[^.]*$"
)
_STAFF = re.compile(
    r"[^.,;:]{2,60}\s(?:staff|desk|newsroom|editors|reporters|redaktion|redacción|rédaction|redazione|редакція|редакция)$",
    re.IGNORECASE,
)
_AT = re.compile(rf"(?P<name>{_PERSON})\s(?:at|in|aus|à|en|desde|da)\s[^,]+,.*\d")
_COLUMN = re.compile(r"(?:opinion|comment|column|analysis|kommentar|meinung|opinión|tribune|commento)$", re.IGNORECASE)
_CUT = re.compile(r"\s*(?:[,|•·–—]|\s(?:in|at|for|aus|für|à|en|desde|reports)\s).*", re.DOTALL)

_STAMP = re.compile(
    r"(?:published|posted|updated|first published|last (?:updated|modified)|veröffentlicht|aktualisiert|stand|publié"
    r"|mis à jour|publicado|actualizado|pubblicato|aggiornato|опубліковано|оновлено|опубликовано|公開|更新)"
    r"\b[^\d]{0,40}\d.*",
    re.IGNORECASE,
)
_ON = frozenset(  # before a day these make a sentence of it
    (
        "on",
        "in",
        "since",
        "until",
        "from",
        "by",
        "of",
        "at",
        "for",
        "am",
        "vom",
        "seit",
        "bis",
        "le",
        "du",
        "depuis",
        "el",
    )
)
_AGENCY = (
    r"AFP|AP|AAP|ANP|ANSA|APA|dpa|EFE|EPA|Reuters|Getty(?:\sImages)?|Shutterstock|TASS|Xinhua|Anadolu"
    r"|Bloomberg|Keystone|NTB|TT|PA(?:\sWire|\sMedia)?|Alamy|Imago|Kyodo|Ukrinform|picture alliance|NurPhoto|iStock"
)
_LABEL = re.compile(
    r"(?:photo|photograph|image|picture|foto|bild|photographie|imagen|фото)s?\b|写真|撮影|사진", re.IGNORECASE
)
_CREDIT = re.compile(
    rf"(?:^|[\s(])(?:{_NAME}(?:\s{_NAME}){{0,3}}\s?/\s?(?i:{_AGENCY})|(?i:{_AGENCY})\s?/\s?{_NAME}(?:\s{_NAME}){{0,3}}"
    r"|(?i:(?:photo|photograph|image|picture|foto|bild|photographie|imagen|фото)s?(?:\s(?:by|von|de|di|par)\s|\s?[:：]\s?))"
    r"[^.]{2,60}|(?:写真|撮影|사진)\s?[:：＝=/／][^。]{1,30})\)?\.?$"
)
_CAPTION = 420
_CREDIT_TAIL = 100
_ORIGINAL = re.compile(
    r"^(?:original(?:[\s-](?:url|link|source|article))?|source[\s-](?:url|link)|url[\s-](?:originale?|source)"
    r"|ursprüngliche[\s-]url|origin[\s-]url|元の?url|原文(?:链接|連結|鏈接)?|оригінал|оригинал)\s?[:：]\s*"
    r"(?P<url>https?://[^\s<>\"]+(?:[ \t][\w./?=&%#~+-]+)?)\s*\Z",
    re.IGNORECASE | re.MULTILINE,
)


@dataclass(frozen=True, slots=True)
class Field:
    """What a line says, and the span of the whole line in the text."""

    text: str
    span: Span


@dataclass(frozen=True, slots=True)
class Fields:
    """The recognised lines of a text; None and () where none is clear.

    `dateline.text` is the date as printed, `published` its day where it has one. `original.text` is the URL whole,
    also where a PDF broke it with a space; its span covers the label too.
    """

    headline: Field | None = None
    byline: Field | None = None
    dateline: Field | None = None
    published: date | None = None
    captions: tuple[Field, ...] = ()
    original: Field | None = None

    @property
    def furniture(self) -> tuple[Span, ...]:
        """Give the spans that are about the article and not of it: no change in them is an edit of the story."""
        return tuple(field.span for field in (self.dateline, self.original) if field)


def recognise(text: str) -> Fields:
    """Find the clear fields of a canonical text."""
    captions = tuple(_captions(_lines(text)[1:]))
    return replace(masthead(text), captions=captions) if captions else masthead(text)


def masthead(text: str) -> Fields:
    """Find the fields that stand at the head and the foot of a canonical text: all but the captions, and faster."""
    lines = _lines(text) if len(text) <= _HEAD else _lines(text[:_HEAD])[:-1]  # the last one may be cut
    headline = _headline(lines)
    top = list(takewhile(_is_short, lines[1 if headline else 0 : _TOP]))
    dateline, published = _dateline(top)
    return Fields(headline, _byline(top, dateline), dateline, published, (), _original(text))


def _lines(text: str) -> list[Field]:
    return [Field(text[start:end], (start, end)) for start, end in paragraphs(text)]


def is_furniture(line: str) -> bool:
    """Tell whether a line by itself is clearly a byline or a date stamp: never a part of a sentence beside it."""
    return _is_short(Field(line, (0, len(line)))) and bool(_BY.match(line) or _STAMP.match(line) or _is_date(line))


def _headline(lines: list[Field]) -> Field | None:
    """Take the first line where it is short and does not end like a sentence; alone it is no headline."""
    if len(lines) < 2:  # noqa: PLR2004 - a headline needs something below it
        return None
    first, below = lines[0], lines[1].text
    line = first.text
    if len(line) > _TITLE or line.count(" ") >= _TITLE_WORDS or line.endswith((":", ",", ";", "،")):
        return None
    if line.startswith(("http://", "https://", "- ", "* ", "• ", "—")) or not any(map(str.isalpha, line)):
        return None
    if below[0].islower() and not is_furniture(below) and len(line) > _LINE // 2:
        return None  # a sentence broken in two
    if line.endswith(_ENDS) and not (len(line) <= _LINE // 2 and _is_short(lines[1]) and not below.endswith(_ENDS)):
        return None
    return None if _BY.match(line) or _is_date(line) or _STAMP.match(line) else first


def _is_short(line: Field) -> bool:
    """Tell whether a line can be a byline or a date line: short, and not prose."""
    return len(line.text) <= _LINE and not (line.text.endswith(_ENDS) and len(line.text) > _LINE // 2)


def _dateline(top: Iterable[Field]) -> tuple[Field | None, date | None]:
    for line in top:
        found = dates.find(line.text)
        if found and _is_stamp(line.text, found[0]):
            (start, end), day = found
            return Field(line.text[start:end], line.span), day
        if _STAMP.match(line.text):
            return line, None
    return None, None


def _is_stamp(line: str, day: Span) -> bool:
    """Tell whether a line with a day in it is a stamp and no sentence about that day."""
    before = line[: day[0]].rstrip().rpartition(" ")[2].lower()
    return _is_date(line) or (
        not line.endswith((*_SENTENCE, ",")) and (before not in _ON or _STAMP.match(line) is not None)
    )


def _is_date(line: str) -> bool:
    """Tell whether a line is a date and nothing else."""
    found = dates.find(line)
    return found is not None and len(line) - (found[0][1] - found[0][0]) <= len("Wednesday, ")


def _byline(top: list[Field], dateline: Field | None) -> Field | None:
    for line in top:
        if name := _said_name(line.text):
            return Field(name, line.span)
    if dateline is None:
        return None
    # a bare name is one only above the date line: alone it may as well be an outlet
    above = [line for line in top if line.span[1] + 2 == dateline.span[0]]
    for line in above:
        if _STAFF.match(line.text) or (_BARE.match(line.text) and not _is_date(line.text)):
            return Field(line.text, line.span)
    found = next((_AT.match(line.text) for line in top if line.span == dateline.span), None)
    return Field(found["name"], dateline.span) if found else None


def _said_name(line: str) -> str:
    """Give the name in a line that says whose it is: "By X", "X, reporter", "Opinion | X"; "" for another line."""
    if said := _BY.match(line):
        name = _CUT.sub("", line[said.end() :]).strip()
        sure = said[0].strip(" :").lower().endswith("by") or not said[0][0].isascii() or ":" in said[0]
        return name if len(name) <= _LINE // 2 and (_BARE.match(name) or (sure and not name.endswith(_ENDS))) else ""
    if role := _ROLE.match(line):
        return role["name"]
    if agent := _AGENT.search(line):
        return agent[0].removesuffix("記者").removesuffix("기자").strip()
    section, bar, name = line.partition(" | ")
    return name if bar and _COLUMN.match(section) and _BARE.match(name) else ""


def _captions(lines: Iterable[Field]) -> Iterator[Field]:
    for line in lines:
        if len(line.text) > _CAPTION or (line.text.endswith(_SENTENCE) and not _LABEL.match(line.text)):
            continue
        tail = line.text[-_CREDIT_TAIL:]
        if ("/" in tail or _LABEL.search(tail)) and _CREDIT.search(tail):
            yield line


def _original(text: str) -> Field | None:
    if "://" not in text[-2500:]:
        return None
    start = max(0, len(text) - 2500)
    found = _ORIGINAL.search(text, start)
    return Field("".join(found["url"].split()), (found.start(), found.end("url"))) if found else None
