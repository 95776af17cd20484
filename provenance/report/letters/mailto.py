"""A letter as a link that opens a mail program (RFC 6068), short enough for every one of them."""

from __future__ import annotations

from urllib.parse import quote

from provenance.model.letters import Envelope, Written
from provenance.report.letters.addresses import address

LONGEST = 2_000
"""Characters of a link; some programs and systems drop longer ones unsaid."""
CUT = {
    "en": "[... cut here: the whole letter is in --format text]",
    "de": "[... hier gekürzt: der ganze Brief steht in --format text]",
    "fr": "[... coupé ici : la lettre entière est dans --format text]",
    "es": "[... cortado aquí: la carta completa está en --format text]",
}


def text(written: Written, envelope: Envelope) -> str:
    """Write a letter as one link in ASCII and a line end; one that is too long is cut between words, and says so."""
    to = quote(address(envelope.to).addr_spec, safe="@") if envelope.to else ""
    head = f"mailto:{to}?subject={_fitting(written.subject, LONGEST // 3)}&body="
    body = _encoded(written.body)
    if len(head) + len(body) > LONGEST:
        note = _encoded(f"\n\n{CUT[written.language]}\n")
        body = _fitting(written.body, LONGEST - len(head) - len(note)) + note
    return f"{head}{body}\n"


def is_cut(written: Written, link: str) -> bool:
    """Tell whether a link has less than the whole letter."""
    return not link.rstrip("\n").endswith(_encoded(written.body))


def _encoded(text: str) -> str:
    return quote(text.replace("\n", "\r\n"), safe="")


def _fitting(text: str, room: int) -> str:
    """Encode as much of a text as there is room for, cut after a word where there is one."""
    encoded = _encoded(text)
    if len(encoded) <= room:
        return encoded
    end = 0
    for at, character in enumerate(text):
        room -= len(_encoded(character))
        if room < 0:
            break
        end = at
    space = max(text.rfind(" ", 0, end), text.rfind("\n", 0, end))
    return _encoded(text[: space if space > 0 else end].rstrip())
