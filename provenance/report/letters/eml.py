"""A letter as a draft for a mail program: one message as RFC 5322 and MIME have it, not sent yet."""

from __future__ import annotations

from datetime import UTC

from provenance.model.letters import Envelope, Written
from provenance.report.letters.addresses import address


def text(written: Written, envelope: Envelope) -> str:
    """Write a letter as a message in ASCII with CRLF; `X-Unsent` lets a mail program open it for sending.

    The program gives the message its id when it sends it. Raises UsageError for what is no address.
    """
    from email.message import EmailMessage
    from email.policy import SMTP
    from email.utils import format_datetime

    message = EmailMessage(policy=SMTP)
    if envelope.sender:
        message["From"] = address(envelope.sender)
    if envelope.to:
        message["To"] = address(envelope.to)
    message["Subject"] = written.subject
    message["Date"] = format_datetime(envelope.date.astimezone(UTC))
    message["X-Unsent"] = "1"
    message.set_content(written.body, charset="utf-8", cte="quoted-printable")
    message["Content-Language"] = written.language
    return message.as_bytes().decode("ascii")
