"""A letter put into words: what a template is given, and what it makes of it."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from datetime import datetime
from importlib import resources
from itertools import count, groupby
from typing import Any

from provenance.model import LOCAL, Article, Derivation, Kind, State
from provenance.model.letters import Change, Letter, Point, Template, Written
from provenance.report.letters import phrases
from provenance.report.letters.sandbox import rendered

_BLANK = re.compile("\n{3,}")
_CORRECTED = (Kind.CORRECTION, Kind.CLARIFICATION)


def write(letter: Letter, template: Template | None = None, sender: str = "") -> Written:
    """Write a letter in its language; the template's first line is the subject, and one blank line parts two lines.

    `sender` signs it, the article's publisher where it is "". Raises SourceError for a template with an error, with
    its file and line.
    """
    used = template or _ours(letter.language)
    lines = rendered(used, letter.language, values(letter, sender)).strip().splitlines()
    subject, *body = (line.rstrip() for line in lines or [""])
    return Written(letter.language, subject, _BLANK.sub("\n\n", "\n".join(body)).strip("\n") + "\n")


def _ours(language: str) -> Template:
    file = resources.files("provenance.report.letters").joinpath("templates", f"{language}.txt")
    return Template(file.name, file.read_text(encoding="utf-8"))


def values(letter: Letter, sender: str = "") -> dict[str, Any]:
    """Give what a template may use: texts that are safe to show, numbers, and lists of them. No object has a method."""
    language = letter.language
    changes = list(_changes(letter.changes, language))
    return {
        "language": language,
        "copy": _article(letter.copy),
        "article": _article(letter.upstream) | {"headline": phrases.shown(letter.headline)},
        "published": phrases.moment(letter.published, language) if letter.published else "",
        "seen": phrases.moment(letter.seen, language) if letter.seen else "",
        "excerpt": letter.derivation is Derivation.EXCERPTED,
        "declared": letter.declared,
        "withdrawn": letter.is_of_withdrawn,
        "question": letter.is_question,
        "corrected": any(each.kind in _CORRECTED for each in letter.changes),
        "changes": changes,
        "updates": [each.update for each in letter.changes],
        "lines": any(point.line for each in letter.changes for point in each.points),
        "places": sum(len(each["points"]) for each in changes),
        "sender": phrases.shown(sender or letter.upstream.publisher),
    }


def _article(article: Article) -> dict[str, str]:
    url = "" if article.url.startswith(LOCAL) else article.url  # a file of ours is no address
    named = {"headline": article.headline, "publisher": article.publisher, "url": url, "id": article.id}
    return {key: phrases.shown(value) for key, value in named.items()}


def _changes(changes: Sequence[Change], language: str) -> Iterator[dict[str, Any]]:
    """Give what changed when, its places numbered through the letter; a notice that says of several is given once."""
    numbers, told = count(1), {""}
    for (out, what, state), group in groupby(changes, _heading):
        alike = list(group)
        notices = [phrases.shown(each) for each in dict.fromkeys(each.notice for each in alike) if each not in told]
        told |= {each.notice for each in alike}
        points = sorted(dict.fromkeys(point for each in alike for point in each.points), key=_by_line)
        yield {
            "what": what,
            "state": state.value,
            "partly": any(each.state is State.PARTIAL for each in alike),
            "date": phrases.moment(out, language) if out else "",
            "notices": notices,
            "points": [_point(point, n, language) for point, n in zip(points, numbers, strict=False)],
        }


def _heading(change: Change) -> tuple[datetime | None, str, State]:
    """Tell what is said of a change before its places: what no notice discloses was changed, and no more."""
    what = change.kind.value if change.declared or change.kind is Kind.RETRACTION else "changed"
    return change.out, what, State.MISSING if change.is_claim else change.state


def _by_line(point: Point) -> tuple[bool, int]:
    return point.line is None, point.line or 0


def _point(point: Point, n: int, language: str) -> dict[str, Any]:
    return {
        "n": n,
        "line": point.line or 0,
        "quote": phrases.shown(point.quote),
        "wanted": phrases.shown(point.wanted),
        "place": phrases.place(point, language),
        "words": phrases.sentence(point, language),
    }
