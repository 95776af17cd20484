"""Plain text, as a file, a paste or the body of a draft line."""

from __future__ import annotations

import re
from dataclasses import replace

from provenance.engine import fields, text
from provenance.errors import SourceError
from provenance.model import HIDDEN_IN_WORDS
from provenance.sources import marks, received, sniff, times
from provenance.sources.reading import Reading

READER = "text 1"
HIDDEN = "hidden-characters"
CONTROLS = "control-characters"
_CONTROL = re.compile("[\x00-\x08\x0e-\x1f\x7f]")


def read(document: bytes, *, headline: str = "") -> Reading:
    """Read a plain text; see `reading.Reader`."""
    sniff.refuse_binary(document)
    body, flags = received.decode(document)
    found = compose(body, headline)
    return replace(found, flags=(*flags, *found.flags)) if flags else found


def compose(body: str, headline: str = "") -> Reading:
    """Give the reading of a text that is decoded already.

    Raises SourceError where no text is left.
    """
    cleaned = text.clean(body)
    flags = oddities(body) if cleaned != body else ()
    title = _plain(headline)
    canonical = text.canonical(title, "\n\n".join(lines(cleaned)))
    if not any(map(str.isalnum, canonical)):
        raise SourceError("no article text", hint="is it the right file?")
    marked = (*flags, *hiding(f"{headline}\n{body}", canonical))
    return fill(Reading(canonical, READER, headline=" ".join(text.clean(title).split()), flags=marked))


def lines(cleaned: str) -> list[str]:
    """Give the paragraphs of a clean plain text, with markup, hard wraps and broken paragraphs resolved."""
    from provenance.sources import wraps

    if not marks.is_marked(cleaned):
        return wraps.paragraphs(cleaned)
    unmarked = marks.unquote(text.clean(marks.untag(cleaned)))
    return [marks.unstyle(line) for line in wraps.paragraphs(unmarked)]


def fill(reading: Reading) -> Reading:
    """Add what the lines of the text itself say: headline, byline, day, original URL."""
    found = fields.masthead(reading.text)
    named = reading if reading.headline or not found.headline else replace(reading, headline=found.headline.text)
    if found.byline and not named.byline:
        named = replace(named, byline=found.byline.text)
    if found.published and not named.published:
        named = replace(named, published=times.of_day(found.published), flags=(*named.flags, times.NO_ZONE))
    if found.original is None:
        return named
    # a PDF breaks a long URL with a space: the text holds it whole
    start, end = found.original.span
    url = reading.text.index("http", start)
    whole = reading.text[:url] + found.original.text + reading.text[end:]
    return replace(named, text=whole, url=named.url or found.original.text)


def oddities(raw: str) -> tuple[str, ...]:
    """Flag what `clean` takes out of a text and what ordinary typesetting does not leave in one."""
    flags = (HIDDEN if text.hidden(raw) else "", CONTROLS if _CONTROL.search(raw) else "")
    return tuple(flag for flag in flags if flag)


def hiding(raw: str, canonical: str) -> tuple[str, ...]:
    """Flag a text of which some words had characters in them that nobody sees; `raw` is all that was shown."""
    words = map(text.clean, text.hidden_words(raw))
    return (HIDDEN_IN_WORDS,) if any(word in canonical for word in words) else ()


def _plain(headline: str) -> str:
    return marks.unstyle(marks.untag(headline)) if marks.is_marked(headline) else headline
