"""Whether a store is safe to open: ours, no links, nothing in its repository that could run or redirect anything.

A store that somebody sent may carry hooks, filters, alternates or links. git is told to use none of them (git.py);
here a store that has any is refused before git starts, with the name of what was found.
"""

from __future__ import annotations

import os
import pwd
import re
import stat
from collections.abc import Iterator, Sequence
from fnmatch import fnmatchcase
from pathlib import Path

from provenance.errors import DamageError, StorageError, StoreRefusedError

_FILES = (
    "HEAD config description packed-refs FETCH_HEAD ORIG_HEAD gc.pid gc.log *.lock fast_import_crash_* "
    "info objects refs logs branches hooks .DS_Store"
).split()
_INFO = ("exclude", "refs")
_OBJECTS = ("[0-9a-f][0-9a-f]", "pack", "info", "tmp_*")
_OBJECTS_INFO = ("packs", "commit-graph", "commit-graphs", "*.lock", "tmp_*")
_SETTINGS = """
core.repositoryformatversion core.filemode core.bare core.sharedrepository core.fsync core.logallrefupdates
core.ignorecase core.precomposeunicode core.symlinks core.compression core.commitgraph
receive.denydeletes receive.denynonfastforwards receive.fsckobjects transfer.fsckobjects
gc.* pack.* repack.* user.name user.email maintenance.*
remote.*.url remote.*.pushurl remote.*.fetch remote.*.push remote.*.mirror branch.*.remote branch.*.merge
""".split()
"""Settings that cannot make git run or read anything else, as `section.subsection.name`."""

_SECTION = re.compile(r'\[\s*([A-Za-z0-9.-]+)\s*(?:"((?:[^"\\]|\\.)*)")?\s*\]')
_KEY = re.compile(r"([A-Za-z][A-Za-z0-9-]*)[ \t\r]*(?:=|$)")
_BLANKS = " \t\r"
"""What git passes over in its settings, and nothing else."""
_OWN = "make a copy that is yours, `git clone --bare`, in a fresh store"


def check(store: Path, facts: str) -> None:
    """Raise StoreRefusedError where a store folder, or the repository in it, is not safe to open."""
    try:
        check_links(store, facts)
        if (store / facts).is_dir():
            check_repository(store / facts)
    except OSError as error:
        raise StorageError(
            f"cannot read the store at {store}: {error.strerror} ({error.filename})", hint="see who may read it"
        ) from error


def check_links(store: Path, facts: str) -> None:
    """Raise StoreRefusedError where a store or its repository is another owner's, or has links."""
    _check_owner(store)
    with os.scandir(store) as entries:
        for entry in entries:
            if entry.is_symlink():
                raise _refuse(entry.path, "is a symbolic link")
    if (store / facts).is_dir():
        _check_owner(store / facts)
        for path in _walk(store / facts):
            if path.is_symlink():
                raise _refuse(path.path, "is a symbolic link")


def check_repository(repository: Path) -> None:
    """Raise StoreRefusedError where a repository without links holds more than a log."""
    _check_names(repository)
    _check_head(repository / "HEAD")
    check_settings(repository)


def check_settings(repository: Path) -> None:
    """Raise StoreRefusedError where a repository has settings that could make git run or read anything else."""
    for setting in settings((repository / "config").read_text(errors="replace")):
        if not among(setting, _SETTINGS):
            raise _refuse(repository / "config", f"has the unknown config key {setting}")


def among(name: str, allowed: Sequence[str]) -> bool:
    """Tell whether a name is one of those allowed, or fits a pattern among them."""
    # a pattern is compiled only for a name that does not stand there as it is: every command comes by here
    return name in allowed or any(fnmatchcase(name, pattern) for pattern in allowed if not pattern.isalpha())


def settings(config: str) -> Iterator[str]:
    """Give the keys that a git configuration sets, as `section.subsection.name` in lower case.

    What cannot be read as git reads it is given as it stands, and so is no known key.
    """
    yield from (key for key, _ in values(config))


def values(config: str) -> Iterator[tuple[str, str]]:
    """Give the keys as `settings` does, each with its value as it is written."""
    section = ""
    for line in config.split("\n"):
        rest = line.strip(_BLANKS)
        if found := _SECTION.match(rest):
            section = ".".join(filter(None, (found[1].lower(), found[2])))
            rest = rest[found.end() :].strip(_BLANKS)
        if not rest or rest[0] in "#;":
            continue
        key = _KEY.match(rest)
        continued = rest.endswith("\\")
        known = key and section and not continued
        yield f"{section}.{key[1].lower()}" if key and known else rest, rest[key.end() :].strip(_BLANKS) if key else ""


def _check_owner(path: Path) -> None:
    found = path.lstat()
    if stat.S_ISLNK(found.st_mode):
        raise _refuse(path, "is a symbolic link")
    if found.st_uid != os.geteuid():
        raise StoreRefusedError(f"store owned by {_name(found.st_uid)}, not by you: {path}", hint=_OWN)


def _name(user: int) -> str:
    try:
        return pwd.getpwuid(user).pw_name
    except KeyError:
        return f"user {user}"


def _walk(folder: Path) -> Iterator[os.DirEntry[str]]:
    """Give every file and folder under a folder, without following links."""
    waiting = [os.fspath(folder)]
    while waiting:
        with os.scandir(waiting.pop()) as entries:
            for entry in entries:
                yield entry
                if entry.is_dir(follow_symlinks=False):
                    waiting.append(entry.path)


def _check_names(repository: Path) -> None:
    """Refuse what is no part of a plain repository: alternates, grafts, attributes, hooks, work trees, replacements."""
    known = {"": _FILES, "info": _INFO, "objects": _OBJECTS, "objects/info": _OBJECTS_INFO, "hooks": ("*.sample",)}
    for folder, allowed in known.items():
        for path in sorted((repository / folder).glob("*")):
            if not among(path.name, allowed):
                raise _refuse(path, "has no place in a store")
    if (repository / "refs" / "replace").exists():
        raise _refuse(repository / "refs" / "replace", "has no place in a store")


def _check_head(head: Path) -> None:
    if head.read_bytes() != b"ref: refs/heads/main\n":
        raise DamageError(f"{head} does not name the branch main", hint="write `ref: refs/heads/main` into it")


def _refuse(path: str | Path, why: str) -> StoreRefusedError:
    return StoreRefusedError(f"not a store to open: {path} {why}", hint=_OWN)
