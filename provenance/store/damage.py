"""What can be wrong with a store: one code for each invariant of store/README.md, and the damage found."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum


class Code(StrEnum):
    """The invariants of the format, as store/README.md numbers them."""

    BRANCH = "S01"
    OBJECTS = "S02"
    LINE = "S03"
    COMMIT = "S04"
    PATH = "S05"
    NUMBER = "S06"
    IDENTITY = "S07"
    RECORD = "S08"
    TEXT = "S09"
    SOURCE = "S10"
    RUN = "S11"
    MESSAGE = "S12"
    KEPT = "S13"
    WAIVER = "S14"


@dataclass(frozen=True, slots=True)
class Damage:
    """An invariant that does not hold: which, of what object, of which article (both empty where not known)."""

    code: Code
    object: str
    article: str
    message: str
    remedy: str
