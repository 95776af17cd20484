"""Unlabelled: the notes that show too little to be found in a text, told by the revision that put them in.

A short passage with a word for a change or an error may be anything. Where it came with a revision, stands where notes
stand, and speaks of what that revision changed, it is a note.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from provenance.engine import notices
from provenance.engine.aspects import Setting
from provenance.engine.meanings import Meaning, Told, difference, meaning
from provenance.engine.pairing import pair
from provenance.model import Edit, Notice, Op, Span

ZONE = 3
"""Paragraphs at the head and at the end of a text where a note without a label stands; one in brackets may anywhere."""
_YEAR = re.compile("1\\d{3}|20\\d\\d")
_MARKS = "([（【［*＊※†"


def notes(edits: Sequence[Edit], setting: Setting) -> list[Notice]:
    """List the passages among the edits that are notes on the others, each with its span in the later text."""
    maybe = {edit.n: note for edit in edits if (note := _note(edit, setting))}
    if not maybe:
        return []
    others = [replace(edit, n=n) for n, edit in enumerate(edit for edit in edits if edit.n not in maybe)]
    told = [Told(note, claim) for note in maybe.values() for claim in note.claims]
    changed = [difference(e, setting.before, setting.after, setting.lexicon, setting.language) for e in others]
    paired = pair(others, changed, told, setting.after, setting.lexicon, setting.language)
    telling = {id(t.notice) for n, t in paired.items() if _speaks(t.notice, changed[n], setting)}
    return [note for note in maybe.values() if id(note) in telling]


def _speaks(note: Notice, change: Meaning, setting: Setting) -> bool:
    """Tell whether a note speaks of a change: of its own words where one is quoted or a year named, as in a report."""
    whole = meaning(note.text, setting.lexicon, setting.language)
    quoted = any(mention.concept == "said" for mention in setting.lexicon.mentions(note.text))
    return bool(whole & change) or not (quoted or any(map(_YEAR.fullmatch, whole.values)))


def _note(edit: Edit, setting: Setting) -> Notice | None:
    """Read an edit as a note, where it is a passage that was put in and stands where one may."""
    if edit.op is not Op.INSERT or edit.after_span is None or not _stands(edit.after_span, setting.after):
        return None
    found = notices.likely(edit.after, setting.language)
    return replace(found, span=_trimmed(edit.after_span, setting.after)) if found else None


def _stands(span: Span, text: str) -> bool:
    """Tell whether a passage is a paragraph at the head or the end of a text, or in brackets, or behind an asterisk."""
    left, right = _trimmed(span, text)
    if left >= right:
        return False
    if text[left] in _MARKS:
        return True
    whole = text.endswith("\n\n", 0, left) and text[right : right + 1] in {"", "\n"}
    return whole and (_is_head(text, left) or _is_end(text, right))


def _is_head(text: str, left: int) -> bool:
    """Tell whether few paragraphs end before a place: as many are looked for, not all counted."""
    at = 0
    for _ in range(ZONE + 1):
        at = text.find("\n\n", at, left) + 2
        if at < 2:  # noqa: PLR2004 - nothing found
            return True
    return False


def _is_end(text: str, right: int) -> bool:
    at = len(text)
    for _ in range(ZONE):
        at = text.rfind("\n\n", right, at)
        if at < 0:
            return True
    return False


def _trimmed(span: Span, text: str) -> Span:
    piece = text[slice(*span)]
    return span[0] + len(piece) - len(piece.lstrip()), span[0] + len(piece.rstrip())
