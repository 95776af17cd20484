"""Commits of the log in words that git can hold: who and when, and messages of ids and digests only.

No text from outside goes into a message, where a headline could forge a trailer or a NUL cut it short. A publisher's
name goes into the author line, cleaned, and whole into the JSON.
"""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from datetime import UTC, datetime

from provenance.store.entry import Entry

COMMITTER = "prov <prov@invalid>"
"""Who commits: the tool, at the time of the observation."""

_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
_LATEST = 2**34 - 1
"""The last second (in 2514) that git's commit-graph has room for; before 1970 git has no seconds at all."""

_NAME = 200
_UNWANTED = {"Cc", "Cs", "Cn", "Zl", "Zp"}


@dataclass(frozen=True, slots=True)
class Trailers:
    """What the message of a revision's commit says; digests are sha256 in hex, `source` empty where there is none."""

    article: str = ""
    n: int = -1
    text: str = ""
    source: str = ""
    technical: bool = False


def author(entry: Entry) -> str:
    """Give the author line's content: the publisher, and the time that it gives for this revision."""
    declared = entry.metadata.modified_at or entry.metadata.published_at or entry.observed_at
    return f"{name(entry.metadata.publisher)} <{entry.article}@article.invalid> {seconds(declared)} +0000"


def name(publisher: str) -> str:
    """Clean a name for the author line: no angle brackets, no control characters, one line, at most 200 long."""
    kept = (" " if _unwanted(each) else each for each in publisher[: 10 * _NAME])
    # git itself would take these off the ends, and fsck objects to a name of nothing else
    return " ".join("".join(kept).split())[:_NAME].strip(" .,:;\"'\\") or "unknown"


def _unwanted(character: str) -> bool:
    return character in "<>" or unicodedata.category(character) in _UNWANTED


def seconds(at: datetime) -> int:
    """Give a time as git can hold it: whole seconds since 1970, not before and not past 2514."""
    # not timestamp(): subtracting does not depend on what the platform's clock can express
    return min(max((at - _EPOCH).days * 86_400 + (at - _EPOCH).seconds, 0), _LATEST)


def message(entry: Entry, *, text: str, source: str) -> str:
    """Give the message of a revision's commit, from the digests of its text and of its received bytes."""
    lines = [
        f"revision {entry.n} of {entry.article}",
        "",
        f"Prov-Article: {entry.article}",
        f"Prov-Revision: {entry.n}",
        f"Prov-Text: sha256:{text}",
    ]
    if source:
        lines.append(f"Prov-Source: sha256:{source}")
    if entry.technical:
        lines.append("Prov-Technical: yes")
    return "\n".join(lines) + "\n"


def run_message(id: str, observations: int) -> str:
    """Give the message of a run's commit."""
    return f"run {id}\n\nProv-Run: {id}\nProv-Observations: {observations}\n"


def waiver_message(article: str) -> str:
    """Give the message of a waiver's commit: whose decision it is stands in the file."""
    return f"waiver of {article}\n\nProv-Waiver: {article}\n"


_TRAILER = re.compile(r"^Prov-([A-Z][a-z]+): (?:sha256:)?([0-9a-z]+)$", re.MULTILINE)


def trailers(message: str) -> Trailers:
    """Read the message of a revision's commit; what it does not say stays empty."""
    found = dict(_TRAILER.findall(message))
    number = found.get("Revision", "")
    return Trailers(
        article=found.get("Article", ""),
        n=int(number) if number.isdecimal() else -1,
        text=found.get("Text", ""),
        source=found.get("Source", ""),
        technical="Technical" in found,
    )
