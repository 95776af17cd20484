"""What an update changed: each edit in the article's own sentence or the words around it, alike edits told once."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from itertools import zip_longest

from provenance.model import Aspect, Edit, Mark, Op, Piece, Span, Update
from provenance.model.audits import Chapter, Surroundings

CONTEXT = 90
"""So many characters of a sentence are shown on either side of an edit."""
Sentences = Mapping[tuple[str, int], str]
"""The article's sentence as it now reads, by the id of an update and the number of an edit in it."""
Around = Mapping[tuple[str, int], Surroundings]
"""The words before and after an edit, named in the same way."""


@dataclass(frozen=True, slots=True)
class Change:
    """One or more edits with their words marked; `field` names metadata, `times` counts those that are alike."""

    pieces: tuple[Piece, ...]
    field: str = ""
    moved: bool = False
    times: int = 1


def sentences(chapter: Chapter) -> Sentences:
    """Collect the sentences that verdicts quote of the article."""
    found: dict[tuple[str, int], str] = {}
    for exhibit in chapter.exhibits:
        for standing in exhibit.copy.standings:
            for each in standing.edits:
                if each.wanted:
                    found.setdefault((standing.update, each.n), each.wanted)
    return found


def changes(update: Update, known: Sentences, around: Around) -> tuple[Change, ...]:
    """Tell the edits of an update, in their order."""
    told: dict[tuple[object, ...], Change] = {}
    for sentence, edits in _together(update, known, around):
        for change in _told(sentence, edits, {each.n: around.get((update.id, each.n), ("", "")) for each in edits}):
            key = (change.pieces, change.field, change.moved)
            before = told.get(key)
            told[key] = Change(*key, times=before.times + 1) if before else change
    return tuple(told.values())


def _together(update: Update, known: Sentences, around: Around) -> Iterator[tuple[str, list[Edit]]]:
    """Put the edits of one sentence together, by the sentence where it is known, or else by how near they stand."""
    groups: dict[object, tuple[str, list[Edit]]] = {}
    last: Edit | None = None
    at = 0
    for edit in update.edits:
        sentence = known.get((update.id, edit.n), "")
        inside = bool(edit.after) and sentence.count(edit.after) == 1 and edit.after.strip() != sentence.strip()
        if inside and not edit.field:
            groups.setdefault(sentence, (sentence, []))[1].append(edit)
        elif (update.id, edit.n) not in around or edit.op is Op.MOVE:
            groups[edit.n] = "", [edit]
        else:
            near = last is not None and _between(last, edit, around[update.id, last.n][1]) is not None
            at = at if near else edit.n
            groups.setdefault(at, ("", []))[1].append(edit)
            last = edit
    yield from groups.values()


def _between(edit: Edit, following: Edit, after: str) -> str | None:
    """Give the words between two edits out of those `after` the first, None where the other is not among them."""
    gap, was = _gap(edit.after_span, following.after_span), _gap(edit.before_span, following.before_span)
    if not (edit.after and following.after):  # what was taken out has its place in the text before alone
        gap = was if was is not None and gap is not None and abs(gap - was) <= 1 else None
    return after[:gap] if gap is not None and 0 <= gap <= len(after.removesuffix(" …")) else None


def _gap(left: Span | None, right: Span | None) -> int | None:
    return right[0] - left[1] if left and right else None


def _told(sentence: str, edits: list[Edit], around: Mapping[int, Surroundings]) -> Iterator[Change]:
    headline = "headline" if all(Aspect.HEADLINE in each.aspects for each in edits) else ""
    if sentence:
        yield Change(tuple(_within(sentence, edits)), headline)
    elif edits[0].op is Op.MOVE:
        yield Change((Piece(Mark.KEPT, edits[0].after),), moved=True)
    else:
        yield Change(tuple(piece for piece in _surrounded(edits, around) if piece.text), edits[0].field or headline)


def _surrounded(edits: list[Edit], around: Mapping[int, Surroundings]) -> Iterator[Piece]:
    """Mark the edits among the words around them."""
    yield Piece(Mark.KEPT, around[edits[0].n][0])
    for edit, following in zip_longest(edits, edits[1:]):
        yield Piece(Mark.DROPPED, edit.before)
        yield Piece(Mark.KEPT, " " if edit.before and edit.after else "")
        yield Piece(Mark.ADDED, edit.after)
        after = around[edit.n][1]
        yield Piece(Mark.KEPT, (_between(edit, following, after) or "") if following else after)


def _within(sentence: str, edits: list[Edit]) -> Iterator[Piece]:
    """Mark the edits in a sentence, and leave out what stands far from any."""
    at = 0
    for start, edit in sorted(((sentence.index(each.after), each) for each in edits), key=lambda each: each[0]):
        if start < at:
            continue
        yield Piece(Mark.KEPT, _shortened(sentence[at:start], first=at == 0))
        if edit.before:
            yield Piece(Mark.DROPPED, edit.before)
            yield Piece(Mark.KEPT, " ")
        yield Piece(Mark.ADDED, edit.after)
        at = start + len(edit.after)
    rest = sentence[at:]
    yield Piece(Mark.KEPT, rest if len(rest) <= CONTEXT else f"{rest[:CONTEXT].rpartition(' ')[0]} …")


def _shortened(text: str, *, first: bool) -> str:
    if first:
        return text if len(text) <= CONTEXT else f"… {text[-CONTEXT:].partition(' ')[2]}"
    if len(text) <= 2 * CONTEXT:
        return text
    return f"{text[:CONTEXT].rpartition(' ')[0]} … {text[-CONTEXT:].partition(' ')[2]}"
