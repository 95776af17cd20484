"""Where each fact lies in the log: articles/ab/cd/<id>.*, runs/YYYY/MM/DD/<time>-<id>.jsonl, waivers/<id>.jsonl."""

from __future__ import annotations

import re
from datetime import UTC, datetime
from enum import StrEnum
from typing import NamedTuple

from provenance.model import ArticleId

BRANCH = "refs/heads/main"
"""The one branch: the log."""


class Part(StrEnum):
    """What a file of the log holds."""

    RECORD = "json"
    TEXT = "txt"
    SOURCE = "source"
    RUN = "run"
    WAIVER = "waiver"


class Place(NamedTuple):
    """A file of the log: what it holds, and of which article (or run)."""

    part: Part
    id: str


_ARTICLE = re.compile(r"articles/([0-9a-f]{2})/([0-9a-f]{2})/(\1\2[0-9a-f]{12})\.(json|txt|source)")
_RUN = re.compile(r"runs/(\d{4})/(\d\d)/(\d\d)/\1\2\3T\d{6}Z-([0-9a-f]{16})\.jsonl")
_WAIVER = re.compile(r"waivers/([0-9a-f]{16})\.jsonl")


def article(id: ArticleId) -> str:
    """Give the path of an article's files, without their ending."""
    return f"articles/{id[:2]}/{id[2:4]}/{id}"


def run(at: datetime, id: str) -> str:
    """Give the path of a run that ended at a time and whose content has the id."""
    at = at.astimezone(UTC)
    day = f"{at.year:04}/{at.month:02}/{at.day:02}"
    return f"runs/{day}/{day.replace('/', '')}T{at:%H%M%S}Z-{id}.jsonl"


def waivers(id: ArticleId) -> str:
    """Give the path of an article's waivers."""
    return f"waivers/{id}.jsonl"


def place(path: str) -> Place | None:
    """Say what a file of the log holds; None for a path that is not of this format."""
    if found := _ARTICLE.fullmatch(path):
        return Place(Part(found[4]), found[3])
    if found := _RUN.fullmatch(path):
        return Place(Part.RUN, found[4])
    if found := _WAIVER.fullmatch(path):
        return Place(Part.WAIVER, found[1])
    return None
