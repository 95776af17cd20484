"""Finding the article that a text was taken from: by the rare fingerprints that the two share.

Containment, not likeness: an excerpt shares few of the article's fingerprints, but the article has nearly all of the
excerpt's. A fingerprint that stands in many articles is boilerplate, and says nothing: of such a one the index keeps
that it is common, and not where it stands. An article is known in the index by the first 31 bits of its id; the rare
two that share them are told apart when they are looked at.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterator, Mapping, Sequence
from collections.abc import Set as AbstractSet

from provenance.ledger.codec import Row, among, chunks
from provenance.ledger.rows import Rows, Writing
from provenance.ledger.values import Candidate
from provenance.model import ArticleId

COMMON = 50
"""A fingerprint of a run that stands in more articles than this is ignored."""
COMMON_WORD = 32
"""The same for a word: what stands in more articles weighs next to nothing, and would be most of the work."""

_WORD = 1  # the bit that the engine sets in a word's fingerprint

_EVERYWHERE = -1
"""Stands in the index in place of the articles of a common fingerprint."""

_WIDTH = 4
_BATCH = 1000
_AT_ONCE = 64
_MANY = 512

_LOOK_UP = "SELECT fingerprint, holder FROM fingerprint_index WHERE fingerprint IN "

_NAMES = "SELECT id FROM articles WHERE "

_QUEUED = "SELECT article, prints FROM fingerprint_queue WHERE article IN "

_ANY = "SELECT article FROM fingerprint_queue LIMIT 1"

_WAITING = f"SELECT article, prints FROM fingerprint_queue ORDER BY article LIMIT {_BATCH}"


def candidates(rows: Rows, fingerprints: Collection[int], limit: int, besides: ArticleId | None) -> list[Candidate]:
    """Give at most `limit` articles that share rare fingerprints, by weight: one in k articles weighs 1/k."""
    shared: dict[int, int] = defaultdict(int)
    weight: dict[int, float] = defaultdict(float)
    for _, holders in sorted(_holders(rows, fingerprints).items()):  # the same order of adding: the same sum
        if _EVERYWHERE in holders:
            continue
        for holder in holders:
            shared[holder] += 1
            weight[holder] += 1 / len(holders)
    weight = {holder: round(each, 6) for holder, each in weight.items()}
    best = sorted(shared, key=lambda holder: (-weight[holder], -shared[holder], holder))[: limit + 1]
    found = (Candidate(name, shared[each], weight[each]) for each, name in _named(rows, best) if name != besides)
    return list(found)[:limit]


def _holders(rows: Rows, fingerprints: Collection[int], at_once: int = _AT_ONCE) -> dict[int, set[int]]:
    """Give what each fingerprint stands in, of those that are in the index."""
    found: dict[int, set[int]] = defaultdict(set)
    for chunk in chunks(sorted(fingerprints), at_once):
        # filled up, so that all look-ups have one statement
        named, params = among("f", [*chunk, *chunk[-1:] * (at_once - len(chunk))])
        for fingerprint, holder in rows.rows(_LOOK_UP + named, params):
            found[fingerprint].add(holder)
    return found


def common(rows: Rows, fingerprints: Collection[int]) -> frozenset[int]:
    """Give those of the fingerprints that stand in too many articles to tell anything."""
    return frozenset(each for each, holders in _holders(rows, fingerprints).items() if _EVERYWHERE in holders)


def _number(article: ArticleId) -> int:
    """Give what the index knows an article by."""
    return int(article[:8], 16) >> 1


def _named(rows: Rows, holders: Sequence[int]) -> Iterator[tuple[int, ArticleId]]:
    """Yield the articles that go by each number, in the order of the numbers given."""
    found: dict[int, list[ArticleId]] = defaultdict(list)
    for chunk in chunks(holders, _AT_ONCE):
        ranges = " OR ".join(f"id BETWEEN :first_{i} AND :last_{i}" for i in range(len(chunk)))
        params: Row = {f"first_{i}": f"{each << 1:08x}{0:08x}" for i, each in enumerate(chunk)}
        params |= {f"last_{i}": f"{(each << 1) + 1:08x}{0xFFFFFFFF:08x}" for i, each in enumerate(chunk)}
        for (name,) in rows.rows(_NAMES + ranges, params):
            found[_number(name)].append(name)
    return ((each, name) for each in holders for name in sorted(found[each]))


def keep(out: Writing, prints: Mapping[ArticleId, AbstractSet[int]], born: Collection[ArticleId]) -> None:
    """Note fingerprints as waiting for the index, beside those that wait already; of articles just born, none do."""
    waiting = _waiting(out, prints.keys() - born)
    added: list[Row] = []
    changed: list[Row] = []
    for article, found in prints.items():
        before = waiting.get(article, set())
        if found - before:
            (changed if before else added).append({"article": article, "prints": pack(found | before)})
    out.insert("fingerprint_queue", added)
    out.update("fingerprint_queue", "article", changed)


def _waiting(rows: Rows, articles: Collection[ArticleId]) -> dict[ArticleId, set[int]]:
    """Give the fingerprints that wait, of each article of which some do."""
    found = {}
    for chunk in chunks(sorted(articles)):
        named, params = among("a", chunk)
        for article, packed in rows.rows(_QUEUED + named, params):
            found[article] = set(unpack(packed))
    return found


def index(out: Writing) -> None:
    """Bring the index up to date with all that waits.

    Only who looks for an upstream needs the index, and it costs more than all else that is kept of a revision.
    """
    while waiting := list(out.rows(_WAITING)):
        fresh: dict[int, set[int]] = defaultdict(set)
        for article, packed in waiting:
            for each in unpack(packed):
                fresh[each].add(_number(article))
        _add(out, fresh)
        out.delete("fingerprint_queue", [{"article": article} for article, _ in waiting])


def waits(rows: Rows) -> bool:
    """Tell whether the index is behind."""
    return any(True for _ in rows.rows(_ANY))


def _add(out: Writing, fresh: Mapping[int, AbstractSet[int]]) -> None:
    """Put into the index where fingerprints stand; of those that stand in too many articles by now, only that."""
    for chunk in chunks(sorted(fresh), _MANY):
        before = _holders(out, chunk, _MANY)
        added: list[tuple[int, int]] = []
        common: list[int] = []
        for each in chunk:
            known = before.get(each, set())
            if _EVERYWHERE in known:
                continue
            if len(known | fresh[each]) <= (COMMON_WORD if each & _WORD else COMMON):
                added += [(each, holder) for holder in sorted(fresh[each] - known)]
            else:
                common.append(each)
        out.delete("fingerprint_index", [{"fingerprint": each} for each in common])
        # in the order of the table: neighbours share a page
        out.insert_plain("fingerprint_index", sorted(added + [(each, _EVERYWHERE) for each in common]))


def pack(fingerprints: Collection[int]) -> bytes:
    """Write fingerprints in order, four bytes each."""
    return b"".join(each.to_bytes(_WIDTH, "big", signed=True) for each in sorted(fingerprints))


def unpack(packed: bytes) -> list[int]:
    """Read fingerprints."""
    return [int.from_bytes(packed[i : i + _WIDTH], "big", signed=True) for i in range(0, len(packed), _WIDTH)]
