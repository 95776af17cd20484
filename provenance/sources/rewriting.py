"""Rewriting: splices of a canonical text made in the source file that it was read from, and nothing else in it.

Where a splice belongs in the file is found by its words (`places`). The file is then read again, and a splice stands
only where that gives the very text that was meant: whatever a format does with what is put in, it shows there.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from itertools import islice, pairwise

from provenance.engine.patching import Splice, Spliced
from provenance.sources import headlines
from provenance.sources.escaping import Form
from provenance.sources.inserting import Page, Way, written
from provenance.sources.places import Places
from provenance.sources.wrapping import rewrapped

Read = Callable[[str], str | None]
"""Gives the canonical text of a source file's text, None where it cannot be read or says something else of itself."""
WAYS = 6
"""So many ways of writing one splice are tried."""


@dataclass(frozen=True, slots=True)
class Rewritten:
    """A source file's text with splices of its canonical text made in it, and those that found no place.

    `replaced` are the splices of the file's own text that this took, each with the edits that it is for.
    """

    source: str
    replaced: tuple[Splice, ...] = ()
    made: tuple[Splice, ...] = ()
    refused: tuple[Splice, ...] = ()


def rewrite(source: str, canonical: str, splices: Sequence[Splice], form: Form, read: Read) -> Rewritten:
    """Make splices of a canonical text in its source; `read` reads the source again.

    Each is made as it stands or not at all.
    """
    page = Page(source, canonical, Places.of(source, canonical, form.item), form)
    ways = [(splice, list(islice(_ways(splice, list(splices), page), WAYS))) for splice in splices]
    chosen = [(splice, options[0]) for splice, options in ways if options]
    replaced = _proved(page, chosen, read) if len(chosen) == len(ways) else None
    if replaced is None:
        chosen, replaced = [], ()
        for splice, options in ways:
            for way in options:
                found = _proved(page, [*chosen, (splice, way)], read)
                if found is not None:
                    chosen, replaced = [*chosen, (splice, way)], found
                    break
    made = tuple(splice for splice, _ in chosen)
    refused = tuple(splice for splice in splices if splice not in made)
    return Rewritten(Spliced.of(source, replaced).text, replaced, made, refused)


def _ways(splice: Splice, splices: list[Splice], page: Page) -> list[Way]:
    """Give the ways to write a splice; one in the headline goes wherever else the file has the headline as well."""
    ways = list(written(splice, page))
    also = headlines.elsewhere(splice, splices, page)
    return [*((*way, *also) for way in ways if also), *ways]


def _proved(page: Page, chosen: Sequence[tuple[Splice, Way]], read: Read) -> Way | None:
    """Give the splices of the source with which it reads as the text does with its own; None where it does not."""
    marked = (replace(each, edits=splice.edits) for splice, way in chosen for each in way)
    replaced = tuple(sorted(marked, key=lambda each: each.span))
    if any(a.span[1] > b.span[0] or a.span == b.span for a, b in pairwise(replaced)):
        return None
    meant = Spliced.of(page.canonical, (splice for splice, _ in chosen)).text
    for way in (replaced, rewrapped(replaced, page)):
        if way and read(Spliced.of(page.source, way).text) == meant:
            return way
    return None
