"""One article in depth: its revisions, what each changed, and every standing of every copy."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping

from provenance.app.status import Subject
from provenance.cli.evidence import evidence, words
from provenance.cli.status_table import COLOURS, label, name
from provenance.cli.terminal import Terminal, count, moment, pad, quoted
from provenance.model import Article, ArticleId, Copy, CopyState, Revision, Standing, State, Update

STATES = {
    CopyState.BEHIND: "red",
    CopyState.DIVERGED: "yellow",
    CopyState.UNSEEN: "yellow",
    CopyState.CURRENT: "green",
    CopyState.WITHDRAWN: "dim",
}
SHOWN = 5
"""So many edits of an update stand on the page; `prov diff` and `prov explain` show the rest."""


def page(found: Subject, terminal: Terminal) -> Iterator[str]:
    """Give the lines of the page."""
    history = found.history
    yield from head(history.article, found.known, terminal)
    yield ""
    yield terminal.paint("REVISIONS", "bold")
    for revision in history.revisions:
        notices = len(history.notices.get(revision.n, ()))
        yield from terminal.wrapped(_revision(revision, notices), "  ")
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
    yield from terminal.wrapped("  ".join(filter(None, (article.publisher, article.url, article.id))))
    for upstream in article.copy_of:
        if upstream in known:
            yield from terminal.wrapped(f"copy of {name(known[upstream])}: {known[upstream].url}")


def _revision(revision: Revision, notices: int) -> str:
    metadata = revision.metadata
    parts = [f"@{revision.n}  {moment(metadata.modified_at or metadata.published_at or revision.observed_at)}"]
    parts += [f"observed {moment(revision.observed_at)}"]
    parts += [count(notices, "notice")] if notices else []
    parts += [metadata.status.value] if metadata.status != "usable" else []
    parts += ["technical: read by another extractor"] if revision.technical else []
    return "  ".join([*parts, *revision.flags])


def update_lines(update: Update, terminal: Terminal) -> Iterator[str]:
    """Give an update: kind, whether a notice discloses it, why it is of that kind, and its first edits."""
    told = "known from its notice alone" if update.told else "declared" if update.declared else "silent"
    what = f"@{update.revision}  {update.kind.value}, {told}, {count(len(update.edits), 'edit')}"
    yield from terminal.headed(what, COLOURS[update.kind], "  ")
    yield from terminal.wrapped(update.because, "      ")
    for edit in update.edits[:SHOWN]:
        field = f"{edit.field}: " if edit.field else ""
        yield from terminal.wrapped(f"- {field}{edit.op.value} {words(edit.before, edit.after)}", "      ", most=4)
    if len(update.edits) > SHOWN:
        yield from terminal.wrapped(f"... and {count(len(update.edits) - SHOWN, 'more edit')}", "      ")


def _copy(copy: Copy, article: Article, updates: Iterable[Update], terminal: Terminal) -> Iterator[str]:
    by_id = {update.id: update for update in updates}
    yield from terminal.headed(f"{copy.state.value}: {name(article)}", STATES[copy.state], "  ")
    yield from terminal.wrapped(f"{article.url}  {article.id}", "    ")
    yield from terminal.wrapped(derivation(copy), "    ")
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
    yield from terminal.wrapped(f"{what} ({standing.confidence:.0%} sure) - {standing.because}", "    ")
    befores = {edit.n: edit.before for edit in update.edits}
    for each in standing.edits:
        if each.state in {State.MISSING, State.PARTIAL}:
            yield from evidence(each, befores.get(each.n, ""), terminal)


def explanation(
    copy: Copy, known: Mapping[ArticleId, Article], updates: Iterable[Update], terminal: Terminal
) -> Iterator[str]:
    """Give the evidence for one copy, edit by edit: old words, new words, the copy's own, and why."""
    yield from head(known[copy.article], known, terminal)
    yield from terminal.wrapped(f"{copy.state.value}: {derivation(copy)}")
    standings = {standing.update: standing for standing in copy.standings}
    for update in updates:
        if standing := standings.get(update.id):
            yield ""
            yield from _explained(update, standing, terminal)


def _explained(update: Update, standing: Standing, terminal: Terminal) -> Iterator[str]:
    state = standing.state.value.replace("_", " ")
    yield from terminal.headed(f"{state}: {label(update)} of @{update.revision}, update {update.id}", "bold")
    yield from terminal.wrapped(f"{standing.because} ({standing.confidence:.0%} sure)", "  ")
    yield from terminal.wrapped(f"{update.kind.value} because {update.because}", "  ")
    if update.notice:
        yield from terminal.wrapped(f"notice: {quoted(update.notice)}", "  ")
    edits = {edit.n: edit for edit in update.edits}
    for each in standing.edits:
        edit = edits[each.n]
        place = f", line {each.line}" if each.line else ""
        yield from terminal.wrapped(
            f"edit {each.n}: {each.state.value.replace('_', ' ')}, by {each.by.value}{place}", "  "
        )
        rows = {"old": edit.before, "new": edit.after, "copy": each.quote, "wanted": each.wanted}
        for row, text in rows.items():
            if text:
                yield from terminal.hanging(f"    {pad(row, 7)}", quoted(text), most=6)
        yield from terminal.hanging("    why    ", f"{each.because} ({each.confidence:.0%} sure)")
