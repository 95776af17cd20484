"""The sentence to send about a passage: what the page says, what the article now says, and since when."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime

from provenance.model import Kind, Update
from provenance.report.audit.passages import Passage, Sort
from provenance.report.audit.telling import moment

Part = tuple[str, bool]
"""Words of a sentence, and whether they come from outside."""

LONGEST = 1_200
"""So many characters of a sentence are quoted; of a longer one its beginning and its end."""
_ENDS = tuple(".!?…。！？؟।")
_CLOSING = '"”’»」』)'
_DOUBLE = frozenset('"“”„«»「『')
_DONE = {
    Kind.REFILE: "refiled on",
    Kind.DEVELOPMENT: "update of",
    Kind.CLARIFICATION: "clarification of",
    Kind.CORRECTION: "correction of",
    Kind.RETRACTION: "withdrawn on",
}


def request(passage: Passage, out: datetime | None) -> str:
    """Give the sentence to send about a passage whose update came out at `out`."""
    return "".join(words for words, _ in request_parts(passage, out))


def request_parts(passage: Passage, out: datetime | None) -> tuple[Part, ...]:
    """Give the same in parts, those from outside told apart."""
    return tuple((words, outside) for words, outside in _parts(passage, done(passage.update, out)) if words)


def done(update: Update, out: datetime | None) -> str:
    """Say what was done to the article and when: `correction of 12 May 2025, 08:00 UTC`."""
    if update.declared or update.kind is Kind.RETRACTION:
        return f"{_DONE[update.kind]} {moment(out)}"
    return f"changed on {moment(out)}; no note says so"


def _parts(passage: Passage, when: str) -> Iterator[Part]:
    if passage.sort is Sort.WITHDRAWN:
        yield from _still_runs(passage)
        yield f" The article was {when} and must not be used any more.", False
        return
    if passage.sort is Sort.LACKING or not passage.quote:
        also = "also " if passage.sort is Sort.LACKING else ""
        yield from _quoted(f"The article now {also}says ", passage.article, f" ({when}); your page does not.")
        if passage.quote:
            yield from _quoted(f" The passage beside it {_where(passage)} is ", passage.quote, ".")
        return
    yield from _quoted(f"{_place(passage)} says ", passage.quote, ".")
    if passage.sort is Sort.GONE:
        yield f" The article no longer says so ({when}).", False
        return
    yield from _quoted(" The article now says ", passage.article, f" ({when}).")
    if passage.noted:
        yield " Your note tells of it already; the text does not yet.", False


def _still_runs(passage: Passage) -> Iterator[Part]:
    if passage.quote:
        place = f" (line {passage.line})" if passage.line else ""
        yield from _quoted("Your page still runs this article: ", passage.quote, f"{place}.")
    else:
        yield "Your page still runs this article.", False


def _place(passage: Passage) -> str:
    return f"In line {passage.line} your page" if passage.line else "Your page"


def _where(passage: Passage) -> str:
    return f"(line {passage.line})" if passage.line else "on your page"


def _short(words: str) -> str:
    return words if len(words) <= LONGEST else f"{words[: LONGEST // 2]} … {words[-LONGEST // 2 :]}"


def _quoted(before: str, words: str, after: str) -> Iterator[Part]:
    said = _short(" ".join(words.split()))
    ended = after.startswith(".") and said.rstrip(_CLOSING)[-1:] in _ENDS
    opening, closing = "‘’" if _DOUBLE.intersection(said) else "“”"
    yield f"{before}{opening}", False
    yield said, True
    yield f"{closing}{after[1:] if ended else after}", False
