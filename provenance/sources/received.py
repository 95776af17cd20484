"""Bytes from outside: taken from regular files only, up to a limit, and decoded without losing what they say."""

from __future__ import annotations

import codecs
import os
import re
import stat
from pathlib import Path
from typing import BinaryIO

from provenance.errors import SourceError
from provenance.sources.options import DOCUMENT

CONFLICT = "charset-conflict"
GUESSED = "charset-guessed"
DAMAGED = "undecodable-bytes"

_MARKS = (  # the longer first: a UTF-32 mark begins with that of UTF-16
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
_ALIASES = {"iso8859-1": "cp1252", "ascii": "cp1252", "latin-1": "cp1252"}  # as browsers read them
_WHOLE = re.compile(rb"[\xc2-\xdf][\x80-\xbf]|[\xe0-\xef][\x80-\xbf]{2}|[\xf0-\xf4][\x80-\xbf]{3}")
_BROKEN = re.compile(rb"[\xc0\xc1][\x80-\xbf]|\xff\xfe|\xfe\xff|\xff{2,}|(?<![\x80-\xff])\xff(?![\x80-\xff])")
_SAMPLE = 200_000
_TRIES = 2
# a guesser takes Western text with few accents for Baltic: so it is asked only where these tell against Western
_RARE = 5  # one character in five
_NOT_WESTERN = re.compile("[\ufffdŠŽšž]|[A-Za-z][^\\x00-\x7fÀ-ÿŒœ‘’–—…·][A-Za-z]")
_WORST = 100  # one character in a hundred may be undecodable


def shown(name: str | Path) -> str:
    """Give a file's name for a message, with everything that a terminal would act on escaped."""
    return "".join(c if c.isprintable() else c.encode("unicode_escape").decode() for c in str(name))


def take(path: Path, limit: int = DOCUMENT) -> bytes:
    """Read a regular file of at most `limit` bytes.

    Raises SourceError for one that is missing, unreadable, empty, too large, no regular file, or written to meanwhile.
    """
    name = shown(path)
    # half of an old text and half of a new one is a text that nobody ever published
    readings = (_steady(path, limit) for _ in range(_TRIES))
    content = next((each for each in readings if each is not None), None)
    if content is None:
        raise SourceError(f"{name} changed while it was read", hint="wait until it is written, then try again")
    if not content:
        raise SourceError(f"empty document: {name}")
    return content


def _steady(path: Path, limit: int) -> bytes | None:
    """Read a file once, None where somebody wrote to it meanwhile."""
    with regular(path) as file:
        before = os.fstat(file.fileno())
        if before.st_size > limit:
            raise too_large(shown(path), limit)
        content = file.read(limit + 1)
        after = os.fstat(file.fileno())
    if (before.st_size, before.st_mtime_ns) != (after.st_size, after.st_mtime_ns):
        return None
    if len(content) > limit:
        raise too_large(shown(path), limit)
    return content


def regular(path: Path) -> BinaryIO:
    """Open a regular file for reading. Raises SourceError for one that is missing, unreadable, or no regular file."""
    name = shown(path)
    try:
        # a FIFO opened for reading would wait for its writer for ever
        handle = os.open(path, os.O_RDONLY | os.O_NONBLOCK | os.O_CLOEXEC)
    except FileNotFoundError as error:
        raise SourceError(f"no such file: {name}") from error
    except PermissionError as error:
        raise SourceError(f"permission denied: {name}", hint="make it readable for your user") from error
    except (OSError, ValueError) as error:
        raise SourceError(f"cannot read {name}: {getattr(error, 'strerror', None) or 'not a path'}") from error
    if not stat.S_ISREG(os.fstat(handle).st_mode):
        os.close(handle)
        raise SourceError(f"not a regular file: {name}", hint="name a file or a folder of files")
    return os.fdopen(handle, "rb")


def too_large(name: str, limit: int) -> SourceError:
    """Say that a document is over the limit."""
    return SourceError(
        f"{name} is larger than {limit / 1_048_576:.4g} MiB",
        hint="one article a document: cut it up, or use JSON lines",
    )


def decode(received: bytes, declared: str = "") -> tuple[str, tuple[str, ...]]:
    """Give the text that bytes stand for, by byte order mark, then as UTF-8, then as `declared`, then by a guess.

    The flags tell where what was declared did not hold (`charset-conflict`), where it was guessed, and where bytes
    had to be replaced. Raises SourceError where more than one character in a hundred would have to be.
    """
    for mark, codec in _MARKS:
        if received.startswith(mark):
            return _replacing(received, codec, ())
    wanted = _codec(declared)
    try:
        text = received.decode()
    except UnicodeDecodeError:
        pass
    else:
        conflict = wanted not in {"", "utf-8"} and not received.isascii()
        return text, (CONFLICT,) if conflict else ()
    if wanted not in {"", "utf-8"}:
        try:
            return received.decode(wanted), ()
        except UnicodeDecodeError:
            return _replacing(received, "utf-8", (CONFLICT,))
    flags = (CONFLICT,) if wanted else ()
    guess = "" if _is_damaged(received) else _best(received)
    return (received.decode(guess), (*flags, GUESSED)) if guess else _replacing(received, "utf-8", flags)


def _codec(declared: str) -> str:
    try:
        name = codecs.lookup(declared.strip()).name if declared.strip().isascii() else ""
    except LookupError:
        return ""
    return _ALIASES.get(name, name)


def _is_damaged(received: bytes) -> bool:
    """Tell damaged UTF-8 from another encoding: what is not ASCII is mostly whole in it, or no encoding's letters."""
    whole = sum(map(len, _WHOLE.findall(received)))
    high = len(received) - len(received.translate(None, bytes(range(128, 256))))
    return whole * 2 >= high or len(b"".join(_BROKEN.findall(received))) * 2 > high


def _best(received: bytes) -> str:
    """Name the encoding that the bytes most likely are in, "" where none fits all of them."""
    western = received.decode("cp1252", "replace")
    high = sum(1 for character in western if character > "\x7f")
    if high * _RARE <= len(western) and not _NOT_WESTERN.search(western):
        return "cp1252"
    from charset_normalizer import from_bytes

    found = from_bytes(received[:_SAMPLE]).best()
    codec = found.encoding if found else ""
    try:
        received.decode(codec or "ascii")
    except UnicodeDecodeError:
        return ""
    return codec


def _replacing(received: bytes, codec: str, flags: tuple[str, ...]) -> tuple[str, tuple[str, ...]]:
    text = received.decode(codec, "replace")
    replaced = text.count("\ufffd") - received.count(b"\xef\xbf\xbd")
    if replaced <= 0:
        return text, flags
    if replaced * _WORST > len(text):
        raise SourceError(
            f"{replaced:,} of {len(text):,} characters cannot be decoded",
            hint="save the document as UTF-8 and try again",
        )
    return text, (*flags, DAMAGED)
