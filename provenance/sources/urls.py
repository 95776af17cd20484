"""The canonical form of an article's URL: cautious, so that no two articles ever become one.

Scheme and host in lower case, no default port, no fragment, "/" for an empty path; path and query stay as written.
"""

from __future__ import annotations

import os
import re
from pathlib import Path
from urllib.parse import quote, urlsplit

from provenance.errors import DraftError
from provenance.model import LOCAL

_LONGEST = 2000
_DEFAULT_PORTS = {"http": 80, "https": 443}
_UNFIT = re.compile("[\x00-\x20\x7f-\xa0\\\\\u200b-\u200f\u2028-\u202e\u2060-\u206f\ufeff\ud800-\udfff]")
_HOST = re.compile(r"(?!-)[\w-]+(?:\.[\w-]+)*\.?|\[[0-9a-f:.]+\]")
_SHOWN = 80


def canonical(url: str) -> str:
    """Give the URL that names the article.

    Raises DraftError for what is not an absolute http or https URL of at most 2,000 characters, without user info.
    """
    url = url.strip()
    if len(url) > _LONGEST:
        raise _refused(url, f"is longer than {_LONGEST:,} characters")
    if _UNFIT.search(url):
        raise _refused(url, "has a space, a backslash or a control character in it")
    try:
        parts = urlsplit(url)
        port = parts.port
    except ValueError as error:
        raise _refused(url, "is not a URL") from error
    if parts.scheme not in _DEFAULT_PORTS:
        raise _refused(url, "is not an http or https URL")
    if "@" in parts.netloc:
        raise _refused(url, "has user info in it")
    host = parts.hostname or ""
    host = f"[{host}]" if ":" in host else host
    if not _HOST.fullmatch(host) or port == 0:
        raise _refused(url, "does not name a host")
    place = host if port in {None, _DEFAULT_PORTS[parts.scheme]} else f"{host}:{port}"
    query = f"?{parts.query}" if parts.query else ""
    return f"{parts.scheme}://{place}{parts.path or '/'}{query}"


def of_path(path: Path) -> str:
    """Give the URL of an article that has none but the path of its file, the same whenever it is read from there."""
    return canonical(LOCAL + quote(os.fsencode(path).lstrip(b"/")))


def _refused(url: str, why: str) -> DraftError:
    shown = url if len(url) <= _SHOWN else url[:_SHOWN] + "…"
    return DraftError(f"the URL {shown!r} {why}", hint="give the article's full address: https://…")
