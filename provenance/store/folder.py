"""The store folder itself: made by `init`, recognised by FORMAT; the repository in it is made by the first write."""

from __future__ import annotations

import re
from pathlib import Path
from typing import TYPE_CHECKING

from provenance.errors import NoStoreError, StorageError, StoreRefusedError, StoreVersionError
from provenance.store.durable import sync_folder, sync_tree, write_file
from provenance.store.layout import BRANCH

if TYPE_CHECKING:
    from provenance.store.git import Git

FACTS = "facts.git"
"""The repository with the log, inside the store folder."""

LOCK = "lock"

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


def make(path: Path) -> None:
    """Make an empty store at a path that is free or an empty folder; leave a store that is there as it is."""
    if path.is_symlink():
        raise StoreRefusedError(f"{path} is a symbolic link", hint="name the folder that it leads to")
    if (path / "FORMAT").exists():
        recognise(path)
        return
    from importlib import resources

    try:
        path.mkdir(mode=0o700, parents=True, exist_ok=True)
        if any(path.iterdir()):
            raise StoreRefusedError(f"{path} is not empty and not a store", hint="run `prov init` on a new folder")
        # FORMAT comes last: a folder without it is no store yet
        for name in sorted(TEMPLATE, key=lambda name: name == "FORMAT"):
            content = resources.files("provenance.store").joinpath("template", name).read_bytes()
            write_file(path / TEMPLATE[name], content)
        sync_folder(path)
    except (FileExistsError, NotADirectoryError) as error:
        raise StoreRefusedError(f"{path} is not a folder", hint="run `prov init` on a new folder") from error
    except OSError as error:
        raise unwritable(path, error) from error


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
    repository = git.repository
    if repository.is_dir():
        return
    import shutil

    from provenance.store.git import Git

    half_made = repository.with_name(_HALF_MADE)
    shutil.rmtree(half_made, ignore_errors=True)
    try:
        status, _, complaint = Git(git.program, half_made).run(
            "init", "--quiet", "--bare", "--template=", f"--initial-branch={BRANCH.rpartition('/')[2]}"
        )
        if status:
            raise StorageError(f"git could not make {repository}: {complaint.strip()}", hint="may you write there?")
        write_file(half_made / "config", CONFIG)
        sync_tree(half_made)
        half_made.rename(repository)
        sync_folder(repository.parent)
    except OSError as error:
        raise unwritable(repository.parent, error) from error


def unwritable(path: Path, error: OSError) -> StorageError:
    """Say in one line why a store folder cannot be written."""
    return StorageError(
        f"cannot write to the store at {path}: {(error.strerror or str(error)).lower()}",
        hint="free space, or see who may write there; then run the same command again",
    )
