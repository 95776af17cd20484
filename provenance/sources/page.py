"""An HTML page: its article's text, and what the page says of it.

Bytes → characters → tree → metadata → what is hidden or struck out is taken away → the extractor's body → what the
extractor dropped and belongs to the article is put back.
"""

from __future__ import annotations

import re
from dataclasses import replace
from functools import cache
from importlib.metadata import version

from provenance.engine import text
from provenance.errors import SourceError
from provenance.sources import metadata, plain, received, sniff, story, tree
from provenance.sources.reading import Reading

TRUNCATED = "truncated-suspected"
_META_CHARSET = re.compile(rb"<meta[^>]{0,300}?charset\s*=\s*[\"']?\s*([\w.:-]{2,40})", re.IGNORECASE)
_XML_CHARSET = re.compile(rb"<\?xml[^>]{0,100}encoding\s*=\s*[\"']([\w.:-]{2,40})", re.IGNORECASE)
_DECLARATION = re.compile(r"^\s*<\?xml[^>]{0,200}>")
_HEAD = 4096


def read(document: bytes, *, headline: str = "") -> Reading:
    """Read an HTML page; see `reading.Reader`."""
    sniff.refuse_pageless(document)
    markup, flags = received.decode(document, _charset(document))
    root = tree.parse(_DECLARATION.sub("", markup))
    about = metadata.of(root)
    tree.without_unshown(root)
    shown = "\n".join(root.itertext())
    title = headline or story.title(root, about.headline)
    canonical = text.canonical(title, "\n\n".join(story.paragraphs(root, title)))
    if not any(map(str.isalnum, canonical.removeprefix(text.clean(title)))):
        raise SourceError("no article text", hint="is it the article's own page?")
    cut = (TRUNCATED,) if _is_cut(markup) else ()
    return plain.fill(
        replace(
            about,
            text=canonical,
            reader=_reader(),
            headline=" ".join(text.clean(title).split()),
            notices=tuple(note for note in about.notices if text.clean(note) not in canonical),
            flags=(*flags, *about.flags, *cut, *plain.oddities(markup), *plain.hiding(shown, canonical)),
        )
    )


def _charset(document: bytes) -> str:
    found = _META_CHARSET.search(document[:_HEAD]) or _XML_CHARSET.search(document[:_HEAD])
    return found[1].decode("ascii", "ignore") if found else ""


def _is_cut(markup: str) -> bool:
    """Tell whether a page ends inside a tag, or opens its body and never closes it."""
    end = markup[-_HEAD:].lower()
    if end.rfind("<") > end.rfind(">"):
        return True
    return "<body" in markup.lower() and "</body" not in end and "</html" not in end


@cache
def _reader() -> str:
    return f"html trafilatura/{version('trafilatura')}"
