"""Notices: the publisher's own notes about what it changed, found in a text or read from metadata.

A note is told from an introduction, a stamp, a policy or a story about corrections by weighing its cues (`weighing`);
what it says was done is read as claims (`claims`). How notices are written is data: `notices.toml`.
"""

from __future__ import annotations

from provenance.engine.notices.finding import LIKELY, corrects, find, likely, read, replies, speaks_of, strip, unplaced

__all__ = ["LIKELY", "corrects", "find", "likely", "read", "replies", "speaks_of", "strip", "unplaced"]
