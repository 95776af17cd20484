"""Finding the article that a text was taken from: by the rare fingerprints that the two share.

Containment, not likeness: an excerpt shares few of the article's fingerprints, but the article has nearly all of the
excerpt's. A fingerprint that stands in many articles is boilerplate, and says nothing.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterator, Mapping

from provenance.ledger.codec import among, chunks
from provenance.ledger.rows import Rows
from provenance.ledger.values import Candidate
from provenance.model import ArticleId

COMMON = 50
"""A fingerprint that stands in more articles than this is ignored."""

_AT_ONCE = 64
_NONE = -1  # no fingerprint is negative: fills up the last look-up, so that all have one statement


def _look_up() -> str:
    """Write a look-up of many fingerprints that reads no more of each than shows it to be common."""
    one = "SELECT fingerprint, article FROM fingerprints WHERE fingerprint = :f{0} LIMIT {1}"
    parts = (f"SELECT * FROM ({one.format(i, COMMON + 1)}) AS t{i}" for i in range(_AT_ONCE))
    return " UNION ALL ".join(parts)


_LOOK_UP = _look_up()


def candidates(rows: Rows, fingerprints: Collection[int], limit: int, besides: ArticleId | None) -> list[Candidate]:
    """Give at most `limit` articles that share rare fingerprints, by weight: one in k articles weighs 1/k."""
    shared: dict[ArticleId, int] = defaultdict(int)
    weight: dict[ArticleId, float] = defaultdict(float)
    for articles in _holders(rows, fingerprints):
        if len(articles) > COMMON:
            continue
        for article in articles:
            shared[article] += 1
            weight[article] += 1 / len(articles)
    found = [Candidate(article, shared[article], round(weight[article], 6)) for article in shared if article != besides]
    return sorted(found, key=lambda each: (-each.weight, -each.shared, each.article))[:limit]


def _holders(rows: Rows, fingerprints: Collection[int]) -> Iterator[list[ArticleId]]:
    """Yield for each fingerprint the articles that it stands in, in an order that is always the same."""
    for chunk in chunks(sorted(fingerprints), _AT_ONCE):
        padded = [*chunk, *[_NONE] * (_AT_ONCE - len(chunk))]
        holders: dict[int, list[ArticleId]] = defaultdict(list)
        for fingerprint, article in rows.rows(_LOOK_UP, {f"f{i}": each for i, each in enumerate(padded)}):
            holders[fingerprint].append(article)
        yield from (holders[each] for each in sorted(holders))


def unknown(
    rows: Rows, prints: Mapping[ArticleId, Collection[int]], born: Collection[ArticleId]
) -> list[tuple[int, ArticleId]]:
    """Give the pairs that are not in the ledger yet, in the table's order; articles just born have none in it."""
    fresh = {(each, article) for article, fingerprints in prints.items() for each in fingerprints}
    for article, fingerprints in prints.items():
        if article in born:
            continue
        for chunk in chunks(fingerprints):
            named, params = among("f", chunk)
            sql = f"SELECT fingerprint FROM fingerprints WHERE article = :article AND fingerprint IN {named}"
            fresh -= {(each, article) for (each,) in rows.rows(sql, {**params, "article": article})}
    return sorted(fresh)
