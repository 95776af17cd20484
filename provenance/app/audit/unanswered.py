"""Notices without a change: what came with a revision and speaks of an edit that it does not have."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime

from provenance.app.audit.moments import Out, is_late
from provenance.model import History, Notice


def unanswered(history: History, since: datetime | None, out: Out) -> Iterator[tuple[int, Notice]]:
    """Yield the notices that came with a revision out `since`, and that no update of it answers, with its number.

    One that names nothing ("CORRECTED:", "withdrawn") is answered by any update that a notice discloses. Left out is
    what claims nothing; what the first revision says of an earlier text, for that text is not held; and what came to
    light because another extractor read the same bytes.
    """
    answered = {(update.revision, update.notice) for update in history.updates}
    disclosed = {update.revision for update in history.updates if update.declared}
    for n, notices in sorted(history.notices.items()):
        if not n or history.revisions[n].technical or not is_late(n, since, out):
            continue
        before = {_folded(each.text) for each in history.notices.get(n - 1, ())}
        for notice in notices:
            known = _folded(notice.text) in before or (n, notice.text) in answered
            if notice.claims and not known and not (n in disclosed and _names_nothing(notice)):
                yield n, notice


def _names_nothing(notice: Notice) -> bool:
    return not any(claim.old or claim.new or claim.about for claim in notice.claims)


def _folded(text: str) -> str:
    return " ".join(text.casefold().split())
