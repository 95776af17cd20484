"""A letter as text: the subject, a blank line, the body."""

from __future__ import annotations

from provenance.model.letters import Envelope, Written


def text(written: Written, envelope: Envelope) -> str:  # noqa: ARG001 - one signature for all formats
    """Write a letter as text; who sends it to whom is not in it."""
    return f"{written.subject}\n\n{written.body}"
