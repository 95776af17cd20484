"""Which article an object belongs to, told by the other objects: even where the log cannot be walked any more.

A tree names the articles of the files in it, and a commit's message its article, so each readable object says it of
others without those between.
"""

from __future__ import annotations

import re
from collections.abc import Container, Iterator
from contextlib import closing
from typing import NamedTuple

from provenance.store import commits
from provenance.store.git import Git
from provenance.store.objects import Object, objects

_FILE = re.compile(rb"([0-9a-f]{16})\.(?:json|txt|source|jsonl)")
_ENTRY = re.compile(rb"(\d{1,6}+) ([^\0]{1,4096}+)\0(.{20})", re.DOTALL)  # bounded: a hostile tree may be all digits
_FOLDER = b"40000"
_PAIR = 2


class Told(NamedTuple):
    """What the trees and commits of a store tell of the objects asked for."""

    articles: dict[str, str]
    folders: dict[str, str]
    """For a folder that is asked for the last two digits that its articles' ids begin with, as `cd`."""
    known: set[str]
    """The articles that any tree names."""


def owners(git: Git, wanted: Container[str]) -> dict[str, str]:
    """Give the article of each object of those wanted that belongs to one, as far as it can be told."""
    told = Told({}, {}, set())
    for id, kind, data in _trees_and_commits(git):
        if kind == "tree":
            _tree(told, id, data, wanted)
        elif id in wanted and (article := commits.trailers(data.decode(errors="replace")).article):
            told.articles.setdefault(id, article)
    for id, end in told.folders.items():
        within = {article for article in told.known if article[_PAIR : 2 * _PAIR] == end}
        if len(within) == 1:
            told.articles.setdefault(id, *within)
    return told.articles


def _tree(told: Told, id: str, data: bytes, wanted: Container[str]) -> None:
    within = set()
    for mode, name, raw in _ENTRY.findall(data):
        entry = raw.hex()
        if found := _FILE.fullmatch(name):
            within.add(found[1].decode())
            if entry in wanted:
                told.articles.setdefault(entry, found[1].decode())
        elif mode == _FOLDER and len(name) == _PAIR and entry in wanted:
            told.folders[entry] = name.decode(errors="replace")
    told.known.update(within)
    if id in wanted and len(within) == 1:
        told.articles.setdefault(id, *within)


def _trees_and_commits(git: Git) -> Iterator[Object]:
    """Give each tree and commit that can be read."""
    _, listed, _ = git.run("cat-file", "--batch-all-objects", "--batch-check=%(objectname) %(objecttype)")
    names = (line[:40] for line in listed.splitlines() if line.endswith((" tree", " commit")))
    with closing(objects(git, names)) as found:
        yield from (each for each in found if isinstance(each, Object))
