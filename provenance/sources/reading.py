"""What a reader understood of a document, and how that and the caller's options become a draft."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path
from typing import Any, Protocol

from provenance.errors import DraftError, UnnamedDraftError
from provenance.model import AUTO, Draft, Metadata, Status
from provenance.sources import urls
from provenance.sources.options import Options

NO_URL = "no-url"


@dataclass(frozen=True, slots=True)
class Reading:
    """A document's canonical text and what the document says of itself; empty where it says nothing."""

    text: str
    reader: str
    url: str = ""
    publisher: str = ""
    headline: str = ""
    byline: str = ""
    language: str = ""
    published: datetime | None = None
    modified: datetime | None = None
    observed: datetime | None = None
    status: Status = Status.USABLE
    notices: tuple[str, ...] = ()
    copy_of: str = ""
    extra: Mapping[str, Any] = field(default_factory=dict)
    flags: tuple[str, ...] = ()


class Reader(Protocol):
    """Reads the bytes of one document in one format."""

    def __call__(self, document: bytes, *, headline: str = "") -> Reading:
        """Give what the document says; `headline` is for one whose headline came from elsewhere.

        Raises SourceError for what is not in the format, or has no text.
        """
        ...


def draft(reading: Reading, options: Options, received: bytes, origin: str, path: Path | None = None) -> Draft:
    """Make a draft of a reading and of what the caller knows besides.

    A copy that names no URL goes by the path of its file, where it has one. Raises UnnamedDraftError for any other
    without a URL, DraftError for a URL that cannot be one.
    """
    copy_of = upstream(options.copy_of or reading.copy_of)
    url, flags = options.url or reading.url, reading.flags
    if not url and path is not None and copy_of:
        url, flags = urls.of_path(path), (*flags, NO_URL)
    if not url:
        raise UnnamedDraftError(
            f"{origin} does not say which URL it is of",
            hint="give one with --url, or as `url` in the front matter, the draft line or the manifest",
        )
    metadata = Metadata(
        url=urls.canonical(url),
        publisher=reading.publisher or options.publisher,
        headline=reading.headline,
        byline=reading.byline or options.byline,
        language=reading.language or options.language,
        published_at=options.published or reading.published,
        modified_at=options.modified or reading.modified,
        status=reading.status,
        notices=reading.notices,
        copy_of=copy_of,
        extra=reading.extra,
    )
    return Draft(
        metadata,
        reading.text,
        options.observed or reading.observed,
        b"" if _is_text(received, reading.text) else received,
        reading.reader,
        flags,
        origin,
    )


def upstream(copy_of: str) -> str:
    """Give the canonical form of what `copy_of` names: a URL, `auto`, or nothing.

    Raises DraftError for anything else.
    """
    if copy_of in {"", AUTO}:
        return copy_of
    try:
        return urls.canonical(copy_of)
    except DraftError as error:
        raise DraftError(f"copy_of: {error}", hint="name the upstream by its URL, or say auto") from error


def _is_text(received: bytes, text: str) -> bool:
    """Tell whether nothing would be lost by keeping the text alone: a headline kept apart may stand above a body."""
    wanted = text.encode()
    return wanted == received or wanted == received + b"\n"
