"""What an update changed, each edit in the article's own sentence where one is known, alike edits told once."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from provenance.model import Edit, Mark, Op, Piece, Update
from provenance.model.audits import Chapter

CONTEXT = 90
"""So many characters of a sentence are shown on either side of an edit."""
Sentences = Mapping[tuple[str, int], str]
"""The article's sentence as it now reads, by the id of an update and the number of an edit in it."""


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


def changes(update: Update, known: Sentences) -> tuple[Change, ...]:
    """Tell the edits of an update, in their order."""
    told: dict[tuple[object, ...], Change] = {}
    for sentence, edits in _by_sentence(update, known):
        for change in _told(sentence, edits):
            key = (change.pieces, change.field, change.moved)
            before = told.get(key)
            told[key] = Change(*key, times=before.times + 1) if before else change
    return tuple(told.values())


def _by_sentence(update: Update, known: Sentences) -> Iterator[tuple[str, list[Edit]]]:
    groups: dict[object, tuple[str, list[Edit]]] = {}
    for edit in update.edits:
        sentence = known.get((update.id, edit.n), "")
        inside = bool(edit.after) and sentence.count(edit.after) == 1 and edit.after.strip() != sentence.strip()
        key: object = sentence if inside and not edit.field else edit.n
        groups.setdefault(key, (sentence if inside and not edit.field else "", []))[1].append(edit)
    yield from groups.values()


def _told(sentence: str, edits: list[Edit]) -> Iterator[Change]:
    if sentence:
        yield Change(tuple(_within(sentence, edits)))
        return
    for edit in edits:
        if edit.op is Op.MOVE:
            yield Change((Piece(Mark.KEPT, edit.after),), moved=True)
        else:
            between = " " if edit.before and edit.after else ""
            pieces = (Piece(Mark.DROPPED, edit.before), Piece(Mark.KEPT, between), Piece(Mark.ADDED, edit.after))
            yield Change(tuple(piece for piece in pieces if piece.text), edit.field)


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
