"""`prov restore FILE`: a bundle becomes a store, or brings one on; a stranger's is examined before it counts."""

from __future__ import annotations

import os
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from provenance.app.catch_up import Progress, catch_up, silently
from provenance.app.workspace import Workspace
from provenance.errors import StorageError, StoreRefusedError, reason
from provenance.store import Store
from provenance.store.intake import take

_OTHER = "restore it into a folder of its own, and compare the two"


@dataclass(frozen=True, slots=True)
class Restored:
    """Where a store now lies, the last commit of its log, and how many facts came in."""

    path: Path
    head: str
    facts: int


def restore(file: Path, path: Path, progress: Progress = silently) -> Restored:
    """Make a store of a bundle at a path that is free, or bring the store there on to where the bundle ends.

    Raises SourceError or DamageError for a bundle that is none or not sound, and StoreRefusedError where the store has
    facts that the bundle does not have; nothing is changed then.
    """
    if path.is_symlink() or (path.exists() and not (path / "FORMAT").exists() and not _empty(path)):
        raise StoreRefusedError(f"{path} is not empty and not a store", hint="name a new folder")
    held = Workspace(path) if (path / "FORMAT").exists() else None
    if held:
        held.store  # noqa: B018 - what cannot be opened is told before anything is done
    with _beside(path) as fresh:
        restored = take(file, fresh)
        done = _goes_on(held, restored) if held else _moved(restored, path)
    catch_up(Workspace(path), progress)
    return done


def _moved(restored: Store, path: Path) -> Restored:
    """Let a fresh store take its place."""
    done = Restored(path, restored.head(), sum(1 for _ in restored.log(texts=False)))
    restored.path.rename(path)
    restored.flush(path.absolute().parent)
    return done


def _goes_on(held: Workspace, restored: Store) -> Restored:
    """Bring a store on, if the bundle has all that it holds."""
    with held.locked():
        head = held.store.head()
        if not restored.follows(head):
            if held.store.follows(restored.head()):
                return Restored(held.path, head, 0)
            raise StoreRefusedError(
                f"the store at {held.path} has facts that the bundle does not have: it ends at {head}", hint=_OTHER
            )
        facts = sum(1 for _ in restored.log(since=head, texts=False))
        held.store.go_on(restored)
    return Restored(held.path, restored.head(), facts)


@contextmanager
def _beside(path: Path) -> Iterator[Path]:
    """Give a free path on the same disk, of which nothing is left at the end."""
    fresh = path.absolute().with_name(f".{path.name}.restoring-{os.getpid()}")
    try:
        fresh.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        _sweep(fresh)
        yield fresh
    except OSError as error:
        why = reason(error)
        raise StorageError(f"cannot restore into {path}: {why}", hint="see who may write there") from error
    finally:
        shutil.rmtree(fresh, ignore_errors=True)


def _sweep(fresh: Path) -> None:
    """Remove what restorations have left whose processes died."""
    beginning = fresh.name.removesuffix(str(os.getpid()))
    for left in fresh.parent.iterdir():
        pid = left.name.removeprefix(beginning)
        if left.name.startswith(beginning) and pid.isdigit():
            try:
                os.kill(int(pid), 0)
            except ProcessLookupError:
                shutil.rmtree(left, ignore_errors=True)
            except PermissionError:  # it lives, and is somebody else's
                continue


def _empty(path: Path) -> bool:
    return path.is_dir() and not any(path.iterdir())
