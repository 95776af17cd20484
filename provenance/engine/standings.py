"""Standings: which updates of an article a copy carries and which it misses, edit by edit, with the evidence.

`judge` is the one entry: a copy's text beside all revisions and updates of an article gives a `Copy`, or None where the
text is no copy of it.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import datetime

from provenance.engine import derivation, passages, shares, wording
from provenance.engine.aspects import sentence_at
from provenance.engine.comparison import Comparison
from provenance.engine.features import features, grams
from provenance.engine.lineage import superseded
from provenance.engine.tells import tells
from provenance.engine.words import words
from provenance.model import (
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

BLANK = 2
"""Code points of the blank line between two paragraphs."""
SHOWN = frozenset({State.CARRIED, State.MISSING})
SURE = 0.94
"""Confidence of a reading that rests on words or values in their place."""
FROM_NOTICE = 0.7
"""What is left of the confidence in a verdict on an update that only its notice tells of."""
TOLD = 0.35
"""Share of an update's new words that a copy's notice must have to tell of it."""


def judge(
    revisions: Sequence[Revision],
    updates: Sequence[Update],
    copy: Revision,
    observed_at: datetime | None,
    *,
    declared: bool,
) -> Copy | None:
    """Judge a copy against all updates of its upstream; None where it is not declared and no copy of it.

    `revisions` come with their texts, oldest first; `observed_at` is when the copy was last seen with this text.
    """
    comparison = Comparison([r.text for r in revisions], copy.text, revisions[-1].metadata.language)
    tied = derivation.tie(revisions[-1].metadata, copy.metadata, copy.text)
    if not declared and not derivation.is_copy(comparison, tied):
        return None
    covered = shares.coverage(comparison)
    readings = {u.id: settled(u, [_read(edit, u, comparison) for edit in u.edits], comparison) for u in updates}
    chosen, between = _made_from(revisions, updates, readings, copy)
    published = {r.n: _published(r) for r in revisions}
    standings = tuple(
        _standing(
            update, readings[update.id], updates, comparison, _unseen(published.get(update.revision), observed_at)
        )
        for update in updates
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
    )


def _made_from(
    revisions: Sequence[Revision],
    updates: Sequence[Update],
    readings: Mapping[str, Sequence[wording.Reading]],
    copy: Revision,
) -> tuple[int, tuple[int, int]]:
    """Let every edit that the copy shows speak for the revisions before it, or from it on."""
    votes = [
        (update.revision, reading.state, reading.confidence)
        for update in updates
        for reading in readings[update.id]
        if reading.state in SHOWN and not update.told
    ]
    times = [revision.metadata.modified_at or revision.metadata.published_at for revision in revisions]
    return derivation.made_from(votes, times, copy.metadata.modified_at or copy.metadata.published_at)


def _published(revision: Revision) -> datetime | None:
    """Give when a revision came out: the time it claims, unless we saw it before that."""
    claimed, seen = revision.metadata.modified_at, revision.observed_at
    return min(claimed, seen) if claimed and seen else claimed or seen


def _unseen(published: datetime | None, observed: datetime | None) -> bool:
    return published is not None and observed is not None and observed < published


def _read(edit: Edit, update: Update, comparison: Comparison) -> wording.Reading:
    """Read one edit off the copy's body, by words within a sentence or as a passage."""
    if edit.field:
        return _field(edit, comparison)
    reading = _by_op(edit, update, comparison)
    if update.told:
        because = f"known from the notice alone: {reading.because}"
        reading = replace(reading, confidence=reading.confidence * FROM_NOTICE, because=because)
    sentence = reading.sentence
    stands = sentence is not None and sentence.keys in comparison.standing and edit.op is not Op.MOVE
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
    if edit.op is Op.MOVE or (edit.op is not Op.REPLACE and _whole(edit, update.revision, comparison)):
        return passages.read(edit, update.revision, comparison)
    return wording.read(edit, tells(edit, update.revision, comparison), comparison)


