"""What a person calls an article's publisher: by name, by the host of its URL, or by the file that it is."""

from __future__ import annotations

from urllib.parse import unquote

from provenance.model import LOCAL


def called(publisher: str, url: str) -> str:
    """Give the publisher's name; without one the host of the URL, or the path of a file that has no address."""
    if publisher:
        return publisher
    return unquote(url.removeprefix(LOCAL)) if url.startswith(LOCAL) else url.split("//", 1)[-1].split("/", 1)[0]
