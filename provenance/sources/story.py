"""The article within a page: what the extractor takes for it, and what it drops although it belongs there.

Extractors throw correction notes away as boilerplate, and by-lines, captions and single paragraphs too. So the page's
own blocks are walked in order, and what clearly is the article's is put back where it stood.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from copy import deepcopy
from typing import TYPE_CHECKING, Any

from provenance.engine import fields
from provenance.sources import notes
from provenance.sources.tree import Block, blocks

if TYPE_CHECKING:
    from lxml.html import HtmlElement

_HEADINGS = frozenset({"h1", "h2"})
_PROSE = frozenset({"p", "blockquote", "li", "h2", "h3", "h4", "figcaption", "pre"})
_BESIDE = frozenset({"nav", "aside", "footer", "form", "button", "menu"})
_BESIDE_CLASS = re.compile(
    r"\b(?:related|recommend\w*|newsletter|promo\w*|share|sharing|social|advert\w*|ad|ads|sponsor\w*|comments?|cookie\w*"
    r"|sidebar|breadcrumbs?|nav\w*|menu|subscribe|signup|most-read|read-more|tags?|paywall)\b",
    re.IGNORECASE,
)
_MASTHEAD_CLASS = re.compile(r"by-?line|author|dateline|pub-?date|published|timestamp|date\b", re.IGNORECASE)
_LINE = 140
_SURE = 24  # letters and digits: a shorter text may stand inside another by chance
_THIN = 0.4  # an extractor that kept less than this of an <article> has taken something else for it


def title(root: HtmlElement, claimed: str) -> str:
    """Give the headline that the page shows: the heading that the metadata names, else the article's first heading."""
    headings = [(element, _words(element)) for element in root.iter("h1", "h2")]
    wanted = _key(claimed)
    for _, words in headings:
        key = _key(words)
        if key and wanted and (key == wanted or (len(key) > _SURE and (key in wanted or wanted in key))):
            return words
    mains = [words for element, words in headings if element.tag == "h1" and words]
    inside = [
        words for element, words in headings if element.tag == "h1" and words and _is_inside(element, "article", "main")
    ]
    return next(iter(inside), "") or claimed or next(iter(mains), "")


def paragraphs(root: HtmlElement, headline: str) -> list[str]:
    """Give the paragraphs of the article's body, the lines above and the notes around it included."""
    body = root.find("body")
    seen = blocks(body if body is not None else root)
    kept = _extracted(root)
    if _size(kept) < _THIN * _size(_inside_article(seen)):
        kept = _inside_article(seen)
    if not kept:
        kept = [block.text for block in seen if not _is_beside(block.element)]
    name = _key(headline)
    kept = [words for n, words in enumerate(kept) if not (n < 3 and name and _key(words) == name)]  # noqa: PLR2004
    return _merged(seen, kept, name)


def _extracted(root: HtmlElement) -> list[str]:
    from trafilatura import bare_extraction

    found: Any = bare_extraction(
        deepcopy(root), include_comments=False, include_tables=True, include_formatting=False, with_metadata=False
    )
    return [block.text for block in blocks(found.body)] if found is not None and found.body is not None else []


def _merged(seen: Sequence[Block], kept: list[str], name: str) -> list[str]:
    """Put the blocks that belong to the article and were dropped back among those that were kept."""
    keys = [_key(words) for words in kept]
    places = {key: n for n, key in reversed(list(enumerate(keys))) if key}
    whole = "\n".join(keys)
    own = [_key(block.text) for block in seen]
    there = [key in places or (len(key) > _SURE and key in whole) for key in own]
    exact = [n for n, key in enumerate(own) if key in places]
    first, last = (exact[0], exact[-1]) if exact else (0, len(seen))
    head = max((n for n in range(first) if own[n] == name), default=-1) if name else -1
    parents = {id(seen[n].element.getparent()) for n in exact}
    extra: dict[int, list[str]] = {}
    place, told = -1, set()
    for n, block in enumerate(seen):
        place = max(place, places.get(own[n], -1))
        if there[n] or not own[n] or own[n] == name or own[n] in told:
            continue
        if (
            notes.is_note(block)
            or (head >= 0 and head < n < first and _is_masthead(block))
            or (first < n < last and _is_prose(block, parents))
        ):
            told.add(own[n])
            extra.setdefault(place, []).append(block.text)
    merged = extra.get(-1, [])
    for n, words in enumerate(kept):
        merged += [words, *extra.get(n, [])]
    return merged


def _is_masthead(block: Block) -> bool:
    """Tell a by-line or a date line between headline and text."""
    if len(block.text) > _LINE or _is_beside(block.element):
        return False
    marked = block.element.tag == "time" or any(_MASTHEAD_CLASS.search(name) for name in notes.names(block.element))
    return marked or fields.is_furniture(block.text)


def _is_prose(block: Block, parents: set[int]) -> bool:
    """Tell a paragraph that stands among the article's own, or a caption."""
    element = block.element
    return (
        element.tag in _PROSE
        and (element.tag == "figcaption" or id(element.getparent()) in parents)
        and not _is_beside(element)
        and not notes.is_link(element)
    )


def _is_beside(element: HtmlElement) -> bool:
    chain = [element, *element.iterancestors()]
    return any(
        node.tag in _BESIDE or (node.tag not in {"body", "html"} and _BESIDE_CLASS.search(node.get("class", "")))
        for node in chain
    )


def _inside_article(seen: Sequence[Block]) -> list[str]:
    """Give the text of the page's <article>, or of its <main>, without what stands beside the story."""
    for name in ("article", "main"):
        found = [block.text for block in seen if _is_inside(block.element, name) and not _is_beside(block.element)]
        if found:
            return found
    return []


def _is_inside(element: HtmlElement, *names: str) -> bool:
    return element.tag in names or next(element.iterancestors(*names), None) is not None


def _words(element: HtmlElement) -> str:
    return " ".join("".join(element.itertext()).split())


def _key(words: str) -> str:
    return "".join(filter(str.isalnum, words.casefold()))


def _size(texts: Sequence[str]) -> int:
    return sum(map(len, texts))
