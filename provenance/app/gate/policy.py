"""Policy: which findings fail a check, after what grace period, and where each of these values was said."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import timedelta
from types import MappingProxyType

from provenance.model import Code, Kind, Level

DEFAULT = "default"
"""Where a value comes from that nobody has set."""

LEVELS: Mapping[str, tuple[Code, Level | None]] = MappingProxyType(
    {
        "silent_update": (Code.SILENT_UPDATE, None),
        "notice_dropped": (Code.NOTICE_DROPPED, Level.WARNING),
        "copy_diverged": (Code.COPY_DIVERGED, Level.NOTE),
        "copy_unseen": (Code.COPY_UNSEEN, Level.NOTE),
        "upstream_unknown": (Code.UPSTREAM_UNKNOWN, Level.ERROR),
        "upstream_claimed": (Code.UPSTREAM_CLAIMED, Level.WARNING),
        "upstream_conflict": (Code.UPSTREAM_CONFLICT, Level.WARNING),
        "not_checked": (Code.NOT_CHECKED, Level.ERROR),
        "evasion_suspected": (Code.EVASION_SUSPECTED, Level.WARNING),
        "lock_out_of_date": (Code.LOCK_OUT_OF_DATE, Level.WARNING),
        "waiver_expired": (Code.WAIVER_EXPIRED, Level.WARNING),
    }
)
"""Setting → the code whose level it sets, and that level where nobody has set it; None: not told at all."""

MIN_CONFIDENCE = 0.8
"""Below it a verdict is worth reading and not worth failing for.

Of labelled verdicts this sure or surer nine in ten are right, of those less sure few (bench/bench_calibration.py).
"""


@dataclass(frozen=True, slots=True)
class Grace:
    """How long after an update came out a copy may still miss it, by the kind of the update."""

    every: timedelta | None = None
    kinds: Mapping[Kind, timedelta] = field(default_factory=dict)

    def of(self, kind: Kind) -> timedelta | None:
        """Give the period for a kind, None where nothing is said of it."""
        return self.kinds.get(kind, self.every)


@dataclass(frozen=True, slots=True)
class Policy:
    """What a desk objects to. `fail_on` is the mildest kind that fails, None for none.

    Grace by path beats grace by publisher beats grace by kind; of several paths that match, the last one counts.
    `origins` says of each value by its name where it was set.
    """

    fail_on: Kind | None = Kind.CORRECTION
    min_confidence: float = MIN_CONFIDENCE
    missed_silent: Level | None = Level.ERROR
    levels: Mapping[Code, Level | None] = field(default_factory=lambda: dict(LEVELS.values()))
    grace: Grace = field(default_factory=Grace)
    publishers: Mapping[str, Grace] = field(default_factory=dict)
    paths: Mapping[str, Grace] = field(default_factory=dict)
    origins: Mapping[str, str] = field(default_factory=dict)

    def origin(self, name: str) -> str:
        """Say where a value was set."""
        return self.origins.get(name, DEFAULT)

    def period(self, kind: Kind, publisher: str, path: str) -> timedelta:
        """Give the grace period of an update of a kind, by a publisher, in the copy at a path."""
        from fnmatch import fnmatchcase

        by_path = [grace for pattern, grace in self.paths.items() if fnmatchcase(path, pattern)]
        by_publisher = [grace for name, grace in self.publishers.items() if name.casefold() == publisher.casefold()]
        for grace in (*reversed(by_path), *by_publisher, self.grace):
            if (found := grace.of(kind)) is not None:
                return found
        return timedelta(0)

    def level(self, kind: Kind, confidence: float, *, declared: bool) -> Level | None:
        """Give the level of a missed update that is due; None where it is not worth telling.

        What is milder than `fail_on` is a warning where somebody could be misled, a note where it is news alone.
        """
        fails = self.fail_on is not None and kind.rank >= self.fail_on.rank
        if not fails:
            return _MILDER[kind]
        level: Level | None = Level.ERROR if confidence >= self.min_confidence else Level.WARNING
        return level if declared else milder(level, self.missed_silent)


_MILDER = {
    Kind.RETRACTION: Level.WARNING,
    Kind.CORRECTION: Level.WARNING,
    Kind.CLARIFICATION: Level.WARNING,
    Kind.DEVELOPMENT: Level.NOTE,
    Kind.REFILE: None,
}
_ORDER = (None, Level.NOTE, Level.WARNING, Level.ERROR)


def milder(one: Level | None, other: Level | None) -> Level | None:
    """Give the milder of two levels, None being the mildest."""
    return min(one, other, key=_ORDER.index)
