"""What is asked of the ledger about single articles: plain SQL, the same on either road."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Collection, Iterable, Iterator
from dataclasses import replace
from typing import Any

from provenance.ledger.codec import (
    COPY,
    DELTA,
    EDIT,
    NOTICE,
    REVISION,
    STANDING,
    UPDATE,
    among,
    chunks,
    columns,
    copies_of,
    delta_of,
    notice_of,
    revision_of,
    time_of,
    updates_of,
)
from provenance.ledger.rows import Rows
from provenance.ledger.values import Arrival, Held, Link
from provenance.model import AUTO, ArticleId, Copy, CopyState, Delta, Notice, Revision, Sighting, Update

_CURRENT = f"""
    SELECT {columns(REVISION, "r")}, a.observed_at
    FROM articles a JOIN revisions r ON r.article = a.id AND r.n = a.revisions - 1
    WHERE a.id IN """

_HELD = f"SELECT {columns(REVISION)} FROM revisions ORDER BY article, n"

_REVISIONS = f"SELECT {columns(REVISION)} FROM revisions WHERE article IN "

_COPY = f"SELECT {columns(COPY)} FROM copies WHERE upstream = :upstream AND article = :article"

_STANDINGS = f"""
    SELECT {columns(STANDING)} FROM standings WHERE upstream = :upstream AND article = :article ORDER BY position"""

_SIGHTINGS = """
    SELECT r.article, r.n, r.observed_at, r.before_seen_at, a.observed_at
    FROM revisions r JOIN articles a ON a.id = r.article
    WHERE r.article IN """

_ARRIVALS = """
    SELECT a.id, a.publisher, f.observed_at
    FROM articles a JOIN revisions f ON f.article = a.id AND f.n = 0
    WHERE a.id IN """

_DELTAS = f"SELECT {columns(DELTA)} FROM deltas WHERE article IN "

_NOTICES = f"SELECT {columns(NOTICE)} FROM notices WHERE article IN "

_UPDATES = f"SELECT {columns(UPDATE)} FROM updates WHERE article = :article ORDER BY revision, position"

_EDITS = f"SELECT {columns(EDIT)} FROM edits WHERE article = :article ORDER BY update_id, n"

_JUDGED = "SELECT c.article, c.upstream, a.upstream = c.upstream FROM copies c JOIN articles a ON a.id = c.article"

_DECLARED = """
    SELECT a.id, u.id FROM articles a JOIN articles u ON u.id = a.upstream
    WHERE a.upstream <> '' AND a.upstream <> a.id"""

_PENDING = """
    SELECT a.id FROM articles a
    WHERE a.upstream = :auto AND a.upstream <> '' AND NOT EXISTS (SELECT 1 FROM copies c WHERE c.article = a.id)"""

_STATES = "SELECT upstream, state, count(*) FROM copies WHERE upstream IN "


def current(rows: Rows, articles: Collection[ArticleId]) -> dict[ArticleId, Held]:
    """Give what is held of each article that is."""
    found = {}
    for row in _each(rows, _CURRENT, articles):
        found[row[0]] = Held(revision_of(row), row[4], time_of(row[-1]))
    return found


def held(rows: Rows) -> Iterator[Held]:
    """Yield every revision with its text's digest, article by article."""
    for row in rows.rows(_HELD):
        yield Held(revision_of(row), row[4])


def revisions(rows: Rows, articles: Collection[ArticleId]) -> dict[ArticleId, tuple[Revision, ...]]:
    """Give all revisions, without their texts, of each article that is held."""
    found: dict[ArticleId, list[Revision]] = defaultdict(list)
    for row in _each(rows, _REVISIONS, articles):
        found[row[0]].append(revision_of(row))
    return {article: tuple(sorted(each, key=lambda revision: revision.n)) for article, each in found.items()}


def copy(rows: Rows, upstream: ArticleId, article: ArticleId) -> Copy | None:
    """Give a copy without the evidence of its standings, None where the two are no pair."""
    pair = {"upstream": upstream, "article": article}
    return next(copies_of(rows.rows(_COPY, pair), list(rows.rows(_STANDINGS, pair)), ()), None)


