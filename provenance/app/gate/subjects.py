"""The files that a check looks at: found in folders or named, and read as the articles that they hold."""

from __future__ import annotations

import os
import stat
from collections.abc import Collection, Iterable, Iterator
from fnmatch import fnmatchcase
from hashlib import sha256
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from provenance.app.gate.project import Project
from provenance.errors import SourceError
from provenance.model import LOCAL, Metadata, Revision

if TYPE_CHECKING:
    from provenance.sources import Reading

SUFFIXES = frozenset(
    (".txt", ".text", ".md", ".markdown", ".html", ".htm", ".xhtml", ".json", ".jsonl", ".ndjson"),
)
PASSED_OVER = frozenset(("node_modules", "_site", "__pycache__", "venv", "site-packages", "bower_components"))
"""Folders that hold no article of the site itself; hidden ones are passed over as well."""
OWN = frozenset(("prov.lock", "prov-baseline.json", "prov-waivers.toml", "prov-manifest.toml", "prov.toml"))


class File(NamedTuple):
    """A file to be looked at; `named` where somebody gave its name, `error` where it is not to be opened."""

    path: Path
    name: str
    named: bool = False
    error: str = ""


class Document(NamedTuple):
    """One article of a file: its reading, or the error in its place.

    `item` says which one of a file that holds several; `digest` is the sha256 of the whole file. `textless` marks one
    that was read and has no text, so that nothing in it can be out of date.
    """

    name: str
    digest: str
    item: str = ""
    reading: Reading | None = None
    source: str = ""
    error: str = ""
    hint: str = ""
    textless: bool = False

    def revision(self, text: str | None = None) -> Revision:
        """Give what was read as a revision that can be judged, with another text where one is given."""
        reading = self.reading
        assert reading is not None
        metadata = Metadata(
            url=LOCAL + self.name,
            publisher=reading.publisher,
            headline=reading.headline,
            language=reading.language,
            published_at=reading.published,
            modified_at=reading.modified,
            status=reading.status,
            notices=reading.notices,
        )
        return Revision(metadata, 0, text=reading.text if text is None else text, flags=reading.flags)


def collect(paths: Iterable[Path], project: Project, ignored: Collection[str] = ()) -> Iterator[File]:
    """Give every file that paths name or that lies in a folder which they name, each once, in order.

    `ignored` are names of files and folders (then ending in a slash) that the project's repository ignores. Raises
    SourceError for a path that is not there.
    """
    seen: set[str] = set()
    walk = _Walk(project, frozenset(ignored))
    for path in paths:
        for file in walk.of(path):
            if file.name not in seen:
                seen.add(file.name)
                yield file


def among(names: Iterable[str], paths: Iterable[Path], project: Project) -> Iterator[File]:
    """Give those of the named files of a project that `collect` would find at the paths, without walking there."""
    covered = {project.name(path): path for path in paths}
    walk = _Walk(project, frozenset())
    for name in sorted(names):
        if name in covered:
            yield from walk.of(covered[name])
        elif any(each == "." or name.startswith(f"{each}/") for each in covered):
            yield from walk.one(name)


