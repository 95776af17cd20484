"""Finding the article that a text was taken from: by the rare fingerprints that the two share.

Containment, not likeness: an excerpt shares few of the article's fingerprints, but the article has nearly all of the
excerpt's. A fingerprint that stands in many articles is boilerplate, and says nothing.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterator, Mapping
from collections.abc import Set as AbstractSet

from provenance.ledger.codec import Row, among, chunks
from provenance.ledger.rows import Rows, Writing
from provenance.ledger.values import Candidate
from provenance.model import ArticleId

COMMON = 50
"""A fingerprint that stands in more articles than this is ignored."""

_AT_ONCE = 64
_WIDTH = 6
_BATCH = 2000
_NONE = -1  # no fingerprint is negative: fills up the last look-up, so that all have one statement


def _look_up() -> str:
    """Write a look-up of many fingerprints that reads no more of each than shows it to be common."""
    one = "SELECT fingerprint, article FROM fingerprint_index WHERE fingerprint = :f{0} LIMIT {1}"
    parts = (f"SELECT * FROM ({one.format(i, COMMON + 1)}) AS t{i}" for i in range(_AT_ONCE))
    return " UNION ALL ".join(parts)


_LOOK_UP = _look_up()

_KNOWN = """
    SELECT f.article, f.prints, q.article
    FROM fingerprints f LEFT JOIN fingerprint_queue q ON q.article = f.article WHERE f.article IN """

_WAITING = f"""
    SELECT q.article, q.partly, f.prints
    FROM fingerprint_queue q JOIN fingerprints f ON f.article = q.article ORDER BY q.article LIMIT {_BATCH}"""

_INDEXED = "SELECT fingerprint FROM fingerprint_index WHERE article = :article AND fingerprint IN "


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


def keep(out: Writing, prints: Mapping[ArticleId, AbstractSet[int]], born: Collection[ArticleId]) -> None:
    """Keep fingerprints beside those that an article has, and note that they wait; articles just born have none."""
    known = _known(out, prints.keys() - born)
    added: list[Row] = []
    changed: list[Row] = []
    waiting: list[Row] = []
    for article, found in prints.items():
        before, waits = known.get(article, (frozenset(), False))
        if found <= before:
            continue
        row = {"article": article, "prints": pack(before | found)}
        (changed if before else added).append(row)
        if not waits:
            waiting.append({"article": article, "partly": bool(before)})
    out.insert("fingerprints", added)
    out.update("fingerprints", "article", changed)
    out.insert("fingerprint_queue", waiting)


def _known(rows: Rows, articles: Collection[ArticleId]) -> dict[ArticleId, tuple[frozenset[int], bool]]:
    """Give what is kept of each article, and whether it waits."""
    found = {}
    for chunk in chunks(sorted(articles)):
        named, params = among("a", chunk)
        for article, packed, waits in rows.rows(_KNOWN + named, params):
            found[article] = (frozenset(unpack(packed)), waits is not None)
    return found


def index(out: Writing) -> None:
    """Bring the index up to date with all that waits.

    Only who looks for an upstream needs the index, and it costs more than all else that is kept of a revision.
    """
    while waiting := list(out.rows(_WAITING)):
        fresh: set[tuple[int, ArticleId]] = set()
        for article, partly, packed in waiting:
            known = _indexed(out, article, packed) if partly else set()
            fresh |= {(each, article) for each in unpack(packed)} - known
        out.insert_plain("fingerprint_index", sorted(fresh))  # in the order of the table: neighbours share a page
        out.delete("fingerprint_queue", [{"article": article} for article, _, _ in waiting])


def _indexed(rows: Rows, article: ArticleId, packed: bytes) -> set[tuple[int, ArticleId]]:
    """Give those of an article's fingerprints that are in the index already."""
    found: set[tuple[int, ArticleId]] = set()
    for chunk in chunks(unpack(packed)):
        named, params = among("f", chunk)
        for (each,) in rows.rows(_INDEXED + named, {**params, "article": article}):
            found.add((each, article))
    return found


def pack(fingerprints: Collection[int]) -> bytes:
    """Write fingerprints in order, six bytes each."""
    return b"".join(each.to_bytes(_WIDTH, "big") for each in sorted(fingerprints))


def unpack(packed: bytes) -> list[int]:
    """Read fingerprints."""
    return [int.from_bytes(packed[i : i + _WIDTH], "big") for i in range(0, len(packed), _WIDTH)]
