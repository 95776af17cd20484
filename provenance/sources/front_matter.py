"""The YAML before a Markdown text: every scalar a string as it was written; no aliases, no tags, no depth."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from provenance.engine import text
from provenance.errors import SourceError
from provenance.model import Status
from provenance.sources import times
from provenance.sources.reading import Reading

_DEEPEST = 20
_LONGEST = 200_000
_NAMES = {
    "url": ("url", "canonical", "canonical_url", "canonicalurl", "permalink"),
    "publisher": ("publisher", "site", "outlet", "site_name"),
    "headline": ("title", "headline"),
    "byline": ("byline", "author", "authors"),
    "language": ("language", "lang", "locale"),
    "published": ("published_at", "published", "datepublished", "date", "pubdate"),
    "modified": ("modified_at", "modified", "datemodified", "updated", "last_modified_at", "lastmod"),
    "observed": ("observed_at", "observed", "retrieved"),
    "status": ("status",),
    "notices": ("notice", "notices", "correction", "corrections", "clarification", "editors_note", "editor_note"),
    "copy_of": ("copy_of",),
}
_ADDRESSES = ("url", "copy_of")
_FIELD_OF = {name: field for field, names in _NAMES.items() for name in names}


def split(document: str) -> tuple[Reading, str]:
    """Give what the front matter says, as a reading without text, and the Markdown below it.

    Raises SourceError for front matter that is not YAML or uses what it may not.
    """
    if not document.lstrip().startswith("---"):
        return Reading("", ""), document
    import frontmatter
    from frontmatter.default_handlers import YAMLHandler

    class Strict(YAMLHandler):
        """Reads scalars as strings, and refuses what could be a trap."""

        def load(self, fm: str, **_: object) -> Any:  # noqa: ANN401 - what the YAML holds
            return _load(fm)

    handler = Strict()
    if not handler.detect(document):
        return Reading("", ""), document
    values, body = frontmatter.parse(document, handler=handler)
    return _reading({str(name): value for name, value in values.items()}), body


def _load(source: str) -> Mapping[str, Any]:
    import yaml  # type: ignore[import-untyped]

    if len(source) > _LONGEST:
        raise SourceError("front matter is too large", hint="it holds title, date, author, url")
    try:
        _refuse_traps(yaml.parse(source, Loader=yaml.BaseLoader))
        values = yaml.load(source, Loader=yaml.BaseLoader)  # noqa: S506 - it makes strings, lists and dicts only
    except yaml.YAMLError as error:
        mark = getattr(error, "problem_mark", None)
        where = f" (line {mark.line + 2})" if mark else ""
        raise SourceError(f"front matter is not YAML{where}", hint="quote values that have a colon in them") from error
    if not isinstance(values, dict):
        raise SourceError("front matter is not a list of names and values", hint="one `name: value` a line")
    return values


def _refuse_traps(events: Any) -> None:  # noqa: ANN401 - the events of a library without types
    """Go through the events of a YAML text, before anything is built of them."""
    depth = 0
    for event in events:
        kind = type(event).__name__
        depth += kind.endswith("StartEvent") - kind.endswith("EndEvent")
        if depth > _DEEPEST:
            raise SourceError("front matter is nested too deep", hint="one `name: value` a line")
        if kind == "AliasEvent" or getattr(event, "anchor", None):
            raise SourceError("aliases not allowed in front matter", hint="write the value out")
        if getattr(event, "tag", None):
            raise SourceError(f"tags not allowed in front matter: {event.tag[:40]}", hint="write plain values")


def _reading(values: Mapping[str, Any]) -> Reading:
    known: dict[str, str] = {}
    for name, value in values.items():
        field = _FIELD_OF.get(name.lower().replace("-", "_"))
        if field and field not in known and (said := _address(value) if field in _ADDRESSES else _said(value)):
            known[field] = said
    rest = {name: value for name, value in values.items() if name.lower().replace("-", "_") not in _FIELD_OF}
    moments = {field: times.claimed(known.get(field, "")) for field in ("published", "modified", "observed")}
    flags = dict.fromkeys(flag for _, flags in moments.values() for flag in flags)
    notices = (known["notices"],) if "notices" in known else ()
    return Reading(
        "",
        "",
        url=_url(known.get("url", "")),
        publisher=known.get("publisher", ""),
        headline=known.get("headline", ""),
        byline=known.get("byline", ""),
        language=known.get("language", ""),
        copy_of=known.get("copy_of", ""),
        published=moments["published"][0],
        modified=moments["modified"][0],
        observed=moments["observed"][0],
        status=_status(known.get("status", "")),
        notices=notices,
        extra=rest,
        flags=tuple(flags),
    )


def _said(value: Any) -> str:  # noqa: ANN401 - a string, a list of them, or a mapping with a name
    if isinstance(value, list):
        return ", ".join(filter(None, map(_said, value)))
    if isinstance(value, dict):
        return _said(value.get("name") or value.get("text") or "")
    return text.clean(str(value)).strip()


def _address(value: Any) -> str:  # noqa: ANN401 - as above
    """Give an address as it is written: one letter other is another article."""
    return value.strip() if isinstance(value, str) else _said(value)


def _url(value: str) -> str:
    """Leave a permalink that is a path to its site generator: it is no address."""
    return value if "://" in value or ":" in value.partition("/")[0] else ""


def _status(value: str) -> Status:
    """Read a status that is one of ours; site generators have others (`draft`, `published`)."""
    return Status(value) if value in set(Status) else Status.USABLE
