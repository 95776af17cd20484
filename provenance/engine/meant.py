"""Meant: what a copy in other words shows of an edit that its words could not tell.

Only where the rules came to nothing is the copy's sentence looked for that means what the edited one means. There the
same rules are put to it; where they tell nothing either, the side to which it is clearly nearer decides. A figure is
never decided by nearness: it is there or it is not.
"""

from __future__ import annotations

from dataclasses import replace

from provenance.engine import passages, wording
from provenance.engine.alike import Alike, Place
from provenance.engine.settling import SHOWN
from provenance.engine.tells import tells
from provenance.engine.wording import Reading
from provenance.model import Aspect, Edit, Op, State, Update

CLOSE = 0.865
"""Likeness below which a sentence is too far from the edited one for its nearness to a side to tell."""
CLEARER = 0.0125
"""How much more alike to one side a sentence must be to be on it."""
ACCUSING = 0.025
"""The same where it would accuse."""
ADDED = 0.91
"""Likeness to an added passage that tells it in other words."""
REMOVED = 0.93
"""Likeness to a passage that was taken out which shows that a copy still has it."""
BESIDE = 0.87
"""Likeness to the paragraph beside a passage that tells that paragraph."""
APART = 0.02
"""How much more alike to a whole passage than to anything else a sentence must be to tell of it."""
SURE = 0.65
"""Confidence of a reading that rests on the meaning of a sentence, or on its words in a place that was found by it."""
BY_MEANING = "found by its meaning"


def again(edit: Edit, update: Update, reading: Reading, alike: Alike) -> Reading:
    """Read an edit once more, by meaning, where the copy's words told nothing of it or only by their absence."""
    if update.told or edit.field or edit.op is Op.MOVE or Aspect.HEADLINE in edit.aspects:
        return reading
    if reading.state in SHOWN and not reading.by_absence:
        return reading
    place = alike.place(edit, update.revision)
    if place:
        return _placed(edit, update, reading, place, alike) or reading
    untold = reading.because in {wording.NOTHING.because, passages.RETELLS.because}
    return (_absent(edit, update, alike) if untold else None) or reading


def _placed(edit: Edit, update: Update, reading: Reading, place: Place, alike: Alike) -> Reading | None:
    if reading.by_absence or place.side is None:
        return _passage(edit, place)
    return _wording(edit, update, place, alike)


def _absent(edit: Edit, update: Update, alike: Alike) -> Reading | None:
    """Count the lack of a whole passage where the copy tells the paragraph beside it, in other words."""
    added = edit.op is Op.INSERT
    home, span = (update.revision, edit.after_span) if added else (update.revision - 1, edit.before_span)
    if span is None or edit.op is Op.REPLACE or not passages.whole(home, span, alike.comparison):
        return None
    for group in passages.neighbours(home, span, alike.comparison):
        place = alike.follows(frozenset(s.keys for s in group))
        if place and place.likeness >= BESIDE and place.margin >= APART:
            state, lacks = (State.MISSING, "added") if added else (State.CARRIED, "taken out, as the article now does")
            return replace(
                _told(state, f"has the passage beside it and lacks what was {lacks}", place), by_absence=True
            )
    return None


def _wording(edit: Edit, update: Update, place: Place, alike: Alike) -> Reading | None:
    """Put the rules to the sentence, and where they tell nothing, weigh it against both sides."""
    told = tells(edit, update.revision, alike.comparison)
    found = wording.judged(edit, told, 0.0, place.sentence, alike.comparison.weights)
    if found.state in SHOWN and place.margin > 0:
        return _told(found.state, found.because, place)
    if told.old_values and told.new_values:
        return None
    return _nearer(place)


def _nearer(place: Place) -> Reading | None:
    if place.side is None or place.likeness < CLOSE:
        return None
    if place.side >= CLEARER:
        return _told(State.CARRIED, "in other words, nearer to what stands there now", place)
    if place.side <= -ACCUSING and place.margin >= APART:
        return _told(State.MISSING, "in other words, nearer to what stood there before", place)
    return None


def _passage(edit: Edit, place: Place) -> Reading | None:
    """Read whether the copy tells a whole passage in other words."""
    if place.margin < APART:
        return None
    if edit.op is Op.INSERT and place.likeness >= ADDED:
        return _told(State.CARRIED, "tells what was added in other words", place)
    if edit.op is Op.DELETE and place.likeness >= REMOVED:
        return _told(State.MISSING, "tells what was taken out in other words", place)
    return None


def _told(state: State, because: str, place: Place) -> Reading:
    return Reading(state, SURE, f"{BY_MEANING}: {because}", place.sentence, by_meaning=True)
