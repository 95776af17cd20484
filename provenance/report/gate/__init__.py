"""A check's verdict for programs: one module a format, each one function from the verdict to a text.

The same verdict gives the same bytes. Words from outside are made harmless for where they end up.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from types import MappingProxyType

from provenance.model import Verdict
from provenance.report.gate import check_json, codequality, github, junit, markdown, sarif

__all__ = ["FORMATS", "summary"]

FORMATS: Mapping[str, Callable[[Verdict], str]] = MappingProxyType(
    {
        "json": check_json.text,
        "sarif": sarif.text,
        "junit": junit.text,
        "github": github.text,
        "markdown": markdown.text,
        "codequality": codequality.text,
    }
)
summary = markdown.summary
