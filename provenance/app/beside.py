"""An upstream and a copy beside each other: the sentences paired, the words that differ, the edits in their places."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from provenance.app.catch_up import catch_up
from provenance.app.lookup import split, the_article
from provenance.app.workspace import Workspace
from provenance.errors import NotFoundError, UsageError
from provenance.model import Article, Copy, Label, Mark, Op, Pair, Piece, Revision, Sides, Span, State, Update

if TYPE_CHECKING:
    from provenance.engine.lineage import Lineage

LARGEST = 4_000_000
"""The product of the words of two sentences past which they are not compared word by word."""
_LINE_END = re.compile("\n")
_SHOWN = frozenset({State.MISSING, State.PARTIAL, State.CARRIED, State.DIVERGED, State.UNSEEN})


def sides(workspace: Workspace, copy: str, upstream: str = "") -> Sides:
    """Lay a copy (`@N` for one of its revisions) beside a revision of its upstream, the last one without `@N`.

    Raises NotFoundError where no upstream is given and none is known, UsageError where several are.
    """
    from provenance.app.texts import Texts

    catch_up(workspace)
    name, m = split(copy)
    below = the_article(workspace, name)
    above, n = _upstream(workspace, below, upstream)
    held = workspace.ledger.revisions_of([above.id, below.id])
    texts = Texts(workspace.store.read, most=64_000_000)
    revisions = texts.fill(held[above.id])
    n, m = _numbered(above, n), _numbered(below, m)
    [other] = texts.fill([held[below.id][m]])
    history = workspace.ledger.history(above.id)
    verdict = next((each for each in history.copies if each.article == below.id and each.revision == m), None)
    return laid(Shelf(above, revisions, history.updates, n), below, other, verdict)


@dataclass(frozen=True, slots=True)
class Shelf:
    """An article against which copies are laid: its revisions with their texts, its updates, and which revision."""

    article: Article
    revisions: Sequence[Revision]
    updates: Sequence[Update]
    n: int


def laid(shelf: Shelf, copy: Article, other: Revision, verdict: Copy | None) -> Sides:
    """Lay a revision of a copy, with its text, beside an article; `verdict` puts the edits in their places."""
    from provenance.engine.sides import align

    text = shelf.revisions[shelf.n].text
    rows = align(text, other.text)
    places = _Places([row.left for row in rows], [row.right for row in rows])
    labels, elsewhere = _labelled(verdict, shelf.updates, shelf.revisions, shelf.n, places)
    lines = _Lines(text), _Lines(other.text)
    pairs = tuple(
        _pair(row.left, row.right, row.moved, (text, other.text), lines, tuple(labels.get(at, ())))
        for at, row in enumerate(rows)
    )
    return Sides(shelf.article, shelf.n, copy, other.n, pairs, verdict, elsewhere)


def _upstream(workspace: Workspace, copy: Article, named: str) -> tuple[Article, int | None]:
    if named:
        name, n = split(named)
        return the_article(workspace, name), n
    if not copy.copy_of:
        raise NotFoundError(
            f"{copy.url} is not known as a copy of anything",
            hint="name what to lay it beside: prov diff --copy COPY ARTICLE",
        )
    if len(copy.copy_of) > 1:
        raise UsageError(f"{copy.url} has {len(copy.copy_of)} upstreams", hint=f"name one: {', '.join(copy.copy_of)}")
    return the_article(workspace, copy.copy_of[0]), None


def _numbered(article: Article, n: int | None) -> int:
    if n is not None and not 0 <= n < article.revisions:
        raise NotFoundError(f"{article.url} has no revision {n}", hint=f"it has @0 to @{article.revisions - 1}")
    return article.revisions - 1 if n is None else n


class _Lines:
    """The lines of a text by their offsets: looked up, not counted, for a copy may have ten thousand."""

    def __init__(self, text: str) -> None:
        self._ends = [found.start() for found in _LINE_END.finditer(text)]

    def of(self, span: Span | None) -> int | None:
        return bisect_right(self._ends, span[0]) + 1 if span else None


def _pair(
    left: Span | None,
    right: Span | None,
    moved: bool,  # noqa: FBT001
    texts: tuple[str, str],
    lines: tuple[_Lines, _Lines],
    labels: tuple[Label, ...],
) -> Pair:
    before, after = (
        " ".join(text[slice(*span)].split()) if span else "" for text, span in zip(texts, (left, right), strict=True)
    )
    alike = before == after
    pieces = () if alike or not (left and right) else tuple(_pieces(before, after))
    return Pair(left, right, lines[0].of(left), lines[1].of(right), before, after, alike, moved, pieces, labels)


def _pieces(before: str, after: str) -> Iterator[Piece]:
    """Cut two sentences into the words that both have, and those that one has."""
    from provenance.engine.diffing import diff
    from provenance.engine.words import tokens

    old, new = tokens(before), tokens(after)
    runs = diff(old, new, semantic=True) if len(old) * len(new) <= LARGEST else [(-1, len(old), 0), (1, 0, len(new))]
    i = j = 0
    for op, left, right in runs:
        mark = Mark.KEPT if not op else Mark.DROPPED if op < 0 else Mark.ADDED
        yield Piece(mark, "".join(old[i : i + left] if op <= 0 else new[j : j + right]))
        i, j = i + left, j + right


# --- edits in their places


class _Places:
    """The rows by where they stand in either text."""

    def __init__(self, lefts: Sequence[Span | None], rights: Sequence[Span | None]) -> None:
        self._left, self._right = (
            sorted((span, at) for at, span in enumerate(side) if span) for side in (lefts, rights)
        )

    def left(self, span: Span) -> int | None:
        return self._row(self._left, span)

    def right(self, span: Span) -> int | None:
        return self._row(self._right, span)

    def _row(self, rows: Sequence[tuple[Span, int]], span: Span) -> int | None:
        """Find the row that a span begins in; one that begins between two rows belongs to the one before."""
        at = bisect_right(rows, span[0], key=lambda each: each[0][0]) - 1
        return rows[max(at, 0)][1] if rows else None


def _labelled(
    verdict: Copy | None, updates: Sequence[Update], revisions: Sequence[Revision], n: int, places: _Places
) -> tuple[Mapping[int, Sequence[Label]], tuple[Label, ...]]:
    """Give the edits of a verdict by the row that they stand in, and those that stand in none."""
    from provenance.engine.lineage import Lineage

    by_id = {update.id: update for update in updates}
    lineage = Lineage([revision.text for revision in revisions])
    found: dict[int, list[Label]] = defaultdict(list)
    elsewhere: list[Label] = []
    for standing in verdict.standings if verdict else ():
        update = by_id[standing.update]
        edits = {edit.n: edit for edit in update.edits}
        for each in standing.edits:
            if each.state in _SHOWN:
                label = Label(update, edits[each.n], each)
                row = _row(label, lineage, n, places)
                (elsewhere if row is None else found[row]).append(label)
    return found, tuple(elsewhere)


def _row(label: Label, lineage: Lineage, n: int, places: _Places) -> int | None:
    """Say which row an edit stands in: an addition that is lacking where the article has it, others in the copy."""
    edit, span = label.edit, label.standing.span
    lacking = edit.op is Op.INSERT and label.standing.state is State.MISSING
    if span and not lacking and (row := places.right(span)) is not None:
        return row
    revision = label.update.revision
    if edit.after and edit.after_span:
        return places.left(lineage.carry(edit.after_span, revision, n))
    if edit.before_span and not label.update.told:
        return places.left(lineage.carry(edit.before_span, revision - 1, n))
    return places.right(span) if span else None
