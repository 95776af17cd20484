"""Every writing command, stopped at every call by which it changes something, and what was wrong afterwards: a table.

    python tests/torture/torture.py                 all of it: make torture
    python tests/torture/torture.py --step 10       every tenth point
    python tests/torture/torture.py --only kills,errors --scene waive

The parts: `kills` stops the process group at each call, `halves` in the middle of each write, `recovery` in the work
that makes good an earlier kill, `load` at random moments while several processes write, `errors` lets the disk fail
from a call on, `cuts` plays back a power cut after each call, `twice` one after a kill and the recovery from it,
`naive` tries writers in which the others must find something wrong.
"""

# ruff: noqa: T201 - it prints figures

from __future__ import annotations

import argparse
import errno
import os
import queue
import random
import re
import shutil
import sys
import tempfile
import threading
import time
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path
from typing import NamedTuple

import powercut
import scenes
import shim
from harness import Ran, Reference, Server
from powercut import Loss
from scenes import Scene
from shim import Call, Class, Mode

CHUNK = 10
"""Points that one worker takes at a time."""

MANY_PAGES = 100
"""Writes to a ledger from which on only every third is tried: they are alike, and all are tried in the other scenes."""

KINDS = ("lost", "twice", "refused", "fsck", "ledger", "written", "left", "other")
_KIND = (
    ("lost", r"lost"),
    ("twice", r"twice"),
    ("refused", r"refused|not one line|exit|no word"),
    ("fsck", r"git fsck|prov fsck"),
    ("ledger", r"ledger"),
    ("written", r"half written|not written"),
    ("left", r"left behind"),
)


ALIKE = ("ingest, a batch", "ingest, from stdin", "ingest, nothing new", "catch up one batch", "check --baseline")
"""Scenes whose calls are those of others: they are tried with kills only."""


class Fault(NamedTuple):
    """A way in which the disk fails."""

    name: str
    error: int
    classes: Class
    once: bool = False
    only: str = ""


EVERYTHING = Class.SPACE | Class.WRITE | Class.NAME | Class.OPEN | Class.META
FAULTS = (
    Fault("disk full", errno.ENOSPC, Class.SPACE),
    Fault("read-only", errno.EROFS, EVERYTHING),
    Fault("fsync fails", errno.EIO, Class.SYNC, once=True),
    Fault("a write fails", errno.EIO, Class.WRITE, once=True),
    Fault("the database fails", errno.EIO, Class.WRITE | Class.SYNC, only="ledger.sqlite"),
    Fault("git fails", errno.EIO, Class.WRITE | Class.SYNC | Class.NAME, only="facts.git"),
)


@dataclass
class Tally:
    """What was tried of one part and scene, and what was wrong."""

    points: int = 0
    happened: int = 0
    seconds: float = 0.0
    wrong: Counter[str] = field(default_factory=Counter)
    first: dict[str, str] = field(default_factory=dict)

    def add(self, where: str, happened: int, problems: Iterable[str]) -> None:
        """Count one point."""
        self.points += 1
        self.happened += bool(happened)
        kinds = {}
        for problem in problems:
            kind = next((name for name, pattern in _KIND if re.match(pattern, problem)), "other")
            kinds.setdefault(kind, f"{where}: {problem}")
        for kind, text in kinds.items():
            self.wrong[kind] += 1
            self.first.setdefault(kind, text)


class Worker:
    """A server, and the references that it has."""

    def __init__(self, server: Server) -> None:
        self.server = server
        self._references: dict[str, Reference] = {}
        self._crashed: dict[tuple[str, int], tuple[Path, Reference]] = {}
        self.undisturbed = 0.0
        """Seconds that the several processes of `load` take when nobody is killed, once it is known."""

    def reference(self, scene: Scene) -> Reference:
        """Play a scene once."""
        if scene.name not in self._references:
            self._references[scene.name] = self.server.reference(scene)
        return self._references[scene.name]

    def crashed(self, scene: Scene, at: int) -> tuple[Path, Reference]:
        """Give the world that a kill has left, and the calls of the recovery from it."""
        if (scene.name, at) not in self._crashed:
            whole, server = self.reference(scene), self.server
            world = server.fresh(scene)
            server.control.arm(world, Mode.KILL_BEFORE, at)
            server.run(world, whole.command, feed=scene.feed, settings=scene.settings)
            server.control.disarm()
            left = server.folder / f"crashed{len(self._crashed)}"
            shutil.copytree(world, left)
            log = server.folder / "recovery.log"
            log.unlink(missing_ok=True)
            server.control.arm(world, log=log)
            server.run(world, whole.command, feed=scene.feed, settings=scene.settings)
            server.control.disarm()
            calls = tuple(shim.calls(log))
            self._crashed[scene.name, at] = (
                left,
                Reference(world, calls, whole.before, whole.head, whole.after, whole.files, whole.command, whole.ran),
            )
        return self._crashed[scene.name, at]


