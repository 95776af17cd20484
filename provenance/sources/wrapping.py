"""Wrapping: lines of a text file that a program broke are broken again where words were put into them."""

from __future__ import annotations

import re
from collections.abc import Sequence

from provenance.engine.patching import Splice, Spliced
from provenance.model import Span
from provenance.sources import escaping
from provenance.sources.inserting import Page

_BLANK_LINE = re.compile(r"\n[ \t]*+\r?\n")


def rewrapped(replaced: Sequence[Splice], page: Page) -> tuple[Splice, ...]:
    """Give splices of a file's text, in order, that wrap the lines again from the first that changes in a paragraph.

    Empty for a file that is not wrapped: there is nothing else to try then.
    """
    columns = escaping.width(page.source) if page.form.kind != "html" and not page.form.json else 0
    if not columns:
        return ()
    groups: list[tuple[Span, list[Splice]]] = []
    for splice in replaced:
        if "\n" in splice.text:  # a paragraph of its own, wrapped already
            groups.append((splice.span, [splice]))
        elif groups and splice.span[1] <= groups[-1][0][1]:
            groups[-1][1].append(splice)
        else:
            start = page.source.rfind("\n", 0, splice.span[0]) + 1
            blank = _BLANK_LINE.search(page.source, splice.span[1])
            end = len(page.source[: blank.start() if blank else None].rstrip())
            groups.append(((start, max(end, splice.span[1])), [splice]))
    return tuple(_wrapped(span, group, page, columns) for span, group in groups)


def _wrapped(span: Span, group: Sequence[Splice], page: Page, columns: int) -> Splice:
    if "\n" in group[0].text:
        return group[0]
    start, end = span
    inner = [Splice((each.span[0] - start, each.span[1] - start), each.text) for each in group]
    made = Spliced.of(page.source[start:end], inner).text
    edits = tuple(dict.fromkeys(name for each in group for name in each.edits))
    return Splice(span, escaping.wrapped(made, columns, page.form.line_end), edits)
