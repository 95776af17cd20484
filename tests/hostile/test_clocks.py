"""Clocks that lie: times that publishers state, decades off, change nothing but a flag."""

from __future__ import annotations

import shutil
from datetime import UTC, datetime, timedelta
from pathlib import Path
from tempfile import mkdtemp
from typing import Any

from hypothesis import example, given, settings
from hypothesis import strategies as st

from provenance.app.history import history
from provenance.app.ingest import ingest
from provenance.app.workspace import Workspace, init
from provenance.model import Draft, Metadata, article_id

WIRE, MIRROR = "https://wire.example/a", "https://mirror.example/a"
SEEN = datetime(2025, 3, 4, 9, 0, tzinfo=UTC)
TEXTS = (
    "Ferry sinks\n\nThree people died when the ferry went down.\n\nDivers searched the wreck until dusk.\n",
    "Ferry sinks\n\nTwo people died when the ferry went down.\n\nDivers searched the wreck until dusk.\n",
    "Ferry sinks\n\nTwo people died when the ferry went down.\n\nDivers searched the wreck until Monday.\n",
)
COPY = TEXTS[0]
STATED = st.one_of(st.none(), st.timedeltas(min_value=-timedelta(days=18_262), max_value=timedelta(days=18_262)))


def told(stated: list[timedelta | None]) -> list[Any]:
    """Ingest the revisions and a copy with the times of publication that are stated, and give all that is concluded."""
    folder = Path(mkdtemp(prefix="clocks"))
    try:
        workspace = Workspace(init(folder / "store"))
        drafts = []
        for n, (text, off) in enumerate(zip((*TEXTS, COPY), stated, strict=True)):
            url, above = (MIRROR, WIRE) if n == len(TEXTS) else (WIRE, "")
            seen = SEEN + timedelta(hours=n)
            metadata = Metadata(url, published_at=None if off is None else seen + off, copy_of=above)
            drafts.append(Draft(metadata, text, seen))
        events = [
            (each.event, each.n, each.error) for each in ingest(workspace, drafts, lambda: SEEN + timedelta(days=1))
        ]
        found = history(workspace, article_id(WIRE)).history
        texts = [(each.n, each.blob) for each in found.revisions]
        updates = [(each.revision, each.kind, each.declared, each.edits, each.because) for each in found.updates]
        [copy] = found.copies
        standings = [(each.state, each.confidence, each.because, each.edits) for each in copy.standings]
        assert copy.made_from_range is None or copy.made_from_range[0] <= copy.made_from <= copy.made_from_range[1]
        return [events, texts, updates, copy.state, copy.made_from_range, copy.coverage, standings]
    finally:
        shutil.rmtree(folder)


PLAIN: list[Any] = []


@settings(max_examples=12)
@given(st.lists(STATED, min_size=4, max_size=4))
@example([timedelta(0), None, None, -timedelta(days=1)])  # the copy claims to be older than all of it
def test_stated_times_of_publication_change_no_result(stated: list[timedelta | None]) -> None:
    """Fifty years before or after: the same revisions in the same order, the same updates, the same verdicts.

    Of revisions that a copy fits equally well, the time that it states for itself may choose one.
    """
    if not PLAIN:
        PLAIN.extend(told([None] * 4))

    assert PLAIN == told(stated)
