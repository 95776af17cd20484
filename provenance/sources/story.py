"""The article within a page: what the extractor takes for it, and what it drops although it belongs there.

Extractors throw correction notes away as boilerplate, and by-lines, captions and single paragraphs too. So the page's
own blocks are walked in order, and what clearly is the article's is put back where it stood.
"""

from __future__ import annotations

import re
import socket
from collections import Counter
from collections.abc import Iterable, Sequence
from copy import deepcopy
from functools import cache
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
_NEARLY = 0.8
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
    head = max((n for n in range(first) if own[n] == name), default=first) if name else first
    parents = {id(seen[n].element.getparent()) for n in there}
    home = _home(seen[n].element for n in inside)
    chosen, told = set(inside), {own[n] for n in there} | {name, ""}
    for n, block in enumerate(seen):
        if own[n] in told:
            continue
        above, among = head < n < first, first < n < last
        mine = _is_at_home(block, home) or (among and _is_prose(block, parents))
        if notes.is_note(block) or (above and _is_masthead(block)) or mine:
            chosen.add(n)
            told.add(own[n])
    return [seen[n].text for n in sorted(chosen)]


def _home(kept: Iterable[HtmlElement]) -> HtmlElement | None:
    """Give the <article>, or else <main>, that nearly all of the text stands in, None where the page marks none."""
    homes = [_around(each) for each in kept]
    [(best, count)] = Counter(homes).most_common(1) or [(None, 0)]
    return best if count >= _NEARLY * len(homes) else None


def _is_at_home(block: Block, home: HtmlElement | None) -> bool:
    """Tell what the page shows as part of its article: no word of that is left out, whatever an extractor thinks."""
    element = block.element
    return home is not None and _around(element) is home and not _is_beside(element) and not notes.is_link(element)


def _around(element: HtmlElement) -> HtmlElement | None:
    chain = (element, *element.iterancestors())
    return next((each for name in ("article", "main") for each in chain if each.tag == name), None)


def _found(seen: Sequence[Block], own: Sequence[str], kept: Sequence[str]) -> list[int]:
    """Give the places of the page's blocks that an extractor kept, which may have run several together."""
    wanted, whole, cursor = Counter(kept), "".join(kept), 0
    doubled = {key for key, times in Counter(own).items() if times > wanted[key] > 0}
    elsewhere = {key for n, key in enumerate(own) if key in doubled and not _is_beside(seen[n].element)}
    places = []
    for n, key in enumerate(own):
        at = whole.find(key, cursor) if key else -1
        if key in doubled and (wanted[key] < 1 or (key in elsewhere and _is_beside(seen[n].element))):
            continue
        if key and (wanted[key] > 0 or (at >= 0 and (len(key) > _SURE or at == cursor))):
            places.append(n)
            wanted[key] -= 1
            cursor = at + len(key) if at >= 0 else cursor
    return places


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