def sightings(rows: Rows, articles: Collection[ArticleId]) -> dict[ArticleId, tuple[Sighting, ...]]:
    """Give when each revision was first and last observed, oldest first, of each article that is held."""
    found: dict[ArticleId, list[Sighting]] = defaultdict(list)
    for article, n, first, before, current in _each(rows, _SIGHTINGS, articles, " ORDER BY r.article, r.n"):
        if n:
            found[article][-1] = replace(found[article][-1], last=time_of(before))
        found[article].append(Sighting(n, time_of(first), time_of(current)))
    return {article: tuple(listed) for article, listed in found.items()}


def arrivals(rows: Rows, articles: Collection[ArticleId]) -> dict[ArticleId, Arrival]:
    """Give who answers for each article that is held, and since when it is known."""
    return {article: Arrival(name, time_of(first)) for article, name, first in _each(rows, _ARRIVALS, articles)}


def held_of(rows: Rows, articles: Collection[ArticleId]) -> dict[ArticleId, tuple[Held, ...]]:
    """Give all revisions with the digests of their texts, oldest first, of each article that is held."""
    found: dict[ArticleId, list[Held]] = defaultdict(list)
    for row in _each(rows, _REVISIONS, articles, " ORDER BY article, n"):
        found[row[0]].append(Held(revision_of(row), row[4]))
    return {article: tuple(each) for article, each in found.items()}


def deltas(rows: Rows, articles: Collection[ArticleId]) -> dict[tuple[ArticleId, int], Delta]:
    """Give the deltas of some articles, each by its article and the revision that it leads to."""
    return {(row[0], row[1]): delta_of(row) for row in _each(rows, _DELTAS, articles)}


def notices(rows: Rows, articles: Collection[ArticleId]) -> dict[tuple[ArticleId, int], tuple[Notice, ...]]:
    """Give the notices on the revisions of some articles, each by its article and the number of the revision."""
    found: dict[tuple[ArticleId, int], tuple[Notice, ...]] = {}
    for row in _each(rows, _NOTICES, articles, " ORDER BY article, revision, position"):
        found[row[0], row[1]] = (*found.get((row[0], row[1]), ()), notice_of(row))
    return found


def updates(rows: Rows, article: ArticleId) -> tuple[Update, ...]:
    """Give the updates of an article, in the order of its revisions."""
    named = {"article": article}
    return tuple(update for _, update in updates_of(rows.rows(_UPDATES, named), list(rows.rows(_EDITS, named))))


def links(rows: Rows, copies: Collection[ArticleId], upstreams: Collection[ArticleId]) -> tuple[Link, ...]:
    """Give every link, judged or declared, whose copy is among `copies` or whose upstream is among `upstreams`."""
    found: dict[tuple[ArticleId, ArticleId], Link] = {}
    for end, articles in (("c.article", copies), ("c.upstream", upstreams)):
        for copy, upstream, declared in _each(rows, f"{_JUDGED} WHERE {end} IN ", articles):
            found[copy, upstream] = Link(copy, upstream, bool(declared), judged=True)
    for end, articles in (("a.id", copies), ("u.id", upstreams)):
        for copy, upstream in _each(rows, f"{_DECLARED} AND {end} IN ", articles):
            found.setdefault((copy, upstream), Link(copy, upstream, declared=True, judged=False))
    return tuple(found[pair] for pair in sorted(found))


def pending(rows: Rows) -> set[ArticleId]:
    """Give the articles that ask for their upstream to be found and have none."""
    return {article for (article,) in rows.rows(_PENDING, {"auto": AUTO})}


def counts(rows: Rows, upstreams: Collection[ArticleId]) -> list[dict[str, Any]]:
    """Count the copies of each article anew, as its row keeps them: how many, how many behind, the worst state."""
    tallies: dict[ArticleId, Counter[CopyState]] = {upstream: Counter() for upstream in upstreams}
    for upstream, state, count in _each(rows, _STATES, upstreams, " GROUP BY upstream, state"):
        tallies[upstream][CopyState(state)] = count
    return [
        {
            "id": upstream,
            "copies": tally.total(),
            "behind": tally[CopyState.BEHIND],
            "worst": next((state.value for state in CopyState if tally[state]), ""),
        }
        for upstream, tally in sorted(tallies.items())
    ]


def _each(rows: Rows, sql: str, articles: Collection[ArticleId], rest: str = "") -> Iterable[Any]:
    """Ask about many articles, as many at once as a statement takes."""
    for chunk in chunks(sorted(articles)):
        named, params = among("a", chunk)
        yield from rows.rows(sql + named + rest, params)
