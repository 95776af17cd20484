"""How long corrections take: from publication to update, and from update to copy, counted as articles go by."""

from __future__ import annotations

from array import array
from collections import Counter, defaultdict
from collections.abc import Callable, Collection, Iterable, Mapping
from datetime import datetime

from provenance.app.audit.moments import LACKING, WRONG, Out
from provenance.engine.survival import curve, quantiles
from provenance.ledger import Arrival
from provenance.model import ArticleId, Copy, History, Kind, Standing, State, Update
from provenance.model.audits import Curve, Measures, Quantiles

GROUPS = 20
"""So many publishers are told apart at most: those with the most."""
ALL = "all"
_COUNTED = (*WRONG, Kind.DEVELOPMENT)

Key = tuple[str, Kind]
"""The publisher, of the article or of the copy, and the kind of an update."""
Named = Callable[[Key], str]
"""Names the group that something belongs to, "" for none."""
Seconds = dict[Key, "array[float]"]


class Measuring:
    """What has been measured so far: some bytes a pair of copy and update.

    A pair counts where the copy had to take the update over: it was seen before the update came out, or without it
    afterwards. A copy that was made of the mended text has nothing to mend.
    """

    def __init__(self) -> None:
        self._corrected: Seconds = defaultdict(lambda: array("d"))
        self._mended: Seconds = defaultdict(lambda: array("d"))
        self._censored: Seconds = defaultdict(lambda: array("d"))
        self._unseen: Counter[Key] = Counter()

    def take(self, history: History, out: Out, arrivals: Mapping[ArticleId, Arrival]) -> None:
        """Measure one article and its copies."""
        published = _published(history, out)
        for update in history.updates if not history.article.copy_of else ():  # what a copy changes, it takes over
            at = out.get(update.revision)
            # what came with the first revision took time only where that says so itself
            took = at and published and (at > published or (update.revision and at == published))
            if update.kind in _COUNTED and took and at and published:
                self._corrected[history.article.publisher, update.kind].append((at - published).total_seconds())
        updates = {update.id: update for update in history.updates}
        for copy in history.copies:
            for standing in copy.standings:
                self._pair(copy, standing, updates[standing.update], out, arrivals[copy.article])

    def _pair(self, copy: Copy, standing: Standing, update: Update, out: Out, arrival: Arrival) -> None:
        at = out.get(update.revision)
        if update.kind not in _COUNTED or at is None or not _had_to(standing, arrival, at):
            return
        key = (arrival.publisher, update.kind)
        if standing.state is State.CARRIED and standing.first_seen and standing.first_seen >= at:
            self._mended[key].append((standing.first_seen - at).total_seconds())
        elif standing.state in LACKING and copy.observed_at and copy.observed_at > at:
            self._censored[key].append((copy.observed_at - at).total_seconds())
        else:
            self._unseen[key] += 1

    def measures(self) -> Measures:
        """Give what came of it: of all, then by publisher and by kind."""
        return Measures(
            corrected=_quantiles(self._corrected, _all),
            corrected_by_publisher=_quantiles(self._corrected, _publisher),
            corrected_by_kind=_quantiles(self._corrected, _kind),
            mended=self._curves(_all),
            mended_by_publisher=self._curves(_publisher),
            mended_by_kind=self._curves(_kind),
        )

    def _curves(self, named: Named) -> tuple[Curve, ...]:
        mended, censored = _grouped(self._mended, named), _grouped(self._censored, named)
        unseen: Counter[str] = Counter()
        for key, count in self._unseen.items():
            unseen[named(key)] += count
        sizes = {
            name: len(mended.get(name, ())) + len(censored.get(name, ())) for name in {*mended, *censored, *unseen}
        }
        return tuple(
            curve(name, mended.get(name, ()), censored.get(name, ()), unseen[name])
            for name in _largest(sizes)
            if sizes[name] or name == ALL
        )


def _published(history: History, out: Out) -> datetime | None:
    """Say when an article was published: when it says so, or when its first revision came out."""
    stated = history.revisions[0].metadata.published_at
    return min(filter(None, (stated, out.get(0))), default=None)


def _had_to(standing: Standing, arrival: Arrival, at: datetime) -> bool:
    """Tell whether a copy had to take an update over that came out at a time."""
    was_there = arrival.first is not None and arrival.first < at
    if standing.state is State.CARRIED:
        had_it = standing.first_seen is not None and standing.first_seen < at  # before we knew that it had come out
        return standing.last_missing is not None or (was_there and not had_it)
    return standing.state in LACKING or (standing.state is State.UNSEEN and was_there)


def _all(key: Key) -> str:
    return ALL if key[1] in WRONG else ""


def _publisher(key: Key) -> str:
    return key[0] if key[1] in WRONG else ""


def _kind(key: Key) -> str:
    return key[1].value


def _grouped(seconds: Seconds, named: Named) -> dict[str, array[float]]:
    found: dict[str, array[float]] = defaultdict(lambda: array("d"))
    for key, lengths in seconds.items():
        if name := named(key):
            found[name].extend(lengths)
    return found


def _largest(sizes: Mapping[str, int]) -> Iterable[str]:
    """Give the names of groups, kinds by their gravity and others by their size, as many as can be told apart."""
    kinds = [kind.value for kind in reversed(Kind)]
    by_gravity: Collection[str] = [name for name in kinds if name in sizes]
    others = sorted((name for name in sizes if name and name not in kinds), key=lambda name: (-sizes[name], name))
    return [*by_gravity, *others][:GROUPS]


def _quantiles(seconds: Seconds, named: Named) -> tuple[Quantiles, ...]:
    found = _grouped(seconds, named)
    return tuple(quantiles(name, found[name]) for name in _largest({name: len(found[name]) for name in found}))
