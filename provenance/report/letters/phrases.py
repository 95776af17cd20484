"""What differs from language to language in a letter: dates, quotation marks, plurals, and the words for one place."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import UTC, datetime
from types import MappingProxyType
from typing import NamedTuple

from provenance.model import Op
from provenance.model.letters import Point
from provenance.report.words import one_line

NBSP = "\u00a0"


class Phrases(NamedTuple):
    """The small change of one language. `day` and `time` are patterns of CLDR; `first` is the first day of a month.

    `line` is the copy's place, `somewhere` the same without a line; what follows says how the article reads there.
    """

    day: str
    time: str
    opening: str
    closing: str
    line: str
    somewhere: str
    reads: str
    adds: str
    lacking: str
    gone: str
    passage_gone: str
    moved: str
    otherwise: str
    first: str = ""


PHRASES: Mapping[str, Phrases] = MappingProxyType(
    {
        "en": Phrases(
            day="d MMMM y",
            time="HH:mm",
            opening="“",
            closing="”",
            line="Line {line} of your text: {quote}",
            somewhere="Your text: {quote}",
            reads="The article now reads: {wanted}",
            adds="Here the article now adds: {wanted}",
            lacking="Not found in your text; the article now adds: {wanted}",
            gone="Here the article no longer has: {gone}",
            passage_gone="The article no longer has this passage.",
            moved="The article now has this passage in another place.",
            otherwise="The article no longer reads like this.",
        ),
        "de": Phrases(
            day="d. MMMM y",
            time="HH:mm",
            opening="„",
            closing="“",
            line="Zeile {line} Ihres Textes: {quote}",
            somewhere="Ihr Text: {quote}",
            reads="Im Artikel heißt es jetzt: {wanted}",
            adds="An dieser Stelle heißt es im Artikel jetzt außerdem: {wanted}",
            lacking="In Ihrem Text nicht gefunden; im Artikel heißt es jetzt außerdem: {wanted}",
            gone="Im Artikel steht hier nicht mehr: {gone}",
            passage_gone="Diese Passage steht nicht mehr im Artikel.",
            moved="Diese Passage steht im Artikel jetzt an anderer Stelle.",
            otherwise="So steht es nicht mehr im Artikel.",
        ),
        "fr": Phrases(
            day="d MMMM y",
            time=f"HH'{NBSP}h{NBSP}'mm",
            opening=f"«{NBSP}",
            closing=f"{NBSP}»",
            line=f"Ligne {{line}} de votre texte{NBSP}: {{quote}}",
            somewhere=f"Votre texte{NBSP}: {{quote}}",
            reads=f"On lit désormais dans l’article{NBSP}: {{wanted}}",
            adds=f"L’article ajoute désormais à cet endroit{NBSP}: {{wanted}}",
            lacking=f"Absent de votre texte, sauf erreur{NBSP}; l’article ajoute désormais{NBSP}: {{wanted}}",
            gone=f"Ne figure plus ici dans l’article{NBSP}: {{gone}}",
            passage_gone="Ce passage ne figure plus dans l’article.",
            moved="Ce passage se trouve désormais à un autre endroit de l’article.",
            otherwise="L’article ne le dit plus ainsi.",
            first="1er",
        ),
        "es": Phrases(
            day="d 'de' MMMM 'de' y",
            time="HH:mm",
            opening="«",
            closing="»",
            line="Línea {line} de su texto: {quote}",
            somewhere="Su texto: {quote}",
            reads="En el artículo se lee ahora: {wanted}",
            adds="En este lugar el artículo añade ahora: {wanted}",
            lacking="No lo hemos encontrado en su texto; el artículo añade ahora: {wanted}",
            gone="Aquí el artículo ya no dice: {gone}",
            passage_gone="Este pasaje ya no figura en el artículo.",
            moved="Este pasaje figura ahora en otro lugar del artículo.",
            otherwise="El artículo ya no lo dice así.",
        ),
    }
)


def shown(text: str) -> str:
    """Give words from outside whole and on one line, their controls and direction marks as escapes."""
    return one_line(" ".join(text.split()))


def quoted(text: str, language: str) -> str:
    """Put words from outside in the quotation marks of a language, "" where there are none."""
    phrases = PHRASES[language]
    return f"{phrases.opening}{shown(text)}{phrases.closing}" if text.strip() else ""


def moment(value: datetime, language: str) -> str:
    """Give a day and an hour as a language writes them, in UTC and saying so: `4 mars 2025 (11 h 00 UTC)`."""
    from babel.dates import format_datetime

    phrases, time = PHRASES[language], value.astimezone(UTC)
    day = format_datetime(time, phrases.day, locale=language)
    if phrases.first and time.day == 1:
        day = phrases.first + day.removeprefix("1")
    return f"{day} ({format_datetime(time, phrases.time, locale=language)} UTC)"


def plural(number: int, one: str, other: str, language: str) -> str:
    """Choose the form that a language uses with a number."""
    from babel import Locale

    return one if Locale(language).plural_form(number) == "one" else other


def place(point: Point, language: str) -> str:
    """Quote what a copy says at one place, and the line; "" where nothing of it can be quoted."""
    phrases = PHRASES[language]
    pattern = phrases.line if point.line else phrases.somewhere
    return pattern.format(line=point.line, quote=quoted(point.quote, language)) if point.quote else ""


def instead(point: Point, language: str) -> str:
    """Say how the article reads at one place."""
    phrases = PHRASES[language]
    wanted, gone = quoted(point.wanted, language), quoted(point.gone, language)
    if point.op is Op.MOVE:
        return phrases.moved
    if point.op is Op.DELETE:
        return (
            phrases.gone.format(gone=gone)
            if shown(point.gone) in shown(point.quote) != shown(point.gone)
            else (phrases.passage_gone)
        )
    if point.op is Op.INSERT:
        return (phrases.adds if point.quote else phrases.lacking).format(wanted=wanted)
    return phrases.reads.format(wanted=wanted) if wanted else phrases.otherwise


def sentence(point: Point, language: str) -> str:
    """Give what a letter says of one place: the copy's own words, and below them how the article now reads."""
    return "\n".join(filter(None, (place(point, language), instead(point, language))))
