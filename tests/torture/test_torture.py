"""A sample of tests/torture/torture.py: kills, a failing disk, power cuts, and a writer that must be found wanting."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

HERE = Path(__file__).parent
sys.path.insert(0, str(HERE))  # the harness is scripts beside this file, which its server imports as well

import powercut  # noqa: E402
import scenes  # noqa: E402
import shim  # noqa: E402
import torture  # noqa: E402
from harness import Server  # noqa: E402
from powercut import Disk, Loss  # noqa: E402
from shim import Call, Class, Mode  # noqa: E402
from torture import FAULTS, Tally, Worker  # noqa: E402

pytestmark = [
    pytest.mark.skipif(sys.platform != "linux", reason="LD_PRELOAD and /proc are Linux's"),
    pytest.mark.skipif(shim.compiler() is None, reason="no C compiler to make the shim with"),
    pytest.mark.slow,
]
ALL = {scene.name: scene for scene in scenes.scenes()}


@pytest.fixture(scope="module")
def worker(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Worker]:
    """Give a server with the shim loaded."""
    folder = tmp_path_factory.mktemp("torture")
    with Server(folder / "server", shim.build(folder)) as server:
        yield Worker(server)


def test_every_call_is_counted_across_processes(worker: Worker) -> None:
    """The log of calls has those of prov, of git and of SQLite; played back, it gives the very files that are there."""
    scene = ALL["ingest, the first"]
    reference = worker.reference(scene)
    disk = Disk(worker.server.fresh(scene, "before"), reference.world)
    for call in reference.calls:
        disk.see(call)

    assert 3 <= len({call.pid for call in reference.calls})
    for name in ("store/lock", "refs/heads/main", "store/ledger.sqlite"):
        assert any(name in call.path + call.other for call in reference.calls)
    assert {path.name for path in reference.world.iterdir()} == disk.root.live.keys()
    flushed = {name for name, content in disk.left(Loss.NAMES).items() if content}
    assert all(
        disk.left(Loss.NAMES)[name] == (reference.world / name).read_bytes()
        for name in flushed
        if "-journal" not in name
    )


@pytest.mark.parametrize("letter", ["c", "l", "r", "s", "u"])
def test_a_kill_loses_nothing(worker: Worker, letter: str) -> None:
    """Before the first and the last call of a sort: nothing said is lost, and the same again stores each fact once."""
    scene = ALL["ingest, one group"]
    calls = [call.number for call in worker.reference(scene).calls if call.letter == letter]
    tally = Tally()
    for at in sorted({calls[0], calls[-1]}):
        torture.kill(Mode.KILL_BEFORE, scene, worker, at, tally)

    assert {} == tally.first
    assert tally.points == tally.happened


@pytest.mark.parametrize("name", ["init", "patch --write", "waive, in the store"])
def test_a_kill_leaves_files_whole(worker: Worker, name: str) -> None:
    """The commands with few calls, each killed at some of them."""
    tally = Tally()
    count = worker.reference(ALL[name]).count
    for at in sorted({2, count // 2, count - 1, count}):
        torture.kill(Mode.KILL_BEFORE, ALL[name], worker, at, tally)

    assert {} == tally.first


@pytest.mark.parametrize("fault", FAULTS[:3], ids=[fault.name for fault in FAULTS[:3]])
def test_a_disk_that_fails_is_one_line(worker: Worker, fault: torture.Fault) -> None:
    """In the middle of what it can strike; with the disk well again the same command stores the rest."""
    scene = ALL["ingest, one group"]
    points = torture.struck(worker.reference(scene), fault)
    tally = Tally()
    torture.fail(scene, worker, (fault, points[len(points) // 2]), tally)

    assert {} == tally.first
    assert 1 == tally.happened


def test_a_power_cut_loses_nothing_that_was_said(worker: Worker) -> None:
    """After the last call, when all has been reported as stored."""
    tally = Tally()
    torture.naive_cuts("", worker, tally)

    assert {} == tally.first


@pytest.mark.parametrize("name", ["flushes no folder", "trees by git mktree"])
def test_a_naive_writer_is_found_wanting(worker: Worker, name: str) -> None:
    """A harness that finds nothing wrong with it would find nothing at all."""
    tally = Tally()
    torture.NAIVE[name](worker, tally)

    assert 0 < tally.wrong["lost"] + tally.wrong["fsck"]


# --- the model of the disk


def call(letter: str, path: str, other: str = "", offset: int = 0, data: bytes = b"") -> Call:
    """Make a call in the folder /w."""
    return Call(
        1, 1, letter, failed=False, classes=Class(0), path=f"/w/{path}", other=f"/w/{other}", offset=offset, data=data
    )


def left(tmp_path: Path, loss: Loss, *calls: Call) -> dict[str, bytes | None]:
    """Give what a power cut leaves of a folder with one file after some calls."""
    (tmp_path / "old").write_bytes(b"old")
    disk = Disk(tmp_path, Path("/w"))
    for each in calls:
        disk.see(each)
    return disk.left(loss)


NEW = (call("c", "new"), call("w", "new", data=b"words"))
FLUSH, NAMES = call("s", "new", data=b"words"), call("s", "")


@pytest.mark.parametrize(
    ("calls", "bare", "names"),
    [
        ((), {"old": b"old"}, {"old": b"old"}),
        (NEW, {"old": b"old"}, {"old": b"old", "new": b""}),
        ((*NEW, FLUSH), {"old": b"old"}, {"old": b"old", "new": b"words"}),
        ((*NEW, NAMES), {"old": b"old", "new": b""}, {"old": b"old", "new": b""}),
        ((*NEW, FLUSH, NAMES), {"old": b"old", "new": b"words"}, {"old": b"old", "new": b"words"}),
        ((*NEW, FLUSH, call("r", "new", "old")), {"old": b"old"}, {"old": b"words"}),
        ((*NEW, FLUSH, call("r", "new", "old"), NAMES), {"old": b"words"}, {"old": b"words"}),
        ((call("u", "old"),), {"old": b"old"}, {}),
        ((call("t", "old", offset=1), call("w", "old", offset=5, data=b"x")), {"old": b"old"}, {"old": b"old"}),
        (
            (call("m", "sub"), call("c", "sub/a"), call("s", "sub")),
            {"old": b"old"},
            {"old": b"old", "sub": None, "sub/a": b""},
        ),
    ],
)
def test_only_what_was_flushed_survives_a_power_cut(
    tmp_path: Path, calls: tuple[Call, ...], bare: dict[str, bytes | None], names: dict[str, bytes | None]
) -> None:
    """A file's bytes at its own flush, its name at its folder's."""
    assert bare == left(tmp_path, Loss.BARE, *calls)
    assert names == left(tmp_path, Loss.NAMES, *calls)


def test_a_disk_is_laid_out_as_it_was_left(tmp_path: Path) -> None:
    """Each distinct one once."""
    (tmp_path / "before").mkdir()
    found = list(powercut.cuts(tmp_path / "before", Path("/w"), [*NEW, FLUSH, NAMES], [Loss.BARE]))
    powercut.lay(found[-1][2], tmp_path / "after")

    assert 2 == len(found)
    assert b"words" == (tmp_path / "after/new").read_bytes()
    assert ["new"] == [path.name for path in (tmp_path / "after").iterdir()]
