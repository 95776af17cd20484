"""Answers: what a file shows of its upstream's updates, as the engine sees it; no policy and no moment in it.

An answer depends on the file's bytes, on what it points to, on the articles held and on the engine alone, so it can be
kept (`cache`) and judged again under another policy or at another time.
"""

from __future__ import annotations

from datetime import datetime
from typing import NamedTuple

from provenance.model import ArticleId, Code, Found, Kind, Outcome, Passage, State


class Shown(NamedTuple):
    """What a file shows of one update that it does not simply carry: missing, partial, diverged; or carried in silence.

    `because` says why the update is of its kind, `reason` why it stands as it does. `dropped` says that the text has
    it and the publisher's notice is not there; `withdraws`, that the update takes the whole article away.
    """

    update: str
    kind: Kind
    declared: bool
    revision: int
    since: datetime | None
    state: State
    confidence: float
    because: str
    reason: str
    notice: str = ""
    dropped: bool = False
    withdraws: bool = False
    passages: tuple[Passage, ...] = ()


class Against(NamedTuple):
    """A file held against one article: from which revision it was made, how much of it, and what it lacks."""

    upstream: ArticleId
    url: str
    publisher: str
    headline: str
    found: Found
    revision: int
    made_from: tuple[int, int]
    commit: str
    coverage: float
    state: str
    shown: tuple[Shown, ...] = ()


class Problem(NamedTuple):
    """Something about a file's upstreams, or the file itself, that a reader of the verdict has to know."""

    code: Code
    url: str = ""
    by: str = ""
    upstream: ArticleId | None = None
    publisher: str = ""
    headline: str = ""
    message: str = ""
    hint: str = ""


class Answer(NamedTuple):
    """What came of one article of a file. `text` is the sha256 of its canonical text."""

    name: str
    item: str
    digest: str
    outcome: Outcome
    text: str = ""
    why: str = ""
    against: tuple[Against, ...] = ()
    problems: tuple[Problem, ...] = ()
