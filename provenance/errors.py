"""Every way to fail on purpose: one class a reason, each with its exit code and a way out.

An error carries one line for a person (`str(error)`) and a `hint`, what to do next. The command line turns it
into one line on standard error and the exit code; nothing else in the project knows about exit codes.
"""

from __future__ import annotations

import errno


class ProvError(Exception):
    """Say what went wrong and where in one line, and in `hint` what to do next."""

    exit_code = 3

    def __init__(self, message: str, *, hint: str = "") -> None:
        super().__init__(message)
        self.hint = hint


class UsageError(ProvError):
    """The command line or the settings make no sense."""

    exit_code = 2


class SourceError(ProvError):
    """A source cannot be read as an article: missing, empty, binary, too large, not in its format."""


class DraftError(SourceError):
    """A draft was read but cannot be stored: no URL, a naive time, an upstream that is not held."""


class UnnamedDraftError(DraftError):
    """A draft does not say which URL it is of."""


class PassedOverError(SourceError):
    """A file in a folder is no article of it: said in one line, and no failure."""


class StaleDraftError(DraftError):
    """A draft is older than the revision that the store holds, and new to it."""


class NotFoundError(ProvError):
    """The article, revision or copy that was asked for is not held."""


class NoStoreError(ProvError):
    """There is no store at the path, or what is there is not one."""


class StoreVersionError(NoStoreError):
    """The store was written by a newer format than this one."""


class StoreRefusedError(ProvError):
    """The store is not safe to open: another owner, foreign configuration, a symbolic link."""


class ReportError(ProvError):
    """A report cannot be written as it was asked for: an extra is missing, or it is too long for the format."""


class GateError(ProvError):
    """What a check rests on cannot be used: a lock, waivers, a baseline, or the repository that the files lie in."""


class StoreBusyError(ProvError):
    """Another process holds the store's lock."""


class StorageError(ProvError):
    """The disk, its permissions or git would not take what was written."""


class GitMissingError(ProvError):
    """No git that is new enough is installed."""


class DamageError(ProvError):
    """The store, or the ledger against it, is not what it must be."""

    exit_code = 4


class DeltaMismatchError(DamageError):
    """A delta was put to another text than the one it was made from."""


class LedgerRefusedError(DamageError):
    """What is at the ledger's place is no ledger, or one that a newer prov wrote: it is left alone."""


def reason(error: OSError) -> str:
    """Say in a few words why the system refused: a full disk by that name, all else as the system says it."""
    if error.errno in {errno.ENOSPC, errno.EDQUOT}:
        return "the disk is full" if error.errno == errno.ENOSPC else "the disk quota is used up"
    return (error.strerror or str(error)).lower()
