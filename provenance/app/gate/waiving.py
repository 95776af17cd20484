"""The finding that a person means by an id, or by the beginning of one."""

from __future__ import annotations

from collections.abc import Iterable

from provenance.errors import NotFoundError, UsageError
from provenance.model import Finding


def the_finding(findings: Iterable[Finding], text: str) -> Finding:
    """Find the one finding that is meant; raise NotFoundError for none, UsageError for several."""
    found = [each for each in findings if text and each.id.startswith(text.lower())]
    if not found:
        raise NotFoundError(f"no finding {text}", hint="`prov check` prints the ids; name the same paths")
    if len(found) > 1:
        raise UsageError(f"{text} names {len(found)} findings", hint="say more of it")
    return found[0]
