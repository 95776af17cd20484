"""The places of a copy that are out of date: its own words beside those that should stand there, edits marked.

Several edits of one update in one sentence are one passage, and an article that was withdrawn is one passage whole.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from enum import Enum
from itertools import groupby

from provenance.model import Kind, Mark, Piece, State, Update
from provenance.model.audits import Exhibit, Miss
from provenance.report.mending import Mend, mend

OUT_OF_DATE = frozenset({State.MISSING, State.PARTIAL})
GRAVE = frozenset({Kind.RETRACTION, Kind.CORRECTION, Kind.CLARIFICATION})
"""The kinds after which the old text must not stand as it is."""
LONGEST = 20_000
"""The characters of two sentences past which nobody looks for the place of an edit in them."""
_NOTICE = "its own notice tells of it"


class Sort(Enum):
    """What is out of date at a place."""

    CHANGED = "changed"
    LACKING = "lacking"
    GONE = "gone"
    WITHDRAWN = "withdrawn"


@dataclass(frozen=True, slots=True)
class Passage:
    """A place of a copy that is out of date, with the misses that meet there.

    `said` are the copy's words, what is to go marked as dropped; `wanted` the same with the edits made, what is new
    marked as added, or the article's sentence where the place in the copy's own cannot be told. `noted` where the
    copy's own notice tells of it already.
    """

    update: Update
    sort: Sort
    misses: tuple[Miss, ...]
    said: tuple[Piece, ...]
    wanted: tuple[Piece, ...]
    noted: bool = False

    @property
    def line(self) -> int | None:
        """Give the line of the copy, from 1."""
        return self.misses[0].line

    @property
    def quote(self) -> str:
        """Give the copy's sentence."""
        return _sentence(self.misses[0])

    @property
    def article(self) -> str:
        """Give the article's sentence as it now reads."""
        return self.misses[0].standing.wanted


def passages(exhibit: Exhibit) -> tuple[Passage, ...]:
    """List what is out of date in a copy, gravest first, then as it stands in the copy."""
    open_ = {each.update for each in exhibit.copy.standings if each.state in OUT_OF_DATE}
    shown = [each for each in exhibit.misses if each.update.id in open_]
    withdrawn = [each for each in shown if each.update.kind is Kind.RETRACTION]
    if withdrawn:  # what else is wrong in it does not matter any more
        return (_withdrawn(withdrawn),)
    shown.sort(key=lambda each: (-each.update.kind.rank, each.update.revision, each.line or 1 << 30, _at(each)))
    return tuple(_passage(list(group)) for _, group in groupby(shown, key=_place))


def _at(miss: Miss) -> int:
    return miss.standing.span[0] if miss.standing.span else 0


def _place(miss: Miss) -> tuple[object, ...]:
    """Name what misses have to have in common to be told as one."""
    alone = miss.edit.n if not _sentence(miss) or sort(miss) is not Sort.CHANGED else -1
    return miss.update.id, miss.line, _sentence(miss), miss.standing.wanted, alone


def sort(miss: Miss) -> Sort:
    """Tell what is out of date."""
    if miss.update.kind is Kind.RETRACTION:
        return Sort.WITHDRAWN
    if not miss.edit.before and miss.edit.after and miss.standing.wanted.strip() == miss.edit.after.strip():
        return Sort.LACKING
    return Sort.CHANGED if miss.standing.wanted else Sort.GONE


def _sentence(miss: Miss) -> str:
    return miss.sentence or miss.standing.quote


def _withdrawn(misses: Sequence[Miss]) -> Passage:
    first = next((each for each in misses if _sentence(each)), misses[0])
    return Passage(first.update, Sort.WITHDRAWN, (first,), _whole(_sentence(first), Mark.DROPPED), ())


def _passage(misses: Sequence[Miss]) -> Passage:
    first = misses[0]
    found, quote, wanted = sort(first), _sentence(first), first.standing.wanted
    noted = any(_NOTICE in each.standing.because for each in misses)
    if found is Sort.LACKING:
        said, new = _whole(quote, Mark.KEPT), _whole(wanted, Mark.ADDED)
    else:
        said, new = _marked(quote, wanted, misses)
    return Passage(first.update, found, tuple(misses), said, new, noted)


def _marked(quote: str, wanted: str, misses: Iterable[Miss]) -> tuple[tuple[Piece, ...], tuple[Piece, ...]]:
    """Mark the edits in the copy's own sentence, or in the article's where no place for them is found in it."""
    mends = [_trimmed(found, quote) for each in misses if (found := _mend(quote, wanted, each))]
    mends = _apart(mends)
    if mends:
        return _cut(quote, mends, Mark.DROPPED), _cut(quote, mends, Mark.ADDED)
    if not wanted:
        return _whole(quote, Mark.DROPPED), ()
    return _whole(quote, Mark.KEPT), _found(wanted, [each.edit.after for each in misses])


def _mend(quote: str, wanted: str, miss: Miss) -> Mend | None:
    if not quote or len(quote) + len(wanted) > LONGEST:
        return None
    return mend(quote, wanted, miss.edit.before, miss.edit.after)


def _trimmed(found: Mend, quote: str) -> Mend:
    """Leave out the words that a place and what is to stand there have in common at either end."""
    old, new = _words(quote[found.start : found.end]), _words(found.words)
    head = 0
    while head < min(len(old), len(new)) and old[head] == new[head]:
        head += 1
    tail = 0
    while tail < min(len(old), len(new)) - head and old[-1 - tail] == new[-1 - tail]:
        tail += 1
    start = found.start + len("".join(old[:head]))
    end = found.end - len("".join(old[len(old) - tail :]))
    words = "".join(new[head : len(new) - tail])
    if quote[start:end].endswith(" ") and words.endswith(" "):
        return Mend(start, end - 1, words[:-1])
    return Mend(start, end, words)


def _words(text: str) -> list[str]:
    """Cut a text into words, each with the blank that follows it."""
    return [each + " " for each in text.split(" ")[:-1]] + text.split(" ")[-1:]


def _apart(mends: Iterable[Mend]) -> list[Mend]:
    """Order the places, and leave out one that runs into another."""
    kept: list[Mend] = []
    for each in sorted(set(mends)):
        if not kept or (each.start >= kept[-1].end and each != kept[-1]):
            kept.append(each)
    return kept


def _cut(quote: str, mends: Iterable[Mend], mark: Mark) -> tuple[Piece, ...]:
    pieces, at = [], 0
    for each in mends:
        pieces.append(Piece(Mark.KEPT, quote[at : each.start]))
        pieces.append(Piece(mark, quote[each.start : each.end] if mark is Mark.DROPPED else each.words))
        at = each.end
    pieces.append(Piece(Mark.KEPT, quote[at:]))
    return tuple(piece for piece in pieces if piece.text)


def _found(text: str, words: Iterable[str]) -> tuple[Piece, ...]:
    """Mark words where they stand in a text, each once."""
    places = sorted({(at, at + len(each)) for each in words if each and (at := text.find(each)) >= 0})
    return _cut(text, _apart(Mend(start, end, text[start:end]) for start, end in places), Mark.ADDED)


def _whole(text: str, mark: Mark) -> tuple[Piece, ...]:
    return (Piece(mark, text),) if text else ()
