"""The evidence for one copy: what it misses first, each edit with old words, new words, its own, and why."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence

from provenance.cli.article_page import because, derivation, head, still_run
from provenance.cli.disguised import disguised
from provenance.cli.proof import proof
from provenance.cli.status_table import label
from provenance.cli.terminal import Terminal, pad, quoted
from provenance.ledger.values import OPEN
from provenance.model import Article, ArticleId, Copy, Disguised, Edit, EditStanding, Kind, Standing, State, Update

_OUT_OF_DATE = (State.MISSING, State.PARTIAL)
_DECIDED = (*_OUT_OF_DATE, State.CARRIED, State.DIVERGED)


def explanation(
    copy: Copy,
    known: Mapping[ArticleId, Article],
    updates: Iterable[Update],
    terminal: Terminal,
    disguises: Sequence[Disguised] = (),
) -> Iterator[str]:
    """Give the lines of the evidence, the gravest first."""
    yield from head(known[copy.article], known, terminal)
    yield from terminal.wrapped(f"{copy.state.value}: {derivation(copy)}")
    yield from disguised(copy, disguises, terminal)
    by_id = {update.id: update for update in updates}
    quoted_before: set[str] = set()
    for standing in sorted(copy.standings, key=lambda each: _gravest_first(each, by_id)):
        if update := by_id.get(standing.update):
            yield ""
            yield from _explained(update, standing, quoted_before, terminal)
            quoted_before.add(update.notice)
    told = [each for standing in copy.standings if standing.update in by_id for each in standing.edits]
    yield from proof((each.because for each in told if each.state in _DECIDED), terminal)
    yield ""
    yield from terminal.wrapped(f"Side by side: prov diff --copy {copy.article}")


def _gravest_first(standing: Standing, updates: Mapping[str, Update]) -> tuple[int, int]:
    rank = OPEN.index(standing.state) if standing.state in OPEN else len(OPEN)
    update = updates.get(standing.update)
    return rank, -update.kind.rank if update else 0


def _explained(update: Update, standing: Standing, quoted_before: set[str], terminal: Terminal) -> Iterator[str]:
    state = standing.state.value.replace("_", " ")
    yield from terminal.headed(f"{state}: {label(update)} of @{update.revision}, update {update.id}", "bold")
    yield from terminal.wrapped(f"{because(standing, update)} ({standing.confidence:.0%} sure)", "  ")
    if standing.notice_dropped:
        yield from terminal.wrapped("the publisher's notice is not on the copy", "  ")
    yield from terminal.wrapped(f"{update.kind.value} because {update.because}", "  ")
    if update.notice:
        notice = "the same" if update.notice in quoted_before else quoted(update.notice)
        yield from terminal.wrapped(f"notice: {notice}", "  ")
    if update.kind is Kind.RETRACTION and any(each.state in _OUT_OF_DATE for each in standing.edits):
        yield from still_run(standing, terminal)
        return
    edits = {edit.n: edit for edit in update.edits}
    for each in standing.edits:
        yield from _edit(each, edits[each.n], terminal)


def _edit(standing: EditStanding, edit: Edit, terminal: Terminal) -> Iterator[str]:
    place = f", line {standing.line}" if standing.line else ""
    by = f", by its {standing.by.value}" if standing.state in _DECIDED else ""
    yield from terminal.wrapped(f"edit {edit.n}: {standing.state.value.replace('_', ' ')}{by}{place}", "  ")
    wanted = standing.wanted if standing.state in _OUT_OF_DATE and standing.wanted != edit.after else ""
    field = f"{edit.field} " if edit.field else ""
    rows = {
        "old": field + quoted(edit.before) if edit.before else "(nothing: it was added)",
        "new": field + quoted(edit.after) if edit.after else "(nothing: it was taken out)",
        "copy": _said(standing),
        "wanted": quoted(wanted) if wanted else "",
    }
    for row, text in rows.items():
        if text:
            yield from terminal.hanging(f"    {pad(row, 7)}", text, most=6)
    yield from terminal.hanging("    why    ", f"{standing.because} ({standing.confidence:.0%} sure)")


def _said(standing: EditStanding) -> str:
    if not standing.quote:
        return "(nothing of it)" if standing.state in _DECIDED else ""
    return ("(beside it) " if "the passage beside it" in standing.because else "") + quoted(standing.quote)
