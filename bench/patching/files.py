"""Files: a copy's text as a republisher's files have it, in each format, with markup in its sentences."""

from __future__ import annotations

import html
import json
import random
import textwrap
from collections.abc import Callable

from provenance.engine.words import dense
from provenance.errors import SourceError
from provenance.sources import documents, escaping, exports

COLUMNS = 72
OFTEN = 0.06
"""The share of words that stand in markup."""
_MARKDOWN = ("*{}*", "**{}**", "[{}](https://a.example/x_y)")
_HTML = ("<b>{}</b>", '<a href="/x?a=1&amp;b=2">{}</a>', "<em>{}</em>")


def read(source: str, kind: str) -> str | None:
    """Give the canonical text of a file, None where it cannot be read."""
    try:
        if kind != "json":
            return documents.READERS[kind](source.encode()).text
        [(_, found)] = exports.read(source.encode(), lines=False)
    except (SourceError, ValueError):
        return None
    return None if isinstance(found, SourceError) else found.text


def form(source: str, kind: str) -> escaping.Form:
    """Say how a file is written."""
    return escaping.form(source, "text" if kind == "json" else kind, json=kind == "json")


def _marked(text: str, marks: tuple[str, ...], chance: random.Random) -> str:
    words = text.split(" ")
    return " ".join(chance.choice(marks).format(w) if w.isalpha() and chance.random() < OFTEN else w for w in words)


def _markdown(headline: str, paragraphs: list[str], chance: random.Random) -> str:
    body = (_marked(escaping.block(each, escaping.Form("markdown")), _MARKDOWN, chance) for each in paragraphs)
    front = f"---\ntitle: {json.dumps(headline, ensure_ascii=False)}\ntags: [a, b]\n---\n\n"
    return front + "\n\n".join(body) + "\n"


def _html(headline: str, paragraphs: list[str], chance: random.Random) -> str:
    body = "".join(f"  <p>{_marked(html.escape(each), _HTML, chance)}</p>\n" for each in paragraphs)
    title = html.escape(headline)
    head = f"<!doctype html>\n<html><head><title>{title} | Site</title></head>"
    return f"{head}<body><article>\n  <h1>{title}</h1>\n{body}</article></body></html>\n"


def _json(headline: str, paragraphs: list[str], chance: random.Random) -> str:
    row = {"title": headline, "body": "\n\n".join(paragraphs), "format": "text"}
    return json.dumps(row, ensure_ascii=chance.random() < 0.5)  # noqa: PLR2004 - one file in two


def _text(headline: str, paragraphs: list[str], _: random.Random) -> str:
    whole = [headline, *paragraphs]
    lines = whole if dense(" ".join(whole)) else [textwrap.fill(each, COLUMNS) for each in whole]
    return "\n\n".join(lines) + "\n"


WRITERS: dict[str, Callable[[str, list[str], random.Random], str]] = {
    "markdown": _markdown,
    "html": _html,
    "json": _json,
    "text": _text,
}
"""Each format by name, with what writes a headline and paragraphs in it."""
