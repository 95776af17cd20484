"""A folder of articles: in the order of its manifest, or else every article file in natural order."""

from __future__ import annotations

import tomllib
from collections.abc import Iterator, Mapping
from datetime import datetime
from pathlib import Path
from typing import Any

from provenance.errors import DraftError, PassedOverError, SourceError, UnnamedDraftError
from provenance.model import Draft
from provenance.sources import drafts, files, received, sniff
from provenance.sources.documents import LINES, of_file
from provenance.sources.options import Options
from provenance.sources.reading import NO_URL

MANIFEST = "prov-manifest.toml"
_KNOWN = frozenset({"draft", "publisher", "language", "copy_of"})
_ABOUT = frozenset({"readme", "license", "licence", "changelog", "contributing"})
"""Names of files that are about a folder, and none of its articles unless they say a URL."""


def read(folder: Path, options: Options) -> Iterator[Draft | SourceError]:
    """Read the articles of a folder.

    Yields an error for each that cannot be read, and for each that is passed over: a file without a URL that is only
    about the folder, or stands beside draft lines, which say what the articles are. Raises SourceError for a folder
    that has none.
    """
    manifest = folder / MANIFEST
    if manifest.is_file() and not manifest.is_symlink():
        yield from _listed(manifest, options)
        return
    count = 0
    beside_lines = any(isinstance(each, Path) and _is_lines(each, options) for each in files.articles(folder))
    for found in files.articles(folder):
        count += 1
        if isinstance(found, SourceError):
            yield found
        elif beside_lines or found.stem.lower() in _ABOUT:
            yield from _named_only(found, options)
        else:
            yield from one(found, options)
    if not count:
        raise SourceError(
            f"no articles in {received.shown(folder)}",
            hint=f"it looks for {' '.join(sorted(sniff.SUFFIXES))} and {MANIFEST}",
        )


def one(path: Path, options: Options) -> Iterator[Draft | SourceError]:
    """Read one file of a folder, which may be JSON lines; what is wrong with it is yielded."""
    try:
        if _is_lines(path, options):
            yield from drafts.of_file(path, options)
        else:
            yield of_file(path, options)
    except SourceError as error:
        yield error


def _is_lines(path: Path, options: Options) -> bool:
    return (options.format or sniff.format_of(path.name, b"")) == LINES


def _named_only(path: Path, options: Options) -> Iterator[Draft | SourceError]:
    """Read one file of a folder, but pass it over where it is a document that names no URL."""
    for found in one(path, options):
        unnamed = NO_URL in found.flags if isinstance(found, Draft) else isinstance(found, UnnamedDraftError)
        if unnamed and not _is_lines(path, options):
            name = received.shown(path)
            yield PassedOverError(f"{name} was passed over: it names no URL", hint="an article? ingest it with --url")
        else:
            yield found


def _listed(manifest: Path, options: Options) -> Iterator[Draft | SourceError]:
    name = received.shown(manifest)
    try:
        content = tomllib.loads(received.decode(received.take(manifest))[0])
    except (ValueError, RecursionError) as error:  # ValueError: a number of too many digits as well
        raise SourceError(f"{name} is not TOML: {error}", hint="see docs/sources.md for what it can say") from error
    if unknown := sorted(set(content) - _KNOWN):
        raise SourceError(f"{name}: unknown key {unknown[0]!r}", hint=f"one of {', '.join(sorted(_KNOWN))}")
    entries = content.get("draft")
    if not isinstance(entries, list) or not entries or not all(isinstance(entry, dict) for entry in entries):
        raise SourceError(f"{name} lists no drafts", hint='begin each with [[draft]] and give it file = "…"')
    shared = {key: value for key, value in content.items() if key != "draft"}
    for number, entry in enumerate(entries, 1):
        try:
            yield _entry({**shared, **entry}, manifest.parent, options, f"{name}:[[draft]] {number}")
        except SourceError as error:
            yield drafts.located(error, f"{name}:[[draft]] {number}")


def _entry(entry: Mapping[str, Any], folder: Path, options: Options, place: str) -> Draft:
    """Read one entry: the keys of a draft line, with the format taken from the file's name where it is not said."""
    row = {key: _plain(value) for key, value in entry.items()}
    named = row.get("file")
    if not isinstance(named, str) or not named:
        raise DraftError("has no `file`", hint="name the article's file, relative to the manifest")
    if "format" not in row:
        row["format"] = options.format or sniff.format_of(named, b"")
    return drafts.of_row(row, options, place, folder)


def _plain(value: Any) -> Any:  # noqa: ANN401 - TOML's own times become the strings that a draft line has
    return value.isoformat() if isinstance(value, datetime) else value
