"""Noting: the publisher's notices put under a copy that has been mended, as the house writes such notes."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Sequence
from datetime import datetime
from typing import TYPE_CHECKING

from provenance.app.gate.upstreams import Story
from provenance.errors import UsageError
from provenance.model import Copy, Kind, Revision, State, Update

if TYPE_CHECKING:
    from provenance.engine.patching import Patch, Splice

NOTES = {
    "en": "Correction ({date}): {notice}",
    "de": "Korrektur ({date}): {notice}",
    "fr": "Rectificatif ({date}) : {notice}",
    "es": "Corrección ({date}): {notice}",
    "it": "Rettifica ({date}): {notice}",
    "pt": "Correção ({date}): {notice}",
    "nl": "Rectificatie ({date}): {notice}",
    "sv": "Rättelse ({date}): {notice}",
    "nb": "Rettelse ({date}): {notice}",
    "da": "Rettelse ({date}): {notice}",
    "pl": "Sprostowanie ({date}): {notice}",
    "ru": "Исправление ({date}): {notice}",
    "uk": "Виправлення ({date}): {notice}",
    "tr": "Düzeltme ({date}): {notice}",
    "ar": "تصحيح ({date}): {notice}",
    "ja": "訂正（{date}）：{notice}",
    "zh": "更正（{date}）：{notice}",
    "ko": "정정({date}): {notice}",
}
"""How a note is written in each language, unless the settings say otherwise."""
USUAL = "en"
_LABEL = re.compile(r"[^\w\n]{0,3}[^\W\d_][^:：.!?\n]{0,40}[:：]\s*")
_HOLE = re.compile(r"\{(\w*)\}")


def checked(template: str) -> str:
    """Give a template for a note back; raise UsageError for one that has no place for the notice."""
    holes = _HOLE.findall(template)
    if "notice" not in holes or set(holes) - {"notice", "date"}:
        raise UsageError(
            f"[tool.prov.patch] note = {template!r} cannot be used", hint="write {notice} and {date} in it"
        )
    return template


def due(story: Story, found: Patch, copy: Revision, late: Collection[str], template: str, now: datetime) -> list[str]:
    """Give the notes that a copy lacks of the updates that it carries now, in the article's order, each once."""
    from provenance.engine.lexicon import guess

    language = (copy.metadata.language or guess(copy.text)).partition("-")[0].lower()
    pattern = checked(template) if template else NOTES.get(language, NOTES[USUAL])
    texts: dict[str, None] = {}
    for update in story.updates:
        if update.id not in late and _is_due(update, found.before, found.after) and not _has(copy.text, update.notice):
            texts[update.notice] = None
    return [_note(pattern, notice, now) for notice in texts]


def waiting(
    story: Story, found: Patch, copy: Revision, late: Collection[str], lost: Collection[str]
) -> Iterator[Update]:
    """Give the updates whose notice has to wait: it would tell of what the copy has only in part, or not at all.

    `lost` are those that could not be written into the file, `late` those that do not count yet.
    """
    after = {each.update: each.state for each in found.after.standings}
    for update in story.updates:
        lacking = update.id in lost or after[update.id] in {State.MISSING, State.PARTIAL}
        worth = bool(update.notice) and update.kind.rank >= Kind.CLARIFICATION.rank
        if worth and lacking and update.id not in late and not _has(copy.text, update.notice):
            yield update


def _is_due(update: Update, before: Copy, after: Copy) -> bool:
    """Tell whether the copy carries an update that was worth a notice, and did not before, or dropped the notice."""
    old = next(each for each in before.standings if each.update == update.id)
    new = next(each for each in after.standings if each.update == update.id)
    worth = bool(update.notice) and update.kind.rank >= Kind.CLARIFICATION.rank
    return worth and new.state is State.CARRIED and (old.state is not State.CARRIED or old.notice_dropped)


def _note(pattern: str, notice: str, now: datetime) -> str:
    """Fill in a template; what heads the notice itself is left out, since the template has a heading."""
    words = " ".join(notice.split())
    body = _LABEL.sub("", words, count=1) if _LABEL.match(words) else words
    filled = {"date": now.date().isoformat(), "notice": body or words}
    return _HOLE.sub(lambda hole: filled[hole[1]], pattern)


def _has(text: str, notice: str) -> bool:
    """Tell whether a text has the words of a notice, below whatever heading."""
    body = _LABEL.sub("", " ".join(notice.split()), count=1)
    return _plain(body) in _plain(text)


def _plain(text: str) -> str:
    return " ".join(re.findall(r"\w+", text.casefold()))


def splice(text: str, notes: Sequence[str]) -> Splice:
    """Put notes below the last paragraph of a canonical text."""
    from provenance.engine.patching import Splice

    end = len(text.rstrip("\n"))
    return Splice((end, end), "".join(f"\n\n{note}" for note in notes))
