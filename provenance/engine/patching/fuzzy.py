"""Fuzzy: diff-match-patch's own placing of a change in a copy's sentence, believed only where it did exactly that.

`patch_apply` reports success on text that is another, and cuts words in two. What it made is taken for a proposal only
where it is the same change: the same words went and came, each in its place.
"""

from __future__ import annotations

from collections.abc import Iterator

from provenance.engine.diffing import differ
from provenance.engine.patching.merging import Wording, hunks
from provenance.engine.patching.splices import EditName, Splice


def placed(old: str, new: str, copy: str, names: tuple[EditName, ...]) -> list[Splice]:
    """Give the splices that make the change from `old` to `new` in a copy's sentence, none where it is not proved."""
    library = differ()
    made, results = library.patch_apply(library.patch_make(old, new), copy)
    before, after = Wording.of(copy), Wording.of(made)
    if not results or not all(results):
        return []
    if sorted(_changes(before, after)) != sorted(_changes(Wording.of(old), Wording.of(new))):
        return []
    found = []
    for hunk in hunks(before, after):
        span, words = before.place(hunk.old), after.text[slice(*after.place(hunk.new))]
        found.append(Splice(span, words, names))
    return found


def _changes(old: Wording, new: Wording) -> Iterator[tuple[list[str], list[str], list[str]]]:
    """Give each change as the words that went and those that came; one that only adds, with the word before it."""
    for hunk in hunks(old, new):
        first, last = hunk.old
        yield old.keys(hunk.old), new.keys(hunk.new), old.keys((max(0, first - 1), first)) if first == last else []
