"""HTML as a tree, within limits that keep a hostile page from hurting and never lose text; and a tree as paragraphs.

The parser is quadratic in the attributes of one tag and forgets what is nested too deep: both are refused.
"""

from __future__ import annotations

import re
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING

from provenance.errors import SourceError

if TYPE_CHECKING:
    from lxml.html import HtmlElement

DEPTH = 200
TAGS = 50_000
ATTRIBUTES = 2_000
_LONG_TAG = 3 * ATTRIBUTES  # a shorter one cannot have as many
_TAG = re.compile(r"<[a-zA-Z](?:[^>=]|=\s*+(?:\"[^\"]*+\"|'[^']*+')?+)*+")
_VALUE = re.compile(r"=\s*+(?:\"[^\"]*+\"|'[^']*+'|[^\s>]*+)")
_NAME = re.compile(r"[^\s/=]+")
_REFERENCE = re.compile(r"&#(?:[xX]0*+([0-9a-fA-F]++)|0*+([0-9]++));?")
_DIGITS = 7
_CONTROL = re.compile("[\x00-\x08\x0b\x0e-\x1f\ufffe\uffff]")

UNSHOWN = frozenset({"script", "style", "template", "noscript", "head", "title", "object", "iframe", "svg", "select"})
_STRUCK = ("del", "s", "strike")
_BLOCKS = frozenset(
    re.findall(
        r"\S+",
        """
    address article aside blockquote body center dd details dialog dir div dl dt fieldset figcaption figure
    footer form h1 h2 h3 h4 h5 h6 header hgroup hr html li main menu nav ol p pre section summary table tbody
    tfoot thead tr ul head quote item list row caption
    """,
    )
)
_CELLS = frozenset({"td", "th", "cell"})
_BREAKS = frozenset({"br", "lb"})
_HIDDEN = re.compile(r"display\s*:\s*none|visibility\s*:\s*hidden", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Block:
    """A run of text that a browser would set apart, and the element that it stands in."""

    text: str
    element: HtmlElement


def parse(markup: str) -> HtmlElement:
    """Give the tree of a page, without comments and controls.

    Raises SourceError for a page with too many tags or attributes, or nested too deep.
    """
    if markup.count("<") > TAGS:
        raise SourceError(f"more than {TAGS:,} tags", hint="save the article alone, without the page around it")
    _refuse_attributes(markup)
    from lxml import etree, html

    parser = html.HTMLParser(huge_tree=True, no_network=True, remove_comments=True, remove_pis=True, encoding="utf-8")
    clean = _CONTROL.sub("", _REFERENCE.sub(_legal, markup)).replace("\f", " ")  # white space that no tree can hold
    try:
        root = html.document_fromstring(clean.encode("utf-8", "replace"), parser=parser, ensure_head_body=True)
    except etree.ParserError as error:  # nothing is left but comments
        raise SourceError("no article text", hint="is it the article's own page?") from error
    if _depth(root) > DEPTH:
        raise SourceError("nested too deep, text would be lost", hint=f"at most {DEPTH} elements inside each other")
    return root


def _legal(reference: re.Match[str]) -> str:
    """Leave a reference to a character as it is, unless it is to one that no tree can hold."""
    digits, base = (reference[1], 16) if reference[1] else (reference[2], 10)
    code = int(digits, base) if len(digits) <= _DIGITS else 0
    if 0xD800 <= code <= 0xDFFF:  # noqa: PLR2004 - half a character
        return "\ufffd"
    if code == ord("\f"):
        return " "
    return "" if code > 0 and _CONTROL.match(chr(code) if code <= sys.maxunicode else " ") else reference[0]


def without_unshown(root: HtmlElement) -> None:
    """Take out what a browser does not show, and what is struck out: it is no live text."""
    for element in list(root.iter()):
        if not isinstance(element.tag, str):
            continue
        hidden = "hidden" in element.attrib or _HIDDEN.search(element.get("style", ""))
        if (element.tag in UNSHOWN - {"head", "title"} or hidden or element.tag in _STRUCK) and element.tag != "body":
            drop(element)


def drop(element: HtmlElement) -> None:
    """Take an element out of its tree, and leave the text that follows it."""
    if element.getparent() is not None:
        element.drop_tree()


def blocks(root: HtmlElement) -> list[Block]:
    """Give the visible text of a tree, in order, cut where a browser would begin a new line."""
    found: list[Block] = []
    parts: list[str] = []
    owner = [root]

    def cut(element: HtmlElement) -> None:
        text = " ".join("".join(parts).split())
        if text:
            found.append(Block(text, owner[0]))
        parts.clear()
        owner[0] = element

    for step, element in _walk(root):
        name = element.tag
        if step == "text":
            parts.append(element.text or "")
        elif step == "tail":
            parts.append(element.tail or "")
        elif name in _BLOCKS or name in _BREAKS:
            parent = element if step == "start" and name in _BLOCKS else element.getparent()
            cut(parent if parent is not None else root)
        elif name in _CELLS and step == "end":
            parts.append(" ")
    cut(root)
    return found


def _walk(root: HtmlElement) -> Iterator[tuple[str, HtmlElement]]:
    """Give start, text, end and tail of every element that is shown, without recursion."""
    stack: list[tuple[str, HtmlElement]] = [("start", root)]
    while stack:
        step, element = stack.pop()
        if step == "start" and (not isinstance(element.tag, str) or (element.tag in UNSHOWN and _is_page(element))):
            stack.append(("tail", element))
            continue
        yield step, element
        if step == "start":
            if element is not root:
                stack.append(("tail", element))
            stack.append(("end", element))
            stack.extend(("start", child) for child in reversed(element))
            stack.append(("text", element))


def _is_page(element: HtmlElement) -> bool:
    """Tell an HTML head from the `head` that an extractor gives a heading."""
    parent = element.getparent()
    return element.tag != "head" or (parent is not None and parent.tag == "html")


def _depth(root: HtmlElement) -> int:
    deepest, stack = 0, [(root, 1)]
    while stack and deepest <= DEPTH:
        element, level = stack.pop()
        deepest = max(deepest, level)
        stack.extend((child, level + 1) for child in element)
    return deepest


def _refuse_attributes(markup: str) -> None:
    if len(markup) < _LONG_TAG:
        return
    # scripts hold "<" of their own; what is inside them is no tag
    for part in re.split(r"(?i)</script", markup):
        begin = part.lower().find("<script")
        for found in _TAG.finditer(part if begin < 0 else part[:begin]):
            tag = found[0]
            if len(tag) > _LONG_TAG and len(_NAME.findall(_VALUE.sub(" ", tag))) > ATTRIBUTES:
                raise SourceError(f"a tag with more than {ATTRIBUTES:,} attributes", hint="is it an article's page?")
