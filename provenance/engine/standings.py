"""Standings: which updates of an article a copy carries and which it misses, edit by edit, with the evidence.

`judge` is the one entry: a copy's text beside all revisions and updates of an article gives a `Copy`, or None where the
text is no copy of it.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import datetime

from provenance.engine import confidence, derivation, evasion, meant, passages, shares, wording
from provenance.engine.alike import Alike, Meaning
from provenance.engine.asides import tells_of
from provenance.engine.aspects import changes_fact
from provenance.engine.comparison import Comparison
from provenance.engine.features import features
from provenance.engine.lineage import superseded
from provenance.engine.published import published, stated
from provenance.engine.retold import is_retold
from provenance.engine.settling import SHOWN, one_sentence, settled
from provenance.engine.tells import tells
from provenance.engine.words import dense, words
from provenance.model import (
    Aspect,
    By,
    Copy,
    CopyState,
    Edit,
    EditStanding,
    Kind,
    Op,
    Revision,
    Standing,
    State,
    Status,
    Update,
)

FROM_NOTICE = 0.7
"""What is left of the confidence in a verdict on an update that only its notice tells of."""
GROWN = 3
"""How much longer a passage must be than the one that it replaces to be an addition in effect."""
INFERRED = 0.6
"""What a passage that a copy lacks, or tells in other words, says of its revision, against one that it has."""
SENTENCE = 6
"""Words of a short sentence."""
TOLD = 0.35
"""Share of an update's new words that a copy's notice must have to tell of it."""


def judge(
    revisions: Sequence[Revision],
    updates: Sequence[Update],
    copy: Revision,
    observed_at: datetime | None,
    *,
    declared: bool,
    meaning: Meaning | None = None,
) -> Copy | None:
    """Judge a copy against all updates of its upstream; None where it is not declared and no copy of it.

    `revisions` come with their texts, oldest first; `observed_at` is when the copy was last seen with this text.
    """
    comparison = Comparison([r.text for r in revisions], copy.text, revisions[-1].metadata.language)
    tied = derivation.tie(revisions[-1].metadata, copy.metadata, copy.text)
    alike = Alike(comparison, meaning) if meaning else None
    if not (declared or derivation.is_copy(comparison, tied) or (alike and is_retold(alike, tied))):
        return None
    covered = shares.coverage(comparison)
    readings = {update.id: _readings(update, comparison, alike) for update in updates}
    chosen, between = _made_from(revisions, updates, readings, copy)
    out = published(revisions)
    loose = shares.verbatim(comparison) < shares.PARTLY_VERBATIM
    standings = tuple(
        confidence.measured(each, part=FROM_NOTICE if update.told else 1.0, retold=loose)
        for update in updates
        for each in [
            _standing(update, readings[update.id], updates, comparison, _unseen(out.get(update.revision), observed_at))
        ]
    )
    return Copy(
        article=copy.article,
        upstream=revisions[-1].article,
        revision=copy.n,
        derivation=derivation.derivation(covered),
        made_from=chosen,
        made_from_range=between,
        coverage=round(covered, 4),
        observed_at=observed_at,
        state=_state(copy, updates, standings),
        declared=declared,
        standings=standings,
        flags=evasion.flags(comparison.seen, copy, revisions),
    )


def _made_from(
    revisions: Sequence[Revision],
    updates: Sequence[Update],
    readings: Mapping[str, Sequence[wording.Reading]],
    copy: Revision,
) -> tuple[int, tuple[int, int]]:
    """Let every edit that the copy shows speak for the revisions before it, or from it on."""
    votes = [
        (update.revision, each.state, each.confidence * (INFERRED if each.by_absence or each.by_meaning else 1.0))
        for update in updates
        for each in readings[update.id]
        if each.state in SHOWN and not update.told
    ]
    return derivation.made_from(votes, list(map(stated, revisions)), stated(copy))


def _unseen(published: datetime | None, observed: datetime | None) -> bool:
    return published is not None and observed is not None and observed < published


def _readings(update: Update, comparison: Comparison, alike: Alike | None) -> list[wording.Reading]:
    """Read the edits of an update by words, and by meaning what words cannot tell; then let them speak together."""
    found = [_read(edit, update, comparison) for edit in update.edits]
    if alike:
        found = [meant.again(edit, update, each, alike) for edit, each in zip(update.edits, found, strict=True)]
    return settled(update, found, comparison)


def _read(edit: Edit, update: Update, comparison: Comparison) -> wording.Reading:
    """Read one edit off the copy's body, by words within a sentence or as a passage."""
    if edit.field:
        return _field(edit, comparison)
    reading = _by_op(edit, update, comparison)
    if update.told:
        because = f"known from the notice alone: {reading.because}"
        reading = replace(reading, confidence=reading.confidence * FROM_NOTICE, because=because)
    sentence = reading.sentence
    worded = [w.key for w in words(edit.before)] != [w.key for w in words(edit.after)]
    stands = sentence is not None and sentence.keys in comparison.standing and edit.op is not Op.MOVE and worded
    if reading.state is State.MISSING and not reading.by_absence and stands:
        return replace(wording.NOTHING, because="has a sentence that the article still has, word for word")
    return reading


