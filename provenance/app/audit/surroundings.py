"""The words around each edit in its paragraph, so that an edit of one word can be read where it stands."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from provenance.app.texts import Texts
from provenance.model import Edit, History, Kind, Op, Update
from provenance.model.audits import Surroundings

AROUND = 90
"""So many code points are taken on either side."""
HEADLINE = 400
"""The code points up to which a headline is taken whole."""
UPDATES, EDITS = 60, 50
"""So many updates of an article, and edits of an update: more of them nobody reads."""
HELD = 10_000_000
"""The code points of texts of one article past which no more of them are read."""


def surroundings(history: History, texts: Texts) -> Mapping[tuple[str, int], Surroundings]:
    """Give the words around each edit, by the id of its update and its number; an edit without a place has none."""
    found: dict[tuple[str, int], Surroundings] = {}
    left = HELD
    for update, n, edits in _wanted(history):
        [revision] = texts.fill([history.revisions[n]])
        left -= len(revision.text)
        if left < 0:
            break
        found |= {(update.id, edit.n): around(revision.text, *_span(edit)) for edit in edits}
    return found


def blobs(history: History) -> Iterator[str]:
    """Name the texts that are needed for it."""
    return (history.revisions[n].blob for _, n, _ in _wanted(history))


def around(text: str, start: int, end: int) -> Surroundings:
    """Give what stands before and after a span on its line, cut between words, of the headline all of it."""
    room = HEADLINE if text.find("\n", 0, start) < 0 else AROUND
    return _before(text, start, room), _after(text, end, room)


def _before(text: str, at: int, room: int) -> str:
    found = text[max(at - room, 0) : at]
    line = found.rpartition("\n")[2]
    if len(line) < len(found) or at <= room or text[at - room - 1] == "\n":
        return line
    return f"… {line.partition(' ')[2] or line}"


def _after(text: str, at: int, room: int) -> str:
    found = text[at : at + room]
    line = found.partition("\n")[0]
    if len(line) < len(found) or at + room >= len(text) or text[at + room] == "\n":
        return line
    return f"{line.rpartition(' ')[0] or line} …"


def _wanted(history: History) -> Iterator[tuple[Update, int, list[Edit]]]:
    """Name, for each update, the revisions to look at, and the edits that have their place there."""
    for update in history.updates[:UPDATES]:
        if update.kind is Kind.RETRACTION:  # that it was withdrawn is all that matters
            continue
        edits = [each for each in update.edits[:EDITS] if each.op is not Op.MOVE and (each.before or each.after)]
        for n in (update.revision - 1, update.revision):
            if here := [each for each in edits if _revision(each, update) == n]:
                yield update, n, here


def _revision(edit: Edit, update: Update) -> int | None:
    """Say in which revision an edit has its place: what was taken out in the one before, None where in neither."""
    if edit.after:
        return update.revision if edit.after_span else None
    return update.revision - 1 if edit.before_span and not update.told else None


def _span(edit: Edit) -> tuple[int, int]:
    span = edit.after_span if edit.after else edit.before_span
    assert span
    return span
