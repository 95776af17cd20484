"""An address of a person or a desk: `desk@courier.example`, or `Name <desk@courier.example>`."""

from __future__ import annotations

from typing import TYPE_CHECKING

from provenance.errors import UsageError
from provenance.model.letters import Envelope
from provenance.report.words import one_line

if TYPE_CHECKING:
    from email.headerregistry import Address

LONGEST = 254
"""Characters of an address that a mail server takes (RFC 5321)."""


def address(text: str) -> Address:
    """Read one address, with the name before it. Raises UsageError for what is none, or could end a line."""
    from email.errors import HeaderParseError
    from email.headerregistry import Address
    from email.utils import parseaddr

    name, spec = parseaddr(text)
    host = spec.rpartition("@")[2]
    plain = one_line(text) == text and spec.isascii() and " " not in spec and len(spec) <= LONGEST
    if not plain or not host or host == spec or (name and "<" not in text):
        raise _refused(text)
    try:
        return Address(display_name=name, addr_spec=spec)
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
