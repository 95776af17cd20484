"""The overview at a terminal: every copy that is behind, worst first, its words beside what they should be."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from provenance.app.status import Late, Overview, Unclear
from provenance.cli.terminal import Terminal, count, moment, pad, quoted
from provenance.cli.words import cut, one_line
from provenance.model import Article, CopyState, EditStanding, Kind, State, Update

SHOWN = 3
"""So many edits of an update stand in the overview; `prov explain` shows the rest."""

SINCE = 17
COLOURS = {
    Kind.RETRACTION: "red",
    Kind.CORRECTION: "red",
    Kind.CLARIFICATION: "yellow",
    Kind.DEVELOPMENT: "cyan",
    Kind.REFILE: "dim",
}


def overview(found: Overview, terminal: Terminal) -> Iterator[str]:
    """Give the lines of the table, the summary under it and what to type next."""
    if found.late:
        yield from _table(found.late, terminal)
    if found.unclear:
        yield from (_unclear(each, terminal) for each in found.unclear)
        yield ""
    yield from summary(found, terminal)


def summary(found: Overview, terminal: Terminal) -> Iterator[str]:
    """Count what there is, and say what to type next."""
    states = found.copies
    parts = [f"{states.get(CopyState.BEHIND, 0):,} behind", f"{states.get(CopyState.CURRENT, 0):,} current"]
    parts += [f"{states.get(CopyState.DIVERGED, 0):,} cannot tell", f"{states.get(CopyState.UNSEEN, 0):,} unseen"]
    if states.get(CopyState.WITHDRAWN):
        parts.append(f"{states[CopyState.WITHDRAWN]:,} withdrawn")
    copies = count(sum(states.values()), "copy", "copies")
    what = f"{count(found.articles, 'article')}, {count(found.revisions, 'revision')}, {copies}: {', '.join(parts)}"
    yield from terminal.wrapped(what)
    if found.late:
        yield from terminal.wrapped(f"Next: prov explain {one_line(found.late[0].copy.url)}", "       ")
    elif not found.articles:
        yield from terminal.wrapped("Nothing is stored yet. Next: prov ingest FILE --url URL")


def _table(late: Iterable[Late], terminal: Terminal) -> Iterator[str]:
    first = max((terminal.columns - SINCE) * 5 // 9, 8)
    second = max(terminal.columns - SINCE - first, 0)
    heads = pad("COPY", first) + pad("BEHIND BY", second) + "SINCE"
    wide = second >= len("clarification, silent ")
    if wide:
        yield terminal.paint(heads, "bold")
    for each in late:
        who, kind, since = one_line(name(each.copy)), label(each.update), moment(each.since)
        if wide:
            yield (
                terminal.paint(pad(cut(who, first - 2), first), "bold")
                + terminal.paint(pad(cut(kind, second - 1), second), COLOURS[each.update.kind])
                + since
            )
        else:
            yield from terminal.wrapped(who)
            yield from terminal.wrapped(f"{kind} since {since}")
        yield from _evidence(each, terminal)
        yield ""


def _evidence(late: Late, terminal: Terminal) -> Iterator[str]:
    upstream = late.upstream
    yield from terminal.wrapped(
        f"{one_line(name(upstream))}: {one_line(upstream.headline or upstream.url)}", "  ", most=2
    )
    if what := _what(late.update):
        yield from terminal.wrapped(what, "  ", most=3)
    if not late.standing.edits:
        yield from terminal.wrapped(late.standing.because, "    ", most=3)
    missed = [each for each in late.standing.edits if each.state in {State.MISSING, State.PARTIAL}]
    for each in missed[:SHOWN]:
        yield from evidence(each, terminal)
    if len(missed) > SHOWN:
        more = f"... and {count(len(missed) - SHOWN, 'more place')}: prov explain {late.copy.id}"
        yield from terminal.wrapped(more, "    ")


def evidence(standing: EditStanding, terminal: Terminal) -> Iterator[str]:
    """Set a copy's own words beside what should stand there."""
    line = f"line {standing.line}: " if standing.line else ""
    has = line + (quoted(standing.quote) if standing.quote else "(nothing of it)")
    wanted = quoted(standing.wanted) if standing.wanted else "(to be taken out)"
    yield from terminal.beside(has, wanted, indent=4)


def _what(update: Update) -> str:
    """Say in a line what an update changed: the first edit's words, and how many more there are."""
    if update.notice and (update.told or not update.edits):
        return f"told by its notice: {quoted(update.notice)}"
    if not update.edits:
        return update.because
    first = update.edits[0]
    where = f"{first.field}: " if first.field else ""
    more = len(update.edits) - 1
    return where + words(first.before, first.after) + (f" and {count(more, 'more edit')}" if more else "")


def words(before: str, after: str) -> str:
    """Write old words and new words, each shortened, with an arrow between."""
    if not before:
        return f"added {quoted(cut(after, 70))}"
    if not after:
        return f"removed {quoted(cut(before, 70))}"
    return f"{quoted(cut(before, 60))} -> {quoted(cut(after, 60))}"


def label(update: Update) -> str:
    """Name an update by its kind, and say where no notice discloses it."""
    return update.kind.value if update.declared else f"{update.kind.value}, silent"


def name(article: Article) -> str:
    """Name an article for a person: its publisher, or the host of its URL."""
    return article.publisher or article.url.split("//", 1)[-1].split("/", 1)[0]


def _unclear(each: Unclear, terminal: Terminal) -> str:
    said = "cannot tell" if each.state is CopyState.DIVERGED else "last seen before the update"
    text = f"{one_line(name(each.copy))}: {said} ({one_line(name(each.upstream))}: {one_line(each.upstream.headline)})"
    return cut(text, terminal.columns)
