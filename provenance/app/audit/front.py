"""The front of an audit: its contents, worst first, and its totals, counted article by article as they go by."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import replace
from datetime import datetime
from sys import intern
from types import MappingProxyType

from provenance.app.audit.moments import EVER, WRONG, Out, gravest, missed, state_place
from provenance.app.audit.unanswered import unanswered
from provenance.model import CopyState, History, Kind
from provenance.model.audits import Entry, Scope, Totals

_NO_COPIES = len(CopyState)


class Front:
    """What has been counted so far."""

    def __init__(self, scope: Scope) -> None:
        self._scope = scope
        self.entries: list[Entry] = []
        self._copies: Counter[CopyState] = Counter()
        self._updates: Counter[Kind] = Counter()
        self._silent: Counter[Kind] = Counter()
        self._revisions = self._unchanged = self._uncorrected = self._of = 0
        self._since: datetime | None = None
        self._shared: dict[tuple[tuple[CopyState, int], ...], Mapping[CopyState, int]] = {}

    def take(self, history: History, out: Out) -> None:
        """Count one article."""
        updates = {update.id: update for update in history.updates}
        lacking = [(copy, list(missed(copy, updates, out))) for copy in history.copies]
        worst = gravest([each for _, found in lacking for each in found])
        states = Counter(copy.state for copy in history.copies)
        since = worst.since if worst else None
        kind = worst.update.kind if worst else None
        article = replace(history.article, publisher=intern(history.article.publisher))
        self.entries.append(Entry(article, self._counts(states), kind, since))
        self._copies += states
        self._revisions += len(history.revisions)
        self._updates += Counter(update.kind for update in history.updates)
        self._silent += Counter(update.kind for update in history.updates if not update.declared)
        self._unchanged += sum(1 for _ in unanswered(history, self._scope.since, out))
        wrong = [[each for each in found if each.update.kind in WRONG] for _, found in lacking]
        self._uncorrected += sum(map(bool, wrong))
        self._of += any(wrong)
        times = [each.since for found in wrong for each in found if each.since]
        self._since = min([*times, *([self._since] if self._since else [])], default=None)

    def _counts(self, states: Counter[CopyState]) -> Mapping[CopyState, int]:
        """Give the counts of an entry, which many entries share: there may be as many as there are articles."""
        counts = _in_order(states)
        return self._shared.setdefault(tuple(counts.items()), MappingProxyType(counts))

    def contents(self) -> tuple[Entry, ...]:
        """Give the articles, worst first."""
        return tuple(sorted(self.entries, key=_worst_first))

    def totals(self) -> Totals:
        """Give the totals."""
        return Totals(
            articles=len(self.entries),
            revisions=self._revisions,
            copies=_in_order(self._copies),
            uncorrected=self._uncorrected,
            of=self._of,
            since=self._since,
            updates={kind: self._updates[kind] for kind in Kind if self._updates[kind]},
            silent={kind: self._silent[kind] for kind in Kind if self._silent[kind]},
            unchanged=self._unchanged,
        )


def _in_order(states: Counter[CopyState]) -> dict[CopyState, int]:
    return {state: states[state] for state in CopyState if states[state]}


def _worst_first(entry: Entry) -> tuple[object, ...]:
    worst = min(map(state_place, entry.copies), default=_NO_COPIES)
    rank = entry.worst.rank if entry.worst else -1
    return (worst, -rank, entry.since or EVER, -entry.behind, entry.article.id)
