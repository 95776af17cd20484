"""An address of a person or a desk: `desk@courier.example`, or `Name <desk@courier.example>`."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from provenance.errors import UsageError
from provenance.model.letters import Envelope
from provenance.report.words import one_line

if TYPE_CHECKING:
    from email.headerregistry import Address

LONGEST = 254
"""Characters of an address that a mail server takes (RFC 5321)."""


_FORM = re.compile(r'"?(?P<name>[^"<>]*?)"? ?<(?P<inside>[^<>\s,]+)>|(?P<alone>[^<>\s,]+)')


def address(text: str) -> Address:
    """Read one address, with the name before it. Raises UsageError for what is none, or could end a line."""
    from email.errors import HeaderParseError
    from email.headerregistry import Address

    found = _FORM.fullmatch(text)
    spec = (found["inside"] or found["alone"]) if found else ""
    box, _, host = spec.rpartition("@")
    if not found or one_line(text) != text or not spec.isascii() or len(spec) > LONGEST or not (box and host):
        raise _refused(text)
    try:
        return Address(display_name=found["name"] or "", addr_spec=spec)
    except (HeaderParseError, ValueError, IndexError) as error:
        raise _refused(text) from error


def signature(envelope: Envelope) -> str:
    """Give the name of whoever sends a letter, "" where none is told. Raises UsageError for what is no address."""
    if envelope.to:
        address(envelope.to)
    return address(envelope.sender).display_name if envelope.sender else ""


def _refused(text: str) -> UsageError:
    return UsageError(
        f"{text!r} is no address", hint='write it as desk@courier.example or "Name <desk@courier.example>", in ASCII'
    )
