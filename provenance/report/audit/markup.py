"""Words from outside as HTML: escaped, isolated from the direction of what surrounds them, edits marked."""

from __future__ import annotations

from collections.abc import Iterable
from functools import cache, lru_cache

from markupsafe import Markup, escape

from provenance.model import Mark, Piece, State, Update
from provenance.report.audit.foreign import direction, href, language
from provenance.report.audit.matrix import SIGNS
from provenance.report.audit.telling import label
from provenance.report.words import one_line, visible

OWN = "en"
"""The language of the page itself."""
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
    turned = ' dir="rtl"' if direction(text, tag) == "rtl" else ""
    return Markup(_lang(tag) + turned)  # noqa: S704 - a language tag is letters, digits and hyphens


def foreign(text: str, tag: str = OWN) -> Markup:
    """Set words from outside apart within a line."""
    return Markup(f"<bdi{_lang(tag)}>{escaped(text)}</bdi>")  # noqa: S704 - escaped


def marked(pieces: Iterable[Piece]) -> Markup:
    """Mark the words that are to go and those that are new, to the eye and to a screen reader."""
    return Markup("".join(map(_piece, pieces)))  # noqa: S704 - escaped


def differing(pieces: Iterable[Piece]) -> Markup:
    """Mark the words that only one of two texts beside each other has."""
    return Markup(  # noqa: S704 - escaped
        "".join(
            f"<mark>{escaped(each.text)}</mark>"
            if each.mark is not Mark.KEPT and each.text.strip()
            else escaped(each.text)
            for each in pieces
        )
    )


def link(url: str) -> Markup:
    """Give an address as a link, as text where it leads nowhere that is safe to go."""
    found, words = href(url), f"<bdi>{escaped(one_line(url))}</bdi>"
    if not found:
        return Markup(f'<span class="url">{words}</span>')  # noqa: S704 - escaped
    made = f'<a class="url" href="{escape(found)}" rel="noopener noreferrer nofollow">{words}</a>'
    return Markup(made)  # noqa: S704 - escaped


def _piece(piece: Piece) -> str:
    text = piece.text.strip()
    if piece.mark not in _TAGS or not text:
        return escaped(piece.text)
    before, _, after = piece.text.partition(text)
    tag, said = _TAGS[piece.mark]
    return f'{before}<{tag}><span class="vh">[{said}: </span>{escaped(text)}<span class="vh">]</span></{tag}>{after}'


def wording(state: State) -> str:
    """Give the word for a standing."""
    return state.value.replace("_", " ")


@cache
def sign(state: State) -> Markup:
    """Give the sign for a standing with its word."""
    shown_ = f'<b aria-hidden="true">{SIGNS[state]}</b> {wording(state)}'
    return Markup(f'<span class="s s-{state.value}">{shown_}</span>')  # noqa: S704 - our own words


def badge(update: Update) -> Markup:
    """Give the kind of an update."""
    return Markup(f'<span class="k k-{update.kind.value}">{label(update)}</span>')  # noqa: S704 - our own words


def escaped(text: str) -> str:
    """Escape words from outside, what cannot be seen in them included."""
    return str(escape(text if text.isascii() and text.isprintable() else visible(text)))


@lru_cache(maxsize=256)
def _lang(tag: str) -> str:
    found = language(tag)
    return "" if found == OWN else f' lang="{found}"'
