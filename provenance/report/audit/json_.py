"""The prov-report/1 JSON: totals, measures, and a chapter a line.

The schema is packaged as `schemas/report.schema.json`. Updates, copies and standings are written as in prov-status/1.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import UTC, datetime, timedelta
from typing import Any

from provenance.model import Article, Revision
from provenance.model.audits import Audit, Chapter, Curve, Exhibit, Measures, Miss, Quantiles, Scope, Step, Totals
from provenance.report import status_json
from provenance.report.json_text import dumped

SCHEMA = "prov-report/1"

Json = dict[str, Any]


def stream(audit: Audit) -> Iterator[str]:
    """Yield the document in pieces, one article a line."""
    yield _line(_front(audit)).removesuffix("}") + ', "articles": ['
    mark = "\n"
    for chapter in audit.chapters():
        yield mark + _line(_chapter(chapter))
        mark = ",\n"
    yield "\n]}\n"


def _line(value: Json) -> str:
    return dumped(value)


def _front(audit: Audit) -> Json:
    return {
        "schema": SCHEMA,
        "now": _time(audit.now),
        "head": audit.head,
        "engine": audit.engine,
        "scope": _scope(audit.scope),
        "totals": _totals(audit.totals),
        "measures": _measures(audit.measures),
    }


def _scope(scope: Scope) -> Json:
    return {
        "articles": list(scope.articles),
        "publishers": list(scope.publishers),
        "since": _time(scope.since),
        "behind": scope.behind,
    }


def _totals(totals: Totals) -> Json:
    return {
        "articles": totals.articles,
        "revisions": totals.revisions,
        "copies": _counts(totals.copies),
        "uncorrected": totals.uncorrected,
        "of": totals.of,
        "since": _time(totals.since),
        "updates": _counts(totals.updates),
        "silent": _counts(totals.silent),
        "unchanged": totals.unchanged,
    }


def _counts(counted: Mapping[Any, int]) -> Json:
    return {each.value: count for each, count in counted.items()}


# --- measures


def _measures(measures: Measures) -> Json:
    return {
        "corrected": [_quantiles(each) for each in measures.corrected],
        "corrected_by_publisher": [_quantiles(each) for each in measures.corrected_by_publisher],
        "corrected_by_kind": [_quantiles(each) for each in measures.corrected_by_kind],
        "mended": [_curve(each) for each in measures.mended],
        "mended_by_publisher": [_curve(each) for each in measures.mended_by_publisher],
        "mended_by_kind": [_curve(each) for each in measures.mended_by_kind],
    }


def _quantiles(found: Quantiles) -> Json:
    lengths = ("least", "lower", "median", "upper", "most")
    return {"name": found.name, "count": found.count, **{name: _seconds(getattr(found, name)) for name in lengths}}


def _curve(curve: Curve) -> Json:
    return {
        "name": curve.name,
        "pairs": curve.pairs,
        "mended": curve.mended,
        "unseen": curve.unseen,
        "median": _seconds(curve.median),
        "at": [_step(each) if each else None for each in curve.at],
        "steps": [_step(each) for each in curve.steps],
    }


def _step(step: Step) -> Json:
    return {
        "after": _seconds(step.after),
        "share": round(step.share, 6),
        "low": round(step.low, 6),
        "high": round(step.high, 6),
        "at_risk": step.at_risk,
    }


def _seconds(value: timedelta | None) -> float | None:
    return value.total_seconds() if value is not None else None


# --- chapters


def _chapter(chapter: Chapter) -> Json:
    history = chapter.history
    found = _article(history.article)
    found["language"] = chapter.language
    found["copy_of"] = [_article(each) for each in chapter.upstreams]
    found["revisions"] = [_revision(each, chapter) for each in history.revisions]
    found["updates"] = [
        {**status_json.update(each), "out": _time(chapter.out.get(each.revision))} for each in history.updates
    ]
    found["unchanged"] = [{"revision": n, "text": notice.text} for n, notice in chapter.unchanged]
    found["copies"] = [_exhibit(each) for each in chapter.exhibits]
    return found


def _article(article: Article) -> Json:
    return {"id": article.id, "url": article.url, "publisher": article.publisher, "headline": article.headline}


def _revision(revision: Revision, chapter: Chapter) -> Json:
    return {
        "n": revision.n,
        "id": revision.id,
        "sha256": chapter.digests[revision.n],
        "out": _time(chapter.out.get(revision.n)),
        "observed_at": _time(revision.observed_at),
        "status": revision.metadata.status.value,
        "notices": [each.text for each in chapter.history.notices.get(revision.n, ())],
    }


def _exhibit(exhibit: Exhibit) -> Json:
    found = status_json.copy(exhibit.copy, exhibit.article)
    standings = found.pop("standings")
    found["headline"] = exhibit.article.headline
    found["language"] = exhibit.language
    found["sha256"] = exhibit.digest
    found["seen"] = [{"n": each.n, "at": _time(each.at), "id": each.commit} for each in exhibit.seen]
    found["misses"] = [_miss(each) for each in exhibit.misses]
    found["standings"] = [
        {**written, "first_seen": _time(each.first_seen), "last_missing": _time(each.last_missing)}
        for written, each in zip(standings, exhibit.copy.standings, strict=True)
    ]
    return found


def _miss(miss: Miss) -> Json:
    return {
        "update": miss.update.id,
        "edit": miss.edit.n,
        "state": miss.standing.state.value,
        "line": miss.line,
        "quote": miss.sentence,
        "wanted": miss.standing.wanted,
    }


def _time(value: datetime | None) -> str | None:
    return value.astimezone(UTC).isoformat() if value else None
