"""What comes from outside, as a page may take it: where a link may lead, which language is named, how words run."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable
from functools import lru_cache
from urllib.parse import quote, urlsplit

from provenance.model import LOCAL
from provenance.report.words import one_line

_LANGUAGE = re.compile(r"[A-Za-z]{2,3}(?:-[A-Za-z]{4})?(?:-(?:[A-Za-z]{2}|[0-9]{3}))?(?=-|$)")
_HOST = re.compile(r"[a-z0-9](?:[a-z0-9-]*[a-z0-9])?(?:\.[a-z0-9](?:[a-z0-9-]*[a-z0-9])?)*")
_PLAIN = re.compile(rf"https?://(?P<host>{_HOST.pattern})(?:/[A-Za-z0-9/_.~-]*)?")
"""What most addresses are: nothing in them has to be looked at twice."""
_LETTER = re.compile("[A-Za-z]")
_INVALID = ".invalid"
_PATH, _QUERY = "/%:@!$&'()*+,;=~-._", "/%:@!$&'()*+,;=~-._?"
_BROKEN = re.compile(r"%(?![0-9A-Fa-f]{2})")
_RIGHT_TO_LEFT = frozenset("ar arc ckb dv fa he ku ps sd ug ur yi".split())
_ENOUGH = 400
"""So many characters tell how a text runs."""


@lru_cache(maxsize=1 << 10)
def href(url: str) -> str:
    """Give the address that a link may lead to, "" for one that is only to be read: not http(s), or not whole."""
    if found := _PLAIN.fullmatch(url):
        return "" if found["host"].endswith(_INVALID) else url
    if one_line(url) != url or url.startswith(LOCAL):
        return ""
    try:
        parts = urlsplit(url)
        host, port = (parts.hostname or "").encode("idna").decode(), parts.port
    except (ValueError, UnicodeError):
        return ""
    if parts.scheme not in {"http", "https"} or parts.username is not None or not _HOST.fullmatch(host):
        return ""
    if host.endswith(_INVALID) or "\\" in url:
        return ""
    made = f"{parts.scheme}://{host}" + (f":{port}" if port else "") + _escaped(parts.path, _PATH)
    made += f"?{_escaped(parts.query, _QUERY)}" if parts.query else ""
    return made + (f"#{_escaped(parts.fragment, _QUERY)}" if parts.fragment else "")


def _escaped(part: str, safe: str) -> str:
    return quote(_BROKEN.sub("%25", part), safe=safe)


def language(tag: str) -> str:
    """Give a language tag as a page may name it, "" (which says that it is unknown) for what is none."""
    found = _LANGUAGE.match(tag.replace("_", "-"))
    return found[0] if found else ""


def direction(text: str, tag: str = "") -> str:
    """Tell how most letters of a text run, `rtl` or `ltr`; one without any runs as its language does."""
    text = text[:_ENOUGH]
    if text.isascii() and _LETTER.search(text):  # most texts: no letter has to be looked up
        return "ltr"
    turns = [turn for turn in map(_turn, text) if turn]
    if not turns:
        return "rtl" if tag.partition("-")[0].lower() in _RIGHT_TO_LEFT else "ltr"
    return "rtl" if sum(turns) > 0 else "ltr"


def _turn(character: str) -> int:
    sort = unicodedata.bidirectional(character)
    return 1 if sort in {"R", "AL"} else -1 if sort == "L" else 0


def shortener(most: int) -> Callable[[str], str]:
    """Make a function that shortens a text to so many characters, between words, and says so with `…`."""

    def shorten(text: str) -> str:
        text = " ".join(text[: 4 * most].split())
        if len(text) <= most:
            return text
        head = text[:most]
        return f"{head.rpartition(' ')[0] or head} …"

    return shorten
