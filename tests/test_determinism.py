"""The same drafts give the same bytes: on an idle and on a loaded machine, whatever order Python's hashes have."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from accuracy.labelled import cases
from accuracy.prov import drafts
from command import prov, run

FIXTURES = Path(__file__).resolve().parent.parent / "fixtures"
BUSY = "while True: pass"

pytestmark = pytest.mark.slow


@pytest.fixture(scope="module")
def feed() -> str:
    """Give cases of several languages as draft lines, the copies without their upstream: the look-up counts as well."""
    chosen = cases(FIXTURES / "cases")[::6] + cases(FIXTURES / "harder")[::6]
    return "".join(f"{json.dumps(line, ensure_ascii=False)}\n" for line in drafts(chosen))


def test_the_order_of_hashes_does_not_show(tmp_path: Path, feed: str) -> None:
    """No set or dictionary is read in the order of its hashes: three seeds give one answer."""
    found = {said(tmp_path / seed, feed, seed) for seed in ("0", "1", "4242")}

    assert len(found) == 1


def test_a_loaded_machine_says_the_same(tmp_path: Path, feed: str) -> None:
    """No verdict hangs on the clock: with every processor kept busy by others, the bytes are the same."""
    idle = said(tmp_path / "idle", feed, "0")

    with busy():
        loaded = said(tmp_path / "loaded", feed, "0")

    assert idle == loaded


def said(world: Path, feed: str, seed: str) -> str:
    """Give what `prov status` prints, as JSON with texts, of a new store with the drafts, judged by the rules."""
    world.mkdir()
    run("init", cwd=world)
    (world / "store" / "prov.toml").write_text("meaning = false\n", encoding="utf-8")
    for arguments in (["ingest", "-"], ["status", "--format", "json", "--texts"]):
        ran = prov(*arguments, cwd=world, feed=feed if "ingest" in arguments else "", environ={"PYTHONHASHSEED": seed})
        assert ran.returncode == 0, ran.stderr
    return ran.stdout


@contextmanager
def busy() -> Iterator[None]:
    """Keep every processor busy, and one process more waiting."""
    processes = [subprocess.Popen([sys.executable, "-c", BUSY]) for _ in range((os.cpu_count() or 1) + 1)]
    try:
        yield
    finally:
        for each in processes:
            each.kill()
            each.wait()
