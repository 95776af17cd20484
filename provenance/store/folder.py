"""The store folder itself: made by `init`, recognised by FORMAT; the repository in it is made by the first write."""

from __future__ import annotations

import re
from pathlib import Path
from typing import TYPE_CHECKING

from provenance.errors import NoStoreError, StorageError, StoreRefusedError, StoreVersionError, reason
from provenance.store.complaints import failure, why_not
from provenance.store.durable import sync_folder, sync_tree, write_file
from provenance.store.layout import BRANCH
from provenance.store.refs import read_head

if TYPE_CHECKING:
    from provenance.store.git import Git

FACTS = "facts.git"
"""The repository with the log, inside the store folder."""

LOCK = "lock"

SETTINGS = "prov.toml"
"""The store's own settings."""

VERSION = 1
"""The format that this code reads and writes; store/README.md describes it."""

TEMPLATE = {"FORMAT": "FORMAT", "README.md": "README.md", "gitignore": ".gitignore"}
"""The files of a fresh store, by their names in the package."""

CONFIG = b"""[core]
\trepositoryformatversion = 0
\tfilemode = true
\tbare = true
\tsharedRepository = 0600
\tfsync = all
[receive]
\tdenyDeletes = true
\tdenyNonFastForwards = true
[gc]
\twriteCommitGraph = false
[repack]
\twriteBitmaps = false
"""
"""The settings of the repository, for those who work on it with plain git.

Files for the owner only, all flushed; pushes only forward; no caches beside the objects that nothing would examine.
"""

_HALF_MADE = "new-facts.git"


def make(path: Path, settings: bytes = b"") -> None:
    """Make an empty store at a path that is free or an empty folder; leave a store that is there as it is.

    `settings` are what its prov.toml holds; without any there is none.
    """
    if path.is_symlink():
        raise StoreRefusedError(f"{path} is a symbolic link", hint="name the folder that it leads to")
    if (path / "FORMAT").exists():
        recognise(path)
        return
    from importlib import resources

    packaged = resources.files("provenance.store").joinpath("template")
    files = {TEMPLATE[name]: packaged.joinpath(name).read_bytes() for name in TEMPLATE}
    files |= {SETTINGS: settings} if settings else {}
    new = [each for each in (path, *path.parents) if not each.exists()]
    try:
        path.mkdir(mode=0o700, parents=True, exist_ok=True)
        if any(not _half_made(each, files) for each in path.iterdir()):
            raise StoreRefusedError(f"{path} is not empty and not a store", hint="run `prov init` on a new folder")
        # FORMAT comes last, and whole: a folder without it is no store yet
        for name in sorted(files, key=lambda name: name == "FORMAT"):
            write_file(path / _name_until_whole(name), files[name])
        sync_folder(path)
        (path / _name_until_whole("FORMAT")).rename(path / "FORMAT")
        for each in (path, path.parent, *(each.parent for each in new)):
            sync_folder(each)
    except (FileExistsError, NotADirectoryError) as error:
        raise StoreRefusedError(f"{path} is not a folder", hint="run `prov init` on a new folder") from error
    except OSError as error:
        raise unwritable(path, error) from error


def _name_until_whole(name: str) -> str:
    return ".FORMAT.new" if name == "FORMAT" else name


def _half_made(path: Path, files: dict[str, bytes]) -> bool:
    """Tell a file that an `init` has left which was ended before its time."""
    whole = {_name_until_whole(name): content for name, content in files.items()}.get(path.name)
    return whole is not None and path.is_file() and not path.is_symlink() and whole.startswith(path.read_bytes())


def recognise(path: Path) -> None:
    """Make sure that a path is a store of a format that this code knows."""
    try:
        with (path / "FORMAT").open("rb") as file:
            said = file.read(100).decode("ascii", errors="replace")
    except (FileNotFoundError, NotADirectoryError) as error:
        raise NoStoreError(f"no store at {path}", hint="run `prov init`") from error
    except OSError as error:
        raise StorageError(f"cannot read the store at {path}: {error.strerror}", hint="see who may read it") from error
    found = re.fullmatch(r"prov-store (\d+)\n?", said)
    if not found:
        raise NoStoreError(f"{path} is not a store: its FORMAT is not one of prov", hint="run `prov init` elsewhere")
    if int(found[1]) != VERSION:
        raise StoreVersionError(
            f"the store at {path} has format {int(found[1])}, this prov knows format {VERSION}",
            hint="use the prov that wrote it",
        )


def make_facts(git: Git) -> None:
    """Make the repository, whole or not at all; leave one that is there as it is."""
    if not git.repository.is_dir():
        _make_facts(git)
    if not read_head(git.repository):  # who made it may have died before this
        try:
            for folder in (git.repository.parent, git.repository.parent.parent):
                sync_folder(folder)
        except OSError as error:
            raise unwritable(git.repository.parent, error) from error


def _make_facts(git: Git) -> None:
    import shutil

    from provenance.store.git import Git

    repository = git.repository
    half_made = repository.with_name(_HALF_MADE)
    shutil.rmtree(half_made, ignore_errors=True)
    try:
        status, _, complaint = Git(git.program, half_made).run(
            "init", "--quiet", "--bare", "--template=", f"--initial-branch={BRANCH.rpartition('/')[2]}"
        )
        if status:
            raise failure(status, f"{complaint}\n{why_not(half_made)}")
        write_file(half_made / "config", CONFIG)
        sync_tree(half_made)
        half_made.rename(repository)
    except OSError as error:
        raise unwritable(repository.parent, error) from error


def unwritable(path: Path, error: OSError) -> StorageError:
    """Say in one line why a store folder cannot be written."""
    return StorageError(
        f"cannot write to the store at {path}: {reason(error)}",
        hint="free space, or see who may write there; then run the same command again",
    )
