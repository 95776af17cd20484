"""What git complains of when it cannot store, said in one line; and why, where git does not say it."""

from __future__ import annotations

from contextlib import suppress
from pathlib import Path
from signal import SIGXFSZ

from provenance.errors import StorageError
from provenance.store.durable import write_file

_KNOWN = {
    "No space left on device": "the disk is full",
    "Out of diskspace": "the disk is full",
    "Disk quota exceeded": "the disk quota is used up",
    "Read-only file system": "it is read-only",
    "Permission denied": "permission denied",
    "Input/output error": "the disk has an error",
}


def is_of_disk(complaint: str) -> bool:
    """Tell what git complains of when the disk refuses, and nothing is wrong with what it was given."""
    return any(words in complaint for words in _KNOWN)


def failure(status: int, complaint: str) -> StorageError:
    """Say in one line why git could not store, from its exit status and what it complained of."""
    for words, reason in _KNOWN.items():
        if words in complaint:
            return StorageError(f"cannot write to the store: {reason}", hint=AGAIN)
    if status == -SIGXFSZ:
        return StorageError("cannot write to the store: the limit on the size of a file is reached", hint=AGAIN)
    if status < 0:
        return StorageError(f"git was ended by signal {-status} while it stored", hint=AGAIN)
    lines = [line for line in complaint.splitlines() if line.startswith(("fatal:", "error:", "warning:"))]
    why = lines[0].partition(": ")[2] if lines else f"exit status {status}"
    return StorageError(f"git could not store: {why}", hint=AGAIN)


AGAIN = "nothing half-stored is left; the same command goes on from there"


def why_not(folder: Path) -> str:
    """Find out why nothing can be written in a folder, "" where it can: of a ref's lock git does not say it."""
    probe = folder / "probe.lock"  # which is among what a dead writer may leave
    try:
        write_file(probe, bytes(64))
    except OSError as error:
        return error.strerror or str(error)
    finally:
        with suppress(OSError):
            probe.unlink()
    return ""
