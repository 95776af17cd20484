"""An audit for a reader or a program: one module a format, imported when it is asked for.

Each module has `stream(audit) -> Iterator[str]`, the PDF's gives bytes. The same audit gives the same bytes, piece by
piece, so that memory does not grow with the number of chapters.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from importlib import import_module
from types import MappingProxyType

from provenance.model.audits import Audit

FORMATS: Mapping[str, str] = MappingProxyType(
    {
        "html": "provenance.report.audit.html",
        "pdf": "provenance.report.audit.pdf",
        "markdown": "provenance.report.audit.markdown",
        "csv": "provenance.report.audit.csv_",
        "json": "provenance.report.audit.json_",
    }
)
"""Name of a format → the module that writes it."""

WITH_TEXTS = frozenset(("html", "pdf"))
"""Formats that show two texts beside each other."""

Stream = Callable[[Audit], Iterator[str] | Iterator[bytes]]


def writer(name: str) -> Stream:
    """Import what writes a format."""
    stream: Stream = import_module(FORMATS[name]).stream
    return stream
