"""A letter to a copy's publisher: in words of four languages, and as text, a draft for a mail program, or a link.

`writing.write` puts the values into words, from our templates or a desk's own; FORMATS has one function a format. The
same letter, template and envelope give the same bytes. `phrases.sentence` is what stands in a letter for one place.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from types import MappingProxyType

from provenance.model.letters import Envelope, Written
from provenance.report.letters import eml, mailto, plain
from provenance.report.letters.addresses import signature
from provenance.report.letters.mailto import is_cut
from provenance.report.letters.phrases import sentence
from provenance.report.letters.writing import write

__all__ = ["FORMATS", "is_cut", "sentence", "signature", "write"]

FORMATS: Mapping[str, Callable[[Written, Envelope], str]] = MappingProxyType(
    {"text": plain.text, "eml": eml.text, "mailto": mailto.text}
)
