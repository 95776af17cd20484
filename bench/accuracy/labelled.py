"""Labelled cases: an article's revisions, the texts that may be copies of it, and what is true of them."""

from __future__ import annotations

import json
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Any

Json = dict[str, Any]
"""An article as `prov status --format json --texts` gives it; a method's answers have the same keys."""
Articles = dict[str, Json]
"""Articles by URL."""


@dataclass(frozen=True)
class Case:
    """One case: its folder, and its labels as `case.json` has them."""

    folder: Path
    labels: Json

    @property
    def url(self) -> str:
        """Give the article's URL."""
        found: str = self.labels["origin"]["url"]
        return found

    @cached_property
    def revisions(self) -> tuple[str, ...]:
        """Give the texts of the article's revisions, oldest first."""
        return tuple(text(self.folder / each["file"]) for each in self.labels["origin"]["revisions"])

    @cached_property
    def copies(self) -> dict[str, str]:
        """Give the texts that may be copies of the article by their URL."""
        return {each["url"]: text(self.folder / each["file"]) for each in self.labels["copies"]}


def cases(folder: Path) -> list[Case]:
    """List the cases in a folder, by name."""
    return [Case(file.parent, json.loads(file.read_text("utf-8"))) for file in sorted(folder.glob("*/case.json"))]


def text(path: Path) -> str:
    """Read one text: its headline, a blank line, its body."""
    headline, _, body = path.read_text("utf-8").lstrip("\ufeff\n").partition("\n")
    return f"{headline.strip()}\n\n{body.strip()}\n"
