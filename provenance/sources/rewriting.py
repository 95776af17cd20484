"""Rewriting: splices of a canonical text made in the source file that it was read from, and nothing else in it.

Where a splice belongs in the file is found by its words (`places`). The file is then read again, and a splice stands
only where that gives the very text that was meant: whatever a format does with what is put in, it shows there.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from itertools import islice

from provenance.engine.patching import Splice, Spliced
from provenance.sources import headlines
from provenance.sources.escaping import Form
from provenance.sources.inserting import Page, Way, written
from provenance.sources.places import Places

Read = Callable[[str], str | None]
"""Gives the canonical text of a source file's text, None where it cannot be read or says something else of itself."""
WAYS = 6
"""So many ways of writing one splice are tried."""


@dataclass(frozen=True, slots=True)
class Rewritten:
    """A source file's text with splices of its canonical text made in it, and those that found no place.

    `replaced` are the splices of the file's own text that this took.
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
    if len(chosen) < len(ways) or not _holds(page, chosen, read):
        chosen = []
        for splice, options in ways:
            good = (way for way in options if _holds(page, [*chosen, (splice, way)], read))
            if way := next(good, None):
                chosen.append((splice, way))
    made = tuple(splice for splice, _ in chosen)
    replaced = tuple(sorted((each for _, way in chosen for each in way), key=lambda each: each.span))
    refused = tuple(splice for splice in splices if splice not in made)
    return Rewritten(Spliced.of(source, replaced).text, replaced, made, refused)


def _ways(splice: Splice, splices: list[Splice], page: Page) -> list[Way]:
    """Give the ways to write a splice; one in the headline goes wherever else the file has the headline as well."""
    ways = list(written(splice, page))
    also = headlines.elsewhere(splice, splices, page)
    return [*((*way, *also) for way in ways if also), *ways]


def _holds(page: Page, chosen: Sequence[tuple[Splice, Way]], read: Read) -> bool:
    """Tell whether the source reads as the text does, both with these splices."""
    replaced = sorted((each for _, way in chosen for each in way), key=lambda each: each.span)
    if any(a.span[1] > b.span[0] or a.span == b.span for a, b in zip(replaced, replaced[1:], strict=False)):
        return False
    meant = Spliced.of(page.canonical, (splice for splice, _ in chosen)).text
    return read(Spliced.of(page.source, replaced).text) == meant
