"""The scope of a check: the paths that were named, less what the repository ignores or has not changed."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

from provenance.app.gate import subjects
from provenance.app.gate.project import Project
from provenance.errors import GateError, GitMissingError


@dataclass(frozen=True, slots=True)
class Scope:
    """The files and folders of a project to be looked at; with `changed_since`, what differs from that git revision.

    Files named in `besides` are what the check rests on, and none of the site's.
    """

    project: Project
    paths: tuple[Path, ...]
    changed_since: str = ""
    besides: frozenset[str] = frozenset()

    @property
    def names(self) -> tuple[str, ...]:
        """Name the paths from the project's top folder; `.` is all of it."""
        return tuple(map(self.project.name, self.paths))

    def files(self) -> Iterator[subjects.File]:
        """Give the files in order; raise SourceError for a path that is not there, GateError for a revision."""
        return (file for file in self._files() if file.name not in self.besides)

    def _files(self) -> Iterator[subjects.File]:
        from provenance.store import checkout

        found = checkout.find(self.project.root)
        if not self.changed_since:
            ignored: frozenset[str] = frozenset()
            with suppress(GateError, GitMissingError):  # without git, what it would ignore is looked at as well
                ignored = self._named(found.top, found.ignored()) if found else ignored
            yield from subjects.collect(self.paths, self.project, ignored)
            return
        if found is None:
            raise GateError(f"--changed-since: {self.project.root} lies in no git repository", hint="leave it out")
        changed = self._named(found.top, found.changed(self.changed_since))
        yield from subjects.among(changed, self.paths, self.project)

    def _named(self, top: Path, names: frozenset[str]) -> frozenset[str]:
        """Name what git names from its top folder from the project's; a folder keeps its slash."""
        if top == self.project.root:
            return names
        return frozenset(self.project.name(top / name) + ("/" if name.endswith("/") else "") for name in names)
