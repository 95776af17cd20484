"""What can be wrong with a store: one code for each invariant of store/README.md, the damage found, and remarks."""

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
    INDEX = "S15"
    REF = "S16"
    SETTING = "S17"
    FOLLOWS = "S18"


@dataclass(frozen=True, slots=True)
class Damage:
    """An invariant that does not hold: which, of what object, of which article (both empty where not known)."""

    code: Code
    object: str
    article: str
    message: str
    remedy: str


@dataclass(frozen=True, slots=True)
class Remark:
    """What is no damage and worth knowing, with what can be done about it."""

    message: str
    remedy: str


@dataclass(frozen=True, slots=True)
class Examined:
    """What was found in a store."""

    damage: tuple[Damage, ...]
    remarks: tuple[Remark, ...] = ()
