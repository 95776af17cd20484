"""The prov-explain/1 JSON: what a copy carries and misses, as in prov-status/1, with the updates and disguised words.

The schema is packaged as `schemas/explain.schema.json`.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from typing import Any

from provenance.model import Article, ArticleId, Copy, Disguised, Update
from provenance.report import status_json
from provenance.report.json_text import dumped

SCHEMA = "prov-explain/1"

Json = dict[str, Any]


Explained = tuple[Copy, Sequence[Update], Mapping[ArticleId, Article], Sequence[Disguised]]
"""A copy of one upstream, the updates that are explained, the articles named, and words that are not as they look."""


def text(found: Iterable[Explained]) -> str:
    """Give the whole document."""
    return dumped({"schema": SCHEMA, "copies": [_copy(each) for each in found]}, indent=1) + "\n"


def _copy(explained: Explained) -> Json:
    copy, updates, known, disguises = explained
    wanted = {update.id for update in updates}
    standings = tuple(each for each in copy.standings if each.update in wanted)
    upstream = known[copy.upstream]
    return {
        "upstream": {name: getattr(upstream, name) for name in ("id", "url", "publisher", "headline")},
        "updates": [status_json.update(each) for each in updates],
        "copy": status_json.copy(replace(copy, standings=standings), known[copy.article]),
        "disguises": [
            {
                "line": each.line,
                "word": each.word,
                "plain": each.plain,
                "characters": list(map(_named, each.characters)),
            }
            for each in disguises
        ],
    }


def _named(character: str) -> str:
    return f"U+{ord(character):04X}"
