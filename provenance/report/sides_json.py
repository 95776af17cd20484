"""The prov-diff/1 JSON: an upstream and a copy beside each other, sentence by sentence, with the edits in their places.

The schema is packaged as `schemas/diff.schema.json`.
"""

from __future__ import annotations

from typing import Any

from provenance.model import Article, Label, Pair, Sides, Span
from provenance.report.json_text import dumped

SCHEMA = "prov-diff/1"

Json = dict[str, Any]


def text(found: Sides) -> str:
    """Give the whole document."""
    made = {
        "schema": SCHEMA,
        "upstream": _article(found.upstream, found.revision),
        "copy": _article(found.copy, found.copy_revision),
        "state": found.verdict.state.value if found.verdict else None,
        "pairs": [_pair(each) for each in found.pairs],
        "elsewhere": [_label(each) for each in found.elsewhere],
    }
    return dumped(made, indent=1) + "\n"


def _article(article: Article, revision: int) -> Json:
    return {
        "id": article.id,
        "url": article.url,
        "publisher": article.publisher,
        "headline": article.headline,
        "revision": revision,
    }


def _pair(pair: Pair) -> Json:
    found: Json = {
        "upstream": _side(pair.left, pair.left_line, pair.before),
        "copy": _side(pair.right, pair.right_line, pair.after),
        "alike": pair.alike,
        "moved": pair.moved,
    }
    if pair.pieces:
        found["pieces"] = [[each.mark.value, each.text] for each in pair.pieces]
    found["edits"] = [_label(each) for each in pair.labels]
    return found


def _side(span: Span | None, line: int | None, words: str) -> Json | None:
    return {"span": list(span), "line": line, "text": words} if span else None


def _label(label: Label) -> Json:
    return {
        "update": label.update.id,
        "revision": label.update.revision,
        "kind": label.update.kind.value,
        "n": label.edit.n,
        "op": label.edit.op.value,
        "before": label.edit.before,
        "after": label.edit.after,
        "state": label.standing.state.value,
        "by": label.standing.by.value,
        "confidence": label.standing.confidence,
        "because": label.standing.because,
    }
