"""The evidence for what a file lacks: its own words, where they stand in the source file, and the words that should."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime

from provenance.app.gate.answers import Against, Shown
from provenance.app.gate.subjects import Document
from provenance.app.gate.upstreams import Story
from provenance.engine.published import published
from provenance.engine.withdrawal import withdraws
from provenance.model import Copy, EditStanding, Found, Passage, Place, Span, Standing, State, Update

_LACKING = (State.MISSING, State.PARTIAL)
_TOLD = (*_LACKING, State.DIVERGED, State.UNSEEN)

Placed = Callable[[Span], Place | None]


def against(document: Document | None, story: Story, copy: Copy, found: Found) -> Against:
    """Put together what a copy shows of an article, as far as there is anything to tell.

    Places are those of the document's source file; without a document there are none.
    """
    times = published(story.revisions)
    updates = {update.id: update for update in story.updates}
    lacking = any(each.state in _TOLD for each in copy.standings)
    place = _places(document) if document and lacking else _nowhere
    shown = tuple(
        _shown(each, updates[each.update], story, times, place)
        for each in copy.standings
        if _worth(each, updates[each.update])
    )
    made = story.revisions[copy.made_from]
    return Against(
        upstream=story.article.id,
        url=story.article.url,
        publisher=story.article.publisher,
        headline=story.article.headline,
        found=found,
        revision=copy.made_from,
        made_from=copy.made_from_range,
        commit=made.id,
        coverage=copy.coverage,
        state=copy.state.value,
        shown=shown,
    )


def _worth(standing: Standing, update: Update) -> bool:
    """Tell whether a policy could have anything to say about it."""
    return standing.state in _TOLD or (
        standing.state is State.CARRIED and (standing.notice_dropped or not update.declared)
    )


def _shown(standing: Standing, update: Update, story: Story, times: dict[int, datetime | None], place: Placed) -> Shown:
    lacking = [each for each in standing.edits if each.state in _TOLD] if standing.state in _TOLD else []
    return Shown(
        update=update.id,
        kind=update.kind,
        declared=update.declared,
        revision=update.revision,
        since=times.get(update.revision),
        state=standing.state,
        confidence=standing.confidence,
        because=update.because,
        reason=standing.because,
        notice=update.notice,
        dropped=standing.notice_dropped,
        withdraws=withdraws(update, story.revisions),
        passages=tuple(_passage(each, update, place) for each in lacking),
    )


def _passage(standing: EditStanding, update: Update, place: Placed) -> Passage:
    edit = next(each for each in update.edits if each.n == standing.n)
    return Passage(
        edit=standing.n,
        quote=standing.quote,
        wanted=standing.wanted,
        because=standing.because,
        confidence=standing.confidence,
        place=place(standing.span) if standing.span else None,
        before=edit.before,
        after=edit.after,
    )


def _nowhere(_: Span) -> Place | None:
    return None


def _places(document: Document) -> Placed:
    """Give what leads from the canonical text back to the source file, as far as that is known."""
    assert document.reading is not None
    try:
        from provenance.sources.places import Places
    except ImportError:
        return _nowhere
    return Places.of(document.source, document.reading.text, document.item).place