class _Walk:
    """One look through folders: what is hidden, ignored or excluded is passed over, no link leads out."""

    def __init__(self, project: Project, ignored: frozenset[str]) -> None:
        self._project = project
        self._ignored = ignored
        self._tree = os.path.realpath(project.root)
        self._been: set[str] = set()

    def of(self, path: Path) -> Iterator[File]:
        """Give the files at a path that somebody named."""
        try:
            mode = path.stat().st_mode
        except FileNotFoundError as error:
            raise SourceError(f"no such file: {path}", hint="name files or folders of the site") from error
        except OSError as error:
            raise SourceError(f"cannot read {path}: {error.strerror or error}", hint="see who may read it") from error
        if stat.S_ISDIR(mode):
            yield from self._folder(path)
        else:
            out = path.is_symlink() and self._leads_out(path)
            yield File(path, self._project.name(path), named=True, error=_LINK if out else "")

    def one(self, name: str) -> Iterator[File]:
        """Give the file of that name, unless it or a folder above it is passed over."""
        path = self._project.root / name
        above = [path, *path.parents[: len(path.relative_to(self._project.root).parts) - 1]]
        passed = any(each.name.startswith(".") or each.name in PASSED_OVER or each.name in OWN for each in above)
        if passed or path.suffix.lower() not in SUFFIXES or any(map(self._excluded, map(self._project.name, above))):
            return
        if path.is_symlink() and self._leads_out(path):
            yield File(path, name, error=_LINK)
        elif path.is_file():
            yield File(path, name)

    def _folder(self, top: Path) -> Iterator[File]:
        waiting = [top]
        while waiting:
            folder = waiting.pop()
            real = os.path.realpath(folder)
            if real in self._been:
                continue
            self._been.add(real)
            try:
                with os.scandir(folder) as entries:
                    found = sorted(entries, key=lambda entry: entry.name)
            except OSError as error:
                yield File(folder, self._project.name(folder), error=f"cannot be read: {error.strerror or error}")
                continue
            deeper: list[Path] = []
            for entry in found:
                yield from self._entry(entry, deeper)
            waiting += reversed(deeper)

    def _entry(self, entry: os.DirEntry[str], deeper: list[Path]) -> Iterator[File]:
        name = self._project.name(Path(entry.path))
        if entry.name.startswith(".") or entry.name in PASSED_OVER or entry.name in OWN or self._excluded(name):
            return
        path = Path(entry.path)
        if entry.is_symlink() and self._leads_out(path):
            if path.is_dir() or path.suffix.lower() in SUFFIXES:
                yield File(path, name, error=_LINK)
        elif entry.is_dir():
            if f"{name}/" not in self._ignored:
                deeper.append(path)
        elif path.suffix.lower() in SUFFIXES and name not in self._ignored:
            yield File(path, name)

    def _excluded(self, name: str) -> bool:
        return any(fnmatchcase(name, pattern) or fnmatchcase(f"{name}/", pattern) for pattern in self._project.exclude)

    def _leads_out(self, path: Path) -> bool:
        real = os.path.realpath(path)
        return real != self._tree and not real.startswith(self._tree.rstrip(os.sep) + os.sep)


_TEXTLESS = "no article text"
"""What a reader says of a document that it could read, and that has no words in it."""
_LINK = "is a symbolic link that leads out of the project, and was not followed"


def content(file: File) -> bytes | SourceError:
    """Read a file's bytes, or say why that cannot be done."""
    if file.error:
        return SourceError(file.error)
    if (found := _plainly(file.path)) is not None:
        return found
    from provenance.sources.received import take

    try:
        return take(file.path)
    except SourceError as error:
        return error


def _plainly(path: Path) -> bytes | None:
    """Read a regular file of a usual size, without the readers, which take long to import; None for any other."""
    try:
        handle = os.open(path, os.O_RDONLY | os.O_NONBLOCK | os.O_CLOEXEC)
    except (OSError, ValueError):
        return None
    with os.fdopen(handle, "rb") as file:
        found = os.fstat(handle)
        if not stat.S_ISREG(found.st_mode) or not 0 < found.st_size <= _USUAL:
            return None
        content = file.read(_USUAL + 1)
    return content if 0 < len(content) <= _USUAL else None


_USUAL = 1 << 20


def digest(received: bytes) -> str:
    """Name a file's content."""
    return sha256(received).hexdigest()


def read(file: File, received: bytes) -> Iterator[Document]:
    """Read the articles of a file; what cannot be read is a document with an error.

    JSON that holds no article gives nothing, unless the file was named: then it is an error.
    """
    from provenance.sources import exports
    from provenance.sources.documents import READERS
    from provenance.sources.sniff import format_of

    name, suffix = digest(received), file.path.suffix.lower()
    if suffix not in exports.SUFFIXES:
        try:
            found: Reading | SourceError = READERS[format_of(file.path.name, received)](received)
        except SourceError as error:
            found = error
        yield _document(file, name, received, found)
        return
    if received.startswith(b'{"schema": "prov-'):
        return  # written by prov for programs: none of the site's articles
    count = 0
    for item, found in exports.read(received, lines=suffix != ".json"):
        count += 1
        yield _document(file, name, received, found, item)
    if not count and file.named:
        yield Document(file.name, name, error="holds no article", hint="is it the export of articles?")


def _document(file: File, name: str, received: bytes, found: Reading | SourceError, item: str = "") -> Document:
    if isinstance(found, SourceError):
        textless = str(found) == _TEXTLESS
        return Document(file.name, name, item, error=str(found), hint=found.hint, textless=textless)
    from provenance.sources.received import decode

    return Document(file.name, name, item, found, decode(received)[0])
