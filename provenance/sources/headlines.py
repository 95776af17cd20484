"""Headlines: a file says its headline more than once (a title, a card, a heading); they change together."""

from __future__ import annotations

import html
import json
import re

from provenance.engine.patching import Splice, Spliced
from provenance.sources.inserting import Page, Way

_TITLE = re.compile(r"<title\b[^<>]*>([^<]*)</title", re.IGNORECASE)
SHORTEST = 12
"""Characters that a headline needs to be looked for wherever else it stands."""


def elsewhere(splice: Splice, splices: list[Splice], page: Page) -> Way:
    """Give what the last splice in a headline takes along: the headline as it stands before the article itself.

    That is the front matter of a text, or the head of a page. Empty for any other splice.
    """
    headline = page.canonical.partition("\n")[0]
    mine = [each for each in splices if each.span[1] <= len(headline)]
    if not mine or splice != mine[-1] or len(headline) < SHORTEST or page.form.json:
        return ()
    made = Spliced.of(headline, mine).text
    first = page.places.place((0, len(headline)))
    found: dict[tuple[int, int], str] = {}
    for write in (str, html.escape, _quoted):
        old, new = write(headline), write(made)
        at = page.source.find(old, 0, page.form.front)
        while at >= 0:
            place = at, at + len(old)
            if not (first and first.span[0] < place[1] and place[0] < first.span[1]):
                found.setdefault(place, new)
            at = page.source.find(old, place[1], page.form.front)
    for title in _TITLE.finditer(page.source, 0, page.form.front):
        said = html.unescape(title[1])
        if said != title[1] and headline in said:
            found.setdefault(title.span(1), html.escape(said.replace(headline, made)))
    return tuple(Splice(place, text) for place, text in sorted(found.items()))


def _quoted(words: str) -> str:
    return json.dumps(words, ensure_ascii=False)[1:-1]
