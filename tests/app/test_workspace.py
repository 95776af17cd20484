"""Where the store is found, and what its settings say."""

from __future__ import annotations

from pathlib import Path

import pytest

from provenance.app.status import overview
from provenance.app.workspace import LOCK_TIMEOUT, SETTINGS, Workspace, find, init, read_settings
from provenance.errors import StoreRefusedError, UsageError


def test_a_ledger_that_is_named_by_a_path_lies_beside_the_store(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A path in the store's settings counts from the store's folder, wherever prov is run."""
    store = init(tmp_path / "store")
    (store / SETTINGS).write_text('ledger = "other.sqlite"\n')
    (tmp_path / "elsewhere").mkdir()
    monkeypatch.chdir(tmp_path / "elsewhere")

    with Workspace(store).ledger.writing() as book:
        book.advance("")

    assert (store / "other.sqlite").is_file()
    assert [] == list((tmp_path / "elsewhere").iterdir())
    assert 0 == overview(Workspace(store)).articles


@pytest.mark.parametrize("ledger", ["postgresql://db.example/x", "/elsewhere/l.sqlite", "../l.sqlite", "link/l.sqlite"])
def test_a_ledger_elsewhere_is_believed_only_of_a_store_that_somebody_named(tmp_path: Path, ledger: str) -> None:
    """A store that came with a repository cannot lead prov to a server or a file: the person has to name the store."""
    store = init(tmp_path / "store")
    (store / "link").symlink_to(tmp_path)
    (store / SETTINGS).write_text(f'ledger = "{ledger}"\n')

    with pytest.raises(StoreRefusedError, match="outside of the store"):
        find(None, {}, tmp_path)
    assert store == find("store", {}, tmp_path) == find(None, {"PROV_STORE": "store"}, tmp_path)

    (store / SETTINGS).write_text('ledger = "other.sqlite"\n')
    assert store == find(None, {}, tmp_path)


def test_the_nearest_name_of_a_store_wins(tmp_path: Path) -> None:
    """The option, $PROV_STORE, the nearest pyproject.toml (its path counts from there), ./store: in that order."""
    inner = tmp_path / "a" / "b"
    inner.mkdir(parents=True)
    assert inner / "store" == find(None, {}, inner)
    (tmp_path / "pyproject.toml").write_text('[tool.prov]\nstore = "kept"\n')

    assert tmp_path / "kept" == find(None, {}, inner)
    assert inner / "env" == find(None, {"PROV_STORE": "env"}, inner)
    assert inner / "asked" == find("asked", {"PROV_STORE": "env"}, inner)


@pytest.mark.parametrize("content", ["lock_timeout = true", 'lock_timeout = "1"', "ledger = 3", "unknown = 1", "= ="])
def test_a_setting_that_is_none_is_told_with_its_file(tmp_path: Path, content: str) -> None:
    """What is not known, not of its type or not TOML is wrong usage; the line names the file."""
    file = tmp_path / SETTINGS
    file.write_text(content)

    with pytest.raises(UsageError, match=SETTINGS):
        read_settings(file, {"ledger": str, "lock_timeout": float})


def test_without_settings_a_writer_waits_half_a_minute(tmp_path: Path) -> None:
    """No prov.toml is the usual case."""
    assert {} == Workspace(init(tmp_path / "store")).settings
    assert LOCK_TIMEOUT == 30
