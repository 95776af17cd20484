"""Standings of every pair of upstream and copy that a chunk of the log touched, each judged once."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection
from dataclasses import replace

from provenance.app.verdicts import Verdicts
from provenance.ledger import Book, Link
from provenance.model import AUTO, ArticleId, Revision


def judge_pairs(book: Book, verdicts: Verdicts, changed: Collection[ArticleId], seen: Collection[ArticleId]) -> int:
    """Judge every pair of which an end changed, or whose copy was seen again; give their number.

    A pair that the copy no longer declares, nor asks to have found, is forgotten.
    """
    pairs = _touched(book, changed, seen)
    held = book.current({link.article for links in pairs.values() for link in links})
    judged = 0
    for upstream in sorted(pairs):
        links = [link for link in pairs[upstream] if _stands(link, held[link.article].revision)]
        for link in pairs[upstream]:
            if link not in links:
                book.drop_copy(link.article, link.upstream)
        for link in links:
            if verdict := verdicts.on(upstream, link.article, declared=True):
                book.put_copy(verdicts.timed(replace(verdict, declared=link.declared)))
                judged += 1
    return judged


def _stands(link: Link, copy: Revision) -> bool:
    return link.declared or copy.metadata.copy_of == AUTO


def _touched(book: Book, changed: Collection[ArticleId], seen: Collection[ArticleId]) -> dict[ArticleId, list[Link]]:
    """Give the links of which an end was touched, by upstream."""
    pairs: dict[ArticleId, list[Link]] = defaultdict(list)
    for link in book.links({*changed, *seen}, changed):
        pairs[link.upstream].append(link)
    return pairs