def settled(update: Update, readings: list[wording.Reading], comparison: Comparison) -> list[wording.Reading]:
    """Let the edits of one update speak together where one alone would mislead.

    Lacking what was taken out says nothing in a copy that also lacks what came in its place, or still has the rest of
    it. A paragraph of an addition that the copy retells in its own words is not missing because its sentence was left
    out. In one sentence, what stands there outweighs what can only be inferred.
    """
    out = list(readings)
    for at, (edit, reading) in enumerate(zip(update.edits, readings, strict=True)):
        others = [(e, r) for e, r in zip(update.edits, readings, strict=True) if e is not edit]
        instead = any(r.state is State.MISSING and _at_one_place(e, edit) for e, r in others)
        if reading.by_absence and reading.state is State.CARRIED and instead:
            out[at] = replace(wording.NOTHING, because="its absence alone tells nothing here")
        elif reading.by_absence and reading.state is State.MISSING:
            retold = [
                r
                for e, r in others
                if e.op is edit.op is Op.INSERT
                and r.state is State.CARRIED
                and (reading.share >= passages.HINTED or not _verbatim(e, r))
            ]
            if retold:
                out[at] = replace(retold[0], confidence=0.7, because="tells the addition in its own words")
        elif reading.state is State.DIVERGED and any(r.state in SHOWN and r.confidence >= SURE for _, r in others):
            out[at] = replace(reading, state=State.NOT_APPLICABLE, because="cannot be told here; other places decide")
        elif reading.confidence < SURE:
            near = [
                r
                for e, r in others
                if r.confidence >= SURE and r.state in SHOWN and _one_sentence(e, edit, comparison, update)
            ]
            if near and reading.state in SHOWN and len({r.state for r in near}) == 1:
                out[at] = near[0]
    return out


def _at_one_place(x: Edit, y: Edit) -> bool:
    """Tell whether two edits stand side by side in the later text."""
    a, b = x.after_span, y.after_span
    return a is not None and b is not None and min(abs(a[0] - b[1]), abs(b[0] - a[1])) <= BLANK


def _verbatim(edit: Edit, reading: wording.Reading) -> bool:
    """Tell whether a reading found an addition in the article's own words."""
    if reading.sentence is None:
        return False
    mine = {gram for text in (edit.after,) for gram in grams([w.key for w in words(text)], passages.RUN)}
    return bool(mine & grams(reading.sentence.keys, passages.RUN))


def _one_sentence(x: Edit, y: Edit, comparison: Comparison, update: Update) -> bool:
    """Tell whether two edits stand in the same sentence of the later text."""
    text = comparison.lineage.texts[update.revision]
    return bool(x.after_span and y.after_span) and sentence_at(text, x.after_span or (0, 0)) == sentence_at(
        text, y.after_span or (0, 0)
    )


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
    if superseded(edit, update, updates, comparison.lineage):
        return EditStanding(edit.n, State.SUPERSEDED, 0.95, "a later revision changed the same passage again")
    state, by, because = reading.state, By.TEXT, reading.because
    if state is not State.CARRIED and _told(edit, comparison):
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
        quote=comparison.copy[slice(*sentence.span)] if sentence else "",
        wanted=edit.after,
    )


def _told(edit: Edit, comparison: Comparison) -> bool:
    """Tell whether the copy's own notice has what is new in an edit."""
    if not comparison.notes or not edit.after:
        return False
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
    """Say how a copy stands as a whole; an update that only refiles counts for nothing."""
    if copy.metadata.status is Status.WITHDRAWN:
        return CopyState.WITHDRAWN
    counted = {u.id for u in updates if u.kind is not Kind.REFILE}
    states = {standing.state for standing in standings if standing.update in counted}
    if states & {State.MISSING, State.PARTIAL}:
        return CopyState.BEHIND
    if State.UNSEEN in states:
        return CopyState.UNSEEN
    return CopyState.DIVERGED if State.DIVERGED in states else CopyState.CURRENT
