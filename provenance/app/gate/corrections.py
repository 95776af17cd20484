"""Articles and their updates out of corrections files, for whoever has no store: a later file over an earlier."""

from __future__ import annotations

from array import array
from bisect import bisect_left
from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from functools import cached_property
from hashlib import sha256
from pathlib import Path
from typing import TYPE_CHECKING

from provenance.app.gate.upstreams import Match, Story
from provenance.errors import GateError
from provenance.model import Article, ArticleId

if TYPE_CHECKING:
    from provenance.engine.alike import Meaning
    from provenance.sources.corrections import CorrectionsFile

_NUMBER = 32
"""Bits of a fingerprint; an article's number stands above them."""


class CorrectionsUpstreams:
    """What corrections files hold, answered for as a ledger answers for a store.

    Memory grows with the number of articles and not with their texts: those are read when they are asked for, and
    fingerprinted when a file of the site names no upstream.
    """

    def __init__(self, paths: Sequence[Path], meaning: Meaning | None = None) -> None:
        """Name the files, oldest first; `meaning` tells how alike sentences are, where there is something that can."""
        self._paths = paths
        self._meaning = meaning

    @cached_property
    def head(self) -> str:
        """Give the sha256 of the files, in their order."""
        return sha256("".join(each.digest for each in self._files).encode()).hexdigest()

    @cached_property
    def engine(self) -> str:
        """Name the rules that the updates were told by, and those that copies are judged by."""
        from provenance.engine import ENGINE
        from provenance.meaning import MODEL

        told = sorted({each.extent.engine for each in self._files} - {ENGINE})
        return "<".join((ENGINE, *told)) + (f"+{MODEL}" if self._meaning else "")

    @property
    def meaning(self) -> Meaning | None:
        """Give what tells how alike sentences are in meaning."""
        return self._meaning

    def articles(self, wanted: Collection[ArticleId]) -> Mapping[ArticleId, Article]:
        """Give those of the articles that are held, copies of them by their address alone."""
        found = {each: self._article(each) for each in sorted(wanted)}
        return {name: article for name, article in found.items() if article}

    def stories(self, wanted: Collection[ArticleId]) -> Mapping[ArticleId, Story]:
        """Give those of the articles that stand there whole. Raises GateError where a text is not what it should be."""
        return {each: self._story(each) for each in sorted(wanted) if each in self._homes}

    def candidates(self, texts: Iterable[Collection[int]], limit: int) -> Iterator[list[Match]]:
        """Give the articles that share the rarest fingerprints with each text."""
        return (self._index.candidates(each, limit) for each in texts)

    @cached_property
    def _files(self) -> list[CorrectionsFile]:
        from provenance.sources import corrections

        files: list[CorrectionsFile] = []
        for path in self._paths:
            each = corrections.read(path)
            if each.extent.since and not any(each.extent.follows(other.extent) for other in files):
                raise GateError(
                    f"{path} has only what came after {each.extent.since}, and no file before it ends there",
                    hint="name the files oldest first, all of the same publishers; or take a whole one",
                )
            files.append(each)
        return files

    @cached_property
    def _homes(self) -> dict[ArticleId, CorrectionsFile]:
        """Say for each article in which file its latest state stands."""
        found: dict[ArticleId, CorrectionsFile] = {}
        for each in self._files:
            found = {name: home for name, home in found.items() if name not in each.copies}
            found |= dict.fromkeys(each, each)
        return found

    @cached_property
    def _copies(self) -> dict[ArticleId, Article]:
        found = {name: copy for each in self._files for name, copy in each.copies.items()}
        return {name: copy for name, copy in found.items() if name not in self._homes}

    def _article(self, name: ArticleId) -> Article | None:
        if home := self._homes.get(name):
            article = home.article(name)
            return replace(article, copy_of=tuple(each for each in article.copy_of if each in self._homes))
        copy = self._copies.get(name)
        above = tuple(each for each in copy.copy_of if self._leads_home(each, {name})) if copy else ()
        return replace(copy, copy_of=above) if copy and above else None

    def _leads_home(self, name: ArticleId, seen: set[ArticleId]) -> bool:
        """Tell whether an article stands there whole, or is a copy of one that does."""
        while name not in self._homes:
            copy = self._copies.get(name)
            if copy is None or name in seen or not copy.copy_of:
                return False
            seen.add(name)
            name = copy.copy_of[0]
        return True

    def _story(self, name: ArticleId) -> Story:
        history = self._homes[name].history(name)
        article = self._article(name)
        assert article is not None
        return Story(article, history.revisions, history.updates)

    @cached_property
    def _index(self) -> _Index:
        """Fingerprint every article, as a ledger does when it is first asked for one by its words."""
        from provenance.engine import fingerprints

        names = sorted(self._homes)
        index = _Index(names)
        for number, name in enumerate(names):
            texts = {revision.text for revision in self._homes[name].history(name).revisions}
            index.put(number, frozenset().union(*map(fingerprints.of, texts)))
        index.close()
        return index


class _Index:
    """Where fingerprints stand, in one sorted array: eight bytes each."""

    def __init__(self, names: Sequence[ArticleId]) -> None:
        self._names = names
        self._pairs = array("q")

    def put(self, number: int, prints: Iterable[int]) -> None:
        """Note the fingerprints of an article."""
        self._pairs.extend((each << _NUMBER) + number for each in prints)

    def close(self) -> None:
        """Bring them into order."""
        self._pairs = array("q", sorted(self._pairs))

    def candidates(self, prints: Collection[int], limit: int) -> list[Match]:
        """Give at most `limit` articles that share rare fingerprints with a text: one in k articles weighs 1/k."""
        from provenance.ledger.fingerprints import COMMON

        shared: dict[int, int] = defaultdict(int)
        weight: dict[int, float] = defaultdict(float)
        for each in sorted(prints):
            holders = self._holders(each)
            if len(holders) <= COMMON:
                for one in holders:
                    shared[one] += 1
                    weight[one] += 1 / len(holders)
        best = sorted(shared, key=lambda one: (-round(weight[one], 6), -shared[one], one))[:limit]
        return [Match(self._names[each], shared[each]) for each in best]

    def _holders(self, fingerprint: int) -> list[int]:
        base = fingerprint << _NUMBER
        first = bisect_left(self._pairs, base)
        last = bisect_left(self._pairs, base + (1 << _NUMBER), first)
        return [pair - base for pair in self._pairs[first:last]]
