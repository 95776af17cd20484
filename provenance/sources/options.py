"""What a caller knows about a source that the source may not say itself, and how much prov is ready to read."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

DOCUMENT = 10 * 1024 * 1024
"""Bytes of one document, and of one draft line, that are read at most."""


@dataclass(frozen=True, slots=True)
class Options:
    """What fills the gaps of every draft of a source; `url`, `copy_of` and the times win over what the source says.

    Times are aware. `copy_of` is a URL or `auto`. `format` names a reader where the file's name does not tell.
    """

    url: str = ""
    publisher: str = ""
    headline: str = ""
    byline: str = ""
    language: str = ""
    published: datetime | None = None
    modified: datetime | None = None
    observed: datetime | None = None
    copy_of: str = ""
    format: str = ""
