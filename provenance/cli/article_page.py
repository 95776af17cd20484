"""One article in depth: its revisions, what each changed, and every standing of every copy."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from datetime import datetime

from provenance.app.status import Subject
from provenance.cli.evidence import WITHDRAWN, Said, beside, evidence, words
from provenance.cli.status_table import COLOURS, label, name
from provenance.cli.terminal import Terminal, count, moment, quoted
from provenance.cli.words import cut
from provenance.ledger.overview import since
from provenance.model import (
    EVASION,
    Article,
    ArticleId,
    Copy,
    CopyState,
    Edit,
    Kind,
    Op,
    Revision,
    Standing,
    State,
    Update,
)

STATES = {
    CopyState.BEHIND: "red",
    CopyState.DIVERGED: "yellow",
    CopyState.UNSEEN: "yellow",
    CopyState.CURRENT: "green",
    CopyState.WITHDRAWN: "dim",
}
_OUT_OF_DATE = (State.MISSING, State.PARTIAL)

SHOWN = 5
"""So many edits of an update stand on the page; `prov diff` and `prov explain` show the rest."""


def page(found: Subject, terminal: Terminal) -> Iterator[str]:
    """Give the lines of the page."""
    history = found.history
    yield from head(history.article, found.known, terminal)
    yield ""
    yield terminal.paint("REVISIONS", "bold")
    for revision, when in zip(history.revisions, times(history.revisions), strict=True):
        notices = len(history.notices.get(revision.n, ()))
        yield from terminal.wrapped(_revision(revision, when, notices), "  ")
    if history.updates:
        yield ""
        yield terminal.paint("UPDATES", "bold")
        for update in history.updates:
            yield from update_lines(update, terminal)
    if history.copies:
        yield ""
        yield terminal.paint("COPIES", "bold")
        for copy in history.copies:
            yield from _copy(copy, found.known[copy.article], history.updates, terminal)


def head(article: Article, known: Mapping[ArticleId, Article], terminal: Terminal) -> Iterator[str]:
    """Name an article: headline, publisher, URL, id and what it is a copy of."""
    yield from terminal.headed(article.headline or "(no headline)", "bold")
    yield from terminal.wrapped(", ".join(filter(None, (article.publisher, f"{article.url} ({article.id})"))))
    for upstream in article.copy_of:
        if upstream in known:
            yield from terminal.wrapped(f"copy of {name(known[upstream])}: {known[upstream].url}")


def times(revisions: Iterable[Revision]) -> Iterator[datetime | None]:
    """Say of each revision, oldest first, when it came out."""
    before: datetime | None = None
    for revision in revisions:
        metadata = revision.metadata
        stated = metadata.modified_at or (None if revision.n else metadata.published_at)
        yield since(stated, revision.observed_at, before)
        before = metadata.modified_at or metadata.published_at


def _revision(revision: Revision, when: datetime | None, notices: int) -> str:
    metadata = revision.metadata
    parts = [f"@{revision.n} {moment(when)}"]
    parts += [f"first seen {moment(revision.observed_at)}"] if when != revision.observed_at else []
    parts += [count(notices, "notice")] if notices else []
    parts += [metadata.status.value] if metadata.status != "usable" else []
    parts += ["technical: read by another extractor"] if revision.technical else []
    return ", ".join([*parts, *revision.flags])


def update_lines(update: Update, terminal: Terminal) -> Iterator[str]:
    """Give an update: kind, whether a notice discloses it, why it is of that kind, and its first edits."""
    told = "known from its notice alone" if update.told else "declared" if update.declared else "silent"
    what = f"@{update.revision}  {update.kind.value}, {told}, {count(len(update.edits), 'edit')}"
    yield from terminal.headed(what, COLOURS[update.kind], "  ")
    yield from terminal.wrapped(update.because, "      ")
    if update.kind is Kind.RETRACTION:
        return
    for edit in update.edits[:SHOWN]:
        yield from terminal.wrapped(f"- {_edit(edit)}", "      ", most=4)
    if len(update.edits) > SHOWN:
        yield from terminal.wrapped(f"... and {count(len(update.edits) - SHOWN, 'more edit')}", "      ")


def _edit(edit: Edit) -> str:
    if edit.op is Op.MOVE:
        return f"moved {quoted(cut(edit.after, 70))}"
    return (f"{edit.field}: " if edit.field else "") + words(edit.before, edit.after)


def _copy(copy: Copy, article: Article, updates: Iterable[Update], terminal: Terminal) -> Iterator[str]:
    by_id = {update.id: update for update in updates}
    yield from terminal.headed(f"{copy.state.value}: {name(article)}", STATES[copy.state], "  ")
    yield from terminal.wrapped(f"{article.url} ({article.id})", "    ")
    yield from terminal.wrapped(derivation(copy), "    ")
    if EVASION in copy.flags:
        where = f"evasion suspected: words are not spelled as they look; prov explain {copy.article} says where"
        yield from terminal.headed(where, "yellow", "    ")
    for standing in copy.standings:
        yield from standing_lines(standing, by_id[standing.update], terminal)


def derivation(copy: Copy) -> str:
    """Say how a copy came from its upstream."""
    first, last = copy.made_from_range
    base = f"@{copy.made_from}" + (f" (or any of @{first} to @{last})" if first != last else "")
    found = "as it says" if copy.declared else "found by prov"
    share = f"{copy.coverage:.0%} of its words"
    return f"{copy.derivation.value} from {base}, {share}, {found}; last seen {moment(copy.observed_at)}"


def standing_lines(standing: Standing, update: Update, terminal: Terminal) -> Iterator[str]:
    """Give what a copy shows of one update, with its own words where they are out of date."""
    dropped = ", but the notice was dropped" if standing.notice_dropped else ""
    what = f"{standing.state.value.replace('_', ' ')}{dropped}: {label(update)} of @{update.revision}"
    yield from terminal.wrapped(f"{what} ({standing.confidence:.0%} sure) - {because(standing, update)}", "    ")
    if update.kind is Kind.RETRACTION:
        yield from still_run(standing, terminal)
        return
    edits = {edit.n: edit for edit in update.edits}
    for each in standing.edits:
        if each.state in _OUT_OF_DATE:
            yield from evidence(each, edits[each.n], terminal)


def because(standing: Standing, update: Update) -> str:
    """Say why a standing is what it is, to somebody who has to act on it."""
    if standing.state is State.UNSEEN:
        return "last seen before the update came out"
    still_run = update.kind is Kind.RETRACTION and standing.state in _OUT_OF_DATE
    return "still runs an article that was withdrawn" if still_run else standing.because


def still_run(standing: Standing, terminal: Terminal) -> Iterator[str]:
    """Quote a copy of a withdrawn article once: which words it has and which not does not matter any more."""
    shown = [each for each in standing.edits if each.state in _OUT_OF_DATE]
    first = next((each for each in shown if each.quote), None)
    if first:
        yield from beside(Said(first.line, first.quote, "", instead=WITHDRAWN), terminal)