# --- the parts: each gives its points for a scene, and plays one of them


def shape(call: Call) -> tuple[str, str]:
    """Name a call by what it does to what, whatever the names that change from one run to the next."""
    return call.letter, re.sub(r"[0-9a-f]{2,}|_\w{6}\b|\d+", "#", call.path[-60:])


def struck(reference: Reference, fault: Fault) -> list[int]:
    """Give the first call of each shape that a fault strikes, and the last of all."""
    first: dict[tuple[str, str], int] = {}
    for call in reference.calls:
        if call.letter != "!" and call.classes & fault.classes and fault.only in call.path + call.other:
            first.setdefault(shape(call), call.number)
    numbers = [call.number for call in reference.calls if call.letter != "!" and call.classes & fault.classes]
    return sorted({*first.values(), *(numbers[-1:] if not fault.only else [])})


def each_call(reference: Reference, step: int) -> list[int]:
    """Give every call; of the many pages in which a large ledger is written, every third."""
    if step > 1:
        return list(range(1, reference.count + 1, step))
    pages = [call.number for call in reference.calls if call.letter == "w" and "ledger" in call.path]
    left_out = {at for number, at in enumerate(pages) if number % 3} if len(pages) > MANY_PAGES else set()
    return [at for at in range(1, reference.count + 1) if at not in left_out]


def kill(mode: Mode, scene: Scene, worker: Worker, at: int, tally: Tally) -> None:
    """Stop a command at a call."""
    played = worker.server.play(scene, worker.reference(scene), mode, at)
    problems = played.problems
    assert played.ran
    if bool(played.happened) != (played.ran.code == -9):
        problems = [*problems, f"exit {played.ran.code} {played.ran.err[:200]}"]
    tally.add(f"call {at}", played.happened, problems)


def halves(reference: Reference) -> list[int]:
    """Give the calls that write more than a byte."""
    return [call.number for call in reference.calls if call.letter == "w" and len(call.data) > 1]


def recover(scene: Scene, worker: Worker, point: tuple[int, int], tally: Tally) -> None:
    """Stop a recovery at a call."""
    crash, at = point
    start, reference = worker.crashed(scene, crash)
    played = worker.server.play(scene, reference, Mode.KILL_BEFORE, at, start=start)
    tally.add(f"call {at} after a kill at {crash}", played.happened, played.problems)


