"""Correction notes in a page's tree, found before an extractor can drop them: by class, id, or opening words."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import islice
from typing import TYPE_CHECKING

from provenance.sources.tree import Block

if TYPE_CHECKING:
    from lxml.html import HtmlElement

_LONGEST = 1500
_SHORTEST = 12
_UP = 3  # a note's class may stand on a box around it
_NAMED = re.compile(
    r"(?<!auto)(?<!spell)correct|clarif|editor[s']*[\s_-]*note|amend|retract|errat|korrektur|berichtig|rectif|correzion|corrig",
    re.IGNORECASE,
)
_OPENS = re.compile(
    r"[\W_]*(?:"
    r"corrections?\b|corrected\b|clarifications?\b|editor(?:['’]?s|s['’])?['’]?\s+note|amend(?:ed|ment)\b|retract(?:ed|ion)\b|errat(?:um|a)\b"
    r"|(?:an|a|in an)\s+(?:earlier|previous|original)\s+version\b|(?:earlier|previous)\s+versions\b"
    r"|th(?:is|e)\s+(?:article|story|post|piece|report|page|headline|column)\s+(?:was|ha[sd](?:\s+since)?\s+been)\s+"
    r"(?:\w+\s+)?(?:updated|amended|corrected|clarified|retracted|revised|edited|changed|removed|withdrawn|refiled)\b"
    r"|update[ds]?\s*[:(]|we\s+(?:regret|apologi[sz]e)|the\s+headline\s+(?:of|on)\s+this"
    r"|korrektur|berichtigung|richtigstellung|anm(?:\.|erkung)\s+d(?:\.|er)\s+red|in\s+einer\s+(?:früheren|vorherigen|ersten)"
    r"|dieser\s+(?:artikel|text|beitrag)\s+wurde|rectificati(?:f|on)\b|correctif\b|erratum\b|mise\s+à\s+jour\s*:|une\s+(?:première\s+)?"
    r"version\s+(?:précédente|antérieure)|cet\s+article\s+a\s+été|note\s+de\s+la\s+rédaction|fe\s+de\s+err|correcci[óo]n|rectificaci[óo]n"
    r"|aclaraci[óo]n|una\s+versi[óo]n\s+anterior|nota\s+(?:de\s+la\s+redacci[óo]n|del\s+editor|da\s+reda[çc][ãa]o)|este\s+art[íi]culo\s+(?:ha|fue)"
    r"|corre[çc][ãa]o|errata\b|erramos\b|correzione|rettifica|errata\s+corrige|correctie|rectificatie|sprostowanie|korekta"
    r"|виправлення|уточнення|оновлено\s*:|исправление|уточнение|поправка|訂正|お詫び|おわび|追記|更正|更正启事|編按|编者按|정정|바로잡습니다"
    r"|تصحيح|تنويه|توضيح|اصلاحیه|düzeltme|शुद्धिपत्र|भूल सुधार)",
    re.IGNORECASE,
)


def is_note(block: Block) -> bool:
    """Tell whether a block of a page is a note about the article: short, marked as one or opening like one, no link."""
    if not _SHORTEST <= len(block.text) <= _LONGEST or is_link(block.element):
        return False
    if block.element.tag in {"h1", "title", "nav", "button"} or _is_navigation(block.element):
        return False
    return bool(_OPENS.match(block.text)) or any(_NAMED.search(name) for name in names(block.element))


def names(element: HtmlElement) -> Iterator[str]:
    """Give class, id and the like of an element and of the boxes close around it."""
    for node in (element, *islice(element.iterancestors(), _UP)):
        if node.tag in {"body", "html", "article", "main"}:
            return
        yield from filter(None, (node.get(name) for name in ("class", "id", "itemprop", "rel", "data-component")))


def is_link(element: HtmlElement) -> bool:
    """Tell whether all of an element's words are links: it points to something else."""
    words = sum(len(part.strip()) for part in element.itertext())
    linked = sum(len(part.strip()) for link in element.iter("a") for part in link.itertext())
    return element.tag == "a" or (linked > 0 and linked >= words - 2)


def _is_navigation(element: HtmlElement) -> bool:
    return next(element.iterancestors("nav", "button", "form", "menu"), None) is not None
