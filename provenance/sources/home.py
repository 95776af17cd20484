"""Where on a page its article stands: in what the page marks as one, else in the innermost box with nearly all of it.

No visible word of that box is left out, whatever an extractor thinks of it; what stands beside an article is not of it.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from provenance.sources import notes
from provenance.sources.tree import Block

if TYPE_CHECKING:
    from lxml.html import HtmlElement

_BESIDE = frozenset({"nav", "aside", "footer", "form", "button", "menu"})
_BESIDE_NAME = re.compile(
    r"\b(?:related|recommend\w*|newsletter|promo\w*|share|sharing|social|advert\w*|ad|ads|sponsor\w*|comments?|cookie\w*"
    r"|sidebar|breadcrumbs?|nav\w*|menu|subscribe|signup|most-read|read-more|tags?)\b",
    re.IGNORECASE,
)
_HIDDEN_NAME = re.compile(r"\bpaywall\b", re.IGNORECASE)  # which stands around the article's own text as well
_FRAME_NAME = re.compile(r"\b(?:header|masthead|footer|copyright|legal|imprint|colophon|widget\w*)\b", re.IGNORECASE)
_PARTS = frozenset(
    "p pre blockquote ul ol li dl dd dt figure figcaption table tbody thead tr h1 h2 h3 h4 h5 h6".split()
)
"""What is a part of an article, however long it is."""
_NEARLY = 0.8


@dataclass(frozen=True, slots=True)
class Home:
    """An element that an article stands in, and whether the page marks it as one."""

    element: HtmlElement
    marked: bool
    around: frozenset[HtmlElement]
    """The element and the headline with all that they stand in, whatever those are called."""

    def has(self, block: Block) -> bool:
        """Tell what the page shows as part of its article."""
        inside = _marked(block.element) is self.element if self.marked else self.element in _chain(block)
        test = _is_beside if self.marked else _is_frame
        return inside and not notes.is_link(block.element) and not self._stands_in(block, test)

    def frames(self, block: Block) -> bool:
        """Tell what frames an article that nothing marks: it is none of it, even if an extractor took it."""
        return not self.marked and self._stands_in(block, _is_frame)

    def _stands_in(self, block: Block, test: Callable[[HtmlElement], bool]) -> bool:
        return any(test(each) for each in _chain(block) if each not in self.around)


def of(kept: Sequence[Block], headline: Block | None) -> Home | None:
    """Give the home of an article of which an extractor kept these blocks, None where it kept none.

    The headline, where the page shows it, is at home as well.
    """
    homes = Counter(_marked(block.element) for block in kept)
    [(best, count)] = homes.most_common(1) or [(None, 0)]
    above = set(_chain(headline)) if headline else set()
    if best is not None and count >= _NEARLY * len(kept):
        return _made(best, above, marked=True)
    sizes: Counter[HtmlElement] = Counter()
    for block in kept:
        for each in _chain(block):
            sizes[each] += len(block.text)
    enough = _NEARLY * sum(len(block.text) for block in kept)
    holders = [each for each, size in sizes.items() if size >= enough and each.tag not in _PARTS]
    common = [each for each in holders if not above or each in above]
    return _made(max(common, key=_depth), above, marked=False) if common else None


def _made(element: HtmlElement, above: set[HtmlElement], *, marked: bool) -> Home:
    return Home(element, marked, frozenset({element, *element.iterancestors(), *above}))


def _chain(block: Block) -> tuple[HtmlElement, ...]:
    return (block.element, *block.element.iterancestors())


def is_beside(element: HtmlElement) -> bool:
    """Tell what is not of the article: navigation, related stories, comments, advertisements."""
    return any(map(_is_beside, (element, *element.iterancestors())))


def _is_beside(element: HtmlElement) -> bool:
    name = element.get("class", "") if element.tag not in {"body", "html"} else ""
    return element.tag in _BESIDE or bool(_BESIDE_NAME.search(name) or _HIDDEN_NAME.search(name))


def _marked(element: HtmlElement) -> HtmlElement | None:
    """Give the <article>, or else the <main>, that an element stands in."""
    chain = (element, *element.iterancestors())
    return next((each for name in ("article", "main") for each in chain if each.tag == name), None)


def _depth(element: HtmlElement) -> int:
    return sum(1 for _ in element.iterancestors())


def _is_frame(element: HtmlElement) -> bool:
    """Tell a box that is beside an article, or frames the page, where nothing marks what is the article."""
    names = f"{element.get('class', '')} {element.get('id', '')}"
    return element.tag in _BESIDE | {"header"} or bool(_BESIDE_NAME.search(names) or _FRAME_NAME.search(names))
