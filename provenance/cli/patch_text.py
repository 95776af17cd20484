"""A patch for people and for `patch`: the unified diff of the source file, and below it what could not be placed."""

from __future__ import annotations

import re
from collections.abc import Iterator
from difflib import unified_diff

from provenance.app.patch import FilePatch, Mended, Unplaced
from provenance.cli.evidence import GONE
from provenance.cli.status_table import label
from provenance.cli.terminal import Terminal, count, quoted
from provenance.cli.words import cut, one_line, visible
from provenance.model import Op

_LINE = re.compile(r"[^\n]*\n|[^\n]+")
_CONTROL = re.compile("[\x00-\x08\x0b-\x0c\x0e-\x1f\x7f-\x9f]")
_COLOURS = {"+": "green", "-": "red", "@": "cyan"}
_LONGEST = 600


def text(made: FilePatch, terminal: Terminal, *, written: bool) -> Iterator[str]:
    """Give the lines of a patch: the diff unless it was written, what is left, and the sum."""
    if made.why:
        yield f"{one_line(made.name)}: {made.why}; nothing to change"
        return
    if made.patched != made.source and not written:
        yield from diff(made, terminal)
    for each in made.mended:
        yield from _left(each, terminal)
    yield _summary(made, written=written)


def diff(made: FilePatch, terminal: Terminal) -> Iterator[str]:
    """Give a unified diff of the source file, coloured at a terminal, fit for `patch` elsewhere."""
    old, new = _LINE.findall(made.source), _LINE.findall(made.patched)
    name = one_line(made.name)
    for line in unified_diff(old, new, f"a/{name}", f"b/{name}"):
        whole = line.endswith("\n")
        shown = _shown(line.removesuffix("\n"), terminal)
        style = "bold" if line.startswith(("--- ", "+++ ")) else _COLOURS.get(line[:1], "")
        yield terminal.paint(shown, style) if style else shown
        if not whole:
            yield "\\ No newline at end of file"


def _shown(line: str, terminal: Terminal) -> str:
    if terminal.live:
        return visible(line.removesuffix("\r"))
    return _CONTROL.sub(lambda sign: f"\\x{ord(sign[0]):02x}", line)


def _left(mended: Mended, terminal: Terminal) -> Iterator[str]:
    """List what has to be done by hand."""
    if mended.withdrawn:
        yield terminal.paint("take it down: the article is withdrawn and must not be used any more", "red")
        yield from terminal.wrapped(
            f"notice: {quoted(mended.withdrawn.notice)}" if mended.withdrawn.notice else "", "  "
        )
        return
    if mended.unplaced:
        yield terminal.paint("not placed, for you to do:", "bold")
    for each in mended.unplaced:
        yield from _unplaced(each, terminal)
    if mended.unnoted:
        notices = "the notice is" if len({each.notice for each in mended.unnoted}) == 1 else "the notices are"
        yield from terminal.wrapped(f"{notices} not put under it before the rest is done", "")


def _unplaced(each: Unplaced, terminal: Terminal) -> Iterator[str]:
    place = f"line {each.place.line}: " if each.place else ""
    yield from terminal.wrapped(f"{label(each.update)} of @{each.update.revision}: {each.why}", "  ")
    if each.standing.quote:
        yield from terminal.hanging("    says    ", place + quoted(cut(each.standing.quote, _LONGEST)))
    yield from terminal.hanging("    should  ", _wanted(each))


def _wanted(each: Unplaced) -> str:
    if each.edit.op is Op.DELETE:
        return f"{GONE} {quoted(cut(each.edit.before, _LONGEST))}"
    return quoted(cut(each.standing.wanted or each.edit.after, _LONGEST))


def _summary(made: FilePatch, *, written: bool) -> str:
    placed = sum(len(each.placed) for each in made.mended)
    left = sum(len(each.unplaced) for each in made.mended)
    notes = sum(len(each.noted) for each in made.mended)
    withdrawn = any(each.withdrawn for each in made.mended)
    name = one_line(made.name)
    rest = f"; {count(left, 'edit')} left to do by hand" if left else ""
    if made.patched == made.source:
        return f"{name}: {'take it down' if withdrawn else f'nothing to change{rest}'}"
    what = [count(placed, "update")] if placed else []
    what += [count(notes, "notice")] if notes else []
    verb = "written" if written else "could be written with --write"
    return f"{name}: {' and '.join(what)} {verb}{rest}"
