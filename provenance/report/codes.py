"""The sections of the page on findings, one a code: what it means, what follows, how to mend and how to waive it."""

from __future__ import annotations

import re
from functools import cache
from importlib.resources import files

from provenance.model import Code

PAGE = "findings.md"
"""In this package, and the same in `docs/`."""


@cache
def page() -> str:
    """Give the whole page, in Markdown."""
    return files("provenance.report").joinpath(PAGE).read_text(encoding="utf-8")


def section(code: Code) -> str:
    """Give the section of a code, in Markdown, its heading included."""
    heading = f"## {code.value} {code.slug}\n"
    return heading + page().partition(heading)[2].partition("\n## ")[0].rstrip() + "\n"


def code_of(text: str) -> Code | None:
    """Read a code as people write it: `PRV102`, `prv102`, `missed-correction`; None for what is none."""
    written = re.sub(r"[\s_]+", "-", text.strip().lower())
    return next((code for code in Code if written in {code.value.lower(), code.slug}), None)
