"""Where the store is found, and the store with its ledger opened together."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from contextlib import AbstractContextManager
from dataclasses import dataclass, field
from enum import Enum
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Any

from provenance.errors import StoreRefusedError, UsageError

if TYPE_CHECKING:
    from provenance.ledger import Ledger
    from provenance.meaning.model import Model
    from provenance.store import Store

VARIABLE = "PROV_STORE"
SETTINGS = "prov.toml"
"""The store's own settings, in the store's folder."""

_KINDS = {str: "a text in quotation marks", float: "a number", bool: "true or false", dict: "a table"}
_OF_PROJECT = {"store": str, "policy": dict, "check": dict, "patch": dict, "letter": dict}
"""What `[tool.prov]` may hold; the tables are the gate's (app/gate/project.py)."""
_OF_STORE = {"ledger": str, "lock_timeout": float, "meaning": bool}
LOCK_TIMEOUT = 30.0
"""Seconds to wait for another writer, unless `lock_timeout` says otherwise."""
_LONGEST = 1_000_000
_LEDGER = "name a file, or a database by its URL"
"""Said in place of what was found there, which may hold a password."""


class Happening(Enum):
    """What a command came upon and dealt with by itself, and what whoever runs it should hear of nevertheless."""

    LEDGER_GONE = "ledger gone"
    LEDGER_DAMAGED = "ledger damaged"
    LEDGER_OUTDATED = "ledger outdated"
    CLOCK_BEHIND = "clock behind"


def nobody(happening: Happening, where: str) -> None:
    """Tell nobody what happened."""


@dataclass(frozen=True)
class Workspace:
    """A store's folder, with its facts and its conclusions, each opened when it is first asked for.

    `tell` hears of each happening, with the ledger's place, or the time that was read.
    """

    path: Path
    tell: Callable[[Happening, str], None] = field(default=nobody, kw_only=True, compare=False)

    @cached_property
    def store(self) -> Store:
        """Open the facts. Raises NoStoreError, StoreVersionError or StoreRefusedError."""
        from provenance.store import Store

        return Store.open(self.path)

    @cached_property
    def ledger(self) -> Ledger:
        """Open the conclusions, which lie in the store's folder unless `prov.toml` there names a file or a database."""
        from provenance.ledger import Ledger

        named = self.settings.get("ledger") or "ledger.sqlite"
        if not named.isprintable():
            raise StoreRefusedError(f"{self.path / SETTINGS}: ledger is not the name of a file", hint=_LEDGER)
        return Ledger.open(named if "://" in named else self.store.path / named, self.engine)

    @property
    def engine(self) -> str:
        """Name what concludes: the engine's rules, and the model where there is one."""
        from provenance.engine import ENGINE
        from provenance.meaning import MODEL

        return f"{ENGINE}+{MODEL}" if self.meaning else ENGINE

    @cached_property
    def meaning(self) -> Model | None:
        """Give the model of the extra `semantic`, None where it is not installed or `meaning` in `prov.toml` is false.

        Raises UsageError where `meaning` is true and there is none.
        """
        from provenance import meaning

        wanted = self.settings.get("meaning")
        if wanted is False:
            return None
        if meaning.installed():
            return meaning.opened(self.store.path)
        if wanted:
            raise UsageError(f"{self.path / SETTINGS}: meaning = true, and no {meaning.MODEL}", hint=meaning.EXTRA)
        return None

    @cached_property
    def settings(self) -> dict[str, Any]:
        """Read the store's own settings: `ledger`, a file or a database URL, `lock_timeout` in seconds, `meaning`."""
        found = read_settings(self.path / SETTINGS, _OF_STORE)
        seconds = found.get("lock_timeout", LOCK_TIMEOUT)
        if not 0 <= seconds <= _LONGEST:
            raise UsageError(f"{self.path / SETTINGS}: lock_timeout is no length of time", hint=f"it is {seconds!r}")
        return found

    def locked(self) -> AbstractContextManager[None]:
        """Be the only writer for a while. Raises StoreBusyError where another one does not end in time."""
        return self.store.locked(self._patience)

    def locked_unless(self, needless: Callable[[], bool]) -> AbstractContextManager[bool]:
        """Be the only writer for a while, or get False as soon as `needless`, asked while others write, says so."""
        return self.store.locked_unless(needless, self._patience)

    @property
    def _patience(self) -> float:
        return float(self.settings.get("lock_timeout", LOCK_TIMEOUT))


