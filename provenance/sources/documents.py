"""The formats of a document, and the one way from a document's bytes to its reading."""

from __future__ import annotations

from pathlib import Path

from provenance.errors import SourceError, UsageError
from provenance.model import Draft
from provenance.sources import markdown, plain, received, sniff
from provenance.sources.options import Options
from provenance.sources.reading import Reader, Reading, draft


def _page(document: bytes, *, headline: str = "") -> Reading:
    """Read a page. What finds the article in one takes long to import."""
    from provenance.sources import page

    return page.read(document, headline=headline)


READERS: dict[str, Reader] = {"text": plain.read, "markdown": markdown.read, "html": _page}
LINES = "jsonl"


def known(name: str) -> str:
    """Give the name of a format.

    Raises UsageError for one that there is not.
    """
    if name and name != LINES and name not in READERS:
        raise UsageError(f"unknown format {name!r}", hint=f"one of {', '.join((*READERS, LINES))}")
    return name


def of_file(path: Path, options: Options) -> Draft:
    """Read one file as one article.

    Raises SourceError where it cannot be read, UnnamedDraftError where it says no URL, `options` gives none, and it is
    no copy.
    """
    content = received.take(path)
    name = received.shown(path)
    return of_bytes(content, options.format or sniff.format_of(path.name, content), options, name, path)


def of_bytes(content: bytes, name: str, options: Options, origin: str, path: Path | None = None) -> Draft:
    """Read the bytes of one article in the format that is named; `path` is that of their file."""
    try:
        found: Reading = READERS[name](content)
        if options.headline and not found.headline:
            found = READERS[name](content, headline=options.headline)
    except SourceError as error:
        raise type(error)(f"{origin}: {error}", hint=error.hint) from error
    return draft(found, options, content, origin, path)
