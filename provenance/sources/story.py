"""The article within a page: what the extractor takes for it, and what it drops although it belongs there.

Extractors throw correction notes away as boilerplate, and by-lines, captions and single paragraphs too. So the page's
own blocks are walked in order, and what clearly is the article's is put back where it stood.
"""

from __future__ import annotations

import re
import socket
from collections import Counter
from collections.abc import Sequence
from copy import deepcopy
from functools import cache
from typing import TYPE_CHECKING, Any

from provenance.engine import fields
from provenance.sources import home, notes
from provenance.sources.tree import Block, blocks

if TYPE_CHECKING:
    from lxml.html import HtmlElement

_HEADINGS = frozenset({"h1", "h2"})
_PROSE = frozenset({"p", "blockquote", "li", "h2", "h3", "h4", "figcaption", "pre"})
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
        kept = [block.text for block in seen if not home.is_beside(block.element)]
    return _whole(seen, kept, _key(headline))


def _extracted(root: HtmlElement) -> list[str]:
    found: Any = _extractor()(
        deepcopy(root), include_comments=False, include_tables=True, include_formatting=False, with_metadata=False
    )
    return [block.text for block in blocks(found.body)] if found is not None and found.body is not None else []


@cache
def _extractor() -> Any:  # noqa: ANN401 - a function of a library
    """Import the extractor. A library below it would open a socket, to see whether this machine has IPv6."""
    known, socket.has_ipv6 = socket.has_ipv6, False
    try:
        from trafilatura import bare_extraction
    finally:
        socket.has_ipv6 = known
    return bare_extraction


def _whole(seen: Sequence[Block], kept: Sequence[str], name: str) -> list[str]:
    """Give the page's own blocks that were kept, and those that belong to the article although they were dropped.

    `name` is the key of the headline, which is not repeated. The page cuts paragraphs better than an extractor does.
    """
    own = [_key(block.text) for block in seen]
    there = _found(seen, own, [_key(words) for words in kept])
    inside = [n for n in there if own[n] != name]
    first, last = (inside[0], inside[-1]) if inside else (0, len(seen))
    named = [n for n in range(last) if name and own[n] == name]
    head = max((n for n in named if n < first), default=min(named, default=first))
    parents = {id(seen[n].element.getparent()) for n in there}
    place = home.of([seen[n] for n in inside], seen[head] if named else None)
    framed = {n for n in range(len(seen)) if place is not None and place.frames(seen[n])}
    chosen = set(inside) - framed
    told = {own[n] for n in there if n not in framed} | {name, ""}
    for n, block in enumerate(seen):
        if own[n] in told:
            continue
        above, among = head < n < first, first < n < last
        at_home = place is not None and place.has(block) and (place.marked or n > head or not named)
        mine = n not in framed and (at_home or (among and _is_prose(block, parents)))
        if notes.is_note(block) or (above and _is_masthead(block)) or mine:
            chosen.add(n)
            told.add(own[n])
    return [seen[n].text for n in sorted(chosen)]


def _found(seen: Sequence[Block], own: Sequence[str], kept: Sequence[str]) -> list[int]:
    """Give the places of the page's blocks that an extractor kept, which may have run several together."""
    wanted, whole, cursor = Counter(kept), "".join(kept), 0
    doubled = {key for key, times in Counter(own).items() if times > wanted[key] > 0}
    elsewhere = {key for n, key in enumerate(own) if key in doubled and not home.is_beside(seen[n].element)}
    places = []
    for n, key in enumerate(own):
        at = whole.find(key, cursor) if key else -1
        if key in doubled and (wanted[key] < 1 or (key in elsewhere and home.is_beside(seen[n].element))):
            continue
        if key and (wanted[key] > 0 or (at >= 0 and (len(key) > _SURE or at == cursor))):
            places.append(n)
            wanted[key] -= 1
            cursor = at + len(key) if at >= 0 else cursor
    return places


def _is_masthead(block: Block) -> bool:
    """Tell a by-line or a date line between headline and text."""
    if len(block.text) > _LINE or home.is_beside(block.element):
        return False
    marked = block.element.tag == "time" or any(_MASTHEAD_CLASS.search(name) for name in notes.names(block.element))
    return marked or fields.is_furniture(block.text)


def _is_prose(block: Block, parents: set[int]) -> bool:
    """Tell a paragraph that stands among the article's own, or a caption."""
    element = block.element
    return (
        element.tag in _PROSE
        and (element.tag == "figcaption" or id(element.getparent()) in parents)
        and not home.is_beside(element)
        and not notes.is_link(element)
    )


def _inside_article(seen: Sequence[Block]) -> list[str]:
    """Give the text of the page's <article>, or of its <main>, without what stands beside the story."""
    for name in ("article", "main"):
        found = [block.text for block in seen if _is_inside(block.element, name) and not home.is_beside(block.element)]
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
