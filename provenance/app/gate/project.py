"""A republisher's project: its top folder, and what its settings say of the policy and of what is checked."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any, TypeVar

from provenance.app.gate.durations import duration
from provenance.app.gate.policy import LEVELS, Grace, Policy
from provenance.app.workspace import read_toml
from provenance.errors import UsageError
from provenance.model import Kind, Level

FILES = ("prov.toml", "pyproject.toml")
"""Where settings stand, in the order in which they are looked for in each folder."""
TABLES = frozenset(("store", "policy", "check", "patch", "letter"))
KEYS = ("canonical_url", "copy_of", "source_url", "original_url")
"""Keys of a front matter that name the upstream, unless `[tool.prov.check] keys` says others."""
NEVER = "never"
IGNORE = "ignore"

V = TypeVar("V")


@dataclass(frozen=True, slots=True)
class Project:
    """The folder that paths are told from, and the settings in force there.

    `settings` is the file they stand in, None where there is none. `keys` name the upstream in a front matter, `own`
    are the hosts of the republisher's own site, `exclude` patterns of paths that are passed over. `note` is how a
    notice is put under a copy, "" for the usual form of its language.
    """

    root: Path
    policy: Policy = field(default_factory=Policy)
    settings: Path | None = None
    keys: tuple[str, ...] = KEYS
    own: tuple[str, ...] = ()
    exclude: tuple[str, ...] = ()
    note: str = ""

    def name(self, path: Path) -> str:
        """Name a file from the top folder, with slashes; one outside of it by its whole path."""
        absolute = Path(os.path.abspath(path))  # noqa: PTH100 - a link stays a link: only `..` goes
        return (absolute.relative_to(self.root) if absolute.is_relative_to(self.root) else absolute).as_posix()


def find(paths: Iterable[Path], settings: Path | None = None) -> Project:
    """Find the project of some paths: the nearest folder above them all that has settings, or is a repository.

    Raises UsageError for settings that are not known or make no sense.
    """
    absolute = [os.path.abspath(path) for path in paths] or [os.getcwd()]  # noqa: PTH100, PTH109
    start = Path(os.path.commonpath(absolute))
    start = start if start.is_dir() else start.parent
    found, root = _nearest(start)
    if settings is not None:
        return _read(root or start, settings.absolute())
    here = Path.cwd()
    return _read(root or (here if start.is_relative_to(here) else start), found)


def _nearest(start: Path) -> tuple[Path | None, Path | None]:
    """Give the settings file and the top folder that are nearest, each None where there is none."""
    for folder in (start, *start.parents):
        for name in FILES:
            file = folder / name
            if file.is_file() and not (folder / "FORMAT").exists() and _is_ours(file):
                return file, folder
        if (folder / ".git").exists():
            return None, folder
    return None, None


def _is_ours(file: Path) -> bool:
    """Tell settings of this project from those of a tool that happens to share the file."""
    return file.name == "prov.toml" or b"tool.prov" in file.read_bytes()


def _read(root: Path, file: Path | None) -> Project:
    if file is None:
        return Project(root)
    if not file.is_file():
        raise UsageError(f"no settings at {file}", hint="name a file with [tool.prov.policy] in it")
    values = read_toml(file)
    if file.name == FILES[0] and (others := sorted(values.keys() - {"tool"})):
        raise UsageError(f"{file}: unknown setting {others[0]}", hint="write [tool.prov.policy] or [tool.prov.check]")
    tables = _Table(file, "tool.prov", values).table("tool.prov")
    if others := sorted(tables.values.keys() - TABLES):
        raise UsageError(f"{file}: unknown setting [tool.prov] {others[0]}", hint=f"known: {', '.join(sorted(TABLES))}")
    policy, checks, patches = tables.table("policy"), tables.table("check"), tables.table("patch")
    made = Project(
        root,
        _policy(policy, {name: str(file) for name in (*policy.values, *checks.values)}),
        file,
        keys=checks.texts("keys", KEYS),
        own=tuple(each.casefold() for each in checks.texts("own", ())),
        exclude=checks.texts("exclude", ()),
        note=patches.get("note", _text, "a text in quotation marks", ""),
    )
    for table in (policy, checks, patches):
        table.refuse_others()
    return made


class _Table:
    """One table of settings, which remembers what it was asked for, so that the rest can be refused."""

    def __init__(self, file: Path, name: str, values: Mapping[str, Any]) -> None:
        self.file, self.name, self.values = file, name, values
        self._known: list[str] = []

    def table(self, name: str) -> _Table:
        """Give a table in this one by its dotted name, an empty one where there is none."""
        values: Any = self.values
        for part in name.split("."):
            values = values.get(part, {}) if isinstance(values, Mapping) else values
        if not isinstance(values, Mapping):
            raise self.wrong(name, values, "a table")
        return _Table(self.file, name if name.startswith("tool.") else f"{self.name}.{name}", values)

    def get(self, name: str, read: Callable[[Any], V | None], what: str, default: V) -> V:
        """Give a value as `read` makes it, which gives None for what it is not."""
        self._known.append(name)
        if name not in self.values:
            return default
        found = read(self.values[name])
        if found is None:
            raise self.wrong(name, self.values[name], what)
        return found

    def texts(self, name: str, default: tuple[str, ...]) -> tuple[str, ...]:
        """Give a list of texts."""
        return self.get(name, _texts, "a list of texts", default)

    def wrong(self, name: str, value: object, what: str) -> UsageError:
        """Say that a value is not what it should be."""
        return UsageError(f"{self.file}: [{self.name}] {name} is not {what}", hint=f"it is {value!r}")

    def refuse_others(self) -> None:
        """Raise UsageError for a key that nobody has asked for."""
        for key in self.values:
            if key not in self._known:
                known = ", ".join(sorted(self._known))
                raise UsageError(f"{self.file}: unknown setting [{self.name}] {key}", hint=f"known: {known}")


def _text(value: object) -> str | None:
    return value if isinstance(value, str) else None


def _texts(value: object) -> tuple[str, ...] | None:
    if not isinstance(value, list) or not all(isinstance(each, str) for each in value):
        return None
    return tuple(value)


def _policy(table: _Table, origins: Mapping[str, str]) -> Policy:
    usual = Policy()
    levels = {
        code: table.get(name, _level, "error, warning, note or ignore", (usual.levels[code],))[0]
        for name, (code, _) in LEVELS.items()
    }
    return Policy(
        fail_on=table.get("fail_on", kind, f"one of {', '.join((*Kind, NEVER))}", (usual.fail_on,))[0],
        min_confidence=table.get("min_confidence", _share, "a number from 0 to 1", usual.min_confidence),
        missed_silent=table.get("missed_silent", _level, "error, warning, note or ignore", (usual.missed_silent,))[0],
        levels=levels,
        grace=table.get("grace", _grace, _LENGTH, usual.grace),
        publishers=table.get("grace_by_publisher", _graces, f"a table of publishers, each {_LENGTH}", {}),
        paths=table.get("grace_by_path", _graces, f"a table of path patterns, each {_LENGTH}", {}),
        origins=origins,
    )


_LENGTH = 'a length of time such as "24h" or "7d", or a table of kinds with one each'


def kind(value: object) -> tuple[Kind | None] | None:
    """Read the kind from which on an update fails, as the only member of a tuple; None for what is none."""
    if value == NEVER:
        return (None,)
    return (Kind(value),) if isinstance(value, str) and value in set(Kind) else None


def _level(value: object) -> tuple[Level | None] | None:
    if value == IGNORE:
        return (None,)
    return (Level(value),) if isinstance(value, str) and value in set(Level) else None


def _share(value: object) -> float | None:
    sound = isinstance(value, int | float) and not isinstance(value, bool) and 0 <= value <= 1
    return float(value) if sound and isinstance(value, int | float) else None


def _grace(value: object) -> Grace | None:
    if isinstance(value, str):
        every = duration(value)
        return None if every is None else Grace(every)
    if not isinstance(value, Mapping):
        return None
    kinds = {name: duration(each) if isinstance(each, str) else None for name, each in value.items()}
    if any(name not in set(Kind) or each is None for name, each in kinds.items()):
        return None
    return Grace(kinds={Kind(name): each for name, each in kinds.items() if each is not None})


def _graces(value: object) -> dict[str, Grace] | None:
    if not isinstance(value, Mapping):
        return None
    found = {str(name): _grace(each) for name, each in value.items()}
    return None if None in found.values() else {name: each for name, each in found.items() if each is not None}


OPTION = "option {}"


def overruled(project: Project, fail_on: str = "", grace: str = "") -> Project:
    """Give the project with what the command line says instead: `--fail-on`, and one `--grace` for all.

    Raises UsageError for what is no kind or no length of time.
    """
    policy = project.policy
    origins = dict(policy.origins)
    if fail_on:
        found = kind(fail_on)
        if found is None:
            raise UsageError(f"--fail-on {fail_on} is no kind", hint=f"one of {', '.join((*Kind, NEVER))}")
        policy = replace(policy, fail_on=found[0])
        origins["fail_on"] = OPTION.format("--fail-on")
    if grace:
        every = duration(grace)
        if every is None:
            raise UsageError(f"--grace {grace} is no length of time", hint="write it as 24h, 7d or 90m")
        policy = replace(policy, grace=Grace(every), publishers={}, paths={})
        origins |= dict.fromkeys(("grace", "grace_by_publisher", "grace_by_path"), OPTION.format("--grace"))
    return replace(project, policy=replace(policy, origins=origins))
