"""The overview at a terminal: every copy that is behind, worst first, its words beside what they should be."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from provenance.cli.evidence import INDENT, WITHDRAWN, Said, beside, words
from provenance.cli.terminal import BESIDE, Terminal, count, moment, pad
from provenance.cli.words import cut, one_line
from provenance.ledger.values import CopyLine, Named, OpenStanding, Overview
from provenance.model import EVASION, LOCAL, Article, CopyState, Kind, State, Update

SINCE = len("2026-11-22 12:00Z")
NARROW = 48
"""Below so many columns the table has no columns."""

_LACKING = (State.MISSING, State.PARTIAL)

COLOURS = {
    Kind.RETRACTION: "red",
    Kind.CORRECTION: "red",
    Kind.CLARIFICATION: "yellow",
    Kind.DEVELOPMENT: "cyan",
    Kind.REFILE: "dim",
}
_SAID = {CopyState.DIVERGED: "cannot tell", CopyState.UNSEEN: "not seen since the update"}


def overview(found: Overview, terminal: Terminal) -> Iterator[str]:
    """Give the lines of the table, the summary under it and what to type next."""
    behind = [line for line in found.lines if line.state is CopyState.BEHIND]
    others = [line for line in found.lines if line.state in _SAID]
    if behind:
        yield from _table(behind, terminal)
    suspected = [line for line in found.lines if EVASION in line.flags]
    if suspected:
        yield from (line for each in suspected for line in terminal.wrapped(_suspected(each)))
        yield ""
    if others:
        yield from (_other(each, terminal) for each in others)
        yield ""
    yield from summary(found, terminal)
    yield from _next(found, behind, terminal)


def summary(found: Overview, terminal: Terminal) -> Iterator[str]:
    """Count what there is."""
    states = found.copies
    parts = [f"{states.get(CopyState.BEHIND, 0):,} behind", f"{states.get(CopyState.CURRENT, 0):,} current"]
    rarer = {CopyState.DIVERGED: "cannot tell", CopyState.UNSEEN: "unseen", CopyState.WITHDRAWN: "withdrawn"}
    parts += [f"{states[state]:,} {words}" for state, words in rarer.items() if states.get(state)]
    copies = count(sum(states.values()), "copy", "copies")
    what = f"{count(found.articles, 'article')}, {count(found.revisions, 'revision')}, {copies}: {', '.join(parts)}"
    yield from terminal.headed(what, "bold")


def _next(found: Overview, behind: list[CopyLine], terminal: Terminal) -> Iterator[str]:
    if behind:
        yield from terminal.wrapped(f"Next: prov explain {one_line(behind[0].copy.url)}")
    elif not found.articles:
        yield from terminal.wrapped("Nothing is stored yet. Next: prov ingest FILE --url URL")
    elif not found.copies:
        yield from terminal.wrapped("No copies are known. Next: prov ingest FILE --url URL --copy-of ARTICLE")


def _table(lines: Iterable[CopyLine], terminal: Terminal) -> Iterator[str]:
    yield from _heads(terminal)
    for line in lines:
        who = one_line(name(line.copy))
        for standing in _shown(line):
            yield from _row(who, standing, terminal)
            if who:
                upstream = f"of {name(line.upstream)}: {line.upstream.headline or line.upstream.url}"
                yield "  " + cut(one_line(upstream), terminal.columns - 2)
            yield from _evidence(line, standing, terminal)
            yield ""
            who = ""


def _heads(terminal: Terminal) -> Iterator[str]:
    if terminal.columns < NARROW:
        return
    first, second = _columns(terminal)
    yield terminal.paint(pad("COPY", first) + pad("BEHIND BY", second) + "SINCE", "bold")
    if terminal.columns >= BESIDE:
        half = terminal.half(INDENT)
        yield terminal.paint(" " * INDENT + pad("what it says", half) + " | what it should say", "dim")


def _shown(line: CopyLine) -> list[OpenStanding]:
    """Choose what stands in the table: what counts, gravest first; where all was withdrawn, nothing else counts."""
    grave = [each for each in line.standings if each.kind is not Kind.REFILE and each.state in _LACKING]
    withdrawn = [each for each in grave if each.kind is Kind.RETRACTION]
    return withdrawn or sorted(grave or line.standings, key=lambda each: -each.kind.rank)


def _columns(terminal: Terminal) -> tuple[int, int]:
    first = (terminal.columns - SINCE) // 2
    return first, terminal.columns - SINCE - first


def _row(who: str, standing: OpenStanding, terminal: Terminal) -> Iterator[str]:
    what = _label(standing.kind, declared=standing.declared)
    what += ", in part" if standing.state is State.PARTIAL else ""
    since = moment(standing.since)
    if terminal.columns < NARROW:
        yield from terminal.headed(who, "bold") if who else ()
        yield from terminal.wrapped(f"{what}, since {since}", "  ")
        return
    first, second = _columns(terminal)
    yield (
        terminal.paint(pad(cut(who, first - 2), first), "bold")
        + terminal.paint(pad(cut(what, second - 1), second), COLOURS[standing.kind])
        + since
    )


def _evidence(line: CopyLine, standing: OpenStanding, terminal: Terminal) -> Iterator[str]:
    if standing.kind is Kind.RETRACTION and standing.quote:
        yield from beside(Said(standing.line, standing.quote, "", instead=WITHDRAWN), terminal)
        return
    said = Said(standing.line, standing.quote, standing.wanted, standing.before, standing.after)
    if (standing.before or standing.after) and not said.is_passage:
        yield from terminal.wrapped(words(standing.before, standing.after), "  ", most=2)
    if said.quote or said.wanted:
        yield from beside(said, terminal)
    else:
        yield from terminal.wrapped(one_line(standing.because), " " * INDENT, most=3)
    if standing.edits > 1:
        more = count(standing.edits - 1, "more place")
        yield from terminal.wrapped(f"and {more}: prov explain {line.copy.id}", " " * INDENT)


def label(update: Update) -> str:
    """Name an update by its kind, and say where no notice discloses it."""
    return _label(update.kind, declared=update.declared)


def _label(kind: Kind, *, declared: bool) -> str:
    return kind.value if declared else f"{kind.value}, silent"


def name(article: Article | Named) -> str:
    """Name an article for a person: its publisher, or the host of its URL, or the file that it is."""
    if article.publisher or not article.url.startswith(LOCAL):
        return article.publisher or article.url.split("//", 1)[-1].split("/", 1)[0]
    from urllib.parse import unquote

    return unquote(article.url.removeprefix(LOCAL))


def _suspected(line: CopyLine) -> str:
    what = f"evasion suspected: {name(line.copy)} spells words of {name(line.upstream)} otherwise than they look"
    return one_line(f"{what}: prov explain {line.copy.id}")


def _other(line: CopyLine, terminal: Terminal) -> str:
    upstream = f"{name(line.upstream)}: {line.upstream.headline or line.upstream.url}"
    return cut(one_line(f"{_SAID[line.state]}: {name(line.copy)}, of {upstream}"), terminal.columns)