@dataclass(frozen=True)
class Annex(Workspace):
    """The facts of a workspace, all of them or those up to a commit, with a ledger of its own."""

    other: Workspace
    own: Ledger
    until: str | None = None

    @cached_property
    def store(self) -> Store:
        """Give the same facts, under the same lock."""
        return self.other.store if self.until is None else self.other.store.until(self.until)

    @cached_property
    def ledger(self) -> Ledger:
        """Give the ledger that stands in for the other's."""
        return self.own

    @cached_property
    def meaning(self) -> Model | None:
        """Give the same model."""
        return self.other.meaning


def init(path: Path, ledger: str = "") -> Path:
    """Make an empty store, with its ledger in a database or a file where one is named, which must hold none yet.

    Raises StoreRefusedError on a folder that is not empty, or where there is a store or such a ledger already, and
    StorageError where the database cannot be reached: nothing is made then.
    """
    from provenance.store import Store

    if (path / "FORMAT").exists():
        Store.open(path)
        raise StoreRefusedError(f"there is a store at {path} already", hint="nothing was changed; use it as it is")
    return Store.init(path, _naming(path, ledger) if ledger else b"").path


def _naming(path: Path, ledger: str) -> bytes:
    """Give the settings that name a ledger, once it is seen that it can be reached and is nobody's."""
    import json

    from provenance.ledger import Ledger

    if not ledger.isprintable():
        raise UsageError("not the name of a ledger", hint=_LEDGER)
    with Ledger.open(ledger if "://" in ledger else path / ledger) as opened:
        if opened.cursor():
            raise StoreRefusedError(
                f"{opened.where} holds the ledger of a store already", hint="name a database or a file of its own"
            )
    # a text in JSON is one in TOML as well
    return f"ledger = {json.dumps(ledger, ensure_ascii=False)}\n".encode()


def find(option: str | None, environment: Mapping[str, str], folder: Path) -> Path:
    """Say where the store is: the option, $PROV_STORE, `[tool.prov] store` in the nearest settings, ./store.

    The nearest settings are a prov.toml that is no store's own, or a pyproject.toml; a path in them counts from their
    folder. Raises UsageError for a setting that is not known, and StoreRefusedError for a store that nobody named and
    that keeps its ledger elsewhere: it may have come with somebody's repository.
    """
    if named := option or environment.get(VARIABLE):
        return folder / named
    found = _nearest(folder)
    ledger = read_settings(found / SETTINGS, _OF_STORE).get("ledger", "") if (found / "FORMAT").is_file() else ""
    if "://" in ledger or not ledger.isprintable() or not (found / ledger).resolve().is_relative_to(found.resolve()):
        raise StoreRefusedError(
            f"{found / SETTINGS} names a ledger outside of the store",
            hint=f"if the store is yours, name it: --store, or {VARIABLE} in the environment",
        )
    return found


def _nearest(folder: Path) -> Path:
    for place in (folder, *folder.parents):
        files = [place / "prov.toml"] if not (place / "FORMAT").exists() else []
        for file in (*files, place / "pyproject.toml"):
            if file.is_file():
                settings = read_settings(file, _OF_PROJECT, ("tool", "prov"))
                return place / settings["store"] if settings.get("store") else folder / "store"
    return folder / "store"


def read_toml(file: Path) -> dict[str, Any]:
    """Read a TOML file, {} where there is none. Raises UsageError for what is not TOML."""
    try:
        text = file.read_text(encoding="utf-8")
    except FileNotFoundError:
        return {}
    except UnicodeDecodeError as error:
        raise UsageError(f"{file}: not TOML: {error}", hint="mend the file or move it away") from error
    import tomllib

    try:
        return tomllib.loads(text)
    except (ValueError, RecursionError) as error:  # ValueError: a number of too many digits as well
        raise UsageError(f"{file}: not TOML: {error}", hint="mend the file or move it away") from error


def read_settings(file: Path, known: Mapping[str, type], table: tuple[str, ...] = ()) -> dict[str, Any]:
    """Read one table of a TOML file, {} where there is none; a key or a type that is not known is a UsageError."""
    values: Any = read_toml(file)
    for name in table:
        values = values.get(name, {}) if isinstance(values, dict) else {}
    place = f"[{'.'.join(table)}] " if table else ""
    for key, value in values.items():
        if key not in known:
            raise UsageError(f"{file}: unknown setting {place}{key}", hint=f"known: {', '.join(known)}")
        kind = known[key]
        if not isinstance(value, (int, float) if kind is float else kind) or (
            isinstance(value, bool) and kind is not bool
        ):
            raise UsageError(
                f"{file}: {place}{key} is not {_KINDS[kind]}", hint=_LEDGER if key == "ledger" else f"it is {value!r}"
            )
    return dict(values)
