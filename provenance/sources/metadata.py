"""What a page says of its article: JSON-LD first, then OpenGraph and meta tags, then links; all of it claims."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from itertools import chain
from typing import TYPE_CHECKING, Any
from urllib.parse import urljoin

from provenance.engine import text
from provenance.errors import DraftError
from provenance.sources import times, urls
from provenance.sources.reading import Reading

if TYPE_CHECKING:
    from lxml.html import HtmlElement

AMBIGUOUS = "ambiguous"
REFUSED = "json-ld-refused"
UNUSABLE = "url-refused"
_ADDRESS = "og:url"
_LARGEST = 500_000
_DEEPEST = 12
_ARTICLES = ("Article", "Posting", "Reportage", "Report")
_DESCRIPTION = ("text", "description", "name", "headline", "articleBody")


def of(root: HtmlElement) -> Reading:
    """Give what the page says, as a reading without text."""
    linked, flags = _linked(root)
    meta = _meta(root)
    url, url_flags = _url(root, linked, meta)
    published, when = times.claimed(
        _first(linked, ("datePublished",), meta, "article:published_time", "date", "pubdate")
    )
    modified, then = times.claimed(_first(linked, ("dateModified",), meta, "article:modified_time", "og:updated_time"))
    titles = [words for element in root.iter("title") if (words := _clean(element.text or ""))]
    ambiguous = (AMBIGUOUS,) if len(set(titles)) > 1 and not linked else ()
    based_on = _strings(linked.get("isBasedOn"), ("url", "@id"))
    return Reading(
        "",
        "",
        url=url,
        publisher=_first(linked, ("publisher", "sourceOrganization"), meta, "og:site_name", "application-name"),
        headline=_first(linked, ("headline", "name"), meta, "og:title", "twitter:title") or next(iter(titles), ""),
        byline=_byline(linked, meta),
        language=_clean(root.get("lang", "")) or _first(linked, ("inLanguage",), meta, "og:locale", "language"),
        published=published,
        modified=modified,
        notices=tuple(_strings(linked.get("correction"), _DESCRIPTION)),
        extra={"isBasedOn": list(based_on)} if based_on else {},
        flags=tuple(dict.fromkeys((*flags, *url_flags, *when, *then, *ambiguous))),
    )


def _linked(root: HtmlElement) -> tuple[Mapping[str, Any], tuple[str, ...]]:
    """Give the JSON-LD of the page's article, {} for none; a block that is no sound JSON is refused and flagged."""
    found: list[Mapping[str, Any]] = []
    flags: tuple[str, ...] = ()
    for script in root.iter("script"):
        if "ld+json" not in script.get("type", "").lower():
            continue
        try:
            found += _articles(_sound(script.text or ""), 0)
        except (ValueError, RecursionError):
            flags = (REFUSED,)
    return next(iter(found), {}), flags


def _sound(source: str) -> Any:  # noqa: ANN401 - whatever the JSON holds
    source = source.strip().removeprefix("<!--").removesuffix("-->").strip()
    source = source.removeprefix("//<![CDATA[").removeprefix("<![CDATA[").removesuffix("]]>").removesuffix("//").strip()
    if len(source) > _LARGEST:
        raise ValueError(source[:20])
    return json.loads(source, parse_constant=_refuse, object_pairs_hook=_unique) if source else {}


def _refuse(name: str) -> Any:  # noqa: ANN401 - it gives nothing
    raise ValueError(name)


def _unique(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    found = dict(pairs)
    if len(found) < len(pairs):
        raise ValueError("duplicate keys")
    return found


def _articles(node: Any, depth: int) -> Iterator[Mapping[str, Any]]:  # noqa: ANN401 - any part of the JSON
    """Give the nodes that are articles, wherever they are nested."""
    if depth > _DEEPEST:
        return
    if isinstance(node, list):
        for part in node:
            yield from _articles(part, depth + 1)
    elif isinstance(node, dict):
        types = node.get("@type")
        if any(str(kind).endswith(_ARTICLES) for kind in (types if isinstance(types, list) else [types])):
            yield node
        for name in ("@graph", "mainEntity", "itemListElement", "hasPart"):
            yield from _articles(node.get(name), depth + 1)


def _meta(root: HtmlElement) -> dict[str, str]:
    """Give the first value of each meta tag that has a name and content."""
    found: dict[str, str] = {}
    for element in root.iter("meta"):
        name = (element.get("property") or element.get("name") or element.get("itemprop") or "").lower()
        content = element.get("content", "")
        if name and (value := content.strip() if name == _ADDRESS else _clean(content)):
            found.setdefault(name, value)
    return found


def _first(linked: Mapping[str, Any], names: tuple[str, ...], meta: Mapping[str, str], *tags: str) -> str:
    """Give the first thing said: by one of the names in JSON-LD, else by one of the meta tags."""
    said = chain.from_iterable(_strings(linked.get(name), ("name", "headline", "text")) for name in names)
    return next(said, "") or next((meta[tag] for tag in tags if tag in meta), "")


def _strings(value: Any, names: tuple[str, ...]) -> list[str]:  # noqa: ANN401 - any part of the JSON
    """Give the texts of a value that may be a text, an object with one, or a list of either."""
    if isinstance(value, str):
        return [cleaned] if (cleaned := _clean(value)) else []
    if isinstance(value, list):
        return [words for part in value if not isinstance(part, list) for words in _strings(part, names)]
    if isinstance(value, dict):
        return next((found for name in names if (found := _strings(value.get(name), ()))), [])
    return []


def _addresses(value: Any, names: tuple[str, ...]) -> list[str]:  # noqa: ANN401 - any part of the JSON
    """Give the addresses of a value as they are written: one letter other is another article."""
    if isinstance(value, str):
        return [value]
    if isinstance(value, list):
        return [each for part in value if not isinstance(part, list) for each in _addresses(part, names)]
    if isinstance(value, dict):
        return next((found for name in names if (found := _addresses(value.get(name), ()))), [])
    return []


def _byline(linked: Mapping[str, Any], meta: Mapping[str, str]) -> str:
    authors = _strings(linked.get("author"), ("name",)) or _strings(linked.get("creator"), ("name",))
    said = ", ".join(dict.fromkeys(authors)) or meta.get("author", "") or meta.get("article:author", "")
    return "" if said.startswith(("http://", "https://")) else said


def _url(root: HtmlElement, linked: Mapping[str, Any], meta: Mapping[str, str]) -> tuple[str, tuple[str, ...]]:
    """Give the first URL by which the page names itself and that can be one."""
    own = [
        element.get("href", "")
        for element in root.iter("link")
        if "canonical" in element.get("rel", "").lower().split()
    ]
    base = meta.get(_ADDRESS, "")
    main = _addresses(linked.get("mainEntityOfPage"), ("@id", "url"))
    flags: tuple[str, ...] = (AMBIGUOUS,) if len(set(own)) > 1 else ()
    for url in (*own, base, *_addresses(linked.get("url"), ()), *main):
        try:
            if url:
                return urls.canonical(_joined(base, url)), flags
        except DraftError:
            flags = (*flags, UNUSABLE)
    return "", flags


def _joined(base: str, url: str) -> str:
    """Give the address that a link on the page leads to."""
    try:
        return urljoin(base, url.strip()) if base.startswith(("http://", "https://")) else url
    except ValueError:
        return url


def _clean(value: str) -> str:
    return " ".join(text.clean(value).split())
