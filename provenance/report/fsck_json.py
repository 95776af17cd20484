"""What `prov fsck` found, for programs: `prov-fsck/1`."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Protocol

from provenance.report.json_text import dumped


class Said(Protocol):
    """What is no damage and worth knowing."""

    @property
    def message(self) -> str: ...  # noqa: D102
    @property
    def remedy(self) -> str: ...  # noqa: D102


class Wrong(Said, Protocol):
    """Something in the ledger that is not as it must be."""

    @property
    def article(self) -> str: ...  # noqa: D102


class Damaged(Wrong, Protocol):
    """An invariant that does not hold."""

    @property
    def code(self) -> str: ...  # noqa: D102
    @property
    def object(self) -> str: ...  # noqa: D102


def dumps(damage: Iterable[Damaged], ledger: Iterable[Wrong], remarks: Iterable[Said], done: Iterable[str]) -> str:
    """Give an object with `whole`, and lists of `damage`, of what is wrong in the `ledger`, `remarks` and `mended`."""
    parts = ("code", "object", "article", "message", "remedy")
    broken = [{part: str(getattr(each, part)) for part in parts} for each in damage]
    wrong = [{part: getattr(each, part) for part in parts[2:]} for each in ledger]
    said = [{part: getattr(each, part) for part in parts[3:]} for each in remarks]
    found = {"schema": "prov-fsck/1", "whole": not broken and not wrong, "damage": broken, "ledger": wrong}
    return dumped({**found, "remarks": said, "mended": list(done)}, indent=1) + "\n"
