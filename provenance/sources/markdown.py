"""Markdown, with or without front matter."""

from __future__ import annotations

from dataclasses import replace
from functools import cache
from html import unescape

from provenance.engine import text
from provenance.errors import SourceError
from provenance.sources import front_matter, plain, received, sniff, tree
from provenance.sources.reading import Reading

_NESTING = 100


def read(document: bytes, *, headline: str = "") -> Reading:
    """Read a Markdown document; see `reading.Reader`."""
    sniff.refuse_binary(document)
    decoded, flags = received.decode(document)
    fields, body = front_matter.split(decoded.removeprefix("\ufeff"))
    paragraphs = rendered(body)
    title = headline or fields.headline or _title(body, paragraphs)
    canonical = text.canonical(title, "\n\n".join(paragraphs))
    if not any(map(str.isalnum, canonical)):
        raise SourceError("no article text", hint="is it the right file?")
    marked = (*flags, *fields.flags, *plain.oddities(body), *plain.hiding(unescape(body), canonical))
    return plain.fill(
        replace(fields, text=canonical, reader=_reader(), headline=" ".join(text.clean(title).split()), flags=marked)
    )


def rendered(body: str) -> list[str]:
    """Give the paragraphs of a Markdown text as a reader sees them: no markup, no struck words."""
    from markdown_it import MarkdownIt

    parser = MarkdownIt("commonmark", {"maxNesting": _NESTING}).enable(["table", "strikethrough"])
    tokens = parser.parse(body)
    if any(token.level >= _NESTING - 1 for token in tokens):
        raise SourceError("nested too deep, text would be lost", hint="is it an article?")
    root = tree.parse(f"<body>{parser.renderer.render(tokens, parser.options, {})}</body>")
    tree.without_unshown(root)
    return [block.text for block in tree.blocks(root)]


def _title(body: str, paragraphs: list[str]) -> str:
    """Give the text of a heading that the document begins with."""
    first = body.lstrip("\ufeff \n").split("\n", 2)
    is_heading = first[0].startswith("# ") or (len(first) > 1 and first[1].strip("=") == "" and len(first[1]) > 1)
    return paragraphs[0] if paragraphs and is_heading else ""


@cache
def _reader() -> str:
    import markdown_it

    return f"markdown markdown-it-py/{markdown_it.__version__}"
