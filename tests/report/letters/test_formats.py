"""A letter as a draft for a mail program and as a link: what standards ask, the same bytes, no way in for a header."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import UTC, datetime
from email import message_from_string
from email.message import EmailMessage
from email.policy import default
from urllib.parse import parse_qs, unquote, urlsplit

import pytest
from hypothesis import given
from hypothesis import strategies as st

from provenance.errors import UsageError
from provenance.model.letters import Envelope, Written
from provenance.report.letters import FORMATS, is_cut, signature
from provenance.report.letters.mailto import LONGEST
from provenance.report.words import one_line

DATE = datetime(2026, 11, 22, 12, 0, tzinfo=UTC)
WRITTEN = Written("fr", "Demande : « Un été à Île-Noire »", "Madame, Monsieur,\n\nVotre page « … »\n")
ENVELOPE = Envelope(DATE, "desk@mirror.example", "Wire, Corrections <corrections@wire.example>")


def read(message: str) -> EmailMessage:
    """Read a message as a mail program does."""
    found = message_from_string(message, policy=default)
    assert isinstance(found, EmailMessage)
    return found


def test_a_draft_is_a_message_that_is_not_sent_yet() -> None:
    """From, to, subject, date, language and text are there; it is ASCII with CRLF, and the same every time."""
    made = FORMATS["eml"](WRITTEN, ENVELOPE)

    message = read(made)
    assert WRITTEN.subject == message["Subject"]
    assert ("1", "fr") == (message["X-Unsent"], message["Content-Language"])
    assert "Sun, 22 Nov 2026 12:00:00 +0000" == message["Date"]
    assert "desk@mirror.example" == message["To"].addresses[0].addr_spec
    assert "Wire, Corrections" == message["From"].addresses[0].display_name
    assert WRITTEN.body == message.get_content().replace("\r\n", "\n")
    assert made.isascii()
    assert not re.search(r"(?<!\r)\n", made)
    assert max(map(len, made.split("\r\n"))) <= 78
    assert made == FORMATS["eml"](WRITTEN, ENVELOPE)
    assert not message.defects


def test_a_draft_without_addresses_leaves_them_to_the_mail_program() -> None:
    """No empty From or To stands in it."""
    message = read(FORMATS["eml"](WRITTEN, Envelope(DATE)))

    assert (None, None) == (message["To"], message["From"])


@given(st.text())
def test_no_subject_makes_a_header(subject: str) -> None:
    """Whatever a headline is, the message has the headers that we wrote and the subject that we gave it."""
    given_ = one_line(" ".join(subject.split()))

    message = read(FORMATS["eml"](replace(WRITTEN, subject=given_), ENVELOPE))

    named = {"from", "to", "subject", "date", "x-unsent", "content-language", "mime-version"}
    assert named | {"content-type", "content-transfer-encoding"} == {name.lower() for name in message}
    assert given_.split() == message["Subject"].split()


@pytest.mark.parametrize(
    "address",
    [
        "desk",
        "@mirror.example",
        "desk@",
        "a@b.example, c@d.example",
        "a@b.example\nBcc: x@evil.example",
        "a@b.example\r\n",
        "Name\n <a@b.example>",
        "été@mirror.example",
        "a b@mirror.example",
        "<>",
        "a@b.example <c@d.example> e",
        "x" * 300 + "@mirror.example",
    ],
)
def test_what_is_no_address_is_refused(address: str) -> None:
    """An address that could end a header's line, or is none, is a wrong usage in one line."""
    for envelope in (Envelope(DATE, to=address), Envelope(DATE, sender=address)):
        with pytest.raises(UsageError, match="is no address") as refused:
            signature(envelope)
        assert "\n" not in str(refused.value)


def test_the_name_before_an_address_signs() -> None:
    """Without a name, the article's publisher does."""
    assert "Wire, Corrections" == signature(replace(ENVELOPE, sender='"Wire, Corrections" <c@wire.example>'))
    assert "Büro Süd" == signature(Envelope(DATE, sender="Büro Süd <c@wire.example>"))
    assert "" == signature(Envelope(DATE, sender="c@wire.example"))


# --- the link


def test_a_link_opens_a_mail_program_with_all_of_it() -> None:
    """Address, subject and body come back as they went in, line ends as CRLF (RFC 6068)."""
    made = FORMATS["mailto"](WRITTEN, ENVELOPE).removesuffix("\n")

    link = urlsplit(made)
    assert ("mailto", "desk@mirror.example") == (link.scheme, unquote(link.path))
    assert {"subject": [WRITTEN.subject], "body": [WRITTEN.body.replace("\n", "\r\n")]} == parse_qs(link.query)
    assert "+" not in made
    assert "%0D%0A" in made
    assert not is_cut(WRITTEN, made)


@given(st.text(max_size=4_000), st.text(max_size=4_000), st.sampled_from(["en", "de", "fr", "es"]))
def test_a_link_is_never_too_long(subject: str, body: str, language: str) -> None:
    """One that would be is cut, says so, and still is a link."""
    written = Written(language, one_line(subject), one_line(body) + "\n")

    made = FORMATS["mailto"](written, ENVELOPE)

    assert len(made) <= LONGEST + 1
    assert re.fullmatch(r"mailto:desk@mirror\.example\?subject=[\w.~%-]*&body=[\w.~%-]*\n", made)
    assert "\ufffd" not in unquote(made) or "\ufffd" in subject + body
    if is_cut(written, made):
        assert "--format text]" in unquote(made)


def test_text_is_the_subject_and_the_body() -> None:
    """A blank line parts them."""
    assert "Demande : « Un été à Île-Noire »\n\nMadame" in FORMATS["text"](WRITTEN, ENVELOPE)