def _field(edit: Edit, comparison: Comparison) -> wording.Reading:
    """Hold a withdrawal against a copy that still has the article; other metadata is a copy's own."""
    if edit.field != "status" or edit.after == Status.USABLE.value:
        return wording.NOTHING
    sentence = next(
        (s for s, match in zip(comparison.body, comparison.matches, strict=True) if sum(match[:2]) > 1), None
    )
    return wording.Reading(State.MISSING, 0.9, f"still runs an article that is {edit.after}", sentence, by_absence=True)


def _by_op(edit: Edit, update: Update, comparison: Comparison) -> wording.Reading:
    if edit.op is Op.MOVE or (
        edit.op is not Op.REPLACE and _whole(edit, update.revision, comparison) and words(edit.before + edit.after)
    ):
        return passages.read(edit, update.revision, comparison)
    reading = wording.read(edit, tells(edit, update.revision, comparison), comparison)
    if reading is wording.NOTHING and edit.op is Op.REPLACE and _grown(edit, update.revision, comparison):
        return passages.read(replace(edit, op=Op.INSERT), update.revision, comparison)
    return reading


def _grown(edit: Edit, revision: int, comparison: Comparison) -> bool:
    """Tell whether an edit puts whole sentences in the place of far less."""
    longer = len(words(edit.after)) >= GROWN * max(SENTENCE, len(words(edit.before))) and not dense(edit.after)
    return longer and _whole(replace(edit, op=Op.INSERT), revision, comparison)


def _whole(edit: Edit, revision: int, comparison: Comparison) -> bool:
    """Tell whether an edit puts in or takes out whole sentences."""
    home, span = (revision, edit.after_span) if edit.op is Op.INSERT else (revision - 1, edit.before_span)
    if span is None:
        return False
    return any(span[0] <= s.span[0] and s.span[1] <= span[1] for s in comparison.revisions[home])


def _standing(
    update: Update,
    readings: Sequence[wording.Reading],
    updates: Sequence[Update],
    comparison: Comparison,
    unseen: bool,  # noqa: FBT001
) -> Standing:
    edits = tuple(
        _edit_standing(edit, reading, update, updates, comparison)
        for edit, reading in zip(update.edits, readings, strict=True)
    )
    state = fold([edit.state for edit in edits])
    if unseen and state in {State.MISSING, State.PARTIAL}:
        state = State.UNSEEN
    decisive = [edit for edit in edits if edit.state is state] or list(edits)
    strongest = max(decisive, key=lambda edit: edit.confidence, default=None)
    told = any(edit.by is By.NOTICE for edit in edits)
    return Standing(
        update.id,
        state,
        strongest.confidence if strongest else 0.5,
        strongest.because if strongest else "",
        edits,
        notice_dropped=update.declared and state is State.CARRIED and not told and not comparison.notices,
    )


