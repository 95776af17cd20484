"""Which format a document is in: by its name, else by how it begins; and what is no text at all."""

from __future__ import annotations

import re
from pathlib import PurePath

from provenance.errors import SourceError

SUFFIXES = {
    ".txt": "text",
    ".text": "text",
    ".md": "markdown",
    ".markdown": "markdown",
    ".html": "html",
    ".htm": "html",
    ".xhtml": "html",
    ".jsonl": "jsonl",
    ".ndjson": "jsonl",
}
_KINDS = (
    (b"%PDF-", "a PDF document"),
    (b"\x89PNG", "a PNG image"),
    (b"\xff\xd8\xff", "a JPEG image"),
    (b"GIF8", "a GIF image"),
    (b"PK\x03\x04", "a ZIP archive or an office document"),
    (b"\x1f\x8b", "a gzip archive"),
    (b"\xd0\xcf\x11\xe0", "an office document"),
    (b"{\\rtf", "an RTF document"),
    (b"SQLite format 3\x00", "a SQLite database"),
    (b"\x7fELF", "a program"),
    (b"Rar!", "an archive"),
    (b"7z\xbc\xaf", "an archive"),
    (b"BZh", "an archive"),
    (b"\xfd7zXZ", "an archive"),
)
_PAGE = re.compile(
    rb"(?:\s|<!--.{0,2000}?-->|<\?xml[^>]{0,200}>)*+<(?:!doctype\s+html|html|head|body|article)\b",
    re.IGNORECASE | re.DOTALL,
)
_TAG = re.compile(rb"<[a-zA-Z!/][^>]*>|<[a-zA-Z]")
_CONTROLS = bytes(b for b in range(32) if b not in b"\t\n\v\f\r\x1b\x00")
_HEAD = 8192
_WORST = 50  # a byte in fifty that no text has


def format_of(name: str, head: bytes) -> str:
    """Name the format of a document by its suffix, or else by its first bytes; `text` where neither tells."""
    path = PurePath(name.lower().removesuffix(".gz"))
    if known := SUFFIXES.get(path.suffix):
        return known
    if _PAGE.match(head[:_HEAD]):
        return "html"
    if head.lstrip().startswith(b"{") and b'"url"' in head[:_HEAD]:
        return "jsonl"
    return "markdown" if head.startswith((b"---\n", b"---\r\n")) else "text"


def refuse_binary(received: bytes, wanted: str = "text") -> None:
    """Raise SourceError, which says what it is instead, for bytes that are no text; `wanted` is what they should be."""
    for magic, kind in _KINDS:
        if received.startswith(magic):
            raise SourceError(f"not {wanted}: it is {kind}", hint="export the article as text, Markdown or HTML")
    head = received[:_HEAD]
    if head.startswith((b"\xff\xfe", b"\xfe\xff", b"\x00\x00\xfe\xff")):
        return
    odd = len(head) - len(head.translate(None, _CONTROLS)) + max(0, head.count(0) - 1)
    if odd * _WORST > len(head):
        raise SourceError(f"not {wanted}: it is binary", hint="export the article as text, Markdown or HTML")


def refuse_pageless(received: bytes) -> None:
    """Raise SourceError for bytes that have no tag: whatever they are, they are not HTML."""
    refuse_binary(received, "HTML")
    if not _TAG.search(received.replace(b"\x00", b"")):
        raise SourceError("not HTML: there is no tag in it", hint="say --format text")
