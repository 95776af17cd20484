"""Words from outside as HTML: escaped, isolated from the direction of what surrounds them, edits marked."""

from __future__ import annotations

from collections.abc import Iterable

from markupsafe import Markup, escape

from provenance.model import Mark, Piece
from provenance.report.audit.foreign import direction, href, language
from provenance.report.words import one_line, visible

OWN = "en"
"""The language of the page itself."""
_ONLY = Markup("<mark>{}</mark>")
_TAGS = {Mark.DROPPED: ("del", "out of date"), Mark.ADDED: ("ins", "new")}


def shown(value: object) -> object:
    """Make what a template puts out visible; autoescape does the rest. A value that is not there is a mistake."""
    if isinstance(value, Markup):
        return value
    if isinstance(value, str):
        return value if value.isascii() and value.isprintable() else visible(value)
    if value is None:
        raise ValueError("a template puts out a value that is not there")
    return value


def attributes(text: str, tag: str) -> Markup:
    """Give the attributes that name the language and the direction of a block of words."""
    found = language(tag)
    lang = "" if found == OWN else f' lang="{found}"'
    turned = ' dir="rtl"' if direction(text, tag) == "rtl" else ""
    return Markup(lang + turned)  # noqa: S704 - a language tag is letters, digits and hyphens


def foreign(text: str, tag: str = OWN) -> Markup:
    """Set words from outside apart within a line."""
    found = language(tag)
    lang = "" if found == OWN else f' lang="{found}"'
    return Markup("<bdi{}>{}</bdi>").format(Markup(lang), visible(text))  # noqa: S704 - as above


def marked(pieces: Iterable[Piece]) -> Markup:
    """Mark the words that are to go and those that are new, to the eye and to a screen reader."""
    return Markup().join(map(_piece, pieces))


def differing(pieces: Iterable[Piece]) -> Markup:
    """Mark the words that only one of two texts beside each other has."""
    one_sided = _ONLY.format
    return Markup().join(
        one_sided(visible(each.text)) if each.mark is not Mark.KEPT and each.text.strip() else visible(each.text)
        for each in pieces
    )


def _piece(piece: Piece) -> Markup:
    text = piece.text.strip()
    if piece.mark not in _TAGS or not text:
        return escape(visible(piece.text))
    before, _, after = piece.text.partition(text)
    tag, said = _TAGS[piece.mark]
    made = f'{{}}<{tag}><span class="vh">[{said}: </span>{{}}<span class="vh">]</span></{tag}>{{}}'
    return Markup(made).format(before, visible(text), after)  # noqa: S704 - `format` escapes


def link(url: str) -> Markup:
    """Give an address as a link, as text where it leads nowhere that is safe to go."""
    found, words = href(url), foreign(one_line(url))
    if not found:
        return Markup('<span class="url">{}</span>').format(words)
    return Markup('<a class="url" href="{}" rel="noopener noreferrer nofollow">{}</a>').format(found, words)