def recoveries(scene: Scene, worker: Worker, step: int) -> list[tuple[int, int]]:
    """Give points of recoveries: from the kills that leave most behind."""
    calls = worker.reference(scene).calls
    renamed = [call.number for call in calls if call.letter == "r"]
    journal = [call.number for call in calls if call.letter == "w" and call.path.endswith("ledger.sqlite")]
    kept = [call.number for call in calls if call.path.endswith((".keep", "main.lock"))]
    crashes = sorted({renamed[-1] + 1, renamed[0], journal[len(journal) // 2], *kept[1:2], *kept[-1:]})
    return [(crash, at) for crash in crashes for at in range(1, worker.crashed(scene, crash)[1].count + 1, step)]


def fail(scene: Scene, worker: Worker, point: tuple[Fault, int], tally: Tally) -> None:
    """Let the disk fail from a call on, or at one call, then let it be well again."""
    fault, at = point
    server = worker.server
    log = server.folder / "failing.log"
    log.unlink(missing_ok=True)
    played = server.play(
        scene,
        worker.reference(scene),
        Mode.FAIL,
        at,
        error=fault.error,
        classes=fault.classes,
        once=fault.once,
        only=fault.only,
        log=log,
    )
    assert played.ran
    problems = [*played.problems, *of_failure(fault, played.ran, played.happened, list(shim.calls(log)))]
    tally.add(f"{fault.name} at call {at}", played.happened, problems)


_BY_THE_WAY = re.compile(r"it is (moved aside and )?worked out (anew|from)")
"""What is said of a ledger that was gone, damaged or outdated."""


def of_failure(fault: Fault, ran: Ran, happened: int, calls: Sequence[Call]) -> Iterator[str]:
    """Say what is wrong with how a command ended whose disk failed."""
    lines = [line for line in ran.err.strip().splitlines() if not _BY_THE_WAY.search(line)]
    if ran.code not in {0, 3} or (ran.code == 0 and lines):
        yield f"exit {ran.code}: {ran.err[-300:]}"
    elif ran.code == 3 and (len(lines) != 1 or "Traceback" in ran.err):
        yield f"not one line: {ran.err[-300:]}"
    elif ran.code == 3 and fault.error == errno.ENOSPC and happened and not re.search("disk (is )?full", ran.err):
        yield f"no word of a full disk: {ran.err[-300:]}"
    flushed: set[str] = set()
    for call in calls:
        if "facts.git" not in call.path:  # SQLite flushes again to roll back; the ledger is thrown away then
            continue
        if call.letter == "s" and call.path in flushed:
            yield f"flushed again after a failure: {Path(call.path).name}"
            break
        if call.letter == "s" and call.failed:
            flushed.add(call.path)


def cut(scene: Scene, worker: Worker, losses: Sequence[Loss], share: tuple[int, int], tally: Tally) -> None:
    """Play back power cuts: every `share[1]`-th disk that may be left, from the `share[0]`-th on."""
    server, reference = worker.server, worker.reference(scene)
    before = server.fresh(scene, "before")
    found = powercut.cuts(before, reference.world, reference.calls, losses)
    for number, (at, loss, left, said) in enumerate(found):
        if number % share[1] == share[0]:
            tally.add(f"{loss.value} after call {at}", 1, after_cut(scene, worker, reference, left, said))


def after_cut(
    scene: Scene, worker: Worker, reference: Reference, left: dict[str, bytes | None], said: bytes
) -> list[str]:
    """Examine what a power cut has left, as after a kill."""
    server = worker.server
    world, told = server.folder / "world", server.folder / "said.txt"
    powercut.lay(left, world)
    told.write_bytes(said)
    return server.checked(world, scene, reference, told)


def twice(scene: Scene, worker: Worker, at: int, tally: Tally) -> None:
    """Stop a command, run it again to its end, and cut the power then."""
    server, reference = worker.server, worker.reference(scene)
    before = server.fresh(scene, "before")
    world = server.fresh(scene)
    log = server.folder / "twice.log"
    log.unlink(missing_ok=True)
    happened = 0
    for mode in (Mode.KILL_BEFORE, Mode.PASS):
        server.control.arm(world, mode, at, log=log, said=server.out)
        server.run(world, reference.command, feed=scene.feed, settings=scene.settings)
        happened += server.control.disarm()[1]
    disk = powercut.Disk(before, world)
    for call in shim.calls(log):
        disk.see(call)
    for loss in (Loss.BARE, Loss.NAMES):
        problems = after_cut(scene, worker, reference, disk.left(loss), disk.said)
        tally.add(f"{loss.value} after a kill at call {at} and the same again", happened, problems)


# --- several processes at once


def feeds(world: Path, processes: int, articles: int = 8) -> list[str]:
    """Write feeds of first revisions that overlap, each article in two of them."""
    names = []
    for number in range(processes):
        wanted = range(number * articles // 2, number * articles // 2 + articles)
        lines = [scenes.draft(f"https://many.example/{each}", 4, f"Article {each}.", *scenes.BODY) for each in wanted]
        names.append(f"feed{number}.jsonl")
        (world / names[-1]).write_text("".join(lines))
    return names


def together(
    worker: Worker, world: Path, commands: Sequence[dict[str, object]], delay: float
) -> tuple[list[Ran], float]:
    """Run commands at once, and kill all of them after a delay."""
    folder = worker.server.folder
    files = [(folder / f"many{number}.out", folder / f"many{number}.err") for number in range(len(commands))]
    each = [command | {"out": str(out), "err": str(err)} for command, (out, err) in zip(commands, files, strict=True)]
    job = {"cwd": str(world), "commands": each, "settings": scenes.SETTINGS, "delay": delay}
    answer = worker.server.ask(job)
    ran = [
        Ran(code, out.read_bytes() if out.exists() else b"", err.read_text() if err.exists() else "")
        for code, (out, err) in zip(answer["codes"], files, strict=True)
    ]
    return ran, answer["seconds"]


LOAD = Scene("load", (), scenes.EMPTY)


def at_once(worker: Worker, delay: float) -> tuple[list[Ran], float, list[str]]:
    """Let four processes write in a fresh world, one rebuild and one look on, and kill all after a delay, if any."""
    world = worker.server.fresh(LOAD)
    names = feeds(world, 4)
    words = [*(("ingest", name) for name in names), ("rebuild",), ("status",)]
    commands: list[dict[str, object]] = [{"arguments": [*scenes.STORE, *each]} for each in words]
    return *together(worker, world, commands, delay), names


def load(worker: Worker, seed: int, tally: Tally) -> None:
    """Let four processes write, one rebuild and one look on, and kill them all at a random moment."""
    server = worker.server
    if not worker.undisturbed:
        _, worker.undisturbed, _ = at_once(worker, 0)
    delay = random.Random(seed).uniform(0.01, worker.undisturbed)
    ran, _, names = at_once(worker, delay)
    world = server.folder / "world"
    problems = [f"refused: {each.code} {each.err[:200]}" for each in ran if each.code not in {0, -9}]
    said = server.folder / "said.txt"
    said.write_bytes(b"".join(each.out for each in ran))
    problems += server.examined("after_crash", str(world / "store"), str(said), [], "")
    for name in names:
        again = server.run(world, [*scenes.STORE, "ingest", name], settings=scenes.SETTINGS)
        if again.code:
            problems.append(f"refused: {again.code} {again.err[:200]}")
    from provenance.model import article_id

    wanted = [(article_id(f"https://many.example/{each}"), 0) for each in range(4 * 4 + 4)]
    scratch = str(server.folder / "rebuilt.sqlite")
    problems += server.examined("after_all", str(world / "store"), wanted, scratch, str(world))
    tally.add(f"after {delay:.3f} s", any(each.code == -9 for each in ran), problems)


# --- what must be found


def sound(name: str, worker: Worker) -> list[str]:
    """Try a naive writer in the part that is to find it, and give what was found."""
    tally = Tally()
    NAIVE[name](worker, tally)
    return [f"{count} {kind}: {tally.first[kind]}" for kind, count in tally.wrong.items()]


def naive_kills(variant: str, worker: Worker, tally: Tally) -> None:
    """Stop a variant of our own writer at every third call."""
    server, scene = worker.server, ONE_GROUP
    reference = server.reference(scene, [variant])
    for at in range(1, reference.count + 1, 3):
        played = server.play(scene, reference, Mode.KILL_BEFORE, at, variants=[variant])
        tally.add(f"call {at}", played.happened, played.problems)


def naive_cuts(variant: str, worker: Worker, tally: Tally) -> None:
    """Cut the power under a variant of our own writer, when it has said that all is stored."""
    server, scene = worker.server, ONE_GROUP
    reference = server.reference(scene, [variant] if variant else [])
    disk = powercut.Disk(server.fresh(scene, "before"), reference.world)
    for call in reference.calls:
        disk.see(call)
    for loss in (Loss.BARE, Loss.NAMES):
        tally.add(loss.value, 1, after_cut(scene, worker, reference, disk.left(loss), disk.said))


def naive_writer(call: str, arguments: Sequence[str], worker: Worker, tally: Tally) -> None:
    """Cut the power under a tiny writer, when it has said that its articles are stored."""
    server = worker.server
    world, log = server.fresh(LOAD), server.folder / "naive.log"
    feeds(world, 1, 1)
    log.unlink(missing_ok=True)
    server.control.arm(world, log=log, said=server.out)
    ran = server.run(world, ["feed0.jsonl", *arguments], call=call)
    server.control.disarm()
    assert ran.code == 0, ran
    disk = powercut.Disk(server.fresh(LOAD, "before"), world)
    for each in shim.calls(log):
        disk.see(each)
    said = server.folder / "said.txt"
    said.write_bytes(disk.said)
    for loss in (Loss.BARE, Loss.NAMES):
        powercut.lay(disk.left(loss), world)
        tally.add(loss.value, 1, server.examined("after_crash", str(world / "store"), str(said), [], ""))


def naive_many(call: str, worker: Worker, tally: Tally) -> None:
    """Let a tiny writer run four times at once."""
    server = worker.server
    for turn in range(5):
        world = server.fresh(LOAD)
        names = feeds(world, 4)
        server.run(world, [*scenes.STORE, "ingest", "first.jsonl"])
        ran, _ = together(worker, world, [{"call": call, "arguments": [name]} for name in names], 0)
        said = server.folder / "said.txt"
        said.write_bytes(b"".join(each.out for each in ran))
        tally.add(f"turn {turn}", 1, server.examined("after_crash", str(world / "store"), str(said), [], ""))


def counting(variant: str, worker: Worker, tally: Tally) -> None:
    """Let four processes move a ledger's cursor on, one transaction a step, 100 steps in all."""
    server = worker.server
    for turn in range(3):
        world = server.fresh(LOAD)
        ledger = world / "counted.sqlite"
        job = {
            "cwd": str(world),
            "variants": [variant] if variant else [],
            "commands": [
                {
                    "call": "naive:count_up",
                    "arguments": [str(ledger), "25"],
                    "out": str(server.folder / f"many{number}.out"),
                    "err": str(server.folder / f"many{number}.err"),
                }
                for number in range(4)
            ],
        }
        codes = server.ask(job)["codes"]
        from provenance.ledger import Ledger

        reached = Ledger.open(ledger).cursor()
        problems = [] if codes == [0] * 4 else [f"refused: {codes}"]
        problems += [] if reached == "100" else [f"lost: at {reached} of 100"]
        tally.add(f"turn {turn}", 1, problems)


ONE_GROUP = Scene("ingest, one group", (*scenes.STORE, "ingest", "second.jsonl"), scenes.ONCE, settings={})
NAIVE: dict[str, Callable[[Worker, Tally], None]] = {
    "says it is stored, then stores it": partial(naive_kills, "acknowledge early"),
    "leaves a dead writer's locks": partial(naive_kills, "leave locks"),
    "flushes no folder": partial(naive_cuts, "flush no folder"),
    "GitPython index.commit, power cut": partial(naive_writer, "naive:index_commit", ()),
    "GitPython index.commit, four at once": partial(naive_many, "naive:index_commit"),
    "trees by git mktree": partial(naive_writer, "naive:plumbing", ("mktree",)),
    "deferred BEGIN": partial(counting, "begin late"),
    "cursor read outside the transaction": partial(counting, "read outside"),
}
"""Each must be found wanting."""
SOUND: dict[str, Callable[[Worker, Tally], None]] = {
    "ours, power cut": partial(naive_cuts, ""),
    "ours, counting": partial(counting, ""),
    "trees by git hash-object": partial(naive_writer, "naive:plumbing", ("hash-object",)),
}
"""The same without the fault: nothing may be found."""


# --- all of it


Task = tuple[str, str, Callable[[Worker, Tally], None]]


def chunks(points: Sequence[object]) -> Iterator[Sequence[object]]:
    """Cut points into what a worker takes at a time."""
    for start in range(0, len(points), CHUNK):
        yield points[start : start + CHUNK]


def tasks(worker: Worker, options: argparse.Namespace) -> Iterator[Task]:
    """Give all work of the parts asked for, in pieces."""
    parts = options.only.split(",") if options.only else PARTS
    for scene in scenes.scenes():
        if options.scene in scene.name:
            for part in PARTS:
                if part in parts and part in OF_SCENE:
                    yield from OF_SCENE[part](scene, worker, options.step)
    if "load" in parts and not options.scene:
        for seeds in chunks(range(0, options.load, options.step)):
            yield "load", "several processes", each_of(load, seeds)


def each_of(play: Callable[..., None], points: Sequence[object]) -> Callable[[Worker, Tally], None]:
    """Play some points one after the other."""

    def work(worker: Worker, tally: Tally) -> None:
        for point in points:
            play(worker, point, tally)

    return work


def _kills(scene: Scene, worker: Worker, step: int) -> Iterator[Task]:
    for points in chunks(each_call(worker.reference(scene), step)):
        yield "kills", scene.name, each_of(partial(_in(kill), Mode.KILL_BEFORE, scene), points)


def _halves(scene: Scene, worker: Worker, step: int) -> Iterator[Task]:
    # SQLite's pages are many and alike: of those, every fifth
    calls = {call.number: call for call in worker.reference(scene).calls}
    pages = [at for at in halves(worker.reference(scene)) if "ledger" in calls[at].path]
    others = [at for at in halves(worker.reference(scene)) if "ledger" not in calls[at].path]
    for points in chunks([*others[::step], *pages[:: 5 * step]]):
        yield "halves", scene.name, each_of(partial(_in(kill), Mode.KILL_HALF, scene), points)


def _recovery(scene: Scene, worker: Worker, step: int) -> Iterator[Task]:
    if scene.name in {"ingest, the first", "ingest, a batch"}:
        for points in chunks(recoveries(scene, worker, 5 * step)):
            yield "recovery", scene.name, each_of(lambda worker, at, tally: recover(scene, worker, at, tally), points)


def _errors(scene: Scene, worker: Worker, step: int) -> Iterator[Task]:
    if scene.name in ALIKE:
        return
    points = [(fault, at) for fault in FAULTS for at in struck(worker.reference(scene), fault)]
    for some in chunks(points[::step]):
        yield "errors", scene.name, each_of(lambda worker, at, tally: fail(scene, worker, at, tally), some)


def _cuts(scene: Scene, worker: Worker, step: int) -> Iterator[Task]:
    if scene.name in ALIKE:
        return
    for losses, every in (((Loss.BARE, Loss.NAMES), step), ((Loss.TORN,), 8 * step)):
        for number in range(4):
            share = (number * every, 4 * every)
            yield "cuts", scene.name, partial(_cut, scene, losses, share)


def _cut(scene: Scene, losses: Sequence[Loss], share: tuple[int, int], worker: Worker, tally: Tally) -> None:
    cut(scene, worker, losses, share, tally)


def _twice(scene: Scene, worker: Worker, step: int) -> Iterator[Task]:
    if scene.name in {"init", "ingest, the first", "ingest, one group", "waive, in the store"}:
        calls = [call for call in worker.reference(scene).calls if call.letter in "rsul"]
        for points in chunks(sorted({call.number for call in calls})[::step]):
            yield "twice", scene.name, each_of(lambda worker, at, tally: twice(scene, worker, at, tally), points)


def _in(play: Callable[..., None]) -> Callable[..., None]:
    def placed(mode: Mode, scene: Scene, worker: Worker, at: int, tally: Tally) -> None:
        play(mode, scene, worker, at, tally)

    return placed


OF_SCENE: dict[str, Callable[[Scene, Worker, int], Iterator[Task]]] = {
    "kills": _kills,
    "halves": _halves,
    "recovery": _recovery,
    "errors": _errors,
    "cuts": _cuts,
    "twice": _twice,
}
PARTS = ("kills", "halves", "recovery", "errors", "cuts", "twice", "load", "naive")


def main() -> int:
    """Do all of it, print the table, and end with 1 where anything was wrong."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--step", type=int, default=1, help="every so many points (default: every one)")
    parser.add_argument("--only", default="", help=f"of {','.join(PARTS)}, with commas")
    parser.add_argument("--scene", default="", help="only scenes with this in their name")
    parser.add_argument("--load", type=int, default=60, help="kills at random moments (default: 60)")
    parser.add_argument("--workers", type=int, default=os.cpu_count() or 1)
    options = parser.parse_args()
    if not shim.compiler():
        print("no C compiler: nothing was tried")
        return 1
    # in memory where there is room: what the disk would do is played, not waited for
    room = "/dev/shm" if os.access("/dev/shm", os.W_OK) else None  # noqa: S108
    with tempfile.TemporaryDirectory(dir=room) as folder:
        return torture(Path(folder), options)


def torture(folder: Path, options: argparse.Namespace) -> int:
    """Share the work among workers, and print what came of it."""
    started = time.monotonic()
    library = shim.build(folder)
    tallies: dict[tuple[str, str], Tally] = defaultdict(Tally)
    with Server(folder / "first", library) as first:
        worker = Worker(first)
        work: queue.SimpleQueue[Task] = queue.SimpleQueue()
        for task in tasks(worker, options):
            tallies[task[:2]]
            work.put(task)
        guard = threading.Lock()
        threads = [
            threading.Thread(target=labour, args=(folder / f"worker{number}", library, work, tallies, guard))
            for number in range(1, options.workers)
        ]
        for thread in threads:
            thread.start()
        toil(worker, work, tallies, guard)
        for thread in threads:
            thread.join()
        found = show(tallies)
        if not work.empty():
            print(f"NOT ALL OF IT: {work.qsize()} pieces of work were left")
            found += 1
        if not options.only or "naive" in options.only:
            found += show_naive(worker)
    print(f"\n{time.monotonic() - started:.0f} s, {options.workers} at once")
    return 1 if found else 0


def labour(folder: Path, library: Path, work: queue.SimpleQueue[Task], tallies: dict, guard: threading.Lock) -> None:  # type: ignore[type-arg]
    """Work with a server of one's own."""
    with Server(folder, library) as server:
        toil(Worker(server), work, tallies, guard)


def toil(worker: Worker, work: queue.SimpleQueue[Task], tallies: dict, guard: threading.Lock) -> None:  # type: ignore[type-arg]
    """Take one piece of work after the other."""
    while True:
        try:
            part, name, play = work.get_nowait()
        except queue.Empty:
            return
        tally, started = Tally(), time.monotonic()
        try:
            play(worker, tally)
        except Exception as error:  # noqa: BLE001 - what went wrong in the harness is shown as such
            tally.add("harness", 0, [f"other: {error!r}"[:600]])
            if worker.server.process.poll() is not None:  # interrupted: what is left was not tried
                work.put((part, name, play))
                return
        with guard:
            whole = tallies[part, name]
            whole.points += tally.points
            whole.happened += tally.happened
            whole.seconds += time.monotonic() - started
            whole.wrong += tally.wrong
            for kind, text in tally.first.items():
                whole.first.setdefault(kind, text)
            if sys.stderr.isatty():
                print(f"\r{work.qsize()} pieces of work left ", end="", file=sys.stderr, flush=True)
            if tally.wrong:
                print(f"  {part}, {name}: {dict(tally.first)}", file=sys.stderr, flush=True)


def show(tallies: dict[tuple[str, str], Tally]) -> int:
    """Print the table, and give how much was wrong."""
    print(f"{'part':10} {'scene':24} {'tried':>6} {'struck':>6} " + " ".join(f"{kind:>7}" for kind in KINDS))
    for (part, name), tally in sorted(tallies.items(), key=lambda each: PARTS.index(each[0][0])):
        row = " ".join(f"{tally.wrong[kind]:7}" for kind in KINDS)
        print(f"{part:10} {name:24} {tally.points:6} {tally.happened:6} {row}")
    for part in PARTS:
        of_part = [tally for (each, _), tally in tallies.items() if each == part]
        if of_part:
            row = " ".join(f"{sum(tally.wrong[kind] for tally in of_part):7}" for kind in KINDS)
            tried, struck = (sum(getattr(tally, name) for tally in of_part) for name in ("points", "happened"))
            print(f"{part:10} {'in all':24} {tried:6} {struck:6} {row}")
    for (part, name), tally in tallies.items():
        for kind, text in tally.first.items():
            print(f"    {part}, {name}, {kind}: {text}")
    return sum(tally.wrong.total() for tally in tallies.values())


def show_naive(worker: Worker) -> int:
    """Print what was found of each naive writer, and give for how many the harness was wrong."""
    wrong = 0
    for name, play in (*NAIVE.items(), *SOUND.items()):
        tally = Tally()
        play(worker, tally)
        found, wanted = tally.wrong.total(), name in NAIVE
        wrong += bool(found) != wanted
        first = next(iter(tally.first.values()), "nothing")
        verdict = "found" if found else "passed"
        print(f"naive      {name:38} {verdict:7} {'as it must' if bool(found) == wanted else 'WRONG'}  {first[:110]}")
    return wrong


if __name__ == "__main__":
    sys.exit(main())