def _edit_standing(
    edit: Edit, reading: wording.Reading, update: Update, updates: Sequence[Update], comparison: Comparison
) -> EditStanding:
    if superseded(edit, update, updates, comparison.lineage) or _goes_along(edit, update, updates, comparison):
        return EditStanding(edit.n, State.SUPERSEDED, 0.95, "a later revision changed the same passage again")
    state, by, because = reading.state, By.TEXT, reading.because
    if state is not State.CARRIED and _told(edit, update, comparison):
        wrong = state is State.MISSING and bool(edit.before)
        state, by = (State.PARTIAL, By.NOTICE) if wrong else (State.CARRIED, By.NOTICE)
        because = "its own notice tells of it" + (", its text is as it was" if state is State.PARTIAL else "")
    sentence = reading.sentence
    return EditStanding(
        n=edit.n,
        state=state,
        confidence=round(reading.confidence, 2),
        because=because,
        by=by,
        span=sentence.span if sentence else None,
        line=comparison.line(sentence.span[0]) if sentence else None,
        quote=comparison.received[slice(*sentence.span)] if sentence else "",
        wanted=edit.after,
    )


def _goes_along(edit: Edit, update: Update, updates: Sequence[Update], comparison: Comparison) -> bool:
    """Tell whether an edit only words a sentence anew of which a later revision changed again what counted."""
    if changes_fact(edit) or edit.after_span is None or _passage(edit):
        return False
    return any(
        other is not edit
        and one_sentence(other, edit, comparison, update)
        and superseded(other, owner, updates, comparison.lineage)
        for owner in updates
        if owner.revision == update.revision
        for other in owner.edits
    )


def _passage(edit: Edit) -> bool:
    return Aspect.PASSAGE in edit.aspects


def _told(edit: Edit, update: Update, comparison: Comparison) -> bool:
    """Tell whether the copy's own notice, or an aside in its own words, has what is new in an edit."""
    if edit.field:
        return False
    aside = comparison.asides and edit.op is not Op.MOVE
    if aside and tells_of(comparison.asides, tells(edit, update.revision, comparison), comparison.weights):
        return True
    weights, language = comparison.weights, comparison.language
    new = frozenset(features(edit.after, language)) - frozenset(features(edit.before, language))
    said = frozenset(f for sentence in comparison.notes for f in sentence.features)
    total = weights.of(new)
    return bool(total) and weights.of(new & said) >= TOLD * total


def fold(states: Sequence[State]) -> State:
    """Fold what a copy shows of the edits of an update into what it shows of the update."""
    if states and all(state is State.SUPERSEDED for state in states):
        return State.SUPERSEDED
    live = {state for state in states if state not in {State.SUPERSEDED, State.NOT_APPLICABLE}}
    if State.PARTIAL in live or {State.CARRIED, State.MISSING} <= live:
        return State.PARTIAL
    for state in (State.MISSING, State.CARRIED, State.DIVERGED):
        if state in live:
            return state
    return State.NOT_APPLICABLE


def _state(copy: Revision, updates: Sequence[Update], standings: Sequence[Standing]) -> CopyState:
    return CopyState.WITHDRAWN if copy.metadata.status is Status.WITHDRAWN else whole(updates, standings)


def whole(updates: Sequence[Update], standings: Sequence[Standing]) -> CopyState:
    """Say how a copy that may be used stands as a whole; an update that only refiles counts for nothing."""
    counted = {u.id for u in updates if u.kind is not Kind.REFILE}
    states = {standing.state for standing in standings if standing.update in counted}
    if states & {State.MISSING, State.PARTIAL}:
        return CopyState.BEHIND
    if State.UNSEEN in states:
        return CopyState.UNSEEN
    return CopyState.DIVERGED if State.DIVERGED in states else CopyState.CURRENT
