"""Methods: what every approach that is compared with has in common, so that only the approach makes the difference.

Each gets the same updates: the places where a word diff tells one revision from the next. A method says how close a
text is to a revision, and what a copy shows of one place.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Protocol

from accuracy.labelled import Articles, Case, Json
from accuracy.words import Hunk, Words, hunks, read, stands

CONTEXT = 3
"""Words on each side of a change by which its place is known."""


@dataclass(frozen=True)
class Article:
    """An article read for comparison: its revisions, and what each but the first changed."""

    url: str
    revisions: tuple[Words, ...]
    changes: tuple[tuple[int, Hunk], ...]


class Method(Protocol):
    """One approach."""

    @property
    def least(self) -> float:
        """Give the closeness from which a text is taken for a copy."""

    def closeness(self, revision: Words, copy: Words) -> float:
        """Say how much of a text comes from a revision, 0 to 1."""

    def state(self, article: Article, change: tuple[int, Hunk], copy: Words, nearest: int) -> str:
        """Say what a copy, made from revision *nearest*, shows of a change."""


def answers(method: Method, cases: Sequence[Case]) -> Articles:
    """Let a method find the upstream of every text of the cases, and judge it."""
    articles = [article(case) for case in cases]
    found = {each.url: _listed(each) for each in articles}
    for case in cases:
        for url, text in case.copies.items():
            copy = read(text)
            best, nearest = max(
                ((each, _nearest(method, each, copy)) for each in articles), key=lambda pair: pair[1][1]
            )
            if nearest[1] >= method.least:
                found[best.url]["copies"].append(_judged(method, best, url, copy, nearest[0]))
    return found


def article(case: Case) -> Article:
    """Read a case's article for comparison."""
    revisions = tuple(map(read, case.revisions))
    changes = [(n, hunk) for n in range(1, len(revisions)) for hunk in hunks(revisions[n - 1], revisions[n])]
    return Article(case.url, revisions, tuple(changes))


def sides(each: Article, change: tuple[int, Hunk], context: int = CONTEXT) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """Give the words of a change as they stood and as they stand now, with some words on each side."""
    n, hunk = change
    pair = ((each.revisions[n - 1], hunk.before), (each.revisions[n], hunk.after))
    old, new = (text.words[max(0, i - context) : j + context] for text, (i, j) in pair)
    return old, new


def overtaken(each: Article, change: tuple[int, Hunk]) -> bool:
    """Tell whether what a change brought stands no more in the article's last revision."""
    n, _ = change
    return n < len(each.revisions) - 1 and not stands(sides(each, change)[1], each.revisions[-1].words)


def _nearest(method: Method, each: Article, copy: Words) -> tuple[int, float]:
    """Find the revision that a text is closest to, the earliest of several."""
    found = [(method.closeness(revision, copy), -n) for n, revision in enumerate(each.revisions)]
    best, n = max(found)
    return -n, best


def _judged(method: Method, each: Article, url: str, copy: Words, nearest: int) -> Json:
    standings = [
        {"update": _name(at), "state": state, "edits": [{"n": 0, "state": state}]}
        for at, change in enumerate(each.changes)
        for state in ["superseded" if overtaken(each, change) else method.state(each, change, copy, nearest)]
    ]
    return {"url": url, "made_from": nearest, "standings": standings}


def _listed(each: Article) -> Json:
    updates = [
        {
            "id": _name(at),
            "revision": n,
            "edits": [
                {
                    "n": 0,
                    "before_span": each.revisions[n - 1].span(*hunk.before),
                    "after_span": each.revisions[n].span(*hunk.after),
                }
            ],
        }
        for at, (n, hunk) in enumerate(each.changes)
    ]
    revisions = [{"n": n, "text": revision.text} for n, revision in enumerate(each.revisions)]
    return {"url": each.url, "revisions": revisions, "updates": updates, "copies": []}


def _name(at: int) -> str:
    return f"change {at}"
