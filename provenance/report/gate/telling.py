"""A finding in words, for every format that is read by people in the end; each line harmless to whatever shows it."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from datetime import UTC, datetime

from provenance.model import Code, Finding, Level, Outcome, Passage, Verdict
from provenance.report import json_text

Row = tuple[str, str]
"""A label and what is told under it."""

_UNSAFE = re.compile(
    "[\x00-\x1f\x7f-\x9f\u061c\u200b-\u200f\u2028-\u202e\u2060-\u206f\ufeff\ufff9-\uffff\ud800-\udfff\U000e0000-\U000e007f]"
)
_BYTES = range(0xDC80, 0xDD00)  # how a file name that is not UTF-8 comes in: its bytes, as lone surrogates
_NAMED = {"\n": "\\n", "\r": "\\r", "\t": "\\t"}
_LONG = 300


def one_line(text: str) -> str:
    """Show a text on one line: what controls a terminal, turns the direction of text or is not seen, as its escape."""
    return _UNSAFE.sub(_escape, text)


def short(text: str) -> str:
    """Show a text on one line, its middle left out where it is long."""
    words = " ".join(text.split())
    half = _LONG // 2
    return one_line(words if len(words) <= _LONG else f"{words[:half].rstrip()} … {words[-half:].lstrip()}")


def dumped(value: object, *, indent: int | None = 2) -> str:
    """Write JSON in readable characters, with what a terminal would act on escaped, and a newline."""
    return json_text.dumped(value, indent=indent) + "\n"


def moment(value: datetime) -> str:
    """Give a moment in UTC, to the second."""
    return value.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")


def name(finding: Finding) -> str:
    """Give a finding's code with its name."""
    return f"{finding.code.value} {finding.code.slug}"


def where(finding: Finding) -> str:
    """Give a finding's file, the article in it where there are several, and the place."""
    item = f"#{finding.item}" if finding.item else ""
    place = f":{finding.place.line}:{finding.place.column}" if finding.place else ""
    return one_line(finding.path) + one_line(item) + place


def sentence(finding: Finding) -> str:
    """Say on one line what the matter is, with the first words that show it."""
    said = one_line(finding.message)
    shown = next((_shown(finding, each) for each in passages(finding) if each.quote or each.wanted), "")
    return f"{said}: {shown}" if shown else said


def passages(finding: Finding) -> tuple[Passage, ...]:
    """Give the passages to show, no two with the same words: of an article that is withdrawn, one is enough."""
    if finding.withdraws:
        return next(((each,) for each in finding.passages if each.quote), ())
    return tuple({(each.quote, each.wanted, each.place): each for each in finding.passages[::-1]}.values())[::-1]


def is_added(passage: Passage) -> bool:
    """Tell whether whole sentences were added, so that what is quoted of the copy only stands beside them."""
    return not passage.before and bool(passage.after) and passage.wanted.strip() == passage.after.strip()


def _shown(finding: Finding, passage: Passage) -> str:
    has, wanted = f"“{short(passage.quote)}”", f"“{short(passage.wanted)}”"
    if finding.withdraws:
        return f"has {has}"
    if is_added(passage):
        return f"lacks {wanted}" + (f", beside {has}" if passage.quote else "")
    if not passage.wanted:
        return f"has {has}, which is to be taken out"
    return "; ".join([*([f"has {has}"] if passage.quote else []), f"should have {wanted}"])


def rows(finding: Finding) -> Iterator[Row]:
    """Give what is told of a finding besides its words: why, since when, of what, how to mend it, how to waive it."""
    reasons = [finding.because, *(each.because for each in finding.passages[:1])]
    if why := "; ".join(filter(None, reasons)):
        yield "why", f"{short(why)} ({finding.confidence:.0%} sure)"
    if finding.notice:
        yield "notice", f"“{short(finding.notice)}”"
    if finding.since:
        yield "since", moment(finding.since) + (f", fails from {moment(finding.due)} on" if finding.due else "")
    if finding.update or finding.code is Code.UPSTREAM_UNKNOWN:
        yield "of", short(", ".join(filter(None, (finding.headline, finding.publisher, finding.url))))
    if finding.hint:
        yield "mend", short(finding.hint)
    if finding.accepted:
        yield "accepted", short(finding.accepted)
    elif finding.level is Level.ERROR:
        yield "waive", f"prov waive {one_line(finding.id)}"


def tally(verdict: Verdict) -> str:
    """Say in one line how many files were looked at and what came of it."""
    outcomes = Counter(file.outcome for file in verdict.files)
    files = len({file.path for file in verdict.files})
    levels = Counter(finding.level for finding in verdict.findings if not finding.accepted)
    parts = [
        f"{files:,} {'file' if files == 1 else 'files'}",
        f"{outcomes[Outcome.COPY]:,} {'copy' if outcomes[Outcome.COPY] == 1 else 'copies'}",
        *([f"{outcomes[Outcome.NOT_CHECKED]:,} not checked"] if outcomes[Outcome.NOT_CHECKED] else []),
        f"{len(verdict.failed):,} failing",
        *(f"{levels[each]:,} {each.value}" for each in (Level.WARNING, Level.NOTE) if levels[each]),
        *([f"{accepted:,} accepted"] if (accepted := sum(1 for each in verdict.findings if each.accepted)) else []),
    ]
    return ", ".join(parts)


def _escape(found: re.Match[str]) -> str:
    if found[0] in _NAMED:
        return _NAMED[found[0]]
    code = ord(found[0])
    code -= 0xDC00 if code in _BYTES else 0
    return f"\\x{code:02x}" if code.bit_length() <= 8 else f"\\u{code:04x}"  # noqa: PLR2004 - two hex digits
