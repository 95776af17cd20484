"""`--format` and `--output` in the order in which they were given, so that one run may write several."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import click

from provenance.errors import StorageError, UsageError

TEXT = "text"
FORMATS = (TEXT, "json", "sarif", "junit", "github", "markdown", "codequality")
WITH_FIXES = frozenset(("json", "sarif"))
"""Formats that say what is to be replaced in a file."""


@dataclass(frozen=True, slots=True)
class Output:
    """One thing to write: in which format, and into which file, None for standard output."""

    format: str
    file: Path | None = None


class InOrder(click.Command):
    """A command that remembers which `--output` followed which `--format`, as `outputs` in the context's `meta`."""

    def parse_args(self, ctx: click.Context, args: list[str]) -> list[str]:
        """Parse as usual, and pair the two options as they come."""
        parser = self.make_parser(ctx)
        values, _, order = parser.parse_args(list(args))
        names = [each.name for each in order if each.name in {"form", "output"}]
        ctx.meta["outputs"] = paired(list(_in_order(names, values)))
        return super().parse_args(ctx, args)


def _in_order(names: Sequence[str | None], values: dict[str, Any]) -> Iterator[tuple[str, str]]:
    queues = {name: iter(values.get(name) or ()) for name in ("form", "output")}
    for name in names:
        if name:
            yield name, next(queues[name])


def paired(given: Sequence[tuple[str, str]]) -> tuple[Output, ...]:
    """Pair formats with files: a file belongs to the format before it, at the beginning to the one after it.

    Raises UsageError for two files of one format, and for two formats on standard output.
    """
    found: list[Output] = []
    early: Path | None = None
    for name, value in given:
        if name == "form":
            found.append(Output(value, early))
            early = None
        elif found and found[-1].file is None:
            found[-1] = Output(found[-1].format, Path(value))
        elif not found and early is None:
            early = Path(value)
        else:
            raise UsageError(f"--output {value} belongs to no --format", hint="--format sarif --output check.sarif")
    found += [Output(TEXT, early)] if early or not found else []
    if sum(each.file is None for each in found) > 1:
        raise UsageError("two formats for standard output", hint="give all but one an --output")
    return tuple(found)


def append(file: Path, content: str) -> None:
    """Add to a file that others write to as well. Raises StorageError."""
    try:
        with file.open("a", encoding="utf-8", newline="") as out:
            out.write(content)
    except OSError as error:
        raise StorageError(f"cannot write {file}: {error.strerror or error}", hint="see who may write there") from error


def write(file: Path, content: str) -> None:
    """Write a result into a file, whole or not at all, and not through a link. Raises StorageError."""
    from provenance.cli.files import write_file

    write_file(file, [content])
