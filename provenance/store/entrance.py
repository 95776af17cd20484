"""What has to be right before a store can be opened at all: FORMAT, HEAD and the settings, mended where asked for.

Only what prov itself writes is put back. What could run or redirect anything stays where it is, and stays refused.
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from provenance.errors import NoStoreError, ProvError
from provenance.store import around, durable, guard
from provenance.store.damaged import copied
from provenance.store.folder import CONFIG, FACTS, VERSION, recognise

_FORMAT = f"prov-store {VERSION}\n".encode()
_DIGIT = len(_FORMAT) - 2
_HEAD = b"ref: refs/heads/main\n"


def mend(store: Path) -> Iterator[str]:
    """Put FORMAT, HEAD and config back as prov writes them, and name what was put back.

    Raises NoStoreError for a folder that is no store, StoreRefusedError for one of another owner or with links.
    """
    if not store.is_dir():
        raise NoStoreError(f"no store at {store}", hint="run `prov init`")
    guard.check_links(store, FACTS)
    if _is_slip(store / "FORMAT"):
        yield _replace(store, store / "FORMAT", _FORMAT)
    recognise(store)
    repository = store / FACTS
    if repository.is_dir():
        if not (repository / "HEAD").is_file() or (repository / "HEAD").read_bytes() != _HEAD:
            yield _replace(store, repository / "HEAD", _HEAD)
        if _is_foreign(repository):
            yield _replace(store, repository / "config", CONFIG)


def _is_slip(path: Path) -> bool:
    """Tell a FORMAT that is ours but for one byte, which is not the version's."""
    try:
        found = path.read_bytes()[: len(_FORMAT) + 1]
    except OSError:
        return False
    wrong = [place for place, (one, other) in enumerate(zip(found, _FORMAT, strict=False)) if one != other]
    return len(found) == len(_FORMAT) and len(wrong) == 1 and wrong != [_DIGIT]


def _is_foreign(repository: Path) -> bool:
    try:
        guard.check_settings(repository)
    except (ProvError, OSError):
        return True
    return any(True for _ in around.settings(repository))


def _replace(store: Path, path: Path, content: bytes) -> str:
    """Write a file anew beside the damaged one, and let them change places; a crash in between leaves one of them."""
    if path.exists():
        copied(store, path)
    fresh = path.with_name(f"{path.name}.lock")
    fresh.unlink(missing_ok=True)
    durable.write_file(fresh, content)
    fresh.replace(path)
    durable.sync_folder(path.parent)
    return f"{path.relative_to(store)} was put back as prov writes it"
