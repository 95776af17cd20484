"""The committed default store is what `prov init` writes, and its README is true."""

from __future__ import annotations

import re
import subprocess
from datetime import UTC, datetime
from pathlib import Path

import pytest

from provenance.model import Event, Metadata, Observation
from provenance.store import Code, Entry, Store


def test_the_default_store_is_a_fresh_one(checkout: Path, tmp_path: Path) -> None:
    """`store/` holds the three files of `Store.init`, to the byte."""
    fresh = Store.init(tmp_path / "store").path
    committed = subprocess.run(
        ["git", "-C", checkout, "ls-files", "store"], capture_output=True, text=True, check=False
    ).stdout.split() or [f"store/{path.name}" for path in fresh.iterdir()]

    assert {f"store/{path.name}": path.read_bytes() for path in fresh.iterdir()} == {
        name: (checkout / name).read_bytes() for name in committed
    }


def test_every_invariant_is_in_the_format_document(checkout: Path) -> None:
    """Each code that fsck may give is a row of store/README.md, and no other is."""
    rows = re.findall(r"^\| (S\d\d) \|", (checkout / "store/README.md").read_text(), re.MULTILINE)

    assert [code.value for code in Code] == rows


@pytest.mark.slow
def test_the_recipe_reads_every_revision_without_prov(checkout: Path, store: Store) -> None:
    """The commands of store/README.md give every text, and sha256sum finds each as its commit says."""
    [recipe] = re.findall(r"```sh\n(.*?)```", (checkout / "store/README.md").read_text(), re.DOTALL)
    at = datetime(2026, 11, 22, tzinfo=UTC)
    entries = [
        Entry(Metadata(f"https://{name}.example/"), n, f"{name}\n\n{n}\n", source, observed_at=at)
        for n, source in enumerate((b"", b"<p>", b""))
        for name in ("courier", "wire")
    ]
    store.append(entries, [Observation(entries[0].article, 0, at, Event.STORED)])

    done = subprocess.run(["sh", "-eu", "-c", recipe], cwd=store.path, capture_output=True, text=True, check=True)

    assert done.stdout.count(": OK\n") == len(entries) + 2
    assert "FAILED" not in done.stdout + done.stderr
