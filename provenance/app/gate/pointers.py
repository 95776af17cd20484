"""Pointers: the URLs by which a file names where it was taken from. They are claims, and no proof."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path, PurePosixPath
from typing import TYPE_CHECKING, Any, NamedTuple

from provenance.app.gate.project import Project
from provenance.app.gate.subjects import Document
from provenance.errors import DraftError, GateError
from provenance.model import AUTO, ArticleId, Found, article_id

if TYPE_CHECKING:
    from provenance.sources import Reading

MANIFEST = "prov-manifest.toml"
_MAY_BE_OWN = frozenset(("canonical_url", "url", "link", "permalink"))
"""Names under which a page gives its own address as often as that of its origin."""


class Pointer(NamedTuple):
    """A URL that a file points to, and how; `url` is canonical, or as written where it can be none (then no `article`).

    `firm` says that the file calls itself a copy of it; `own` that the URL is on the republisher's own site.
    """

    url: str
    found: Found
    by: str
    firm: bool = True
    own: bool = False
    article: ArticleId | None = None


class Question(NamedTuple):
    """A document with what it points to."""

    document: Document
    pointers: tuple[Pointer, ...] = ()


class Manifests:
    """What the manifests of a project say that its files were taken from, each read once."""

    def __init__(self, root: Path) -> None:
        self._root = root
        self._read: dict[PurePosixPath, Mapping[str, str]] = {}

    def of(self, name: str) -> str:
        """Give the URL that the nearest manifest above a file names as its upstream, "" where none does."""
        path = PurePosixPath(name)
        for folder in path.parents:
            if folder not in self._read:
                self._read[folder] = _manifest(self._root / folder / MANIFEST)
            found = self._read[folder].get(path.relative_to(folder).as_posix(), "")
            if found:
                return found
        return ""


def _manifest(file: Path) -> dict[str, str]:
    if not file.is_file() or file.is_symlink():
        return {}
    import tomllib

    try:
        values = tomllib.loads(file.read_text(encoding="utf-8"))
        drafts = values.get("draft", [])
        said = {each["file"]: each.get("copy_of", values.get("copy_of", "")) for each in drafts if "file" in each}
    except (ValueError, TypeError, AttributeError, RecursionError, OSError) as error:
        raise GateError(
            f"{file} cannot be used: {error}", hint="see docs/sources.md for what a manifest says"
        ) from error
    return {name: url for name, url in said.items() if isinstance(url, str) and url not in {"", AUTO}}


def of_document(document: Document, project: Project, locked: str, manifest: str) -> tuple[Pointer, ...]:
    """Give what a file points to, surest first, each URL once; `locked` and `manifest` are URLs, "" for none."""
    found = [_pointer(locked, Found.LOCK, "prov.lock", project)] if locked else []
    found += [_pointer(manifest, Found.MANIFEST, MANIFEST, project)] if manifest else []
    if document.reading:
        found += _said(document.reading, project)
    distinct: dict[str, Pointer] = {}
    for each in found:
        distinct.setdefault(each.url, each)
    return tuple(distinct.values())


def _said(reading: Reading, project: Project) -> Iterator[Pointer]:
    is_page = reading.reader.startswith("html")
    said: Mapping[str, Any] = {
        "canonical_url": reading.url,
        "copy_of": "" if reading.copy_of == AUTO else reading.copy_of,
        **{name.lower().replace("-", "_"): value for name, value in reading.extra.items()},
    }
    for key in project.keys:
        name = key.lower().replace("-", "_")
        link = is_page and name == "canonical_url"
        for url in _urls(said.get(name)):
            yield _pointer(url, Found.LINK if link else Found.FRONT_MATTER, key, project)
    for url in _urls(reading.extra.get("isBasedOn")):
        yield _pointer(url, Found.LINK, "isBasedOn", project)
    if "canonical_url" not in project.keys and is_page:
        yield from (_pointer(url, Found.LINK, "canonical_url", project) for url in _urls(reading.url))


def _urls(value: object) -> Iterable[str]:
    values = value if isinstance(value, list) else [value]
    return (each.strip() for each in values if isinstance(each, str) and each.strip())


def _pointer(url: str, found: Found, by: str, project: Project) -> Pointer:
    from provenance.sources import urls

    try:
        canonical = urls.canonical(url)
    except DraftError:
        return Pointer(url, found, by, firm=by not in _MAY_BE_OWN)
    host = canonical.partition("://")[2].partition("/")[0]
    own = any(host == each or host.endswith(f".{each}") for each in project.own)
    firm = not own and (by not in _MAY_BE_OWN or bool(project.own))
    return Pointer(canonical, found, by, firm, own, article_id(canonical))
