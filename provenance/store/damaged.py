"""Where a repair puts what was damaged: the folder `damaged` of the store, so that nothing is ever thrown away."""

from __future__ import annotations

from pathlib import Path

from provenance.store.durable import sync_folder, write_file

DAMAGED = "damaged"


def aside(store: Path, path: Path) -> Path:
    """Move a file of a store into `damaged`, under its path in the store and a number where that is taken; give it."""
    place = _free(store, path)
    path.rename(place)
    sync_folder(place.parent)
    sync_folder(path.parent)
    return place


def copied(store: Path, path: Path) -> Path:
    """Do as `aside`, and leave the file where it is."""
    place = _free(store, path)
    write_file(place, path.read_bytes())
    sync_folder(place.parent)
    return place


def _free(store: Path, path: Path) -> Path:
    wanted = store / DAMAGED / path.relative_to(store)
    wanted.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    place, number = wanted, 1
    while place.exists():
        place, number = wanted.with_name(f"{wanted.name}.{number}"), number + 1
    return place
