"""Withdrawal: whether a retraction takes the whole article away, or one statement of an article that still stands."""

from __future__ import annotations

from collections.abc import Sequence

from provenance.engine.script import bag, likeness
from provenance.model import Aspect, Kind, Revision, Status, Update

REPLACED = 0.5
"""Share of an article's words that a withdrawal leaves at most where it takes the text away."""


def withdraws(update: Update, revisions: Sequence[Revision]) -> bool:
    """Tell whether an update withdraws the article itself. `revisions` come with their texts, oldest first."""
    if update.kind is not Kind.RETRACTION or not update.revision:
        return update.kind is Kind.RETRACTION
    after = revisions[update.revision]
    told = any(edit.field == "status" or Aspect.NOTICE in edit.aspects for edit in update.edits)
    left = likeness(bag(revisions[update.revision - 1].text), bag(after.text))
    return told or after.metadata.status is not Status.USABLE or left < REPLACED
